package dev.gradc.emit.statement;

import com.palantir.javapoet.ClassName;
import dev.gradc.emit.statement.Fragment.Kind;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Select;
import dev.gradc.library.TableFunction;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import dev.gradc.lower.code.Offsets;
import dev.gradc.lower.code.Strides;
import dev.gradc.lower.code.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes expressions. What is wanted decides how: a condition where one is tested and 1 or 0 where it is a number, {@code int}
 * arithmetic in subscripts, and reals elsewhere, where two {@code int}s never meet without a cast.
 */
public final class ExpressionWriter {

    /** The longest side of a window of pooling: a loop over it is short. */
    private static final long WINDOW = 8;

    /** What costs less than a wrong guess. */
    private static final Set<Operator> CHEAP =
            EnumSet.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.NEGATE);

    private final Names names;
    private final Variables variables;
    private final Helpers helpers;
    private final Precision precision;

    /** The loops around what is written, the innermost first. */
    private final Deque<Index> loops = new ArrayDeque<>();

    public ExpressionWriter(Names names, Variables variables, Helpers helpers, Precision precision) {
        this.names = names;
        this.variables = variables;
        this.helpers = helpers;
        this.precision = precision;
    }

    void enter(Index loop) {
        loops.push(loop);
    }

    void leaveLoop() {
        loops.pop();
    }

    boolean isInLoop() {
        return !loops.isEmpty();
    }

    /** Whether the innermost loop around what is written is as short as the side of a window. */
    boolean isInShortLoop() {
        return !loops.isEmpty() && Strides.isWithin(loops.peek(), WINDOW);
    }

    /** {@code expression} as a value of {@code type}. */
    Fragment write(Expr expression, Local.Type type) {
        return switch (type) {
            case REAL -> real(expression);
            case INTEGER -> integer(expression);
            case CONDITION, MASK -> condition(expression);
        };
    }

    /** The same, computed although it has a name: the right-hand side of its variable's declaration. */
    Fragment define(Expr expression, Local local) {
        return switch (local.type()) {
            case REAL -> computeReal(expression);
            case INTEGER -> computeInteger(expression);
            case CONDITION -> computeCondition(expression);
            case MASK -> isMask(local) ? mask(computeCondition(expression)) : computeCondition(expression);
        };
    }

    /** Whether {@code local} holds a mask; in slots, which are real numbers, conditions are 1 or 0. */
    private boolean isMask(Local local) {
        return local.type() == Local.Type.MASK && !variables.isInSlot(local);
    }

    // ---- Reals

    public Fragment real(Expr expression) {
        Local local = names.get(expression);
        if (local == null) {
            return computeReal(expression);
        }
        String name = variables.name(local);
        return switch (local.type()) {
            case REAL -> Fragment.primary(name, Kind.REAL);
            case INTEGER -> Fragment.primary(name, Kind.INT);
            case CONDITION, MASK -> number(condition(expression), Kind.LITERAL);
        };
    }

    private Fragment computeReal(Expr expression) {
        if (expression instanceof Constant constant) {
            return Literals.of(constant.value(), precision);
        }
        if (expression instanceof Index index) {
            return Fragment.primary(variables.name(index), Kind.INT);
        }
        if (expression instanceof Access access) {
            return element(access);
        }
        if (expression instanceof Select select) {
            return isToss(select) ? chosen(select) : selection(select, real(select.then()), real(select.otherwise()));
        }
        if (Types.isCondition(expression)) {
            return number(condition(expression), Kind.LITERAL);
        }
        Call call = (Call) expression;
        return call.function() instanceof Operator operator
                ? arithmetic(operator, call.arguments())
                : function((TableFunction) call.function(), call.arguments());
    }

    private Fragment selection(Select select, Fragment then, Fragment otherwise) {
        Kind kind = then.kind() == otherwise.kind()
                ? then.kind()
                : then.isInt() && otherwise.isInt() ? Kind.INT : Kind.REAL;
        return Fragment.of(
                Fragment.SELECTION,
                kind == Kind.LITERAL ? Kind.INT : kind,
                condition(select.condition()).atLeast(Fragment.OR),
                "$W? ",
                then.atLeast(Fragment.OR),
                "$W: ",
                otherwise.atLeast(Fragment.SELECTION));
    }

    /**
     * Whether a selection in a loop goes by numbers, so that the processor cannot guess its outcome, and computing both sides costs less
     * than a wrong guess.
     */
    private boolean isToss(Select select) {
        return isInLoop()
                && Types.isToss(select.condition())
                && !Types.isInteger(select)
                && isCheap(select.then())
                && isCheap(select.otherwise());
    }

    /** Whether it is read, or a sum, difference or product of what is read. */
    private boolean isCheap(Expr side) {
        return isRead(side)
                || side instanceof Call call
                        && CHEAP.contains(call.function())
                        && call.arguments().stream().allMatch(this::isRead);
    }

    private boolean isRead(Expr side) {
        return side instanceof Constant || side instanceof Access || names.get(side) != null;
    }

    private Fragment chosen(Select select) {
        Local local = names.get(select.condition());
        Fragment mask = local != null && isMask(local)
                ? Fragment.primary(variables.name(local), Kind.INT)
                : mask(condition(select.condition()));
        return chosen(mask, real(select.then()), real(select.otherwise()));
    }

    // x > 0 ? -1 : 0
    static Fragment mask(Fragment condition) {
        return Fragment.of(Fragment.SELECTION, Kind.INT, condition.atLeast(Fragment.OR), " ? -1 : 0");
    }

    // choose(x > 0 ? -1 : 0, y, 0)
    Fragment chosen(Fragment mask, Fragment then, Fragment otherwise) {
        return Fragment.of(
                Fragment.PRIMARY, Kind.REAL, helpers.choice(precision) + "(", mask, ",$W", then, ",$W", otherwise, ")");
    }

    private Fragment arithmetic(Operator operator, List<Expr> operands) {
        if (operator == Operator.NEGATE) {
            return negated(operands.get(0));
        }
        Fragment a = real(operands.get(0));
        Fragment b = real(operands.get(1));
        return operator == Operator.POWER ? narrowed(power(operands, a, b)) : Arithmetic.of(operator, a, b, precision);
    }

    // -a * b
    /** The sign of a product stands before its first factor: that takes no brackets and rounds to the same. */
    private Fragment negated(Expr value) {
        boolean isProduct =
                names.get(value) == null && (value.isCallOf(Operator.MULTIPLY) || value.isCallOf(Operator.DIVIDE));
        if (isProduct) {
            Operator operator = (Operator) ((Call) value).function();
            Expr first = ((Call) value).argument(0);
            Fragment a = real(first);
            Fragment b = real(((Call) value).argument(1));
            if (Arithmetic.isNumberFirst(operator, a, b)) {
                return Arithmetic.of(operator, Arithmetic.negated(b), a, precision);
            }
            // An int has no -0.
            if (!a.isInt() || a.isNumber()) {
                return Arithmetic.of(operator, negated(first), b, precision);
            }
        }
        return Arithmetic.negated(real(value));
    }

    private Fragment power(List<Expr> operands, Fragment a, Fragment b) {
        return helpers.power(operands.get(0))
                .map(name -> Fragment.of(Fragment.PRIMARY, Kind.REAL, name + "(", b, ")"))
                .orElseGet(() ->
                        Fragment.of(Fragment.PRIMARY, Kind.REAL, ClassName.get(Math.class), ".pow(", a, ",$W", b, ")"));
    }

    private Fragment function(TableFunction function, List<Expr> operands) {
        Optional<JavaMethod> method = helpers.javaMethod(function, precision);
        Fragment list = Fragment.of(0, Kind.REAL);
        for (Expr operand : operands) {
            Fragment argument = real(operand);
            // The int among the overloads of a method is not meant.
            Fragment typed = argument.isInt() && method.isPresent() ? Arithmetic.asReal(argument, precision) : argument;
            list = Fragment.of(0, Kind.REAL, list, list.format().isEmpty() ? "" : ",$W", typed);
        }
        Object[] name = method.<Object[]>map(java -> new Object[] {java.type(), "." + java.name()})
                .orElseGet(() -> new Object[] {helpers.nameOf(function, precision)});
        Fragment call = Fragment.of(Fragment.PRIMARY, Kind.REAL, Fragment.of(0, Kind.REAL, name), "(", list, ")");
        return helpers.returnsFloat(function) ? call : narrowed(call);
    }

    /** A {@code double} as a number of this precision. */
    private Fragment narrowed(Fragment a) {
        return precision == Precision.FLOAT
                ? Fragment.of(Fragment.UNARY, Kind.REAL, "(float) ", a.atLeast(Fragment.UNARY))
                : a;
    }

    /** What reads an element, or stands for it on the left of an assignment. */
    Fragment element(Access access) {
        Kind kind = Types.isInteger(access.tensor()) ? Kind.INT : Kind.REAL;
        String name = variables.name(access.tensor());
        if (!variables.isArray(access.tensor())) {
            return Fragment.primary(name, kind);
        }
        Buffer buffer = variables.buffer(access.tensor());
        List<Expr> subscripts = access.subscripts();
        if (buffer.inRows()) {
            Expr row = Offsets.of(buffer.rows(), subscripts);
            Expr column = subscripts.get(subscripts.size() - 1);
            return Fragment.of(Fragment.PRIMARY, kind, name + "[", integer(row), "][", integer(column), "]");
        }
        return Fragment.of(Fragment.PRIMARY, kind, name + "[", integer(Offsets.of(buffer, subscripts)), "]");
    }

    // ---- Conditions

    Fragment condition(Expr expression) {
        Local local = names.get(expression);
        if (local != null && isMask(local)) {
            return Fragment.of(Fragment.RELATION, Kind.BOOLEAN, variables.name(local), " != 0");
        }
        return local != null && (local.type() == Local.Type.CONDITION || local.type() == Local.Type.MASK)
                ? Fragment.primary(variables.name(local), Kind.BOOLEAN)
                : computeCondition(expression);
    }

    private static Fragment number(Fragment condition, Kind kind) {
        return Fragment.of(Fragment.SELECTION, kind, condition.atLeast(Fragment.OR), "$W? 1$W: 0");
    }

    private Fragment computeCondition(Expr expression) {
        if (expression instanceof Constant constant) {
            return Fragment.primary(constant.value() != 0 ? "true" : "false", Kind.BOOLEAN);
        }
        if (expression instanceof Select select) {
            return selection(select, condition(select.then()), condition(select.otherwise()));
        }
        if (!Types.isCondition(expression)) {
            return Arithmetic.infix(
                    Operator.NOT_EQUAL, real(expression), Fragment.primary("0", Kind.LITERAL), Kind.BOOLEAN);
        }
        Call call = (Call) expression;
        Operator operator = (Operator) call.function();
        Expr first = call.argument(0);
        if (operator == Operator.NOT) {
            return Fragment.of(
                    Fragment.UNARY, Kind.BOOLEAN, "!", condition(first).atLeast(Fragment.UNARY));
        }
        Expr second = call.argument(1);
        if (operator == Operator.AND || operator == Operator.OR) {
            Fragment right = condition(second).atLeast(Arithmetic.precedence(operator));
            return Fragment.of(
                    Arithmetic.precedence(operator),
                    Kind.BOOLEAN,
                    condition(first).atLeast(Arithmetic.precedence(operator)),
                    "$W" + operator.symbol() + " ",
                    right);
        }
        boolean integers = Types.isInteger(first) && Types.isInteger(second);
        return Arithmetic.infix(
                operator,
                integers ? integer(first) : real(first),
                integers ? integer(second) : real(second),
                Kind.BOOLEAN);
    }

    // ---- Integers

    Fragment integer(Expr expression) {
        Local local = names.get(expression);
        if (local == null) {
            return computeInteger(expression);
        }
        Fragment name = Fragment.primary(variables.name(local), Kind.INT);
        return switch (local.type()) {
            case INTEGER -> name;
            case REAL -> Fragment.of(Fragment.UNARY, Kind.INT, "(int) ", name);
            case CONDITION, MASK -> number(condition(expression), Kind.INT);
        };
    }

    private Fragment computeInteger(Expr expression) {
        if (expression instanceof Constant constant) {
            int value = (int) constant.value();
            return Fragment.of(value < 0 ? Fragment.UNARY : Fragment.PRIMARY, Kind.LITERAL, Integer.toString(value));
        }
        if (expression instanceof Index index) {
            return Fragment.primary(variables.name(index), Kind.INT);
        }
        if (expression instanceof Access access) {
            Fragment element = element(access);
            return element.isInt() ? element : Fragment.of(Fragment.UNARY, Kind.INT, "(int) ", element);
        }
        if (expression instanceof Select select) {
            return selection(select, integer(select.then()), integer(select.otherwise()));
        }
        if (Types.isCondition(expression)) {
            return number(condition(expression), Kind.INT);
        }
        Call call = (Call) expression;
        if (call.function() instanceof Operator operator && operator != Operator.POWER) {
            Fragment a = integer(call.argument(0));
            return operator == Operator.NEGATE
                    ? Arithmetic.negated(a)
                    : Arithmetic.infix(operator, a, integer(call.argument(1)), Kind.INT);
        }
        return Fragment.of(
                Fragment.UNARY, Kind.INT, "(int) ", computeReal(expression).atLeast(Fragment.UNARY));
    }
}
