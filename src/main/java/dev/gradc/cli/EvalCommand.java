package dev.gradc.cli;

import dev.gradc.data.Json;
import dev.gradc.data.Outline;
import dev.gradc.ir.Precision;
import dev.gradc.task.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "eval",
        description = "Evaluate a formula, a function of a file or a network, with its derivatives if you like.",
        footer = {
            "",
            "Examples:",
            "  gradc eval '2/sin(exp(-x))' --at x=-4.499 --gradient",
            "  gradc eval samples/functions/options.nn --function Phi --at z=1.96",
            "  gradc eval options.nn --function call --data arguments.json --gradient",
            "  gradc eval rings.nn --weights rings.safetensors --data batch.json --json",
            "",
            "Data are JSON: {\"x\": 1.5, \"A\": [[1, 2], [3, 4]]}; for a network with the batch",
            "first. NaN, Infinity and -Infinity are strings. A name that exists as a file or",
            "ends with .nn is a file, '-' the standard input. A network is evaluated as it is",
            "used, not as it is trained, with its derivatives too: nothing is dropped out."
        })
final class EvalCommand extends FormulaCommand implements Callable<Integer> {

    @Option(names = "--at", paramLabel = "x=1,y=2", description = "Arguments: numbers, formulas such as pi/2, arrays.")
    private List<String> at = new ArrayList<>();

    @Option(names = "--data", paramLabel = "ARGS.json", description = "Arguments from a file.")
    private String data;

    @Option(names = "--weights", paramLabel = "W.safetensors", description = "The parameters of a network.")
    private String weights;

    @Option(names = "--gradient", description = "Print every partial derivative, too.")
    private boolean gradient;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            defaultValue = "double",
            description = "float or double; double by default.")
    private Precision precision;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Json.Fields result = Evaluation.evaluate(new Evaluation.Request(
                subject(),
                function(),
                at,
                Optional.ofNullable(data),
                Optional.ofNullable(weights),
                settings(),
                precision,
                gradient));
        print(json ? result.toString() : Outline.of(result));
        return ExitStatus.DONE;
    }
}
