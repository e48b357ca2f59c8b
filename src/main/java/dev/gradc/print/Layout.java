package dev.gradc.print;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses the template for each node and what stands in its places. Signs are moved where a reader expects them, which no value
 * notices: {@code a + -b*c} becomes {@code a - b*c}, {@code -a + b} becomes {@code b - a}, {@code a*(-b)} becomes {@code -a*b}.
 */
final class Layout {

    /** What the surroundings of a formula want of it. */
    enum Context {
        NUMBER,
        CONDITION,
        SUBSCRIPT
    }

    /**
     * A formula to be printed.
     *
     * @param bare whether its sign, which must be {@link Signs negative}, is printed elsewhere
     * @param precedence how tightly it must bind to go without parentheses
     */
    record Operand(Expr expression, boolean bare, int precedence, Context context) {
        Operand within(int newPrecedence) {
            return new Operand(expression, bare, newPrecedence, context);
        }
    }

    /** A template, what goes to its place 0, and the operands for its other places. */
    record Form(Template template, String name, List<Operand> operands) {}

    private static final int SUM = Operator.ADD.precedence();
    private static final int PRODUCT = Operator.MULTIPLY.precedence();
    private static final int SIGN = Operator.NEGATE.precedence();
    private static final int POWER = Operator.POWER.precedence();

    private final Notation notation;
    private final Map<Expr, String> names;
    private final Map<Tensor, Definition> reductions;
    private final Signs signs;

    /**
     * @param names the parts that are printed by a name instead
     * @param reductions the tensors whose definitions are printed where they are read
     */
    Layout(Notation notation, Map<Expr, String> names, Map<Tensor, Definition> reductions) {
        this.notation = notation;
        this.names = names;
        this.reductions = reductions;
        signs = new Signs(names.keySet());
    }

    Map<Tensor, Definition> reductions() {
        return reductions;
    }

    Signs signs() {
        return signs;
    }

    /** The name that {@code part} is printed by, if it has one. */
    Optional<String> name(Expr part) {
        return Optional.ofNullable(names.get(part));
    }

    /** How to print {@code operand}, by its name if it has one. */
    Form form(Operand operand) {
        String name = names.get(operand.expression());
        return name == null ? formOf(operand) : atom(notation.word(name));
    }

    /** How to print {@code operand} itself, whether it has a name or not. */
    Form formOf(Operand operand) {
        return operand.expression().accept(new Chooser(operand));
    }

    /** The right side of {@code z[j] = sum[i:3](…)}: what {@code definition} says of its element. */
    Form meaning(Definition definition) {
        Operand body = new Operand(definition.body(), false, PRODUCT, Context.NUMBER);
        return reduced(definition).isEmpty() ? formOf(body) : reduction(definition, body);
    }

    /** The loops that do not occur on the left: those that do run through places there, as in {@code dE[token[t]] += …}. */
    private static List<Index> reduced(Definition definition) {
        Set<Index> left = Walk.indices(definition.subscripts());
        return definition.reduced().stream()
                .filter(loop -> !left.contains(loop))
                .toList();
    }

    private Form reduction(Definition definition, Operand body) {
        String key = "reduce." + definition.combine().name().toLowerCase(Locale.ROOT);
        String loops = reduced(definition).stream().map(this::range).collect(Collectors.joining(notation.separator()));
        return new Form(notation.template(key, Template.ATOM), notation.below(loops), List.of(body));
    }

    private String range(Index loop) {
        boolean fromZero = loop.low() == Constant.ZERO;
        return notation.range(notation.word(loop.name()), fromZero ? "" : bound(loop.low()), bound(loop.high()));
    }

    private String bound(Expr bound) {
        return TemplateWriter.write(notation, this, form(new Operand(bound, false, 0, Context.SUBSCRIPT)));
    }

    private static Form atom(String text) {
        return new Form(Template.literal(text), "", List.of());
    }

    /** Whether the value is an integer in Java, so that Java divides it as one. */
    private static boolean isWhole(Expr expression) {
        return expression instanceof Index
                || expression instanceof Constant constant && constant.isInteger()
                || expression instanceof Access access && access.tensor().isInteger()
                || expression instanceof Call call
                        && call.function() instanceof Operator operator
                        && operator != Operator.POWER
                        && operator != Operator.DIVIDE
                        && !operator.isCondition()
                        && call.arguments().stream().allMatch(Layout::isWhole);
    }

    private final class Chooser implements Expr.Visitor<Form> {

        private final boolean bare;
        private final Context context;

        Chooser(Operand operand) {
            bare = operand.bare();
            context = operand.context();
        }

        private Operand whole(Expr expression, int precedence) {
            return new Operand(expression, false, precedence, context);
        }

        private Operand number(Expr expression, int precedence) {
            return new Operand(expression, false, precedence, context == Context.SUBSCRIPT ? context : Context.NUMBER);
        }

        /** {@code expression} without its sign, if it has one that can be moved. */
        private Operand magnitude(Expr expression, int precedence) {
            return new Operand(expression, signs.isNegative(expression), precedence, context);
        }

        @Override
        public Form constant(Constant constant) {
            return signs.isNegative(constant) && !bare
                    ? minus(new Operand(constant, true, POWER, context))
                    : new Form(notation.number(Math.abs(constant.value())), "", List.of());
        }

        @Override
        public Form index(Index index) {
            return atom(notation.word(index.name()));
        }

        @Override
        public Form access(Access access) {
            Tensor tensor = access.tensor();
            if (reductions.containsKey(tensor)) {
                Definition entry = InlineReductions.entry(reductions.get(tensor), access.subscripts());
                return reduction(entry, whole(entry.body(), PRODUCT));
            }
            if (tensor.rank() == 0) {
                return atom(notation.scalar(tensor.name()));
            }
            if (notation.hasLetters(access.subscripts())) {
                return atom(notation.word(tensor.name()) + notation.letters(access.subscripts()));
            }
            List<Expr> subscripts = notation.isJava() ? List.of(flat(access)) : access.subscripts();
            return new Form(
                    notation.template("element", Template.ATOM),
                    notation.tensor(tensor.name()),
                    subscripts.stream()
                            .map(subscript -> new Operand(subscript, false, 0, Context.SUBSCRIPT))
                            .toList());
        }

        /** The place in a row by row array. */
        private Expr flat(Access access) {
            Expr place = access.subscripts().get(0);
            for (int axis = 1; axis < access.tensor().rank(); axis++) {
                Expr rows = Call.of(
                        Operator.MULTIPLY, place, access.tensor().shape().extent(axis));
                place = Call.of(Operator.ADD, rows, access.subscripts().get(axis));
            }
            return place;
        }

        @Override
        public Form select(Select select) {
            return new Form(
                    notation.template("select", 0),
                    "",
                    List.of(
                            new Operand(select.condition(), false, 1, Context.CONDITION),
                            whole(select.then(), 1),
                            whole(select.otherwise(), 0)));
        }

        @Override
        public Form call(Call call) {
            if (call.function() instanceof Operator operator) {
                return operator(operator, call);
            }
            return new Form(
                    notation.function(call.function()),
                    notation.nameOf(call.function()),
                    call.arguments().stream()
                            .map(argument -> number(argument, Template.ATOM))
                            .toList());
        }

        private Form operator(Operator operator, Call call) {
            if (operator.isCondition()) {
                return condition(operator, call);
            }
            return switch (operator) {
                case NEGATE, MULTIPLY, DIVIDE ->
                    signs.isNegative(call) && !bare
                            ? minus(
                                    operator == Operator.NEGATE
                                            ? new Operand(call.argument(0), false, PRODUCT, context)
                                            : new Operand(call, true, PRODUCT, context))
                            : product(operator, call);
                case ADD -> sum(call);
                case SUBTRACT ->
                    signs.isNegative(call.argument(1))
                            ? binary(
                                    Operator.ADD,
                                    call,
                                    whole(call.argument(0), SUM),
                                    magnitude(call.argument(1), PRODUCT))
                            : binary(operator, call, whole(call.argument(0), SUM), whole(call.argument(1), PRODUCT));
                case POWER -> power(call);
                default ->
                    binary(
                            operator,
                            call,
                            number(call.argument(0), operator.precedence()),
                            number(call.argument(1), operator.precedence() + 1));
            };
        }

        private Form power(Call call) {
            Operand base = number(call.argument(0), POWER + 1);
            String raised = call.argument(1) instanceof Constant exponent && exponent.isInteger()
                    ? notation.raised((long) exponent.value())
                    : "";
            return raised.isEmpty()
                    ? binary(Operator.POWER, call, base, number(call.argument(1), SIGN))
                    : new Form(notation.template("raised", POWER), raised, List.of(base));
        }

        private Form condition(Operator operator, Call call) {
            if (context == Context.NUMBER && notation.has("truth")) {
                return new Form(
                        notation.template("truth", Template.ATOM),
                        "",
                        List.of(new Operand(call, false, 0, Context.CONDITION)));
            }
            boolean logical = operator == Operator.NOT || operator == Operator.AND || operator == Operator.OR;
            boolean comparison = !logical;
            Context inner = logical ? Context.CONDITION : context == Context.SUBSCRIPT ? context : Context.NUMBER;
            List<Operand> operands = new ArrayList<>();
            for (Expr argument : call.arguments()) {
                boolean first = operands.isEmpty() && !comparison;
                operands.add(new Operand(argument, false, operator.precedence() + (first ? 0 : 1), inner));
            }
            return new Form(notation.template(operator.symbol(), operator.precedence()), "", operands);
        }

        /** {@code -a*b}, which is {@code (-a)*b} to the parser and the same number. */
        private Form minus(Operand operand) {
            boolean ofProduct = form(operand).template().precedence() == PRODUCT;
            return new Form(notation.template("negate", ofProduct ? PRODUCT : SIGN), "", List.of(operand));
        }

        private boolean isReduction(Expr expression) {
            return expression instanceof Access access && reductions.containsKey(access.tensor());
        }

        /** A product or quotient whose signs cancel or are printed elsewhere. */
        private Form product(Operator operator, Call call) {
            if (operator == Operator.NEGATE) {
                return form(magnitude(call.argument(0), PRODUCT));
            }
            // A sum that begins a product would take in what follows.
            int left = isReduction(call.argument(0)) ? Template.ATOM : PRODUCT;
            return binary(operator, call, magnitude(call.argument(0), left), magnitude(call.argument(1), SIGN));
        }

        private Form sum(Call call) {
            Expr left = call.argument(0);
            Expr right = call.argument(1);
            if (signs.isNegative(right)) {
                return binary(Operator.SUBTRACT, call, whole(left, SUM), magnitude(right, PRODUCT));
            }
            if (signs.isNegative(left)) {
                return binary(Operator.SUBTRACT, call, whole(right, SUM), magnitude(left, PRODUCT));
            }
            return binary(Operator.ADD, call, whole(left, SUM), whole(right, PRODUCT));
        }

        private Form binary(Operator operator, Call call, Operand left, Operand right) {
            String key = operator.symbol();
            if (notation.has(key + ".whole")
                    && context != Context.SUBSCRIPT
                    && isWhole(call.argument(0))
                    && isWhole(call.argument(1))) {
                key += ".whole";
            } else if (notation.has(key + ".dot") && needsSign(right)) {
                key += ".dot";
            }
            return new Form(notation.template(key, operator.precedence()), "", List.of(left, right));
        }

        /** Whether a factor cannot simply follow another: a number, or one in parentheses. */
        private boolean needsSign(Operand factor) {
            Expr base = factor.expression();
            while (base instanceof Call call && call.function() == Operator.POWER) {
                base = call.argument(0);
            }
            Operand first = base == factor.expression() ? factor : new Operand(base, false, POWER + 1, context);
            return base instanceof Constant || form(first).template().precedence() < first.precedence();
        }
    }
}
