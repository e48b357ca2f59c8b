package dev.gradc.cli;

import dev.gradc.print.Notation;
import dev.gradc.task.Derivation;
import dev.gradc.task.DerivationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = "Print the partial derivatives of a formula, of functions or of a network, simplified.",
        footer = {
            "",
            "Examples:",
            "  gradc diff '2/sin(exp(-x))' x",
            "  gradc diff 'x^3*y + 3*x' x y --at x=2,y=3",
            "  gradc diff 'x^3*y + 3*x' x y --hessian",
            "  gradc diff 'sum(A@x)' A x --shape A=2,3 --shape x=3",
            "  gradc diff samples/rings.nn W1 --format unicode",
            "",
            "A formula that begins with a minus needs no care; one that begins with two",
            "stands after '--'."
        })
final class DiffCommand extends PointCommand implements Callable<Integer> {

    /** How derivatives are printed. */
    enum Format {
        TEXT(Notation.TEXT),
        UNICODE(Notation.UNICODE),
        LATEX(Notation.LATEX),
        MATHML(Notation.MATHML),
        JAVA(Notation.JAVA),
        JSON(null);

        private final Notation notation;

        Format(Notation notation) {
            this.notation = notation;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            index = "1..*",
            paramLabel = "VAR",
            description = "The variables to differentiate in; without any, all that occur.")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--order",
            paramLabel = "N",
            defaultValue = "1",
            description = "Differentiate N times in each variable.")
    private int order;

    @Option(names = "--hessian", description = "Print the second derivatives in every pair of variables.")
    private boolean hessian;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; text by default.")
    private Format format;

    @Option(names = "--no-simplify", negatable = false, description = "Print what differentiation gives.")
    private boolean raw;

    @Override
    public Integer call() {
        String subject = subject();
        variables.forEach(this::checkVariable);
        if (order < 1 || order > 100) {
            throw usage("--order must be between 1 and 100");
        }
        if (hessian && order > 1) {
            throw usage("--hessian and --order exclude each other");
        }
        DerivationRequest request =
                new DerivationRequest(subject, function(), settings(), variables, order, hessian, shapes(), at(), !raw);
        print(format == Format.JSON ? Derivation.json(request).toString() : Derivation.text(request, format.notation));
        return ExitStatus.DONE;
    }

    private void checkVariable(String variable) {
        checkFormula(variable);
        if (!variable.matches("[\\p{L}_][\\p{L}\\p{M}\\p{N}_.]*")) {
            throw usage("a variable is a name, not '" + variable + "'");
        }
    }
}
