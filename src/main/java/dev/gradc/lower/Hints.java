package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.util.List;
import java.util.Map;

/** Suggests names for values. */
final class Hints {

    /** A longer name is not worked into another one. */
    private static final int LONGEST = 12;

    private Hints() {}

    /** {@code hj} for {@code h[n,j]}, {@code x3} for {@code x[3]}, {@code bValue} for {@code b}. */
    static String element(Access access) {
        List<Expr> subscripts = access.subscripts();
        if (subscripts.isEmpty()) {
            return access.tensor().name() + "Value";
        }
        String last = subscripts.get(subscripts.size() - 1).toString();
        return access.tensor().name() + (last.matches("[a-zA-Z]|[0-9]{1,6}") ? last : "");
    }

    /** As for an element; {@code expX} for {@code exp(x)}; else nothing. */
    static String of(Expr value, Map<Expr, Local> names) {
        if (value instanceof Access access) {
            return element(access);
        }
        if (value instanceof Call call
                && !(call.function() instanceof Operator)
                && call.arguments().size() == 1) {
            String argument = simpleName(call.argument(0), names);
            return argument.isEmpty() || argument.length() > LONGEST
                    ? ""
                    : call.function().symbol() + Character.toUpperCase(argument.charAt(0)) + argument.substring(1);
        }
        return "";
    }

    private static String simpleName(Expr value, Map<Expr, Local> names) {
        Local local = names.get(value);
        if (local != null) {
            return local.hint();
        }
        return value instanceof Access access && access.tensor().rank() == 0
                ? access.tensor().name()
                : "";
    }
}
