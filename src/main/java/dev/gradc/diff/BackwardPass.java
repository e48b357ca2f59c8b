package dev.gradc.diff;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One differentiation: the walk from the last definition to the first, each of which contributes to the adjoints of what it reads. */
final class BackwardPass {

    private final Program program;
    private final Tensor of;
    private final List<Tensor> wrt;
    private final List<Index> directions;
    private final FreshNames names;
    private final Map<Tensor, Integer> readers;
    private final Set<Tensor> active;
    private final Contributions contributions;
    private final Adjoints adjoints;

    BackwardPass(Library library, Program program, Tensor of, List<Tensor> wrt, List<Index> directions) {
        this.program = program;
        this.of = of;
        this.wrt = wrt;
        this.directions = directions;
        names = new FreshNames(program);
        readers = program.readers();
        active = Activity.of(program, wrt);
        contributions = new Contributions(program, new BodyAdjoint(library, active::contains), directions, names);
        adjoints = new Adjoints(of, directions, names);
    }

    /** Adds to an adjoint from outside of the program. */
    void contribute(Tensor tensor, Contribution contribution) {
        contributions.hear(tensor);
        adjoints.contribute(tensor, contribution);
    }

    Gradient run() {
        Map<Tensor, Definition> sole = program.soleDefinitions();
        List<List<Definition>> runs = Recurrence.runs(program.definitions(), 0);
        for (int i = runs.size() - 1; i >= 0; i--) {
            Definition last = runs.get(i).get(0);
            if (!last.recurrences().isEmpty()) {
                throughTime(runs.get(i));
            } else if (active.contains(last.target()) && adjoints.isRead(last.target())) {
                propagate(last, sole.get(last.target()) == last);
            }
        }
        Map<Tensor, Tensor> results = new LinkedHashMap<>();
        wrt.forEach(tensor -> results.put(tensor, adjoints.of(tensor)));
        Set<Tensor> arguments = new LinkedHashSet<>(program.arguments());
        program.definitions().forEach(definition -> arguments.add(definition.target()));
        Program backward = new Program(List.copyOf(arguments), adjoints.definitions(), List.copyOf(results.values()));
        return new Gradient(of, backward, results);
    }

    private void throughTime(List<Definition> run) {
        Set<Tensor> inside = new LinkedHashSet<>();
        run.stream().map(Definition::target).filter(active::contains).forEach(inside::add);
        if (inside.stream().anyMatch(adjoints::hasContributions)) {
            new BackwardRecurrence(contributions, adjoints, inside).add(run);
        }
    }

    private void propagate(Definition definition, boolean whole) {
        Expr incoming = adjoints.valueOf(definition.element());
        Line line = Window.isOne(definition, readers)
                ? Window.line(definition, incoming, directions, names)
                : contributions.line(definition, incoming, whole && definition.isGather());
        adjoints.define(line.linear().helpers());
        line.reads().forEach((element, value) -> {
            contributions.listen(line, element);
            adjoints.contribute(element.tensor(), contributions.of(line, element, List.of()));
        });
    }
}
