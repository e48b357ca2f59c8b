package dev.gradc.simplify;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.library.TableFunction;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/**
 * Works out {@code sqrt(2)} and other functions of {@code java.lang.Math} at constants, so that no program does so again and again. By
 * {@link StrictMath}, which gives the same double on every machine, at most one unit in the last place from {@link Math}'s. Not for what
 * people read.
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

    private static Expr fold(Expr node) {
        if (node instanceof Call call
                && call.function() instanceof TableFunction function
                && function.method().isPresent()
                && function.method().get().startsWith(MATH)
                && call.arguments().stream().allMatch(Constant.class::isInstance)) {
            double value = value(function.method().get().substring(MATH.length()), call.arguments());
            return Double.isFinite(value) ? Constant.of(value) : node;
        }
        return Folding.fold(node);
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
