package dev.gradc.lower.tune;

import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Offsets;
import dev.gradc.lower.code.Strides;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Four sums at a time: in {@code for k: sum = …; for i: sum += …; t[k] = sum} each addition waits for the one before it, so four
 * iterations of the outer loop share the inner one. Each sum keeps its order.
 */
public final class Jam {

    private static final int TOGETHER = 4;

    /** Shorter sums, and sums of fewer terms in all, are not worth the lines. */
    private static final double SHORTEST = 16;

    private static final double WORK = 1 << 14;

    /** Four times as many statements would be too many variables, and too much to read. */
    private static final int STATEMENTS = 6;

    private final Body body;
    private final Map<Expr, Local> names;

    /** What stands in a variable wherever it occurs. */
    private final Map<Local, List<Expr>> values = new HashMap<>();

    private Jam(Body body) {
        this.body = body;
        body.names()
                .forEach((value, local) ->
                        values.computeIfAbsent(local, l -> new ArrayList<>()).add(value));
        names = new LinkedHashMap<>(body.names());
    }

    public static Body of(Body body) {
        Jam jam = new Jam(body);
        return new Body(Loops.change(body.code(), jam::jam), jam.names, body.buffers());
    }

    private Optional<Code> jam(Code.Loop loop, double trips) {
        return Sums.of(loop)
                .filter(sums -> Strides.trips(sums.inner.index()) >= SHORTEST
                        && Strides.trips(loop.index()) >= 2
                        && trips * Strides.trips(sums.inner.index()) >= WORK
                        && isApart(sums))
                .map(this::jammed);
    }

    /** A loop that does nothing but to work out sums, each in a variable. */
    private record Sums(Code.Loop outer, Code.Loop inner, List<Code.Store> stores, List<Access> resumed) {

        static Optional<Sums> of(Code.Loop outer) {
            Code.Loop inner = null;
            if (size(outer.body()) > STATEMENTS) {
                return Optional.empty();
            }
            List<Code.Store> stores = new ArrayList<>();
            List<Access> resumed = new ArrayList<>();
            Set<Local> locals = new HashSet<>();
            for (Code item : outer.body()) {
                if (item instanceof Code.Start start) {
                    locals.add(start.local());
                } else if (item instanceof Code.Resume resume) {
                    locals.add(resume.local());
                    resumed.add(resume.element());
                } else if (item instanceof Code.Loop loop && inner == null) {
                    inner = loop;
                } else if (item instanceof Code.Store store) {
                    stores.add(store);
                } else if (!(item instanceof Code.Heading || item instanceof Code.Let)) {
                    return Optional.empty();
                }
            }
            boolean sums = inner != null
                    && outer.step() == 1
                    && inner.step() == 1
                    && !Walk.indicesOfBounds(inner.index()).contains(outer.index())
                    && inner.body().stream()
                            .allMatch(item -> item instanceof Code.Heading
                                    || item instanceof Code.Let
                                    || item instanceof Code.Gather gather
                                            && gather.combine() == Combine.SUM
                                            && locals.contains(gather.local()));
            return sums ? Optional.of(new Sums(outer, inner, stores, resumed)) : Optional.empty();
        }
    }

    private static int size(List<Code> code) {
        return code.stream()
                .mapToInt(item -> item instanceof Code.Heading ? 0 : 1 + size(item.body()))
                .sum();
    }

    /** Whether no iteration reads or writes what another one writes. */
    private boolean isApart(Sums sums) {
        Set<Tensor> written = new HashSet<>();
        for (Code.Store store : sums.stores) {
            Map<Index, Affine> strides = Strides.of(
                    rows(store.element().tensor()), store.element().subscripts(), Set.of(sums.outer.index()));
            boolean moves = strides != null && strides.containsKey(sums.outer.index());
            if (!moves || !written.add(store.element().tensor())) {
                return false;
            }
        }
        List<Expr> read = new ArrayList<>();
        collect(sums.outer.body(), read);
        boolean resumesOwn = sums.resumed.stream()
                .allMatch(element -> sums.stores.stream().anyMatch(store -> store.element() == element));
        return resumesOwn
                && Walk.postOrder(read).stream()
                        .noneMatch(node -> node instanceof Access access
                                && written.contains(access.tensor())
                                && !names.containsKey(access));
    }

    /** How the rows of a tensor lie, if they are arrays of their own. */
    private Buffer rows(Tensor tensor) {
        Buffer buffer = body.buffer(tensor);
        return buffer.inRows() ? buffer.rows() : buffer;
    }

    private static void collect(List<Code> code, List<Expr> values) {
        for (Code item : code) {
            if (item instanceof Code.Let let) {
                values.add(let.value());
            } else if (item instanceof Code.Gather gather) {
                values.add(gather.value());
            } else if (item instanceof Code.Store store) {
                values.add(store.value());
                values.addAll(store.element().subscripts());
            }
            collect(item.body(), values);
        }
    }

    // ---- Four iterations as one

    private Code jammed(Sums sums) {
        Index index = sums.outer.index();
        if (Strides.isWithin(index, TOGETHER)) {
            return new Code.Unrolled(sums.outer, together(sums, index.low(), (int) Strides.extent(index)));
        }
        Index first = new Index(index.name(), index.low(), Offsets.sum(index.high(), Constant.of(1 - TOGETHER)));
        List<Code> code = new ArrayList<>();
        code.add(new Code.Loop(first, TOGETHER, together(sums, first, TOGETHER)));
        Index rest = new Index(index.name(), endOfFours(index), index.high());
        if (rest.low() != rest.high()) {
            code.add(new Code.Loop(rest, 1, new Iteration(sums.outer, rest, false).all(sums.outer.body())));
        }
        return new Code.Unrolled(sums.outer, code);
    }

    /** So many iterations from {@code first} on. */
    private List<Code> together(Sums sums, Expr first, int count) {
        List<Iteration> iterations = new ArrayList<>();
        for (int next = 0; next < count; next++) {
            iterations.add(new Iteration(sums.outer, Offsets.sum(first, Constant.of(next)), next == 0));
        }
        List<Code> body = sums.outer.body();
        int middle = body.indexOf(sums.inner);
        List<Code> code = new ArrayList<>();
        body.subList(0, middle).forEach(item -> iterations.forEach(i -> i.add(item, code)));
        List<Code> inside = new ArrayList<>();
        sums.inner.body().forEach(item -> iterations.forEach(i -> i.add(item, inside)));
        code.add(sums.inner.around(inside));
        iterations.forEach(i -> body.subList(middle + 1, body.size()).forEach(item -> i.add(item, code)));
        return code;
    }

    /** Where the iterations begin that are left over. */
    private static Expr endOfFours(Index index) {
        if (Offsets.extent(index) instanceof Constant count) {
            return Offsets.sum(index.high(), Constant.of(-(count.value() % TOGETHER)));
        }
        Expr count = Call.of(Operator.SUBTRACT, index.high(), index.low());
        return Call.of(Operator.SUBTRACT, index.high(), Call.of(Operator.REMAINDER, count, Constant.of(TOGETHER)));
    }

    /** The statements of one iteration, with variables of its own. */
    private final class Iteration {

        private final boolean first;
        private final Map<Local, Local> locals = new HashMap<>();
        private final Rewrite rewrite;

        /** @param first whether it brings along what all iterations share: comments, and values that do not vary */
        Iteration(Code.Loop loop, Expr position, boolean first) {
            this.first = first;
            declare(loop.body());
            Rewrite moved = Rewrite.substituting(Map.of(loop.index(), position));
            Map<Expr, Expr> replacements = new HashMap<>(Map.of(loop.index(), position));
            locals.forEach((local, own) -> {
                for (Expr value : values.getOrDefault(local, List.of())) {
                    Expr here = moved.apply(value);
                    Expr name = here == value ? Access.of(Tensor.derived(local.hint(), Shape.SCALAR)) : here;
                    replacements.put(value, name);
                    names.put(name, own);
                }
            });
            rewrite = Rewrite.substituting(replacements);
        }

        private void declare(List<Code> code) {
            for (Code item : code) {
                if (item instanceof Code.Start start) {
                    declare(start.local());
                } else if (item instanceof Code.Resume resume) {
                    declare(resume.local());
                } else if (item instanceof Code.Let let) {
                    declare(let.local());
                }
                declare(item.body());
            }
        }

        private void declare(Local local) {
            locals.put(local, new Local(local.hint(), local.type(), first ? local.definitions() : List.of()));
        }

        void add(Code item, List<Code> code) {
            if (item instanceof Code.Heading) {
                if (first) {
                    code.add(item);
                }
            } else if (item instanceof Code.Let let) {
                Expr value = rewrite.apply(let.value());
                code.add(new Code.Let(locals.get(let.local()), value));
            } else if (item instanceof Code.Start start) {
                code.add(new Code.Start(locals.get(start.local()), start.combine()));
            } else if (item instanceof Code.Resume resume) {
                code.add(new Code.Resume(locals.get(resume.local()), (Access) rewrite.apply(resume.element())));
            } else if (item instanceof Code.Gather gather) {
                code.add(new Code.Gather(locals.get(gather.local()), gather.combine(), rewrite.apply(gather.value())));
            } else if (item instanceof Code.Store store) {
                code.add(new Code.Store(
                        (Access) rewrite.apply(store.element()), store.combine(), rewrite.apply(store.value())));
            } else if (item instanceof Code.Loop loop) {
                code.add(loop.around(all(loop.body())));
            }
        }

        List<Code> all(List<Code> items) {
            List<Code> code = new ArrayList<>();
            items.forEach(item -> add(item, code));
            return code;
        }
    }
}
