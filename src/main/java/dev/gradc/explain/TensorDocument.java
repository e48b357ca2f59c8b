package dev.gradc.explain;

import dev.gradc.explain.Document.Cell;
import dev.gradc.explain.Document.Lines;
import dev.gradc.explain.Document.Section;
import dev.gradc.explain.Document.Table;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.OptimizerUnit;
import dev.gradc.print.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a program of tensors computes, forwards and backwards, a definition a line with its shape. */
final class TensorDocument {

    private final Writing writing;

    TensorDocument(Writing writing) {
        this.writing = writing;
    }

    /** Every definition of the forward pass. */
    Section forward(Program program) {
        List<List<Cell>> rows = new ArrayList<>();
        program.arguments().forEach(tensor -> rows.add(row(tensor, Cell.words("given"))));
        List<String> formulas = writing.statements(program);
        for (int i = 0; i < formulas.size(); i++) {
            rows.add(row(program.definitions().get(i).target(), Cell.formula(formulas.get(i))));
        }
        return new Section(
                "Forward",
                List.of(new Table(List.of(Cell.words("tensor"), Cell.words("shape"), Cell.words("formula")), rows)));
    }

    /** Every definition of a backward pass, under the derivative that it computes. */
    Section backward(Gradient gradient) {
        List<List<Cell>> rows = new ArrayList<>();
        List<String> formulas = writing.statements(gradient.program());
        for (int i = 0; i < formulas.size(); i++) {
            Definition definition = gradient.program().definitions().get(i);
            rows.add(List.of(
                    Cell.words(definition.note()),
                    Cell.words(shape(definition.target().shape())),
                    Cell.formula(formulas.get(i))));
        }
        List<Cell> headings = List.of(Cell.words("derivative"), Cell.words("shape"), Cell.words("formula"));
        return new Section("Backward from " + gradient.of().name(), List.of(new Table(headings, rows)));
    }

    /** The rule by which the parameters are changed. */
    Section update(OptimizerUnit optimizer) {
        String settings = optimizer.hyperparameters().entrySet().stream()
                .map(entry -> entry.getKey().name() + " = " + Numbers.of(entry.getValue()))
                .collect(Collectors.joining(", "));
        List<List<Cell>> lines = new ArrayList<>();
        optimizer
                .states()
                .forEach((state, start) -> lines.add(List.of(
                        Cell.formula(writing.name(state.name())), Cell.words("starts from " + Numbers.of(start)))));
        optimizer
                .updates()
                .forEach(update -> lines.add(List.of(
                        Cell.formula(writing.name(update.target().name())),
                        Cell.formula(writing.signed("←", writing.formula(update.value()))))));
        return new Section(
                "Update of every entry of a parameter by " + optimizer.name() + "(" + settings + ")",
                List.of(new Lines(lines)));
    }

    private List<Cell> row(Tensor tensor, Cell formula) {
        return List.of(Cell.formula(writing.name(tensor.name())), Cell.words(shape(tensor.shape())), formula);
    }

    private static String shape(Shape shape) {
        return shape.rank() == 0 ? "number" : shape.toString();
    }
}
