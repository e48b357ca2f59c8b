package dev.gradc.cli;

import dev.gradc.pipeline.Sizes;
import dev.gradc.verify.Checking;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Check names and shapes, and every gradient against finite differences.",
        footer = {"", "Examples:", "  gradc check samples/rings.nn", "  gradc check samples/functions/*.nn"})
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The sources; '-' is the standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--set", paramLabel = "hidden=16", description = "A size of a network.")
    private Map<String, Double> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        int status = ExitStatus.DONE;
        Set<String> sizes = new HashSet<>();
        for (String file : files) {
            try {
                Checking.Report report = Checking.check(file, settings);
                sizes.addAll(report.sizes());
                report.lines().forEach(line -> spec.commandLine().getOut().println(file + ": " + line));
                status = report.agrees() ? status : ExitStatus.FAULT;
            } catch (RuntimeException e) {
                CommandLine check = spec.commandLine();
                status = check.getExecutionExceptionHandler().handleExecutionException(e, check, null);
            }
        }
        if (status == ExitStatus.DONE) {
            Sizes.check(settings.keySet(), sizes, String.join(", ", files));
        }
        return status;
    }
}
