package dev.gradc.eval;

import dev.gradc.eval.AffineIndex.Range;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Inliner;
import dev.gradc.library.TableFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the expressions of one definition into closures, now that the sizes and the arrays are known. */
final class Coder {

    private final List<Index> loops;
    private final List<Optional<Range>> ranges;
    private final Set<Tensor> changing;
    private final Memory memory;
    private final Precision precision;
    private final Inliner inliner;

    /** How many of the outermost loops each node depends on. */
    private final Map<Expr, Integer> levels = new IdentityHashMap<>();

    /** Whether a node is an integer by its form: such values are not rounded to float. */
    private final Map<Expr, Boolean> integers = new IdentityHashMap<>();

    /**
     * @param loops the loops around the expressions, outermost first
     * @param changing what is written while the loops run, so that reads of it change
     */
    Coder(List<Index> loops, Set<Tensor> changing, Memory memory, Precision precision, Inliner inliner) {
        this.loops = loops;
        this.changing = changing;
        this.memory = memory;
        this.precision = precision;
        this.inliner = inliner;
        ranges = new ArrayList<>();
        for (Index loop : loops) {
            ranges.add(Optional.empty());
        }
        for (int k = 0; k < loops.size(); k++) {
            ranges.set(k, range(loops.get(k)));
        }
    }

    private Optional<Range> range(Index loop) {
        Optional<Range> low = affine(loop.low()).flatMap(bound -> bound.within(ranges));
        Optional<Range> high = affine(loop.high()).flatMap(bound -> bound.within(ranges));
        return low.isEmpty() || high.isEmpty()
                ? Optional.empty()
                : Optional.of(new Range(low.get().low(), high.get().high() - 1));
    }

    private Optional<AffineIndex> affine(Expr expression) {
        return AffineIndex.of(expression, loops, tensor -> memory.array(tensor)[0]);
    }

    /** Code for a number. What is shared, or stands still while an inner loop runs, is computed once. */
    Code number(Expr expression) {
        Expr root = inliner.apply(expression);
        List<Expr> order = Walk.postOrder(root);
        order.forEach(node -> levels.computeIfAbsent(node, this::level));
        Set<Expr> remembered = remembered(root, order);
        Map<Expr, Code> codes = new IdentityHashMap<>();
        for (Expr node : order) {
            Code code = node.accept(new Generator(codes));
            codes.put(node, remembered.contains(node) ? new Memo(code, levels.get(node)) : code);
        }
        return codes.get(root);
    }

    private int level(Expr node) {
        if (node instanceof Index index) {
            return loops.indexOf(index) + 1;
        }
        if (node instanceof Access access && changing.contains(access.tensor())) {
            return loops.size();
        }
        int level = 0;
        for (Expr child : node.children()) {
            level = Math.max(level, levels.get(child));
        }
        return level;
    }

    /** The calls and selections that several nodes read, or one inside a loop that they do not depend on. */
    private Set<Expr> remembered(Expr root, List<Expr> order) {
        Set<Expr> seen = new HashSet<>();
        Set<Expr> result = new HashSet<>();
        for (Expr node : order) {
            for (Expr child : node.children()) {
                boolean shared = !seen.add(child);
                if ((child instanceof Call || child instanceof Select)
                        && (shared || levels.get(child) < levels.get(node))) {
                    result.add(child);
                }
            }
        }
        if (levels.get(root) < loops.size() && (root instanceof Call || root instanceof Select)) {
            result.add(root);
        }
        return result;
    }

    /** Code for an integer, a bound or a subscript; at run time an error if it is not a whole number. */
    Code.Whole whole(Expr expression) {
        Optional<AffineIndex> affine = affine(expression);
        if (affine.isPresent() && fits(affine.get())) {
            return affine.get().code();
        }
        Code number = number(expression);
        return frame -> {
            double value = number.at(frame);
            int result = (int) value;
            if (result != value) {
                throw new EvaluationException(expression + " is " + value + ", not a whole number");
            }
            return result;
        };
    }

    /** Whether {@code int} arithmetic gives the right value. */
    private boolean fits(AffineIndex affine) {
        Range ints = new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);
        return affine.isOf(ints) && affine.within(ranges).map(ints::holds).orElse(false);
    }

    /** Code for the place of an element in its array; −1 if a subscript leaves the tensor. */
    Code.Whole offset(Tensor tensor, List<Expr> subscripts) {
        int[] extents = memory.extents(tensor.shape());
        Optional<AffineIndex> flat = flat(extents, subscripts);
        if (flat.isPresent() && fits(flat.get())) {
            return flat.get().code();
        }
        Code.Whole[] parts = subscripts.stream().map(this::whole).toArray(Code.Whole[]::new);
        return frame -> {
            int offset = 0;
            for (int axis = 0; axis < parts.length; axis++) {
                int subscript = parts[axis].at(frame);
                if (subscript < 0 || subscript >= extents[axis]) {
                    return -1;
                }
                offset = offset * extents[axis] + subscript;
            }
            return offset;
        };
    }

    /** The place as one linear expression, if every subscript is linear and provably inside. */
    private Optional<AffineIndex> flat(int[] extents, List<Expr> subscripts) {
        AffineIndex flat = new AffineIndex(0, new long[loops.size()]);
        for (int axis = 0; axis < extents.length; axis++) {
            int extent = extents[axis];
            Range inside = new Range(0, extent - 1L);
            Optional<AffineIndex> subscript = affine(subscripts.get(axis));
            if (subscript.isEmpty()
                    || !subscript.get().within(ranges).map(inside::holds).orElse(false)) {
                return Optional.empty();
            }
            flat = flat.times(extent).plus(subscript.get());
        }
        return Optional.of(flat);
    }

    private boolean isInteger(Expr node) {
        Boolean known = integers.get(node);
        if (known == null) {
            known = node instanceof Index
                    || node instanceof Constant constant && constant.isInteger()
                    || node instanceof Access access
                            && (access.tensor().isInteger() || access.tensor().role() == Tensor.Role.SIZE)
                    || node instanceof Call call
                            && call.function() instanceof Operator operator
                            && operator != Operator.DIVIDE
                            && operator != Operator.POWER
                            && (operator.isCondition()
                                    || call.arguments().stream().allMatch(this::isInteger));
            integers.put(node, known);
        }
        return known;
    }

    private Code rounded(Expr node, Code code) {
        return precision == Precision.DOUBLE || isInteger(node) ? code : frame -> precision.round(code.at(frame));
    }

    /** Code for one node, given that of its operands. */
    private final class Generator implements Expr.Visitor<Code> {

        private final Map<Expr, Code> codes;

        Generator(Map<Expr, Code> codes) {
            this.codes = codes;
        }

        @Override
        public Code constant(Constant constant) {
            double value = precision.round(constant.value());
            return frame -> value;
        }

        @Override
        public Code index(Index index) {
            int loop = loops.indexOf(index);
            if (loop < 0) {
                throw new EvaluationException("the index " + index + " stands outside its loop");
            }
            return frame -> frame.index[loop];
        }

        @Override
        public Code access(Access access) {
            double[] array = memory.array(access.tensor());
            Code.Whole offset = offset(access.tensor(), access.subscripts());
            return frame -> {
                int place = offset.at(frame);
                if (place < 0) {
                    throw outside(access, frame);
                }
                return array[place];
            };
        }

        @Override
        public Code call(Call call) {
            Code[] arguments = call.arguments().stream().map(codes::get).toArray(Code[]::new);
            if (call.function() instanceof Operator operator) {
                return operator.isCondition() || operator == Operator.NEGATE
                        ? operator(operator, arguments)
                        : rounded(call, operator(operator, arguments));
            }
            return rounded(call, Natives.call((TableFunction) call.function(), arguments));
        }

        private Code operator(Operator operator, Code[] arguments) {
            return arguments.length == 1
                    ? Operators.unary(operator, arguments[0])
                    : Operators.binary(operator, arguments[0], arguments[1]);
        }

        @Override
        public Code select(Select select) {
            Code condition = codes.get(select.condition());
            Code then = codes.get(select.then());
            Code otherwise = codes.get(select.otherwise());
            return frame -> condition.at(frame) != 0 ? then.at(frame) : otherwise.at(frame);
        }
    }

    /** {@code x[i+1] leaves x[5] at i=4}. */
    EvaluationException outside(Access access, Frame frame) {
        Map<String, Integer> at = new HashMap<>();
        Walk.indices(access.subscripts()).forEach(index -> at.put(index.name(), frame.index[loops.indexOf(index)]));
        return new EvaluationException(access + " leaves " + access.tensor() + (at.isEmpty() ? "" : " at " + at));
    }
}
