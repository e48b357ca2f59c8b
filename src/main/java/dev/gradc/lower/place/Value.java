package dev.gradc.lower.place;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link Placement} knows of a value. */
final class Value {

    final Expr node;

    /** What is computed in order to compute it: nothing, if it is read or stands in a variable already. */
    final List<Value> operands;

    /** Its number; operands come first. */
    final int order;

    /** Whether it stands in a variable already. */
    final boolean isGiven;

    /** The variable in which it stands last; null if there is none. */
    Local local;

    /** How it reads, if the name of its variable says that. */
    Optional<Words> words = Optional.empty();

    int uses;

    /** How many of its uses are to select a real number. */
    int selections;

    /** How many characters it takes. */
    int width;

    /** The depth of the outermost block in which it makes sense: that of the last loop whose index it reads. */
    int need;

    /** The elements that would be read, though they are not there, if it were computed where its guard does not hold. */
    Set<Access> outside = Set.of();

    /** Whether it gets a variable. */
    boolean isNamed;

    /** Where it is used, then where it is computed; if it is not guarded, only the common site. */
    List<Scope.Site> sites = new ArrayList<>(1);

    /** The blocks of what may not be needed, where it is computed in this block. */
    private Map<Scope, Sides> sides = Map.of();

    /** The blocks of the sides of a selection; of {@code &&} and {@code ||} only the first, for the second operand. */
    record Sides(Scope then, Scope otherwise) {

        static Sides of(Scope.Site site) {
            return new Sides(
                    Scope.ofCondition(site.scope(), site.position()), Scope.ofCondition(site.scope(), site.position()));
        }

        boolean areEmpty() {
            return then.isEmpty() && otherwise.isEmpty();
        }
    }

    Value(Expr node, List<Value> operands, int order, Local local) {
        this.node = node;
        this.operands = operands;
        this.order = order;
        this.local = local;
        isGiven = local != null;
    }

    /** {@link #width}, when it is known which of its operands have variables. */
    int measure() {
        if (isGiven) {
            return Math.max(2, local.hint().length());
        }
        if (node instanceof Constant constant) {
            return constant.isInteger()
                    ? Integer.toString((int) constant.value()).length()
                    : 8;
        }
        if (node instanceof Index index) {
            return index.name().length();
        }
        if (node instanceof Access access) {
            return access.tensor().name().length() + 6 * access.subscripts().size();
        }
        int characters = 3 * (operands.size() - 1);
        if (!(node instanceof Call call
                && call.function() instanceof Operator operator
                && operator != Operator.POWER)) {
            characters += node instanceof Call call ? call.function().symbol().length() + 7 : 2;
        }
        for (Value operand : operands) {
            characters += operand.isNamed ? 5 : operand.width;
        }
        return characters;
    }

    /** Whether it must not be computed where its guard does not hold. */
    boolean isGuarded() {
        return !outside.isEmpty();
    }

    boolean isComputed() {
        return node instanceof Call || node instanceof Select;
    }

    boolean isShortCircuit() {
        return node instanceof Call call && (call.function() == Operator.AND || call.function() == Operator.OR);
    }

    /** Whether all it does is to select real numbers by others. */
    boolean isMask() {
        return uses == selections && Types.isToss(node);
    }

    /** Whether it is a selection, in the wider sense: some of its operands may not be needed. */
    boolean isSelective() {
        return !isGiven && (node instanceof Select || isShortCircuit());
    }

    /** Its sides where it is computed at {@code site}. */
    Sides sides(Scope.Site site) {
        if (sides.isEmpty()) {
            sides = new HashMap<>();
        }
        return sides.computeIfAbsent(site.scope(), scope -> Sides.of(site));
    }

    /** Its sides where it is computed in {@code scope}. */
    Sides sides(Scope scope) {
        return sides.get(scope);
    }

    /** Whether it takes statements of which not all are always needed, where it is computed in {@code scope}. */
    boolean hasBlocks(Scope scope) {
        return sides.containsKey(scope) && !sides.get(scope).areEmpty();
    }
}
