package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import java.util.List;

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
    static String of(Value value) {
        if (value.node instanceof Access access) {
            return element(access);
        }
        if (value.node instanceof Call call && !(call.function() instanceof Operator) && value.operands.size() == 1) {
            String argument = simpleName(value.operands.get(0));
            return argument.isEmpty() || argument.length() > LONGEST
                    ? ""
                    : call.function().symbol() + Character.toUpperCase(argument.charAt(0)) + argument.substring(1);
        }
        return "";
    }

    private static String simpleName(Value value) {
        if (value.local != null) {
            return value.local.hint();
        }
        return value.node instanceof Access access && access.tensor().rank() == 0
                ? access.tensor().name()
                : "";
    }
}
