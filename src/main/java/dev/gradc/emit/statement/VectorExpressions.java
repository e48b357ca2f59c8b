package dev.gradc.emit.statement;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Select;
import dev.gradc.library.TableFunction;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes expressions of vectors: {@code a.mul(b).add(c)}. */
public final class VectorExpressions {

    private static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");
    private static final Constant TWO = Constant.of(2);

    /** The widest vectors that there are have 16 lanes today; some to spare. */
    public static final int MOST_LANES = 64;

    /** What the expressions are made of. */
    public interface Leaves {

        /** A variable or an entry of an array; empty if it has to be computed. */
        Optional<CodeBlock> vector(Expr expression);

        /** What is the same number in all lanes; empty if lanes differ. */
        Optional<CodeBlock> number(Expr expression);
    }

    private final Leaves leaves;
    private final ClassName type;
    private final boolean fuses;
    private int operations;

    /** @param fuses whether a product that is added is not rounded before */
    public VectorExpressions(Precision precision, boolean fuses, Leaves leaves) {
        type = type(precision);
        this.fuses = fuses;
        this.leaves = leaves;
    }

    /** {@code FloatVector}. */
    public static ClassName type(Precision precision) {
        return ClassName.get("jdk.incubator.vector", precision == Precision.FLOAT ? "FloatVector" : "DoubleVector");
    }

    // private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    public static FieldSpec species(Precision precision) {
        TypeName species = ParameterizedTypeName.get(
                ClassName.get("jdk.incubator.vector", "VectorSpecies"),
                ClassName.get(precision == Precision.FLOAT ? Float.class : Double.class));
        return FieldSpec.builder(species, "SPECIES", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.SPECIES_PREFERRED", type(precision))
                .build();
    }

    /** The operations that were written since the last call. */
    public int takeOperations() {
        int taken = operations;
        operations = 0;
        return taken;
    }

    public CodeBlock vector(Expr expression) {
        return leaves.vector(expression).orElseGet(() -> compute(expression));
    }

    /** The same, computed although it may be a variable. */
    public CodeBlock compute(Expr expression) {
        Optional<CodeBlock> number = leaves.number(expression);
        if (number.isPresent()) {
            return CodeBlock.of("$T.broadcast(SPECIES, $L)", type, number.get());
        }
        operations++;
        if (expression instanceof Select select) {
            CodeBlock condition = leaves.number(select.condition()).orElseThrow();
            return CodeBlock.of("($L ? $L : $L)", condition, vector(select.then()), vector(select.otherwise()));
        }
        if (!(expression instanceof Call call)) {
            throw new IllegalArgumentException("no formula of vectors: " + expression);
        }
        return call.function() instanceof Operator operator
                ? arithmetic(operator, call.arguments())
                : function((TableFunction) call.function(), call.arguments());
    }

    private CodeBlock arithmetic(Operator operator, List<Expr> operands) {
        Expr a = operands.get(0);
        if (operator == Operator.NEGATE) {
            return CodeBlock.of("$L.neg()", vector(a));
        }
        Expr b = operands.get(1);
        return switch (operator) {
            case ADD -> isProduct(b) ? fused(b, 1, a) : isProduct(a) ? fused(a, 1, b) : commuted("add", a, b);
            case SUBTRACT -> isScaled(b) ? fused(b, -1, a) : method("sub", a, b);
            case MULTIPLY -> commuted("mul", a, b);
            case DIVIDE -> method("div", a, b);
            case POWER -> {
                if (a != TWO) {
                    throw new IllegalArgumentException("no power of 2: " + a);
                }
                yield powerOfTwo(vector(b));
            }
            default -> throw new IllegalArgumentException("no vector: " + operator);
        };
    }

    /**
     * 2^n for whole numbers from -127, where it is 0, to 127: the last bits of 1.5*2^23 + 127 + n are 127 + n, and become the exponent. It
     * takes the place of four operations.
     */
    private CodeBlock powerOfTwo(CodeBlock n) {
        operations += 3;
        return CodeBlock.of(
                "$L.add(12583039f).reinterpretAsInts()$W.lanewise($T.LSHL, 23).reinterpretAsFloats()", n, OPERATORS);
    }

    private boolean isProduct(Expr expression) {
        return fuses
                && expression instanceof Call call
                && call.function() == Operator.MULTIPLY
                && leaves.vector(expression).isEmpty();
    }

    /** Whether it is a product with a number. */
    private boolean isScaled(Expr expression) {
        return isProduct(expression) && ((Call) expression).argument(1) instanceof Constant;
    }

    // p.fma(q, c)
    private CodeBlock fused(Expr product, int sign, Expr added) {
        Expr p = ((Call) product).argument(0);
        Expr q = ((Call) product).argument(1);
        CodeBlock factor = sign < 0 ? compute(Constant.of(-((Constant) q).value())) : vector(q);
        return CodeBlock.of("$L.fma($L,$W$L)", vector(p), factor, vector(added));
    }

    private CodeBlock commuted(String name, Expr a, Expr b) {
        return leaves.number(a).isPresent() ? method(name, b, a) : method(name, a, b);
    }

    // a.add(b), a.add(0.5f)
    private CodeBlock method(String name, Expr a, Expr b) {
        return CodeBlock.of("$L.$L($L)", vector(a), name, leaves.number(b).orElseGet(() -> vector(b)));
    }

    /** What {@code java.lang.Math} has, vectors have under the same name. */
    private CodeBlock function(TableFunction function, List<Expr> operands) {
        String name = JavaMethod.of(function).name();
        return operands.size() == 1
                ? CodeBlock.of("$L.$L()", vector(operands.get(0)), name)
                : commuted(name, operands.get(0), operands.get(1));
    }
}
