package dev.gradc.cli;

import dev.gradc.ir.Precision;
import dev.gradc.task.NetworkTraining;
import dev.gradc.train.Choice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        description =
                "Train a network on files of data, at the speed of its compiled classes, and write its parameters.",
        footer = {
            "",
            "Examples:",
            "  gradc train samples/rings.nn --data samples/rings.csv",
            "  gradc train heart.nn --data heart.csv --target AHD --ignore key \\",
            "      --one-hot ChestPain,Thal --skip-missing",
            "  gradc train digits.nn --data images.npz --curve loss.csv -o digits.safetensors",
            "  gradc train digits.nn --data x=train-images.gz --data label=train-labels.gz",
            "",
            "Data are CSV, NPY, NPZ or IDX, also compressed by gzip. Arrays have the examples",
            "outermost; what is called like an input or a target, in an NPZ file or by",
            "NAME=FILE, is its data. Bytes of an IDX file become numbers from 0 to 1, except",
            "where integers are wanted.",
            "",
            "Columns of CSV are found by name: x, or for several numbers x0, x1, … or x[0],",
            "x[1], …; otherwise by order, first the inputs, then the targets. A first row",
            "without numbers holds the names; without one the columns are called 1, 2, 3, …",
            "Texts of a target are numbered in their alphabetical order.",
            "",
            "How to train is what the network says: train { optimizer adam(lr = 0.01)",
            "batch 32  epochs 100  stop after 10 without improvement  validation 0.1 }. The",
            "examples kept back for validation decide when to stop, and which parameters are",
            "written: the best. Progress goes to the standard error."
        })
final class TrainCommand implements Callable<Integer> {

    private static final int MOST_THREADS = 1024;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main gradc;

    @Parameters(paramLabel = "FILE", description = "The source; '-' is the standard input.")
    private String source;

    @Option(names = "--network", paramLabel = "NAME", description = "Which network of the file.")
    private String network;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "[NAME=]FILE",
            description = "A file of data; several add up.")
    private List<String> data = new ArrayList<>();

    @Option(
            names = "--columns",
            paramLabel = "NAME=COL,…",
            description = "The columns of an input or target; a..c: from a to c.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--target", split = ",", paramLabel = "COL", description = "The columns of the only target.")
    private List<String> target = new ArrayList<>();

    @Option(names = "--ignore", split = ",", paramLabel = "COL", description = "Columns that are left out.")
    private List<String> ignore = new ArrayList<>();

    @Option(
            names = "--one-hot",
            split = ",",
            paramLabel = "COL",
            description = "Columns of kinds: each entry gets a number, 1 where it stands and 0 elsewhere.")
    private List<String> oneHot = new ArrayList<>();

    @Option(names = "--skip-missing", description = "Leave out rows in which a value is missing.")
    private boolean skipMissing;

    @Option(names = "--set", paramLabel = "hidden=16", description = "A size of the network.")
    private Map<String, Double> sizes = new LinkedHashMap<>();

    @Option(names = "--epochs", paramLabel = "N", description = "How many times to go over all examples.")
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Examples in a step.")
    private Integer batch;

    @Option(names = "--patience", paramLabel = "N", description = "Stop after so many epochs without improvement.")
    private Integer patience;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "The part of the examples kept back; 0.1 by default.")
    private Double validation;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of the first parameters and of the order of the examples; 1 by default.")
    private Integer seed;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "double",
            description = "float or double; double by default.")
    private Precision precision;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that share the work; the result is the same with any number. 1 by default.")
    private int threads;

    @Option(names = "--weights", paramLabel = "W.safetensors", description = "Parameters to start from.")
    private Path weights;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "W.safetensors",
            description = "Where to write the parameters; rings.safetensors for rings.nn by default.")
    private Path output;

    @Option(
            names = "--curve",
            paramLabel = "LOSS.csv",
            description = "Write loss, validation and accuracy of each epoch.")
    private Path curve;

    @Override
    public Integer call() {
        Map<String, List<String>> chosen = new LinkedHashMap<>();
        columns.forEach((name, list) -> chosen.put(name, Arrays.asList(list.split(","))));
        NetworkTraining.Request request = new NetworkTraining.Request(
                source,
                Optional.ofNullable(network),
                data,
                new Choice(chosen, target, ignore, oneHot, skipMissing),
                sizes,
                settings(),
                precision,
                threads(),
                Optional.ofNullable(weights),
                Optional.ofNullable(output),
                Optional.ofNullable(curve));
        Progress progress = new Progress(spec.commandLine().getErr(), gradc.reportsToTerminal());
        String result;
        try {
            result = NetworkTraining.run(request, progress);
        } finally {
            progress.end();
        }
        spec.commandLine().getOut().println(result);
        return ExitStatus.DONE;
    }

    private Map<String, Double> settings() {
        Map<String, Double> settings = new HashMap<>();
        positive(settings, "epochs", epochs);
        positive(settings, "batch", batch);
        positive(settings, "patience", patience);
        if (seed != null) {
            settings.put("seed", seed.doubleValue());
        }
        if (validation != null && !(validation >= 0 && validation < 1)) {
            throw new ParameterException(spec.commandLine(), "--validation is from 0 to below 1");
        }
        if (validation != null) {
            settings.put("validation", validation);
        }
        return settings;
    }

    private int threads() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ParameterException(spec.commandLine(), "--threads is from 1 to " + MOST_THREADS);
        }
        return threads;
    }

    private void positive(Map<String, Double> settings, String name, Integer value) {
        if (value != null && value < 1) {
            throw new ParameterException(spec.commandLine(), "--" + name + " must be positive");
        }
        if (value != null) {
            settings.put(name, value.doubleValue());
        }
    }
}
