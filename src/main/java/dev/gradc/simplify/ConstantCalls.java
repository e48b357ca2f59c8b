package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.library.TableFunction;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/**
 * Works out {@code sqrt(2)} and other functions at constants, so that no program does so again and again: those of the library by
 * their definitions, those of {@code java.lang.Math} by {@link StrictMath}, which gives the same double on every machine, at most one
 * unit in the last place from {@link Math}'s. Not for what people read.
 */
public final class ConstantCalls {

    private static final String MATH = Math.class.getName() + ".";

    private ConstantCalls() {}

    public static Program fold(Program program) {
        Rewrite rewrite = new Rewrite(ConstantCalls::fold);
        List<Definition> definitions = program.definitions().stream()
                .map(definition -> definition.withBody(rewrite.apply(definition.body())))
                .toList();
        return program.withDefinitions(definitions);
    }

    /** {@code node} itself, or what it is worth; looks at the node and its operands only. */
    static Expr fold(Expr node) {
        Expr folded = Folding.fold(node);
        if (!(folded instanceof Call call) || !isOfConstants(call)) {
            return folded;
        }
        if (call.function() instanceof TableFunction function) {
            return function.body()
                    .map(body -> ofBody(body, function, call))
                    .orElseGet(() -> ofMath(function.method().orElseThrow().name(), call));
        }
        return call.function() == Operator.POWER ? ofMath(MATH + "pow", call) : call;
    }

    private static boolean isOfConstants(Call call) {
        for (Expr argument : call.arguments()) {
            if (!(argument instanceof Constant)) {
                return false;
            }
        }
        return true;
    }

    /** A function of the library, worked out as its definition says. */
    private static Expr ofBody(Expr body, TableFunction function, Call call) {
        Expr value = new Rewrite(ConstantCalls::fold).apply(function.instantiate(body, call.arguments(), call));
        return value instanceof Constant constant && Double.isFinite(constant.value()) ? value : call;
    }

    /** What has no arguments, as {@code Math.random()}, is whatever the method gives when it is called. */
    private static Expr ofMath(String method, Call call) {
        boolean isKnown = method.startsWith(MATH) && !call.arguments().isEmpty();
        double value = isKnown ? value(method.substring(MATH.length()), call.arguments()) : Double.NaN;
        return Double.isFinite(value) ? Constant.of(value) : call;
    }

    private static double value(String name, List<Expr> arguments) {
        Class<?>[] types = new Class<?>[arguments.size()];
        Arrays.fill(types, double.class);
        Object[] values = arguments.stream().map(a -> ((Constant) a).value()).toArray();
        try {
            return (double) StrictMath.class.getMethod(name, types).invoke(null, values);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return Double.NaN;
        }
    }
}
