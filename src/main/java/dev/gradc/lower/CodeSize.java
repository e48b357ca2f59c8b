package dev.gradc.lower;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How many bytes of bytecode statements take, at most: what javac makes of each, with the long form of every access to a variable.
 */
final class CodeSize {

    /** A variable beyond the 255th: {@code wide dload}. */
    private static final int VARIABLE = 4;

    /** A value that has been moved to an array: the array, the place, the load. */
    private static final int SLOT = VARIABLE + 3 + 1;

    /** What a part of a method is given. */
    private static final int TYPICAL_ARGUMENTS = 25;

    /** The call for a product of matrices: three sizes, and three arrays with their places and strides. */
    private static final int MULTIPLY = 90;

    private static final int CONSTANT = 3;
    private static final int CALL = 3;
    private static final int JUMP = 3;

    private final Names names;

    /** The sizes of what is inside statements that have been measured. */
    private final Map<Expr, Integer> integers = new HashMap<>();

    CodeSize(Map<Expr, Local> names) {
        this.names = new Names(names);
    }

    /** The size of statements, whose names stay known. */
    int of(List<Code> code) {
        int size = 0;
        for (Code item : code) {
            size += of(item);
        }
        return size;
    }

    private int block(List<Code> code) {
        return inBlock(() -> of(code));
    }

    /** Does {@code work} where the names that it makes known are forgotten afterwards. */
    <T> T inBlock(Supplier<T> work) {
        int mark = names.enter();
        T result = work.get();
        names.leave(mark);
        return result;
    }

    /** The size of a statement; statements before it in the same block have been measured. */
    int of(Code item) {
        if (item instanceof Code.Loop loop) {
            Index index = loop.index();
            return 4 * VARIABLE + 2 * JUMP + 6 + integer(index.low()) + integer(index.high()) + block(loop.body());
        } else if (item instanceof Code.When when) {
            return JUMP + value(when.condition()) + block(when.body());
        } else if (item instanceof Code.Let let) {
            int size = SLOT + inside(let.value());
            names.declare(let.value(), let.local());
            return size;
        } else if (item instanceof Code.Choose choose) {
            int size = 2 * JUMP + value(choose.condition()) + branch(choose.then()) + branch(choose.otherwise());
            names.declare(choose.value(), choose.local());
            return size;
        } else if (item instanceof Code.Variable variable) {
            return SLOT + value(variable.value());
        } else if (item instanceof Code.Start) {
            return SLOT + CONSTANT;
        } else if (item instanceof Code.Gather gather) {
            return 2 * SLOT + CALL + value(gather.value());
        } else if (item instanceof Code.GatherPosition gather) {
            return 3 * SLOT + JUMP + 2 * value(gather.value()) + integer(gather.position());
        } else if (item instanceof Code.Store store) {
            return store(store);
        } else if (item instanceof Code.Together together) {
            return together.stores().stream().mapToInt(this::store).sum();
        } else if (item instanceof Code.Copy copy) {
            return element(copy.target()) + element(copy.source()) + CALL + CONSTANT;
        } else if (item instanceof Code.Multiply) {
            return MULTIPLY;
        } else if (item instanceof Code.Apply apply) {
            Application application = apply.application();
            return VARIABLE + element(application.target()) + element(application.source()) + CALL + CONSTANT;
        } else if (item instanceof Code.Return result) {
            return 1 + value(result.value());
        } else if (item instanceof Code.Clear clear) {
            return VARIABLE
                    + 4 * CONSTANT
                    + CALL
                    + clear.prefix().stream().mapToInt(this::integer).sum() * 2;
        } else if (item instanceof Code.Part) {
            return TYPICAL_ARGUMENTS * VARIABLE + CALL;
        }
        return 0;
    }

    private int branch(Code.Branch branch) {
        int mark = names.enter();
        int size = of(branch.code()) + value(branch.value()) + SLOT;
        names.leave(mark);
        return size;
    }

    private int store(Code.Store store) {
        // To add, the array and the place are copied, the entry is loaded and the sum formed.
        return element(store.element()) + 5 + value(store.value());
    }

    private int element(Access access) {
        int size = VARIABLE + 1;
        for (Expr subscript : access.subscripts()) {
            size += integer(subscript) + CONSTANT + 2;
        }
        return size;
    }

    private int integer(Expr expression) {
        Integer known = integers.get(expression);
        if (known == null) {
            int size = expression instanceof Constant
                    ? CONSTANT
                    : expression instanceof Access access ? element(access) : VARIABLE;
            for (Expr operand : expression instanceof Access ? List.<Expr>of() : expression.children()) {
                size += integer(operand) + 1;
            }
            known = size;
            integers.put(expression, known);
        }
        return known;
    }

    private int value(Expr node) {
        Local local = names.get(node);
        return local == null ? inside(node) : local.type() == Local.Type.CONDITION ? SLOT + JUMP + CONSTANT : SLOT;
    }

    /** The size of what computes {@code node}, even if it has a name. */
    private int inside(Expr node) {
        if (node instanceof Constant) {
            return CONSTANT;
        }
        if (node instanceof Access access) {
            return element(access);
        }
        if (node instanceof Index) {
            return VARIABLE + 1;
        }
        int size = 0;
        for (Expr operand : node.children()) {
            size += value(operand);
        }
        if (node instanceof Select) {
            return size + 2 * JUMP;
        }
        Call call = (Call) node;
        boolean operator = call.function() instanceof Operator;
        return size + (!operator ? CALL + 1 : Types.isCondition(node) ? 2 * JUMP + 2 + 2 * CONSTANT : CALL);
    }
}
