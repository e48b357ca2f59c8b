package dev.gradc.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.library.TableFunction;
import dev.gradc.lower.Body;
import dev.gradc.lower.Code;
import dev.gradc.lower.Local;
import dev.gradc.lower.Names;
import java.util.List;

/** Writes a formula of vectors, {@code a.mul(b).add(c)}. A product that is added is not rounded before. */
final class VectorWriter {

    private static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");
    private static final Constant TWO = Constant.of(2);

    private final Body body;
    private final Variables variables;
    private final Identifiers scope;
    private final Names names;

    VectorWriter(Body body, Variables variables, Identifiers scope) {
        this.body = body;
        this.variables = variables;
        this.scope = scope;
        names = new Names(body.names());
    }

    /** @param place the array and the place in it where the result is stored */
    CodeBlock write(String place) {
        CodeBlock.Builder out = CodeBlock.builder();
        for (Code item : body.code()) {
            if (item instanceof Code.Let let) {
                CodeBlock value = compute(let.value());
                String hint = let.local().hint();
                String name = scope.claim(hint.isEmpty() ? "t" : hint);
                variables.local(let.local(), name);
                out.addStatement("$T $L = $L", VectorRows.VECTOR, name, value);
                names.declare(let.value(), let.local());
            } else if (item instanceof Code.Return result) {
                out.addStatement("$L.intoArray($L)", vector(result.value()), place);
            } else if (!(item instanceof Code.Heading)) {
                throw new IllegalArgumentException("no formula of vectors: " + item);
            }
        }
        return out.build();
    }

    private CodeBlock vector(Expr expression) {
        Local local = names.get(expression);
        return local == null ? compute(expression) : CodeBlock.of("$L", variables.name(local));
    }

    private CodeBlock compute(Expr expression) {
        if (expression instanceof Constant constant) {
            return CodeBlock.of("$T.broadcast(SPECIES, $L)", VectorRows.VECTOR, literal(constant.value()));
        }
        if (expression instanceof Access access) {
            return CodeBlock.of("$L", variables.name(access.tensor()));
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
     * 2^n for whole numbers from -126 to 127: the last bits of 1.5*2^23 + n are n, and become the exponent. A method for it would not be
     * inlined everywhere, and its vectors would be objects.
     */
    private static CodeBlock powerOfTwo(CodeBlock n) {
        return CodeBlock.of(
                "$L.add(12582912f).reinterpretAsInts()$W.lanewise($T.LSHL, 23).add(127 << 23)$W.reinterpretAsFloats()",
                n,
                OPERATORS);
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
