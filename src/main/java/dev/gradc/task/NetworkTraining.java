package dev.gradc.task;

import dev.gradc.build.Generator;
import dev.gradc.build.OutputFolder;
import dev.gradc.data.DataException;
import dev.gradc.data.DataSet;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.load.LoadedClasses;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.Declared;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.pipeline.Sources;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Spelling;
import dev.gradc.train.Choice;
import dev.gradc.train.Data;
import dev.gradc.train.Examples;
import dev.gradc.train.History;
import dev.gradc.train.Training;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Compiles a network in memory, trains it on files of data, and writes its parameters; for {@code gradc train}. */
public final class NetworkTraining {

    /** Lines of progress that a training prints, about. */
    private static final int LINES = 20;

    private NetworkTraining() {}

    /**
     * What to train, with what.
     *
     * @param source the path of the file that declares the network
     * @param network its name; needed if there are several
     * @param data paths, or {@code NAME=path} for an array without a name
     * @param choice which columns are for what
     * @param sizes of the network, by name
     * @param settings that replace those of {@code train}: batch, epochs, patience, seed, validation
     * @param threads that share the work; the result is the same with any number
     * @param start the parameters to start from
     * @param weights where to write the parameters; without it {@code rings.safetensors} for {@code rings.nn}
     * @param curve where to write the losses as CSV
     */
    public record Request(
            String source,
            Optional<String> network,
            List<String> data,
            Choice choice,
            Map<String, Double> sizes,
            Map<String, Double> settings,
            Precision precision,
            int threads,
            Optional<Path> start,
            Optional<Path> weights,
            Optional<Path> curve) {}

    /** Is told how a training goes. */
    @FunctionalInterface
    public interface Observer {

        /** Something of note, to be kept. */
        void line(String text);

        /** How many epochs are done, after each; there will be at most {@code of}. */
        default void done(int epochs, int of) {}
    }

    /**
     * Trains; returns what to print.
     *
     * @param observer is told how it goes
     * @throws SourceException if the source or a row of data is at fault
     * @throws DataException if data are at fault in another way
     */
    public static String run(Request request, Observer observer) {
        SourceFile source = Sources.read(request.source());
        Path weights = request.weights().orElseGet(() -> Path.of(stem(source) + ".safetensors"));
        // Before hours of training rather than after.
        List<String> used = new ArrayList<>(List.of(request.source()));
        request.data().forEach(argument -> used.add(path(argument)));
        OutputFolder.of(weights, used);
        used.add(weights.toString());
        request.curve().ifPresent(curve -> OutputFolder.of(curve, used));
        Compiler compiler = new Compiler();
        Unit unit = DeepStack.call(() -> compiler.check(source, request.sizes()));
        NetworkUnit network = withSettings(choose(unit, source, request.network()), source, request.settings());
        Data data = new Data();
        request.data().forEach(file -> add(file, data));
        Examples examples = data.match(network.data(), request.choice());
        data.notes().forEach(observer::line);

        List<GeneratedFile> files =
                DeepStack.call(() -> new Generator(compiler, new Options(request.precision(), Backend.PORTABLE))
                        .generate(new Unit(unit.name(), unit.packageName(), List.of(), List.of(network)), ""));
        LoadedClasses classes = LoadedClasses.of(files, NetworkTraining.class.getClassLoader());
        try (Training training = new Training(
                network, request.precision(), classes, files.get(0).className(), examples, request.threads())) {
            return run(training, request, weights, observer);
        }
    }

    private static String run(Training training, Request request, Path weights, Observer observer) {
        request.start().ifPresent(training::load);
        observer.line("training with " + training.examples() + (training.examples() == 1 ? " example, " : " examples, ")
                + training.keptBack() + " kept back to judge by");
        long begin = System.nanoTime();
        History history = training.run(new Progress(training.epochs(), observer));
        double seconds = (System.nanoTime() - begin) / 1e9;
        training.save(weights);
        request.curve().ifPresent(file -> write(file, history.csv()));
        return String.format(
                        Locale.ROOT,
                        "%d epoch%s in %.1f s, the best: %s%n",
                        history.epochs().size(),
                        history.epochs().size() == 1 ? "" : "s",
                        seconds,
                        Training.best(history))
                + "loss " + history.curve() + System.lineSeparator() + weights;
    }

    /** Passes on some epochs: the first, about {@link #LINES} of all, and one every few seconds. */
    private static final class Progress implements Consumer<History.Epoch> {

        private static final long PAUSE = 5_000_000_000L;

        private final Observer observer;
        private final int epochs;
        private final int every;
        private long last = System.nanoTime();

        Progress(int epochs, Observer observer) {
            this.observer = observer;
            this.epochs = epochs;
            every = Math.max(1, epochs / LINES);
        }

        @Override
        public void accept(History.Epoch epoch) {
            if (epoch.number() == 1 || epoch.number() % every == 0 || System.nanoTime() - last > PAUSE) {
                observer.line(epoch.toString());
                last = System.nanoTime();
            }
            observer.done(epoch.number(), epochs);
        }
    }

    private static String stem(SourceFile source) {
        String name = Path.of(source.name()).getFileName().toString();
        return name.replaceAll("\\.nn$", "").replace(' ', '-');
    }

    private static NetworkUnit choose(Unit unit, SourceFile source, Optional<String> wanted) {
        List<String> names = unit.networks().stream().map(NetworkUnit::name).toList();
        if (wanted.isEmpty() && names.size() == 1) {
            return unit.networks().get(0);
        }
        if (names.isEmpty()) {
            throw new DataException(source.name(), "it declares no network");
        }
        return unit.networks().stream()
                .filter(network -> wanted.isPresent() && network.name().equals(wanted.get()))
                .findFirst()
                .orElseThrow(() -> new DataException(
                        source.name(),
                        wanted.map(name -> "no network " + name
                                        + Spelling.nearest(name, names)
                                                .map(near -> "; did you mean " + near + "?")
                                                .orElse(""))
                                .orElse("it declares " + String.join(", ", names)
                                        + "; choose one with --network NAME")));
    }

    private static NetworkUnit withSettings(NetworkUnit network, SourceFile source, Map<String, Double> settings) {
        Unit.Training training = network.training()
                .orElseThrow(() -> new SourceException(List.of(Diagnostic.error(
                                Declared.place(source, network.name()),
                                "the network " + network.name() + " does not say how it is trained")
                        .withHint("add: train { optimizer adam(lr = 0.01)  epochs 100 }"))));
        Map<String, Double> all = new HashMap<>(training.settings());
        all.putAll(settings);
        return network.withTraining(new Unit.Training(training.optimizer(), all));
    }

    /** The name in {@code NAME=path}, or none. */
    private static String name(String argument) {
        int sign = argument.indexOf('=');
        return sign > 0 && !new File(argument).exists() ? argument.substring(0, sign) : "";
    }

    private static String path(String argument) {
        String name = name(argument);
        return name.isEmpty() ? argument : argument.substring(name.length() + 1);
    }

    private static void add(String argument, Data data) {
        String path = path(argument);
        try {
            data.add(name(argument), path, DataSet.read(path));
        } catch (IOException | InvalidPathException e) {
            throw Sources.unreadable(path, e);
        }
    }

    private static void write(Path file, String text) {
        OutputFolder.of(file, List.of()).write(file.getFileName().toString(), text);
    }
}
