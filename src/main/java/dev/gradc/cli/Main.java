package dev.gradc.cli;

import dev.gradc.Version;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: reads the arguments, calls the compiler, prints, and says by its exit status how it went. */
@Command(
        name = "gradc",
        mixinStandardHelpOptions = true,
        versionProvider = Main.CompilerVersion.class,
        description = "A compiler for derivatives.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    /** Done. */
    static final int DONE = 0;
    /** The source or the data is at fault. */
    static final int FAULT = 1;
    /** The call is at fault. */
    static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** Runs one command and returns its exit status; results go to {@code out}, all else to {@code err}. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        CommandLine gradc = new CommandLine(new Main()).setOut(writer(out)).setErr(writer(err));
        if (args.length == 0) {
            gradc.usage(gradc.getErr());
            return USAGE;
        }
        return gradc.execute(args);
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
