package dev.gradc.simplify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimplifierTest {

    private final Notation notation = new Notation().with("f", 1, "java.lang.Math.sin");
    private final List<Definition> definitions = new ArrayList<>();

    SimplifierTest() {
        notation.declare(new Tensor("W", Tensor.Role.PARAMETER, false, Shape.of(3, 3)))
                .declare(new Tensor("x", Tensor.Role.INPUT, false, Shape.of(3)))
                .declare(new Tensor("token", Tensor.Role.INPUT, true, Shape.of(3)));
    }

    @Test
    void foldsAndAppliesExactRulesAndDropsWhatIsNotRead() {
        scalar("a", "1*(s + -t)");
        scalar("b", "f(s)");
        scalar("out", "a^1*(2 > 1 ? a : b)");
        assertEquals("a = s-t\nout = a*a", simple("out"));
    }

    @Test
    void readersOfACopyReadTheOriginal() {
        vector("t", "i", "x[i]");
        vector("u", "k", "t[k]");
        vector("out", "j", "u[2 - j]*t[j]");
        assertEquals("out[j] = x[2-j]*x[j]", simple("out"));
    }

    @Test
    void aResultStaysThoughItIsACopy() {
        vector("t", "i", "x[i]");
        vector("out", "j", "t[j]*t[j]");
        assertEquals("t[i] = x[i]\nout[j] = x[j]*x[j]", simple("out", "t"));
    }

    @Test
    void definitionsThatDifferInNamesOnlyAreOne() {
        reduce("p", "j", "i", "W[j,i]*x[i]");
        reduce("q", "k", "l", "W[k,l]*x[l]");
        vector("out", "m", "p[m]*q[m]");
        assertEquals("p[j] = sum[i:3](W[j,i]*x[i])\nout[m] = p[m]*p[m]", simple("out"));
        assertEquals("p[j] = sum[i:3](W[j,i]*x[i])\nq[k] = p[k]", simple("q"));
    }

    @Test
    void aTransposedProductIsAnother() {
        reduce("p", "j", "i", "W[j,i]*x[i]");
        reduce("q", "j", "i", "W[i,j]*x[i]");
        vector("out", "m", "p[m]*q[m]");
        assertEquals(3, simple("out").lines().count());
    }

    @Test
    void aSumThatIsAddedToIsNoCopy() {
        vector("t", "i", "x[i]");
        Index i = index("i");
        definitions.add(new Definition(
                notation.tensor("t"), List.of(i), Combine.SUM, List.of(i), notation.expr("f(x[i])"), ""));
        vector("out", "j", "t[j]");
        assertEquals("t[i] = x[i]\nt[i] = sum[](f(x[i]))\nout[j] = t[j]", simple("out"));
    }

    @Test
    void aGatherStays() {
        vector("t", "i", "x[token[i]]");
        vector("out", "j", "t[j]*t[j]");
        assertEquals("t[i] = x[token[i]]\nout[j] = t[j]*t[j]", simple("out"));
    }

    private Index index(String name) {
        Index index = Index.upTo(name, notation.expr("3"));
        notation.declare(index);
        return index;
    }

    private void scalar(String name, String body) {
        Tensor target = Tensor.derived(name, Shape.SCALAR);
        definitions.add(Definition.map(target, List.of(), notation.expr(body), ""));
        notation.declare(target);
    }

    private void vector(String name, String loop, String body) {
        Tensor target = Tensor.derived(name, Shape.of(3));
        definitions.add(Definition.map(target, List.of(index(loop)), notation.expr(body), ""));
        notation.declare(target);
    }

    private void reduce(String name, String loop, String inner, String body) {
        Tensor target = Tensor.derived(name, Shape.of(3));
        Index outer = index(loop);
        List<Index> loops = List.of(outer, index(inner));
        definitions.add(new Definition(target, List.of(outer), Combine.SUM, loops, notation.expr(body), ""));
        notation.declare(target);
    }

    private String simple(String... results) {
        Library library = new Library(
                Map.of(),
                Stream.of("1*x = x", "x^1 = x", "x + -y = x - y")
                        .map(text -> notation.rule("exact", text))
                        .toList());
        Program program = new Program(
                List.of(), definitions, Stream.of(results).map(notation::tensor).toList());
        return new Simplifier(library).apply(program).toString();
    }
}
