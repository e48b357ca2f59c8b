package dev.gradc.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AffineTest {

    private static final Expr BATCH = Access.of(new Tensor("batch", Tensor.Role.SIZE, true, Shape.SCALAR));
    private static final Index K = Index.upTo("k", Constant.of(20));
    private static final Index N = Index.upTo("n", BATCH);
    private static final Index I = Index.upTo("i", Constant.of(64));
    private static final List<Expr> EXTENTS = List.of(Constant.of(20), BATCH, Constant.of(64));

    private static Expr minus(Expr a, int b) {
        return Call.of(Operator.SUBTRACT, a, Constant.of(b));
    }

    private static String place(Expr... subscripts) {
        return Affine.offset(List.of(subscripts), EXTENTS).toExpr().toString();
    }

    @Test
    void placesInArraysOfSizesKnownAtRunTime() {
        assertEquals("64*(k*batch+n)+i", place(K, N, I));
        assertEquals("64*((k-1)*batch+n)+i+3", place(minus(K, 1), N, minus(I, -3)));
        assertEquals("64*k*batch", place(K, Constant.ZERO, Constant.ZERO));
        assertEquals("128*batch+64*n", place(Constant.of(2), N, Constant.ZERO));
        assertEquals("0", place(Constant.ZERO, Constant.ZERO, Constant.ZERO));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Affine place = Affine.offset(List.of(minus(K, 1), N, I), EXTENTS);
        assertEquals(place, Affine.of(place.toExpr()));
    }

    @Test
    void sizes() {
        Affine size = Affine.of(64).times(BATCH);
        assertTrue(size.isOfSizes());
        assertEquals(64, size.divisor());
        assertEquals(16, size.plus(Affine.of(48)).divisor());
        assertFalse(Affine.of(N).isOfSizes());
    }
}
