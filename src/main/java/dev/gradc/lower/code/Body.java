package dev.gradc.lower.code;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program as statements.
 *
 * @param names the elements that stand in local variables: wherever one of these occurs, the variable is meant
 * @param buffers how the tensors are kept that the program computes; only arrays, those that are local variables are not there
 * @param slots the values that several methods use: they stand at these places of an array
 */
public record Body(List<Code> code, Map<Expr, Local> names, Map<Tensor, Buffer> buffers, Map<Local, Integer> slots) {
    public Body {
        code = List.copyOf(code);
    }

    /** Code that is one method. */
    public Body(List<Code> code, Map<Expr, Local> names, Map<Tensor, Buffer> buffers) {
        this(code, names, buffers, Map.of());
    }

    /** How the entries of {@code tensor} are kept. */
    public Buffer buffer(Tensor tensor) {
        Buffer buffer = buffers.get(tensor);
        return buffer == null ? Buffer.whole(tensor) : buffer;
    }

    /** The products of matrices among the statements. */
    public Stream<Contraction> products() {
        return code.stream().flatMap(Code::products);
    }

    /** The functions among the statements that are applied to rows. */
    public Stream<Application> applications() {
        return code.stream().flatMap(Code::applications);
    }
}
