package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Tensors that are read under selections only. Where no selection takes an entry its adjoint is 0; but the entry may be NaN, and so may
 * its derivatives, by which that 0 would be multiplied: there is no {@code 0*NaN} from definition to definition either.
 */
final class Silence {

    private static final Set<Operator> ALWAYS_FINITE = EnumSet.of(
            Operator.OR,
            Operator.AND,
            Operator.NOT,
            Operator.LESS,
            Operator.LESS_EQUAL,
            Operator.GREATER,
            Operator.GREATER_EQUAL,
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.ADD,
            Operator.SUBTRACT,
            Operator.MULTIPLY,
            Operator.NEGATE);

    /** What is finite if the arguments are, apart from overflow. */
    private final Set<Tensor> finite;

    /** What is read outside of selections, too. */
    private final Set<Tensor> heard = new HashSet<>();

    Silence(Program program) {
        finite = new HashSet<>(program.arguments());
        Set<Tensor> others = new HashSet<>();
        for (Definition definition : program.definitions()) {
            // A recurrence reads what is yet to be defined.
            finite.add(definition.target());
            if (!isFinite(definition.body())) {
                others.add(definition.target());
            }
            finite.removeAll(others);
        }
    }

    /** Whether only selections decide on {@code element} in {@code body}: the kink of a function is no selection. */
    static boolean isSelected(Expr body, Access element) {
        Rewrite outside = new Rewrite(node -> node instanceof Select ? Constant.ZERO : node);
        return !Walk.accesses(outside.apply(body)).contains(element);
    }

    /** Notes that {@code tensor} is read where no selection decides. */
    void hear(Tensor tensor) {
        heard.add(tensor);
    }

    boolean isSilent(Tensor tensor) {
        return !heard.contains(tensor);
    }

    /** What is added to an adjoint by a tensor that is silent: nothing where its own {@code adjoint} is 0. */
    Expr silenced(Expr adjoint, Expr contribution) {
        boolean harmless = adjoint instanceof Constant
                || isFinite(contribution, adjoint instanceof Access access ? access.tensor() : null);
        return harmless
                ? contribution
                : Select.of(Call.of(Operator.EQUAL, adjoint, Constant.ZERO), Constant.ZERO, contribution);
    }

    private boolean isFinite(Expr expression) {
        return isFinite(expression, null);
    }

    private boolean isFinite(Expr expression, Tensor known) {
        return Walk.postOrder(expression).stream().allMatch(node -> {
            if (node instanceof Access access) {
                return access.tensor() == known || access.tensor().isInteger() || finite.contains(access.tensor());
            } else if (node instanceof Call call) {
                return call.function() instanceof Operator operator
                        && (ALWAYS_FINITE.contains(operator) || isFinite(operator, call));
            }
            return node instanceof Constant || node instanceof Index || node instanceof Select;
        });
    }

    private static boolean isFinite(Operator operator, Call call) {
        return call.argument(1) instanceof Constant constant
                && (operator == Operator.DIVIDE || operator == Operator.REMAINDER
                        ? constant.value() != 0
                        : operator == Operator.POWER && constant.isInteger() && constant.value() >= 0);
    }
}
