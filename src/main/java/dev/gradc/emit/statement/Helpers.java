package dev.gradc.emit.statement;

import dev.gradc.emit.text.Identifiers;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions of the table that a class calls: those that Java has, and those that it gets as private methods, by {@link HelperMethods}. */
public final class Helpers {

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
    record Helper(TableFunction function, Optional<Rule> rule, Precision precision) {

        /** Whether it computes something else in the place of the function. */
        boolean isInPlace() {
            return rule.isPresent();
        }

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
    public Helpers(Identifiers methods, Map<Function, Rule> inFloats) {
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

    /** What is written from now on is the method for {@code helper}. */
    void write(Helper helper) {
        inPlace = helper.isInPlace();
    }

    // ---- What the class must have

    /** The methods for functions and their names, in the order of their first use. */
    Map<Helper, String> names() {
        return names;
    }

    Optional<String> powerOfTwo() {
        return powerOfTwo;
    }

    Map<Precision, String> choices() {
        return choices;
    }
}
