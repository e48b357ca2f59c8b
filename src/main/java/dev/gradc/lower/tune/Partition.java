package dev.gradc.lower.tune;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.lower.code.Application;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Contraction;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts long code into parts that become methods of their own: HotSpot never compiles a method of more than 8,000 bytes, and runs it
 * tens of times slower. Short methods with many loops it may compile badly, too: in loops over blocks each nest is a part. Values that one
 * part computes and another one reads move from variables to slots of an array.
 */
public final class Partition {

    /** The most bytes of a method, as {@link CodeSize} counts; somewhat more than javac will make of them. */
    private static final int METHOD = 7_000;

    /** The bytes of a part, chosen by measurement: docs/operations.md. The property is there to repeat it. */
    private static final int PART = Integer.getInteger("dev.gradc.part", 4_000);

    private final Map<Expr, Local> names;

    /** The slots of the values that move. */
    private final Map<Local, Integer> slots = new LinkedHashMap<>();

    /** For each variable the part in which it is declared; the outermost method is no part. */
    private final Map<Local, Code.Part> homes = new HashMap<>();

    private Partition(Map<Expr, Local> names) {
        this.names = names;
    }

    /**
     * {@code body} in parts; itself if it is short.
     *
     * @param blocks loops in which each nest of loops is a part
     */
    public static Body of(Body body, Set<Index> blocks) {
        boolean fits = CodeSize.fits(body, METHOD);
        if (fits && blocks.isEmpty()) {
            return body;
        }
        Partition partition = new Partition(body.names());
        List<Code> nests =
                body.code().stream().map(item -> withNests(item, blocks)).toList();
        List<Code> code = fits ? nests : partition.cut(nests, CodeSize.ofParts(body));
        partition.new Crossings().visit(code, null);
        return new Body(code, body.names(), body.buffers(), partition.slots);
    }

    private static Code withNests(Code item, Set<Index> blocks) {
        return item instanceof Code.Loop loop && blocks.contains(loop.index())
                ? loop.around(loop.body().stream()
                        .map(inside -> isNest(inside) ? new Code.Part(List.of(inside)) : inside)
                        .toList())
                : item;
    }

    private static boolean isNest(Code item) {
        return item instanceof Code.Loop loop
                && loop.body().stream().anyMatch(inside -> !inside.body().isEmpty());
    }

    /** The same statements, those that are too many for one method in parts. */
    private List<Code> cut(List<Code> code, CodeSize size) {
        List<Code> items = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (Code item : code) {
            int whole = size.of(item);
            Code inside = whole > PART ? cutInside(item, size) : item;
            items.add(inside);
            sizes.add(inside == item ? whole : size.of(inside));
        }
        // Very many parts are too many calls for one method, and become parts of parts.
        while (total(sizes) > METHOD) {
            List<Code> parts = parts(items, sizes);
            if (parts.size() == items.size() && items.stream().noneMatch(Partition::canMove)) {
                break;
            }
            items = parts;
            sizes = parts.stream().map(size::of).toList();
        }
        return items;
    }

    /** Whether {@code item} leaves the method if it becomes a part, as a selection does that holds a thousand others. */
    private static boolean canMove(Code item) {
        return !(item instanceof Code.Part || item instanceof Code.Return);
    }

    private static int total(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    private Code cutInside(Code item, CodeSize size) {
        if (item instanceof Code.Loop loop) {
            return loop.around(cutBlock(loop.body(), size));
        }
        if (item instanceof Code.When when) {
            return new Code.When(when.condition(), cutBlock(when.body(), size));
        }
        if (item instanceof Code.Choose choose) {
            return new Code.Choose(
                    choose.local(),
                    choose.value(),
                    choose.condition(),
                    new Code.Branch(
                            cutBlock(choose.then().code(), size), choose.then().value()),
                    new Code.Branch(
                            cutBlock(choose.otherwise().code(), size),
                            choose.otherwise().value()));
        }
        return item;
    }

    private List<Code> cutBlock(List<Code> code, CodeSize size) {
        return size.inBlock(() -> cut(code, size));
    }

    /** Neighbours together as long as they fit into a part; what returns stays. */
    private static List<Code> parts(List<Code> items, List<Integer> sizes) {
        List<Code> parts = new ArrayList<>();
        List<Code> current = new ArrayList<>();
        int size = 0;
        for (int i = 0; i < items.size(); i++) {
            boolean stays = items.get(i) instanceof Code.Return;
            if (!current.isEmpty() && (stays || size + sizes.get(i) > PART)) {
                parts.add(new Code.Part(current));
                current = new ArrayList<>();
                size = 0;
            }
            if (stays) {
                parts.add(items.get(i));
            } else {
                current.add(items.get(i));
                size += sizes.get(i);
            }
        }
        if (!current.isEmpty()) {
            parts.add(new Code.Part(current));
        }
        return parts;
    }

    /** Finds the variables that are used in another part than the one that declares them: also in subscripts and bounds. */
    private final class Crossings {

        private final Names known = new Names(names);

        void visit(List<Code> code, Code.Part part) {
            code.forEach(item -> visit(item, part));
        }

        private void block(List<Code> code, Code.Part part) {
            int mark = known.enter();
            visit(code, part);
            known.leave(mark);
        }

        private void visit(Code item, Code.Part part) {
            if (item instanceof Code.Part inner) {
                visit(inner.body(), inner);
            } else if (item instanceof Code.Unrolled unrolled) {
                visit(unrolled.body(), part);
            } else if (item instanceof Code.Vectors vectors) {
                visit(vectors.loop(), part);
            } else if (item instanceof Code.Loop loop) {
                bounds(List.of(loop.index()), part);
                block(loop.body(), part);
            } else if (item instanceof Code.When when) {
                use(when.condition(), part);
                block(when.body(), part);
            } else if (item instanceof Code.Let let) {
                useInside(let.value(), part);
                declare(let.local(), let.value(), part);
            } else if (item instanceof Code.Choose choose) {
                homes.put(choose.local(), part);
                use(choose.condition(), part);
                branch(choose.then(), part);
                branch(choose.otherwise(), part);
                declare(choose.local(), choose.value(), part);
            } else if (item instanceof Code.Variable variable) {
                use(variable.value(), part);
                homes.put(variable.local(), part);
            } else if (item instanceof Code.Start start) {
                homes.put(start.local(), part);
            } else if (item instanceof Code.Resume resume) {
                use(resume.element(), part);
                homes.put(resume.local(), part);
            } else if (item instanceof Code.Gather gather) {
                use(gather.value(), part);
                use(gather.local(), part);
            } else if (item instanceof Code.GatherPosition gather) {
                use(gather.value(), part);
                use(gather.position(), part);
                use(gather.best(), part);
                use(gather.greatest(), part);
            } else if (item instanceof Code.Store store) {
                store(store, part);
            } else if (item instanceof Code.Together together) {
                together.stores().forEach(store -> store(store, part));
            } else if (item instanceof Code.Copy copy) {
                bounds(List.of(copy.run()), part);
                useInside(copy.target(), part);
                use(copy.source(), part);
            } else if (item instanceof Code.CopyRows rows) {
                bounds(List.of(rows.rows()), part);
                visit(rows.copy(), part);
            } else if (item instanceof Code.Multiply multiply) {
                Contraction product = multiply.contraction();
                bounds(product.loops(), part);
                product.guard().ifPresent(guard -> use(guard, part));
                useInside(product.target(), part);
                use(product.left(), part);
                use(product.right(), part);
            } else if (item instanceof Code.Apply apply) {
                Application application = apply.application();
                bounds(application.loops(), part);
                useInside(application.target(), part);
                use(application.source(), part);
            } else if (item instanceof Code.Clear clear) {
                clear.prefix().forEach(place -> use(place, part));
            } else if (item instanceof Code.Return result) {
                use(result.value(), part);
            }
        }

        private void store(Code.Store store, Code.Part part) {
            useInside(store.element(), part);
            use(store.value(), part);
        }

        private void bounds(List<Index> loops, Code.Part part) {
            loops.forEach(loop -> {
                use(loop.low(), part);
                use(loop.high(), part);
            });
        }

        private void branch(Code.Branch branch, Code.Part part) {
            int mark = known.enter();
            visit(branch.code(), part);
            use(branch.value(), part);
            known.leave(mark);
        }

        private void declare(Local local, Expr value, Code.Part part) {
            homes.put(local, part);
            known.declare(value, local);
        }

        private void use(Expr node, Code.Part part) {
            Local local = known.get(node);
            if (local == null) {
                useInside(node, part);
            } else {
                use(local, part);
            }
        }

        private void useInside(Expr node, Code.Part part) {
            for (Expr operand : node.children()) {
                use(operand, part);
            }
        }

        private void use(Local local, Code.Part part) {
            if (homes.get(local) != part) {
                slots.putIfAbsent(local, slots.size());
            }
        }
    }
}
