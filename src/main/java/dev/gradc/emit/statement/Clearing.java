package dev.gradc.emit.statement;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Offsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes what sets entries to 0 that may be something else. */
final class Clearing {

    private static final ClassName ARRAYS = ClassName.get(Arrays.class);

    private final Variables variables;
    private final ExpressionWriter expressions;

    Clearing(Variables variables, ExpressionWriter expressions) {
        this.variables = variables;
        this.expressions = expressions;
    }

    // sum = 0;
    // t[5 * n] = 0;
    // Arrays.fill(dW, 0);
    // Arrays.fill(dz, 5 * n, 5 * n + 5, 0);
    /** @param claim finds a name for a variable */
    CodeBlock of(Code.Clear clear, UnaryOperator<String> claim) {
        Tensor tensor = clear.tensor();
        String name = variables.name(tensor);
        if (!variables.isArray(tensor)) {
            return statement(name, " = 0");
        }
        if (variables.isNew(tensor) && !expressions.isInLoop()) {
            // Nothing has been stored in it yet.
            return CodeBlock.of("");
        }
        Buffer buffer = variables.buffer(tensor);
        if (buffer.inRows()) {
            return ofRows(name, buffer, clear.prefix(), claim);
        }
        Expr begin = Offsets.ofSlice(buffer, clear.prefix());
        Expr size = Offsets.sizeOfSlice(buffer, clear.prefix().size());
        if (size == Constant.ONE) {
            return statement(name, "[", integer(begin), "] = 0");
        }
        if (clear.prefix().isEmpty() && variables.isFull(tensor)) {
            return statement(ARRAYS, ".fill(" + name + ", 0)");
        }
        return statement(
                ARRAYS, ".fill(" + name + ", ", integer(begin), ", ", integer(Offsets.sum(begin, size)), ", 0)");
    }

    // u[i][j] = 0;
    // Arrays.fill(s[j], 0);
    // for (int row = 20 * k; row < 20 * k + 20; row++) { Arrays.fill(u[row], 0); }
    private CodeBlock ofRows(String name, Buffer buffer, List<Expr> prefix, UnaryOperator<String> claim) {
        Fragment begin = integer(Offsets.ofSlice(buffer.rows(), prefix));
        Expr size = Offsets.sizeOfSlice(buffer.rows(), prefix.size());
        if (prefix.size() == buffer.tensor().rank()) {
            return statement(name, "[", begin, "][", integer(prefix.get(prefix.size() - 1)), "] = 0");
        }
        if (size == Constant.ONE) {
            return statement(ARRAYS, ".fill(" + name + "[", begin, "], 0)");
        }
        String row = claim.apply("row");
        Fragment end = integer(Offsets.sum(Offsets.ofSlice(buffer.rows(), prefix), size));
        Fragment header = fragment(
                "for (int " + row + " = ", begin, "; " + row + " < ", end.atLeast(Fragment.SUM), "; " + row + "++)");
        return CodeBlock.builder()
                .beginControlFlow(header.format(), header.arguments())
                .addStatement("$T.fill($L[$L], 0)", ARRAYS, name, row)
                .endControlFlow()
                .build();
    }

    private Fragment integer(Expr expression) {
        return expressions.integer(expression);
    }

    private static CodeBlock statement(Object... parts) {
        Fragment fragment = fragment(parts);
        return CodeBlock.builder()
                .addStatement(fragment.format(), fragment.arguments())
                .build();
    }

    private static Fragment fragment(Object... parts) {
        return Fragment.of(0, Fragment.Kind.REAL, parts);
    }
}
