package dev.gradc.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import dev.gradc.lower.Body;
import dev.gradc.lower.Code;
import dev.gradc.lower.Local;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/**
 * Writes a formula of vectors, {@code a.mul(b).add(c)}, as static methods. A product that is added is not rounded before.
 *
 * <p>HotSpot takes the methods of vectors into a method as long as it has inlined less than 8,000 bytes of bytecode there (its
 * DesiredMethodLimit); past that, what a call returns is no longer known to be a vector of one class, and becomes an object. As each
 * operation brings some 500, a long formula goes on in another method.
 */
final class VectorWriter {

    /** The operations of one method: less than 7,500 bytes on Java 25, and 6,600 on Java 17. */
    private static final int MOST_OPERATIONS = 13;

    private static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");
    private static final Constant TWO = Constant.of(2);

    /**
     * A statement.
     *
     * @param declares the variable; empty for the last statement
     * @param used the variables that it reads
     */
    private record Step(CodeBlock code, String declares, Set<String> used, int operations) {}

    private final Body body;
    private final Variables variables = new Variables(VectorRows.VECTOR);
    private final Identifiers scope = Identifiers.top();
    private final Names names;

    /** The variables in the order of their declarations. */
    private final List<String> declared = new ArrayList<>();

    /** Of the statement that is being written. */
    private Set<String> used = new HashSet<>();

    private int operations;

    private VectorWriter(Body body) {
        this.body = body;
        names = new Names(body.names());
    }

    /**
     * The methods that apply {@code rule} to the vector at some place of an array, {@code void f(float[] x, int xAt, float[] y, int yAt)};
     * the first one calls the second, that one the third.
     *
     * @param name what the first is called
     */
    static List<MethodSpec> methods(Rule rule, String name, Identifiers methodNames) {
        VectorWriter writer = new VectorWriter(Lowering.lower(rule.right()));
        List.of("x", "xAt", "y", "yAt").forEach(writer.scope::claim);
        return writer.methods(parts(writer.steps(rule.variables().get(0))), name, methodNames);
    }

    private String declare(String wanted) {
        String name = scope.claim(wanted);
        declared.add(name);
        return name;
    }

    private List<Step> steps(Tensor variable) {
        List<Step> steps = new ArrayList<>();
        String argument = declare("v");
        variables.scalar(variable, argument);
        steps.add(step(
                CodeBlock.of("$T $L = $T.fromArray(SPECIES, x, xAt)", VectorRows.VECTOR, argument, VectorRows.VECTOR),
                argument));
        for (Code item : body.code()) {
            if (item instanceof Code.Let let) {
                CodeBlock value = compute(let.value());
                String hint = let.local().hint();
                String name = declare(hint.isEmpty() ? "t" : hint);
                variables.local(let.local(), name);
                names.declare(let.value(), let.local());
                steps.add(step(CodeBlock.of("$T $L = $L", VectorRows.VECTOR, name, value), name));
            } else if (item instanceof Code.Return result) {
                steps.add(step(CodeBlock.of("$L.intoArray(y, yAt)", vector(result.value())), ""));
            } else if (!(item instanceof Code.Heading)) {
                throw new IllegalArgumentException("no formula of vectors: " + item);
            }
        }
        return steps;
    }

    private Step step(CodeBlock code, String declares) {
        Step step = new Step(code, declares, used, operations);
        used = new HashSet<>();
        operations = 0;
        return step;
    }

    private static List<List<Step>> parts(List<Step> steps) {
        List<List<Step>> parts = new ArrayList<>();
        int operations = 0;
        for (Step step : steps) {
            operations += step.operations;
            if (parts.isEmpty() || operations > MOST_OPERATIONS) {
                parts.add(new ArrayList<>());
                operations = step.operations;
            }
            parts.get(parts.size() - 1).add(step);
        }
        return parts;
    }

    private List<MethodSpec> methods(List<List<Step>> parts, String first, Identifiers methodNames) {
        List<String> called = parts.stream()
                .map(part -> part == parts.get(0) ? first : methodNames.claim(first))
                .toList();
        LinkedList<MethodSpec> methods = new LinkedList<>();
        Set<String> needed = new TreeSet<>(Comparator.comparing(declared::indexOf));
        // Backwards, as a method needs what the next one needs and it does not compute itself.
        for (int i = parts.size() - 1; i >= 0; i--) {
            CodeBlock.Builder code = CodeBlock.builder();
            parts.get(i).forEach(step -> code.addStatement(step.code));
            if (i < parts.size() - 1) {
                code.addStatement("$L($L, y, yAt)", called.get(i + 1), String.join(", ", needed));
            }
            parts.get(i).forEach(step -> needed.addAll(step.used));
            parts.get(i).forEach(step -> needed.remove(step.declares));
            MethodSpec.Builder method = MethodSpec.methodBuilder(called.get(i))
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .addCode(code.build());
            if (i == 0) {
                method.addParameter(float[].class, "x").addParameter(int.class, "xAt");
            }
            needed.forEach(name -> method.addParameter(VectorRows.VECTOR, name));
            method.addParameter(float[].class, "y").addParameter(int.class, "yAt");
            methods.addFirst(method.build());
        }
        return methods;
    }

    private CodeBlock vector(Expr expression) {
        Local local = names.get(expression);
        return local == null ? compute(expression) : read(variables.name(local));
    }

    private CodeBlock read(String variable) {
        used.add(variable);
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
