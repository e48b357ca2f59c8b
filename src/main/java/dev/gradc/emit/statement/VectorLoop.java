package dev.gradc.emit.statement;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import dev.gradc.lower.code.Offsets;
import dev.gradc.lower.code.Types;
import dev.gradc.lower.code.Variance;
import java.util.Optional;

/** Writes the statements of a loop over vectors. Each lane gets the value that the loop over single entries would give it. */
final class VectorLoop implements VectorExpressions.Leaves {

    private final Names names;
    private final Variables variables;
    private final ExpressionWriter numbers;
    private final Variance variance;
    private final ClassName type;

    /** From an {@code int}. */
    private final String cast;

    private final VectorExpressions vectors;

    VectorLoop(Code.Loop loop, Names names, Variables variables, ExpressionWriter numbers, Precision precision) {
        this.names = names;
        this.variables = variables;
        this.numbers = numbers;
        variance = new Variance(loop, names);
        type = VectorExpressions.type(precision);
        cast = precision == Precision.FLOAT ? "(float) " : "(double) ";
        vectors = new VectorExpressions(precision, false, this);
    }

    /** Whether a variable is a vector. */
    boolean isVector(Code.Let let) {
        return variance.isInside(let.value());
    }

    // FloatVector t = FloatVector.fromArray(SPECIES, x, i).mul(2.0f);
    CodeBlock let(Code.Let let, String name) {
        CodeBlock value = let.value() instanceof Access access ? load(access) : vectors.compute(let.value());
        variance.add(let.local());
        return CodeBlock.of("$T $L = $L", type, name, value);
    }

    // t.intoArray(y, 64 * n + i);
    CodeBlock store(Code.Store store) {
        CodeBlock value = store.combine() == Combine.SUM ? sum(store) : vectors.vector(store.value());
        return CodeBlock.of("$L.intoArray($L)", value, place(store.element()));
    }

    private CodeBlock sum(Code.Store store) {
        boolean negative = store.value() instanceof Call call
                && call.function() == Operator.NEGATE
                && names.get(store.value()) == null;
        Expr added = negative ? ((Call) store.value()).argument(0) : store.value();
        return CodeBlock.of(
                "$L.$L($L)",
                load(store.element()),
                negative ? "sub" : "add",
                number(added).orElseGet(() -> vectors.vector(added)));
    }

    private CodeBlock load(Access access) {
        return CodeBlock.of("$T.fromArray(SPECIES,$W$L)", type, place(access));
    }

    private CodeBlock place(Access access) {
        String array = variables.name(access.tensor());
        Expr offset = Offsets.of(variables.buffer(access.tensor()), access.subscripts());
        return CodeBlock.of("$L,$W$L", array, code(numbers.integer(offset)));
    }

    @Override
    public Optional<CodeBlock> vector(Expr expression) {
        if (!variance.isIn(expression)) {
            return Optional.empty();
        }
        Local local = names.get(expression);
        if (local != null) {
            return Optional.of(CodeBlock.of("$L", variables.name(local)));
        }
        return expression instanceof Access access ? Optional.of(load(access)) : Optional.empty();
    }

    @Override
    public Optional<CodeBlock> number(Expr expression) {
        if (variance.isIn(expression)) {
            return Optional.empty();
        }
        Fragment number = Types.isCondition(expression) ? numbers.condition(expression) : numbers.real(expression);
        // Where a real number is wanted, vectors refuse an int that is none; Java rounds it.
        return Optional.of(code(
                number.kind() == Fragment.Kind.INT
                        ? Fragment.of(Fragment.UNARY, Fragment.Kind.REAL, cast, number.atLeast(Fragment.UNARY))
                        : number));
    }

    private static CodeBlock code(Fragment fragment) {
        return CodeBlock.of(fragment.format(), fragment.arguments());
    }
}
