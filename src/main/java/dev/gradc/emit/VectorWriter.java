package dev.gradc.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import dev.gradc.lower.Body;
import dev.gradc.lower.Code;
import dev.gradc.lower.Local;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes a formula of vectors, {@code a.mul(b).add(c)}, statement by statement. A product that is added is not rounded before. */
final class VectorWriter {

    private static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");
    private static final Constant TWO = Constant.of(2);

    /**
     * A statement.
     *
     * @param declares the variable; empty for the last statement
     * @param reads other variables
     */
    record Step(CodeBlock code, String declares, Set<String> reads, int operations) {}

    private final Variables variables = new Variables(VectorRows.VECTOR);
    private final Identifiers scope = Identifiers.top();
    private final List<Step> steps = new ArrayList<>();
    private final Names names;

    // Of the statement that is being written.
    private Set<String> reads = new HashSet<>();
    private int operations;

    private VectorWriter(Body body) {
        names = new Names(body.names());
    }

    /** From loading a vector, {@code x[xAt + i]}, to storing the right side of {@code rule} at {@code y[yAt + i]}. */
    static List<Step> steps(Rule rule) {
        Body body = Lowering.lower(rule.right());
        VectorWriter writer = new VectorWriter(body);
        List.of("count", "i", "x", "xAt", "y", "yAt").forEach(writer.scope::claim);
        String argument = writer.declare("v", CodeBlock.of("$T.fromArray(SPECIES, x, xAt + i)", VectorRows.VECTOR));
        writer.variables.scalar(rule.variables().get(0), argument);
        body.code().forEach(writer::write);
        return writer.steps;
    }

    private void write(Code item) {
        if (item instanceof Code.Let let) {
            String hint = let.local().hint();
            String name = declare(hint.isEmpty() ? "t" : hint, compute(let.value()));
            variables.local(let.local(), name);
            names.declare(let.value(), let.local());
        } else if (item instanceof Code.Return result) {
            step(CodeBlock.of("$L.intoArray(y, yAt + i)", vector(result.value())), "");
        } else if (!(item instanceof Code.Heading)) {
            throw new IllegalArgumentException("no formula of vectors: " + item);
        }
    }

    private String declare(String wanted, CodeBlock value) {
        String name = scope.claim(wanted);
        step(CodeBlock.of("$T $L = $L", VectorRows.VECTOR, name, value), name);
        return name;
    }

    private void step(CodeBlock code, String declares) {
        steps.add(new Step(code, declares, reads, operations));
        reads = new HashSet<>();
        operations = 0;
    }

    private CodeBlock vector(Expr expression) {
        Local local = names.get(expression);
        return local == null ? compute(expression) : read(variables.name(local));
    }

    private CodeBlock read(String variable) {
        reads.add(variable);
        return CodeBlock.of("$L", variable);
    }

    private CodeBlock compute(Expr expression) {
        if (expression instanceof Constant constant) {
            return CodeBlock.of("$T.broadcast(SPECIES, $L)", VectorRows.VECTOR, literal(constant.value()));
        }
        if (expression instanceof Access access) {
            return read(variables.name(access.tensor()));
        }
        if (!(expression instanceof Call call)) {
            throw new IllegalArgumentException("no formula of vectors: " + expression);
        }
        operations++;
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
        return names.get(expression) == null && expression instanceof Call call && call.function() == Operator.MULTIPLY;
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
        return a instanceof Constant ? method(name, b, a) : method(name, a, b);
    }

    // a.add(b), a.add(0.5f)
    private CodeBlock method(String name, Expr a, Expr b) {
        return CodeBlock.of("$L.$L($L)", vector(a), name, operand(b));
    }

    private CodeBlock operand(Expr b) {
        return b instanceof Constant constant ? CodeBlock.of("$L", literal(constant.value())) : vector(b);
    }

    /** What {@code java.lang.Math} has, vectors have under the same name. */
    private CodeBlock function(TableFunction function, List<Expr> operands) {
        String name = JavaMethod.of(function).name();
        return operands.size() == 1
                ? CodeBlock.of("$L.$L()", vector(operands.get(0)), name)
                : commuted(name, operands.get(0), operands.get(1));
    }

    private static String literal(double value) {
        return Float.toString((float) value) + "f";
    }
}
