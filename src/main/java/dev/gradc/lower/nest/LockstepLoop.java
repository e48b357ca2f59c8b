package dev.gradc.lower.nest;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loop over data as a loop over blocks: around each run of steps inside there is a loop over the lanes. */
final class LockstepLoop {

    private final Index iteration;
    private final Lanes lanes;

    /** What gathers a value that is then stored, or added, elsewhere: by the element that it is for. */
    private final Map<Expr, Tensor> parts = new HashMap<>();

    private LockstepLoop(Index iteration, Lanes lanes) {
        this.iteration = iteration;
        this.lanes = lanes;
    }

    static NestedLoop of(NestedLoop loop, Lanes lanes) {
        List<Item> body = new ArrayList<>();
        new LockstepLoop(loop.index, lanes).append(loop.items, body);
        NestedLoop result = new NestedLoop(lanes.block, NestedLoop.Order.ANY);
        result.items.addAll(lanes.copies());
        result.items.addAll(body);
        return result;
    }

    private void append(List<Item> items, List<Item> to) {
        List<Item> from = together(items);
        Run run = new Run(to);
        for (int position = 0; position < from.size(); position++) {
            if (from.get(position) instanceof NestedLoop inner) {
                run.end();
                NestedLoop result = new NestedLoop(inner.index, inner.order);
                append(inner.items, result.items);
                to.add(result);
            } else {
                run.add((Step) from.get(position), from.subList(position + 1, from.size()));
            }
        }
        run.end();
    }

    /** The same items, but what can be stored along with steps before a loop does not wait until after it. */
    private List<Item> together(List<Item> items) {
        List<Item> order = new ArrayList<>();
        for (Item item : items) {
            order.add(item instanceof Step step ? earliest(order, step) : order.size(), item);
        }
        return order;
    }

    private int earliest(List<Item> order, Step step) {
        Definition definition = step.definition();
        int place = order.size();
        if (step.kind() != Step.Kind.STORE || !lanes.isOwn(definition.target())) {
            return place;
        }
        Set<Tensor> read = new HashSet<>();
        new Walk().nextReads(definition).forEach(access -> read.add(access.tensor()));
        for (int p = order.size(); p > 0; p--) {
            if (order.get(p - 1) instanceof Step) {
                place = p;
            }
            Set<Tensor> written = new HashSet<>();
            collectTargets(order.get(p - 1), written);
            if (written.stream().anyMatch(read::contains)) {
                break;
            }
        }
        return place;
    }

    /** The tensors that steps in {@code item} fill. */
    private static void collectTargets(Item item, Set<Tensor> targets) {
        if (item instanceof NestedLoop loop) {
            loop.items.forEach(inside -> collectTargets(inside, targets));
        } else {
            targets.add(((Step) item).definition().target());
        }
    }

    /** Steps that follow one another, in one loop over the lanes. */
    private final class Run {

        private final List<Item> list;
        private List<Item> before;
        private NestedLoop inside;
        private List<Item> after;
        private Rewrite rewrite;

        /** The tensors to whose entries the loop adds in variables, with the entries. */
        private final Map<Tensor, Expr> resumed = new HashMap<>();

        /** The tensors that the run fills. */
        private final Set<Tensor> targets = new HashSet<>();

        Run(List<Item> list) {
            this.list = list;
            begin();
        }

        private void begin() {
            before = new ArrayList<>();
            after = new ArrayList<>();
            resumed.clear();
            targets.clear();
            inside = new NestedLoop(lanes.lane(), NestedLoop.Order.ANY);
            rewrite = lanes.inside(inside.index);
        }

        void end() {
            list.addAll(before);
            if (!inside.items.isEmpty()) {
                list.add(inside);
            }
            list.addAll(after);
            begin();
        }

        /** @param next what follows */
        void add(Step step, List<Item> next) {
            Definition old = step.definition();
            boolean own = Walk.indices(old.subscripts()).contains(iteration);
            boolean resumes =
                    step.kind() == Step.Kind.ADD && !own && old.target().rank() > 0;
            Expr entry = resumed.get(old.target());
            if (entry != old.element() && (entry != null || resumes && targets.contains(old.target()))) {
                // What is in the variable may be this entry.
                end();
            }
            targets.add(old.target());
            switch (step.kind()) {
                case CLEAR -> clear(step);
                case BEGIN -> {
                    if (own) {
                        begin(old, next);
                    } else {
                        before.add(new Step(Step.Kind.BEGIN, rewritten(old), List.of()));
                    }
                }
                case GATHER -> {
                    if (own) {
                        lane(Step.Kind.ADD, gathering(old));
                    } else {
                        lane(Step.Kind.GATHER, rewritten(old));
                    }
                }
                case FINISH, FINISH_ADDING -> {
                    if (!own) {
                        after.add(new Step(step.kind(), rewritten(old), List.of()));
                    } else if (parts.containsKey(old.element())) {
                        lane(step.kind() == Step.Kind.FINISH ? Step.Kind.STORE : Step.Kind.ADD, gathered(old));
                    }
                }
                case ADD -> {
                    if (resumes) {
                        resume(old);
                    } else {
                        lane(Step.Kind.ADD, rewritten(old));
                    }
                }
                case STORE -> lane(Step.Kind.STORE, rewritten(old));
                default -> throw new IllegalArgumentException(step + " in lockstep");
            }
        }

        private void lane(Step.Kind kind, Definition definition) {
            inside.items.add(new Step(kind, definition, List.of()));
        }

        private Definition rewritten(Definition old) {
            List<Index> loops = new ArrayList<>();
            for (Index index : old.loops()) {
                loops.add(index == iteration ? lanes.block : index);
            }
            loops.add(inside.index);
            Access element = (Access) rewrite.apply(old.element());
            return new Definition(
                    element.tensor(),
                    element.subscripts(),
                    old.combine(),
                    loops,
                    rewrite.apply(old.body()),
                    old.note());
        }

        private void clear(Step step) {
            Tensor target = step.definition().target();
            if (step.prefix().size() == target.rank()) {
                Definition cleared = rewritten(step.definition());
                inside.items.add(new Step(Step.Kind.CLEAR, cleared, cleared.subscripts()));
            } else if (lanes.has(target)) {
                before.add(
                        new Step(Step.Kind.CLEAR, rewritten(step.definition()), lanes.prefix(target, step.prefix())));
            } else {
                inside.items.add(new Step(Step.Kind.CLEAR, rewritten(step.definition()), rewrite.apply(step.prefix())));
            }
        }

        /** The reduction of an iteration, whose value stands in a row from the beginning. */
        private void begin(Definition old, List<Item> next) {
            boolean adds = next.stream()
                    .filter(item ->
                            item instanceof Step step && step.definition().element() == old.element())
                    .findFirst()
                    .filter(item -> ((Step) item).kind() == Step.Kind.FINISH_ADDING)
                    .isPresent();
            parts.remove(old.element());
            if (adds || !lanes.has(old.target())) {
                parts.put(old.element(), lanes.part(old.target().name()));
            } else {
                lanes.fillInParts(old.target());
            }
            Definition definition = gathering(old);
            Tensor target = definition.target();
            if (old.combine() == Combine.SUM) {
                List<Expr> prefix = definition.subscripts().subList(0, target.rank() - 1);
                before.add(new Step(Step.Kind.CLEAR, definition, prefix));
            } else {
                lane(
                        Step.Kind.STORE,
                        new Definition(
                                target, definition.subscripts(), Combine.ASSIGN, List.of(), start(old.combine()), ""));
            }
        }

        private static Constant start(Combine combine) {
            return switch (combine) {
                case PRODUCT -> Constant.ONE;
                case MAX -> Constant.of(Double.NEGATIVE_INFINITY);
                case MIN -> Constant.of(Double.POSITIVE_INFINITY);
                default -> throw new IllegalArgumentException(combine + " in lockstep");
            };
        }

        /** What gathers: the element itself, or if it has a value already, a part. */
        private Definition gathering(Definition old) {
            Definition rewritten = rewritten(old);
            Tensor part = parts.get(old.element());
            return part == null
                    ? rewritten
                    : new Definition(
                            part,
                            List.of(lanes.block, inside.index),
                            old.combine(),
                            rewritten.loops(),
                            rewritten.body(),
                            old.note());
        }

        /** What the part has gathered goes to the element. */
        private Definition gathered(Definition old) {
            Definition rewritten = rewritten(old);
            List<Index> loops = new ArrayList<>(rewritten.loops());
            loops.retainAll(Walk.indices(rewritten.subscripts()));
            return new Definition(
                    rewritten.target(),
                    rewritten.subscripts(),
                    old.combine(),
                    loops,
                    gathering(old).element(),
                    old.note());
        }

        /** Adds to an entry that all iterations add to. */
        private void resume(Definition old) {
            Definition definition = rewritten(old);
            if (resumed.put(old.target(), old.element()) == null) {
                before.add(new Step(Step.Kind.RESUME, definition, List.of()));
                after.add(new Step(Step.Kind.FINISH, definition, List.of()));
            }
            lane(Step.Kind.GATHER, definition);
        }
    }
}
