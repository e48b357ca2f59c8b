package dev.gradc.lower.tune;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Application;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** How many bytes of bytecode statements take, at most: what javac makes of each. */
final class CodeSize {

    /** A variable: {@code dload 7}, and from the 256th place on {@code wide dload 300}. */
    private static final int VARIABLE = 2;

    private static final int WIDE_VARIABLE = 4;
    private static final int PLACES = 256;

    /** A value that has been moved to an array: the array, the place, the load. */
    private static final int SLOT = WIDE_VARIABLE + 3 + 1;

    /** A part of a method is given at most what all statements touch. */
    private static final int MOST_ARGUMENTS = 255;

    /** The call for a product of matrices: three sizes, and three arrays with their places and strides. */
    private static final int MULTIPLY = 90;

    /** An array: a variable, or a field of this object. */
    private static final int FIELD = 4;

    private static final int CONSTANT = 3;
    private static final int CALL = 3;
    private static final int JUMP = 3;

    private final Names names;

    /** Whether values may move to slots of an array. */
    private final boolean inParts;

    /** What may be parameters. */
    private final Set<Tensor> tensors = new HashSet<>();

    /** How many parameters come before the variables. */
    private final int parameters;

    /** The numbers of the variables. */
    private final Map<Local, Integer> variables = new HashMap<>();

    /** The sizes of what is inside statements that have been measured. */
    private final Map<Expr, Integer> integers = new HashMap<>();

    /** The sizes of selections in parts: what is cut is measured at each level, and selections may be nested by the thousand. */
    private final Map<Code, Integer> choices = new IdentityHashMap<>();

    private CodeSize(Map<Expr, Local> names, boolean inParts, int parameters) {
        this.names = new Names(names);
        this.inParts = inParts;
        this.parameters = parameters;
    }

    /** For statements that are going to be parts of a method. */
    static CodeSize ofParts(Body body) {
        return new CodeSize(body.names(), true, 0);
    }

    /** Whether all statements of {@code body} together take no more than {@code bytes}. */
    static boolean fits(Body body, int bytes) {
        CodeSize first = new CodeSize(body.names(), false, 0);
        // Parameters come before all variables; there are at most so many.
        return first.fits(body.code(), bytes)
                && new CodeSize(body.names(), false, first.tensors.size()).fits(body.code(), bytes);
    }

    private boolean fits(List<Code> code, int bytes) {
        int size = 0;
        for (int i = 0; i < code.size() && size <= bytes; i++) {
            size += of(code.get(i));
        }
        return size <= bytes;
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
            return 4 * WIDE_VARIABLE + 2 * JUMP + 6 + integer(index.low()) + integer(index.high()) + block(loop.body());
        } else if (item instanceof Code.Unrolled unrolled) {
            return block(unrolled.body());
        } else if (item instanceof Code.When when) {
            return JUMP + value(when.condition()) + block(when.body());
        } else if (item instanceof Code.Let let) {
            int size = variable(let.local()) + inside(let.value());
            names.declare(let.value(), let.local());
            return size;
        } else if (item instanceof Code.Choose choose) {
            Integer known = inParts ? choices.get(choose) : null;
            int size = known != null
                    ? known
                    : 2 * JUMP
                            + value(choose.condition())
                            + branch(choose.then(), choose.local())
                            + branch(choose.otherwise(), choose.local());
            choices.put(choose, size);
            names.declare(choose.value(), choose.local());
            return size;
        } else if (item instanceof Code.Variable variable) {
            return variable(variable.local()) + value(variable.value());
        } else if (item instanceof Code.Start start) {
            return variable(start.local()) + CONSTANT;
        } else if (item instanceof Code.Resume resume) {
            return variable(resume.local()) + element(resume.element());
        } else if (item instanceof Code.Gather gather) {
            return 2 * variable(gather.local()) + CALL + value(gather.value());
        } else if (item instanceof Code.GatherPosition gather) {
            return 4 * variable(gather.greatest())
                    + 3 * variable(gather.best())
                    + 2 * JUMP
                    + CALL
                    + 2 * value(gather.value())
                    + integer(gather.position());
        } else if (item instanceof Code.Store store) {
            return store(store);
        } else if (item instanceof Code.Together together) {
            return together.stores().stream().mapToInt(this::store).sum();
        } else if (item instanceof Code.Copy copy) {
            return element(copy.target()) + element(copy.source()) + CALL + CONSTANT;
        } else if (item instanceof Code.CopyRows rows) {
            return of(rows.copy()) + FIELD + 2 * CONSTANT;
        } else if (item instanceof Code.Multiply) {
            return MULTIPLY;
        } else if (item instanceof Code.Apply apply) {
            Application application = apply.application();
            return FIELD + element(application.target()) + element(application.source()) + CALL + CONSTANT;
        } else if (item instanceof Code.Return result) {
            return 1 + value(result.value());
        } else if (item instanceof Code.Clear clear) {
            return FIELD
                    + 4 * CONSTANT
                    + CALL
                    + clear.prefix().stream().mapToInt(this::integer).sum() * 2;
        } else if (item instanceof Code.Vectors vectors) {
            of(vectors.loop());
            return Math.min(tensors.size(), MOST_ARGUMENTS) * WIDE_VARIABLE + SLOT + CALL;
        } else if (item instanceof Code.Part part) {
            part.body().forEach(this::declare);
            return Math.min(tensors.size(), MOST_ARGUMENTS) * WIDE_VARIABLE + SLOT + CALL;
        }
        return 0;
    }

    /** What a part computes stands in slots, where the statements after it find it. */
    private void declare(Code item) {
        if (item instanceof Code.Let let) {
            names.declare(let.value(), let.local());
        } else if (item instanceof Code.Choose choose) {
            names.declare(choose.value(), choose.local());
        } else if (item instanceof Code.Part part) {
            part.body().forEach(this::declare);
        }
    }

    /** Loads or stores a variable. */
    private int variable(Local local) {
        if (inParts) {
            return SLOT;
        }
        int number = parameters + variables.computeIfAbsent(local, l -> variables.size());
        return 2 * number < PLACES - 1 ? VARIABLE : WIDE_VARIABLE;
    }

    private int branch(Code.Branch branch, Local result) {
        int mark = names.enter();
        int size = of(branch.code()) + value(branch.value()) + variable(result);
        names.leave(mark);
        return size;
    }

    private int store(Code.Store store) {
        // To add, the array and the place are copied, the entry is loaded and the sum formed.
        int sum = store.combine() == Combine.ASSIGN ? 0 : 5;
        return element(store.element()) + sum + value(store.value());
    }

    private int element(Access access) {
        tensors.add(access.tensor());
        int size = FIELD + 1;
        if (access.subscripts().stream().allMatch(Constant.class::isInstance)) {
            // The place is a number.
            return size + CONSTANT;
        }
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
                    : expression instanceof Access access ? element(access) : WIDE_VARIABLE;
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
        return local == null
                ? inside(node)
                : variable(local) + (local.type() == Local.Type.CONDITION ? JUMP + CONSTANT : 0);
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
            return WIDE_VARIABLE + 1;
        }
        int size = 0;
        for (Expr operand : node.children()) {
            size += value(operand);
        }
        if (node instanceof Select) {
            return size + 2 * JUMP;
        }
        if (!(((Call) node).function() instanceof Operator operator)) {
            return size + CALL + 1;
        }
        // One byte, and one that makes an int operand real.
        return size + (operator == Operator.POWER ? CALL : operator.isCondition() ? 2 * JUMP + 2 + 2 * CONSTANT : 2);
    }
}
