package dev.gradc.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import dev.gradc.lower.Body;
import dev.gradc.lower.Lowering;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The functions of the table that a class calls: those that Java has, and those that it gets as private methods. */
final class Helpers {

    private static final Constant TWO = Constant.of(2);

    private final Identifiers methods;
    private final Map<Function, Rule> inFloats;
    private final Map<Helper, String> names = new LinkedHashMap<>();
    private final Map<Precision, String> choices = new EnumMap<>(Precision.class);
    private final Map<TableFunction, JavaMethod> javaMethods = new HashMap<>();
    private Optional<String> powerOfTwo = Optional.empty();

    /** Whether what is being written takes the place of a function: there powers of two have whole exponents, far from overflow. */
    private boolean inPlace;

    /** A method for a function, from numbers of a precision to one of the same: by its body, or by a rule in its place. */
    private record Helper(TableFunction function, Optional<Rule> rule, Precision precision) {

        List<Tensor> formals() {
            return rule.map(Rule::variables).orElseGet(function::formals);
        }

        Expr body() {
            return rule.map(Rule::right)
                    .or(function::body)
                    .orElseThrow(() -> new IllegalArgumentException(function + " has no body"));
        }
    }

    /**
     * @param methods the names of the methods of the class
     * @param inFloats what is computed in the place of functions of {@code float}s
     */
    Helpers(Identifiers methods, Map<Function, Rule> inFloats) {
        this.methods = methods;
        this.inFloats = inFloats;
    }

    private Optional<Rule> rule(TableFunction function, Precision precision) {
        return precision == Precision.FLOAT ? Optional.ofNullable(inFloats.get(function)) : Optional.empty();
    }

    /**
     * The name of the method that computes {@code function}, as Java has none; the class will have it.
     *
     * @param precision that of the arguments
     */
    String nameOf(TableFunction function, Precision precision) {
        Helper helper =
                new Helper(function, rule(function, precision), returnsFloat(function) ? precision : Precision.DOUBLE);
        return names.computeIfAbsent(helper, h -> methods.claim(function.symbol()));
    }

    /** The name of the method that selects a number by a condition without a branch; the class will have it. */
    String choice(Precision precision) {
        return choices.computeIfAbsent(precision, p -> methods.claim("choose"));
    }

    /** The name of the method that computes powers of {@code base} at this place, if there is one; the class will have it. */
    Optional<String> power(Expr base) {
        if (!inPlace || base != TWO) {
            return Optional.empty();
        }
        powerOfTwo = powerOfTwo.or(() -> Optional.of(methods.claim("powerOfTwo")));
        return powerOfTwo;
    }

    /** The method that computes {@code function} of numbers of this precision, if Java has one that is wanted. */
    Optional<JavaMethod> javaMethod(TableFunction function, Precision precision) {
        return rule(function, precision).isPresent() ? Optional.empty() : javaMethod(function);
    }

    private Optional<JavaMethod> javaMethod(TableFunction function) {
        return function.method().map(method -> javaMethods.computeIfAbsent(function, JavaMethod::of));
    }

    /** Whether {@code function} can be given {@code float}s, to give a {@code float}: Java's methods that can, and what rounds nothing. */
    boolean returnsFloat(TableFunction function) {
        return javaMethod(function)
                .map(JavaMethod::returnsFloat)
                .orElseGet(() -> function.body().filter(this::isExact).isPresent());
    }

    /** Whether floats go in and floats come out, without a rounding: by comparisons, selections and signs. */
    private boolean isExact(Expr body) {
        return Walk.postOrder(body).stream().allMatch(this::isExactNode);
    }

    private boolean isExactNode(Expr node) {
        if (node instanceof Constant constant) {
            return (float) constant.value() == constant.value();
        }
        return !(node instanceof Call call)
                || (call.function() instanceof Operator operator
                        ? operator.isCondition() || operator == Operator.NEGATE
                        : returnsFloat((TableFunction) call.function()));
    }

    /** The methods that the class needs, in the order of their first use. */
    List<MethodSpec> methods() {
        Set<Helper> done = new HashSet<>();
        List<MethodSpec> result = new ArrayList<>();
        // A method may need further ones.
        while (done.size() < names.size()) {
            for (Helper helper : List.copyOf(names.keySet())) {
                if (done.add(helper)) {
                    result.add(method(helper));
                }
            }
        }
        powerOfTwo.ifPresent(name -> result.add(powerOfTwo(name)));
        choices.forEach((precision, name) -> result.add(choice(precision, name)));
        return result;
    }

    /*
     * /** The logistic function. *&#47;
     * private static double sigmoid(double x) {
     *     return 1 / (1 + Math.exp(-x));
     * }
     */
    private MethodSpec method(Helper helper) {
        TableFunction function = helper.function;
        TypeName number = number(helper.precision);
        MethodSpec.Builder method = MethodSpec.methodBuilder(names.get(helper))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(number);
        if (helper.rule.isPresent()) {
            method.addJavadoc("$L to as many digits as a {@code float} has.\n", function.symbol());
        } else if (!function.documentation().isBlank()) {
            method.addJavadoc("$L\n", JavadocText.documentation(function.documentation()));
        }
        Identifiers scope = Identifiers.top();
        Variables variables = new Variables(number);
        for (Tensor formal : helper.formals()) {
            String name = scope.claim(formal.name());
            variables.scalar(formal, name);
            method.addParameter(number, name);
        }
        Body body = Lowering.lower(helper.body());
        inPlace = helper.rule.isPresent();
        return method.addCode(new CodeWriter(body, variables, scope, this, helper.precision).write())
                .build();
    }

    /*
     * private static float choose(int mask, float then, float otherwise) {
     *     return Float.intBitsToFloat(Float.floatToRawIntBits(then) & mask | Float.floatToRawIntBits(otherwise) & ~mask);
     * }
     */
    private static MethodSpec choice(Precision precision, String name) {
        TypeName number = number(precision);
        Class<?> box = precision == Precision.FLOAT ? Float.class : Double.class;
        String fromBits = precision == Precision.FLOAT ? "intBitsToFloat" : "longBitsToDouble";
        String toBits = precision == Precision.FLOAT ? "floatToRawIntBits" : "doubleToRawLongBits";
        return MethodSpec.methodBuilder(name)
                .addJavadoc(
                        "{@code then} where all bits of the mask are set, {@code otherwise} where none is, without a branch that the\n"
                                + "processor might guess wrong.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(number)
                .addParameter(int.class, "mask")
                .addParameter(number, "then")
                .addParameter(number, "otherwise")
                .addStatement(
                        "return $1T.$2L($1T.$3L(then) & mask$W| $1T.$3L(otherwise) & ~mask)", box, fromBits, toBits)
                .build();
    }

    /*
     * private static double powerOfTwo(double n) {
     *     return Double.longBitsToDouble((long) n + 1023 << 52);
     * }
     */
    private static MethodSpec powerOfTwo(String name) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc(
                        "2 to the power {@code n}, a whole number from -1022 to 1023, which becomes the exponent.\n")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double.class)
                .addParameter(double.class, "n")
                .addStatement("return Double.longBitsToDouble((long) n + 1023 << 52)")
                .build();
    }

    private static TypeName number(Precision precision) {
        return precision == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
    }
}
