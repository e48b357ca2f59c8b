package dev.gradc.emit.network;

import com.palantir.javapoet.MethodSpec;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.Draw;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Walk;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.OperationCount;
import dev.gradc.lower.code.Application;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Contraction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * The forward pass in one mode, for evaluation or for training. Its purposes are numbers: 0 gives the outputs, o + 1 the objective o.
 */
final class ForwardPass {

    private final NetworkClasses classes;
    private final List<Stages.Stage> stages;
    private final Map<Tensor, Stages.Stage> home = new HashMap<>();
    private final Map<Stages.Stage, Body> bodies = new LinkedHashMap<>();

    /** The methods for what several purposes need. */
    private final Map<Stages.Stage, String> methods = new LinkedHashMap<>();

    /** What is read after the stage that computes it. */
    private final Set<Tensor> kept = new HashSet<>();

    /**
     * @param purposes what is needed for each purpose
     * @param readLater what others read after the pass
     */
    ForwardPass(
            NetworkClasses classes,
            List<Definition> definitions,
            List<? extends Collection<Tensor>> purposes,
            Collection<Tensor> readLater) {
        this.classes = classes;
        stages = Stages.of(definitions, purposes);
        stages.forEach(stage -> stage.definitions().forEach(d -> home.putIfAbsent(d.target(), stage)));
        readLater.stream().filter(home::containsKey).forEach(kept::add);
        for (Stages.Stage stage : stages) {
            Walk.tensorsRead(stage.definitions()).stream()
                    .filter(tensor -> home.containsKey(tensor) && home.get(tensor) != stage)
                    .forEach(kept::add);
        }
        for (Objective objective : classes.unit.objectives()) {
            if (home.containsKey(objective.loss()) && !isReturned(objective.loss())) {
                kept.add(objective.loss());
            }
        }
        stages.forEach(stage ->
                bodies.put(stage, Lowering.lower(stage.definitions(), kept, returned(stage), classes.routines())));
    }

    /** Whether the stage that computes a loss has no other purpose, so that its code ends by returning it. */
    private boolean isReturned(Tensor loss) {
        return returned(home.get(loss)).stream().anyMatch(loss::equals);
    }

    private Optional<Tensor> returned(Stages.Stage stage) {
        int purpose = stage.purposes().iterator().next();
        return stage.purposes().size() > 1 || purpose == 0
                ? Optional.empty()
                : Optional.of(classes.unit.objectives().get(purpose - 1).loss())
                        .filter(loss -> home.get(loss) == stage);
    }

    /** Gives fields to the arrays, and names to the methods that several purposes share. */
    void claim(Workspace workspace, Identifiers methodNames) {
        for (Stages.Stage stage : stages) {
            Set<Tensor> computed = new LinkedHashSet<>();
            stage.definitions().forEach(definition -> computed.add(definition.target()));
            // What the lowering brought in on the way.
            computed.addAll(bodies.get(stage).buffers().keySet());
            workspace.add(bodies.get(stage), computed, kept);
            if (stage.purposes().size() > 1) {
                methods.put(stage, methodNames.claim("common"));
            }
        }
    }

    /** The products of matrices in it. */
    Stream<Contraction> products() {
        return bodies.values().stream().flatMap(Body::products);
    }

    /** The functions in it that are applied to rows. */
    Stream<Application> applications() {
        return bodies.values().stream().flatMap(Body::applications);
    }

    OperationCount cost(int purpose) {
        return stagesFor(purpose).stream()
                .map(stage -> OperationCount.of(bodies.get(stage)))
                .reduce(OperationCount.NONE, OperationCount::plus);
    }

    private List<Stages.Stage> stagesFor(int purpose) {
        return stages.stream()
                .filter(stage -> stage.purposes().contains(purpose))
                .toList();
    }

    /** What is drawn at random for a purpose. */
    List<Draw> draws(int purpose) {
        Set<Tensor> read = new HashSet<>();
        stagesFor(purpose).forEach(stage -> read.addAll(Walk.tensorsRead(stage.definitions())));
        return classes.unit.draws().stream()
                .filter(draw -> read.contains(draw.tensor()))
                .toList();
    }

    /** The code for one purpose: calls of what it has in common with others, then its own. */
    void addCode(MethodSpec.Builder method, String name, int purpose, PassMethods owner) {
        List<Stages.Stage> own = new ArrayList<>();
        for (Stages.Stage stage : stagesFor(purpose)) {
            if (methods.containsKey(stage)) {
                method.addStatement("$L($L)", methods.get(stage), owner.arguments(data(stage)));
            } else {
                own.add(stage);
            }
        }
        own.forEach(stage -> owner.addBody(method, name, stage.definitions(), bodies.get(stage)));
        if (purpose > 0) {
            Tensor loss = classes.unit.objectives().get(purpose - 1).loss();
            if (!home.containsKey(loss) || !isReturned(loss)) {
                method.addStatement("return $L", owner.workspace.field(loss));
            }
        }
    }

    private List<Tensor> data(Stages.Stage stage) {
        Set<Tensor> read = Walk.tensorsRead(stage.definitions());
        return classes.unit.data().stream().filter(read::contains).toList();
    }

    /** The methods that several purposes share. */
    List<MethodSpec> commonMethods(PassMethods owner) {
        List<MethodSpec> result = new ArrayList<>();
        methods.forEach((stage, name) -> {
            MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                    .addModifiers(Modifier.PRIVATE)
                    .addJavadoc("Computes what several of the methods above have in common.\n");
            owner.addData(method, data(stage));
            owner.addBody(method, name, stage.definitions(), bodies.get(stage));
            result.add(method.build());
        });
        return result;
    }
}
