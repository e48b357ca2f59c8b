package dev.gradc;

import dev.gradc.Compiler.Backward;
import dev.gradc.Derivation.Partial;
import dev.gradc.Derivation.Request;
import dev.gradc.data.DataException;
import dev.gradc.data.Json;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer;
import dev.gradc.print.Printer.Derivative;
import dev.gradc.print.Printer.Printed;
import dev.gradc.source.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The derivatives of a file's functions and networks as a lecturer writes them on a board: of each loss in its parameters, of each
 * function in what it is derived in, {@code dloss/dW[i,k] = sum[n:batch](dz[n,i]*x[n,k])}, and what they read.
 */
final class FileDerivation {

    private final Compiler compiler = new Compiler();
    private final Request request;
    private final Unit unit;

    FileDerivation(Request request) {
        this.request = request;
        if (!request.at().isEmpty()) {
            throw new DataException(
                    request.subject(), "numbers are shown for formulas; 'gradc eval --gradient' has them");
        }
        unit = compiler.check(Sources.read(request.subject()), request.settings());
    }

    String text(Notation notation) {
        if (notation == Notation.JAVA) {
            throw new DataException(request.subject(), "'gradc compile' writes the Java of a file");
        }
        return subjects().map(subject -> text(subject, notation)).collect(Collectors.joining("\n\n"));
    }

    private static String text(Printed printed, Notation notation) {
        return notation.together(printed.formulas(), printed.where());
    }

    private String text(Object subject, Notation notation) {
        return printed(subject, notation).stream()
                .map(printed -> text(printed, notation))
                .collect(Collectors.joining("\n\n"));
    }

    /** {@code {"Rings": {"derivatives": ["dloss/dW1[i,k] = …"], "where": ["h[n,i] = …"]}}}. */
    Json.Fields json() {
        Map<String, Json> fields = new LinkedHashMap<>();
        subjects().forEach(subject -> {
            List<Json.Text> derivatives = new ArrayList<>();
            List<Json.Text> where = new ArrayList<>();
            for (Printed printed : printed(subject, Notation.TEXT)) {
                printed.formulas().forEach(line -> derivatives.add(new Json.Text(line)));
                printed.where().forEach(line -> where.add(new Json.Text(line)));
            }
            fields.put(
                    name(subject),
                    Derivation.fields("derivatives", new Json.Items(derivatives), "where", new Json.Items(where)));
        });
        return new Json.Fields(fields);
    }

    private Stream<Object> subjects() {
        return request.function().isPresent()
                ? Stream.of(Evaluator.choose(unit, request.subject(), request.function()))
                : Stream.concat(unit.functions().stream(), unit.networks().stream());
    }

    private static String name(Object subject) {
        return subject instanceof FunctionUnit function ? function.name() : ((NetworkUnit) subject).name();
    }

    private List<Printed> printed(Object subject, Notation notation) {
        return subject instanceof FunctionUnit function
                ? List.of(printed(function, notation))
                : printed((NetworkUnit) subject, notation);
    }

    /* ---- Networks ---- */

    private List<Printed> printed(NetworkUnit network, Notation notation) {
        if (request.hessian() || request.order() > 1) {
            throw new DataException(network.name(), "of a network there are first derivatives only");
        }
        Compiler.Differentiated differentiated = compiler.differentiate(network);
        List<Tensor> known = differentiated.gradients().stream()
                .flatMap(gradient -> gradient.adjoints().keySet().stream())
                .distinct()
                .toList();
        List<Tensor> wrt = chosen(network.name(), known, known);
        return differentiated.gradients().stream()
                .map(gradient -> restricted(gradient, wrt))
                .filter(gradient -> !gradient.adjoints().isEmpty())
                .map(gradient ->
                        printed(gradient.of().name(), differentiated.network().program(), gradient, notation))
                .toList();
    }

    private static Gradient restricted(Gradient gradient, List<Tensor> wrt) {
        Map<Tensor, Tensor> adjoints = new LinkedHashMap<>(gradient.adjoints());
        adjoints.keySet().retainAll(wrt);
        return new Gradient(gradient.of(), gradient.program(), adjoints);
    }

    private Printed printed(String name, Program forward, Gradient gradient, Notation notation) {
        Map<Tensor, Derivative> derivatives = new LinkedHashMap<>();
        gradient.adjoints()
                .forEach((variable, adjoint) -> derivatives.put(adjoint, new Derivative(name, List.of(variable))));
        return new Printer(notation).print(compiler.readable(forward, gradient), derivatives);
    }

    /* ---- Functions ---- */

    private Printed printed(FunctionUnit function, Notation notation) {
        Program program = function.program();
        if (program.results().size() > 1 || program.results().get(0).rank() > 0) {
            throw new DataException(
                    function.name(),
                    "its value is a tensor; 'gradc compile' makes its Jacobian, --function NAME takes another");
        }
        boolean second = request.hessian() || request.order() > 1;
        Set<Tensor> asked = new LinkedHashSet<>();
        function.requests().forEach(derive -> asked.addAll(derive.wrt()));
        List<Tensor> real = program.arguments().stream()
                .filter(argument -> !argument.isInteger())
                .toList();
        List<Tensor> wrt = chosen(function.name(), real, asked.isEmpty() ? real : List.copyOf(asked));
        if (second) {
            List<Partial> partials =
                    Derivation.partials(function.name(), Expression.of(compiler, program), wrt, request);
            return Derivation.printed(partials, request, notation);
        }
        Backward backward = compiler.backward(function.name(), program, wrt);
        return printed(function.name(), backward.forward(), backward.gradient(), notation);
    }

    /** The variables that are asked for, else {@code usual}. */
    private List<Tensor> chosen(String subject, List<Tensor> known, List<Tensor> usual) {
        List<String> names = known.stream().map(Tensor::name).toList();
        for (String variable : request.variables()) {
            if (!names.contains(variable)) {
                String hint = Spelling.nearest(variable, names)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; there are " + String.join(", ", names));
                throw new DataException(subject, "no variable " + variable + hint);
            }
        }
        return request.variables().isEmpty()
                ? usual
                : known.stream()
                        .filter(tensor -> request.variables().contains(tensor.name()))
                        .toList();
    }
}
