package dev.gradc.pipeline;

import dev.gradc.data.DataException;
import dev.gradc.data.NumberArray;
import dev.gradc.eval.Interpreter;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.print.Notation;
import dev.gradc.print.Printer;
import dev.gradc.reading.Reading;
import dev.gradc.source.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A formula, or what a file defines, as a program of one result that can be differentiated, simplified for readers, evaluated and printed.
 * Immutable, safe for threads.
 */
public final class Formula {

    private final Compiler compiler;
    private final Program program;
    private final Set<Tensor> named;
    private final boolean written;

    /**
     * @param named what keeps its name, defined on a line of its own, when it is simplified
     * @param written whether it is printed as the user wrote it, and not simplified for reading
     */
    private Formula(Compiler compiler, Program program, Set<Tensor> named, boolean written) {
        this.compiler = compiler;
        this.program = program;
        this.named = named;
        this.written = written;
    }

    /**
     * Reads a formula.
     *
     * @param variables what the formula is to be a function of, whether it occurs or not; others that occur come after
     * @param shapes the extents of variables that are not scalars
     * @throws dev.gradc.source.SourceException with every error in it
     */
    public static Formula parse(SourceFile text, List<String> variables, Map<String, Shape> shapes) {
        Compiler compiler = new Compiler();
        return DeepStack.call(() -> new Formula(
                compiler, compiler.expression(text, variables, shapes).program(), Set.of(), true));
    }

    /** The program. */
    public Program program() {
        return program;
    }

    /** The names of its variables, in the order of their first occurrence. */
    public List<String> variables() {
        return program.arguments().stream().map(Tensor::name).toList();
    }

    /** The extents of its value; none for a scalar. */
    public int[] shape() {
        return result().shape().extents().stream()
                .mapToInt(extent -> (int) ((Constant) extent).value())
                .toArray();
    }

    /** How many different expressions it is made of. */
    public int size() {
        return Walk.postOrder(
                        program.definitions().stream().map(Definition::body).toList())
                .size();
    }

    /** What it is the value of. */
    public Tensor result() {
        return program.results().get(0);
    }

    /** The partial derivative in {@code variable}, simplified; in a name that does not occur it is 0. */
    public Formula derivative(String variable) {
        Objects.requireNonNull(variable, "variable");
        return DeepStack.call(() -> program.arguments().stream()
                .filter(tensor -> tensor.name().equals(variable))
                .findFirst()
                .map(wrt -> new Formula(compiler, compiler.partial(program, wrt, named), named, false))
                .orElseGet(() -> parse(new SourceFile("expression", "0"), List.of(), Map.of())));
    }

    /** The same formula in the form that people write, where that is the shorter way to a further derivative. */
    public Formula readable() {
        return written
                ? this
                : DeepStack.call(() -> new Formula(compiler, compiler.readable(program, named), named, false));
    }

    /** Its value where the variables are {@code point}. */
    public NumberArray evaluate(Map<String, NumberArray> point) {
        Map<Tensor, double[]> arguments = new LinkedHashMap<>();
        for (Tensor variable : program.arguments()) {
            NumberArray array = point.get(variable.name());
            if (array == null) {
                throw new DataException("expression", "no value for " + variable);
            }
            arguments.put(variable, array.values());
        }
        return DeepStack.call(() -> {
            Map<Tensor, double[]> all =
                    new Interpreter(Precision.DOUBLE).run(compiler.stable("expression", program), arguments);
            return new NumberArray(shape(), all.get(result()));
        });
    }

    /** The formula in {@code notation}, as the user wrote it or, where it is a derivative, in the form that people write. */
    public String print(Notation notation) {
        return print(notation, !written);
    }

    /**
     * The formula in {@code notation}.
     *
     * @param simplified whether to bring it into the form that people write; what it is worth stays the same
     */
    public String print(Notation notation, boolean simplified) {
        return DeepStack.call(() -> new Printer(notation).print(shown(simplified)));
    }

    /** What is printed of it. */
    public Program shown(boolean simplified) {
        Program alone = program.withResults(List.of(result()));
        return simplified ? compiler.shown(alone, named) : Reading.written(alone);
    }

    /** Several of one formula as one program with their results. */
    public static Program together(List<Formula> formulas) {
        Formula first = formulas.get(0);
        Map<Tensor, List<Definition>> definitions = new LinkedHashMap<>();
        for (Formula formula : formulas) {
            Map<Tensor, List<Definition>> own = formula.program.definitions().stream()
                    .collect(Collectors.groupingBy(Definition::target, LinkedHashMap::new, Collectors.toList()));
            own.forEach(definitions::putIfAbsent);
        }
        return new Program(
                first.program.arguments(),
                definitions.values().stream().flatMap(List::stream).toList(),
                formulas.stream().map(Formula::result).toList());
    }

    /** What is printed of them. */
    public static Program shown(List<Formula> formulas, boolean simplified) {
        Formula first = formulas.get(0);
        Program whole = together(formulas);
        return simplified ? first.compiler.shown(whole, first.named) : Reading.written(whole);
    }

    /** {@code wanted}, or something like it that no variable is called. */
    public String freeName(String wanted) {
        String name = wanted;
        while (variables().contains(name)) {
            name += "_";
        }
        return name;
    }

    /** What a file defines, under the names that it gives. */
    public static Formula of(Compiler compiler, Program program) {
        Set<Tensor> named = Compiler.named(program);
        return new Formula(compiler, Compiler.withNames(program, named), named, true);
    }

    /** Its variables, in the order of their first occurrence. */
    public List<Tensor> arguments() {
        return program.arguments();
    }
}
