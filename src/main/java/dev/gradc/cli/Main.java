package dev.gradc.cli;

import dev.gradc.build.Version;
import dev.gradc.pipeline.Compiler;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: reads the arguments, calls the compiler, prints, and says by its exit status how it went. */
@Command(
        name = "gradc",
        versionProvider = Main.CompilerVersion.class,
        description = "A compiler for derivatives: formulas and networks in, readable Java with gradients out.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DiffCommand.class,
            EvalCommand.class,
            CompileCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            GraphCommand.class,
            TrainCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  gradc diff 'x^2*sin(y)' x y",
            "  gradc eval 'x^2*sin(y)' --at x=3,y=pi/2 --gradient",
            "",
            "'gradc COMMAND --help' tells more. Exit status: 0 done, 1 the source or the data is at fault, 2 the call is."
        })
public final class Main {

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    @Option(names = "--stacktrace", hidden = true, scope = ScopeType.INHERIT)
    private boolean stacktrace;

    private final PrintStream err;

    private Main(PrintStream err) {
        this.err = err;
    }

    public static void main(String[] args) {
        // The compiler reads its library when it is first made: a second core does so while this one reads the call.
        Thread library = new Thread(Compiler::new, "library");
        library.setDaemon(true);
        library.start();
        StandardOutput results = new StandardOutput();
        System.setOut(new PrintStream(results));
        int status = run(args, System.out, System.err);
        results.loss().ifPresent(reason -> System.err.println("standard output: error: " + reason));
        System.exit(results.loss().isPresent() ? ExitStatus.FAULT : status);
    }

    /** Runs one command and returns its exit status; results go to {@code out}, all else to {@code err}. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        Main main = new Main(err);
        Failures failures = new Failures(() -> Terminal.colours(err), () -> main.stacktrace);
        CommandLine gradc = new CommandLine(main)
                .setOut(writer(out))
                .setErr(writer(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(out == System.out ? Ansi.AUTO : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setHelpFactory(CallHelp::new)
                .setParameterExceptionHandler((failure, arguments) -> failures.usage(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> failures.report(failure, command));
        gradc.getSubcommands().values().forEach(Main::takesFormulas);
        if (args.length == 0) {
            gradc.usage(gradc.getErr(), Terminal.colours(err));
            return ExitStatus.USAGE;
        }
        return gradc.execute(args);
    }

    /** Whether messages go to a terminal. */
    boolean reportsToTerminal() {
        return Terminal.is(err);
    }

    /** A formula may begin with a minus, which is no option then. */
    private static void takesFormulas(CommandLine command) {
        if (command.getCommand() instanceof FormulaCommand) {
            command.setUnmatchedOptionsArePositionalParams(true);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static final class CompilerVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gradc " + Version.current()};
        }
    }
}
