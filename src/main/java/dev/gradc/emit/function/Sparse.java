package dev.gradc.emit.function;

import com.palantir.javapoet.CodeBlock;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A matrix without its structural zeros, in compressed rows.
 *
 * @param program its last result holds the entries of the matrix, row by row
 * @param rowStarts an array that says where each row begins among the entries, and where the last ends
 * @param columns an array of the entries' columns
 */
public record Sparse(Program program, CodeBlock rowStarts, CodeBlock columns) {

    private static final int LONGEST_LITERAL = 500;

    private static final int NUMBERS_IN_A_LINE = 20;

    private static final Comparator<Definition> ROW_BY_ROW =
            Comparator.comparingInt((Definition entry) -> place(entry, 0)).thenComparingInt(entry -> place(entry, 1));

    /** @param program its last result is the matrix; single entries that are not defined are 0, of what loops fill none is */
    static Sparse of(Program program) {
        Tensor matrix = matrix(program);
        List<Definition> entries = program.definitions().stream()
                .filter(definition -> definition.target() == matrix)
                .toList();
        return entries.stream().allMatch(entry -> entry.subscripts().stream().allMatch(Constant.class::isInstance))
                ? of(program, entries.stream().sorted(ROW_BY_ROW).toList())
                : full(program);
    }

    private static Sparse of(Program program, List<Definition> entries) {
        Map<Definition, Expr> places = new HashMap<>();
        int[] rowStarts = new int[matrix(program).shape().size(0) + 1];
        for (Definition entry : entries) {
            places.put(entry, Constant.of(places.size()));
            rowStarts[place(entry, 0) + 1]++;
        }
        for (int row = 1; row < rowStarts.length; row++) {
            rowStarts[row] += rowStarts[row - 1];
        }
        return new Sparse(
                compressed(program, entries.size(), places),
                array(IntStream.of(rowStarts).boxed().toList()),
                array(entries.stream().map(entry -> place(entry, 1)).toList()));
    }

    private static Sparse full(Program program) {
        int rows = matrix(program).shape().size(0);
        int width = matrix(program).shape().size(1);
        Map<Definition, Expr> places = new HashMap<>();
        for (Definition definition : program.definitions()) {
            if (definition.target() == matrix(program)) {
                Expr row = Call.of(Operator.MULTIPLY, definition.subscripts().get(0), Constant.of(width));
                places.put(
                        definition,
                        Call.of(Operator.ADD, row, definition.subscripts().get(1)));
            }
        }
        return new Sparse(
                compressed(program, rows * width, places),
                CodeBlock.of("$T.rangeClosed(0, $L).map(row -> row * $L).toArray()", IntStream.class, rows, width),
                CodeBlock.of(
                        "$T.range(0, $L).map(entry -> entry % $L).toArray()", IntStream.class, rows * width, width));
    }

    private static Tensor matrix(Program program) {
        return program.results().get(program.results().size() - 1);
    }

    private static int place(Definition entry, int axis) {
        return (int) ((Constant) entry.subscripts().get(axis)).value();
    }

    /** An array literal; long ones, whose bytecode HotSpot would not compile, are read from a text. */
    private static CodeBlock array(List<Integer> numbers) {
        if (numbers.size() <= LONGEST_LITERAL) {
            return CodeBlock.of(
                    "new int[] {$L}",
                    numbers.stream().map(number -> CodeBlock.of("$L", number)).collect(CodeBlock.joining(",$W")));
        }
        List<CodeBlock> lines = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += NUMBERS_IN_A_LINE) {
            List<Integer> line = numbers.subList(i, Math.min(i + NUMBERS_IN_A_LINE, numbers.size()));
            lines.add(
                    CodeBlock.of("$S", line.stream().map(number -> number + " ").collect(Collectors.joining())));
        }
        return CodeBlock.of(
                "$T.of(($L).split($S)).mapToInt($T::parseInt).toArray()",
                Stream.class,
                CodeBlock.join(lines, "$W+ "),
                " ",
                Integer.class);
    }

    /** The program with the entries of its matrix at new places. */
    private static Program compressed(Program program, int size, Map<Definition, Expr> places) {
        Tensor values = Tensor.derived(matrix(program).name(), Shape.of(size));
        List<Definition> definitions = new ArrayList<>();
        for (Definition definition : program.definitions()) {
            definitions.add(
                    places.containsKey(definition)
                            ? new Definition(
                                    values,
                                    List.of(places.get(definition)),
                                    definition.combine(),
                                    definition.loops(),
                                    definition.body(),
                                    definition.note(),
                                    definition.recurrences())
                            : definition);
        }
        List<Tensor> results = Stream.concat(
                        program.results().stream().limit(program.results().size() - 1L), Stream.of(values))
                .toList();
        return new Program(program.arguments(), definitions, results);
    }
}
