package dev.gradc.lower;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A program as statements.
 *
 * @param names the elements that stand in local variables: wherever one of these occurs, the variable is meant
 * @param buffers how the tensors are kept that the program computes; only arrays, those that are local variables are not there
 */
public record Body(List<Code> code, Map<Expr, Local> names, Map<Tensor, Buffer> buffers) {
    public Body {
        code = List.copyOf(code);
    }

    /** How the entries of {@code tensor} are kept. */
    public Buffer buffer(Tensor tensor) {
        Buffer buffer = buffers.get(tensor);
        return buffer == null ? Buffer.whole(tensor) : buffer;
    }
}
