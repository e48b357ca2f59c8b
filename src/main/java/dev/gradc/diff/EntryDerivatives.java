package dev.gradc.diff;

import dev.gradc.diff.Elimination.Order;
import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Derivatives of programs without loops, whose definitions are single entries in terms of the arguments: every derivative is again of
 * that form.
 */
final class EntryDerivatives {

    /** Beyond so many operations of the value one way to its Jacobian is enough. */
    private static final int LONG = 6000;

    /** The zeros of a matrix of so many entries are written one by one. */
    private static final int SMALL = 16;

    private final Library library;
    private final boolean sparse;
    private final Reverse reverse;

    /** @param sparse whether entries of a matrix that are 0 anyway are left out */
    EntryDerivatives(Library library, boolean sparse) {
        this.library = library;
        this.sparse = sparse;
        this.reverse = new Reverse(library);
    }

    /** Whether {@code program} is of that form. */
    static boolean areOf(Program program) {
        return program.definitions().stream()
                .allMatch(definition -> definition.loops().isEmpty()
                        && definition.combine() == Combine.ASSIGN
                        && program.results().contains(definition.target())
                        && readsFixedPlaces(definition));
    }

    /** An entry at a computed place, as {@code table[place]}, is any entry. */
    private static boolean readsFixedPlaces(Definition definition) {
        return Walk.accesses(definition.body()).stream()
                .allMatch(access -> access.subscripts().stream().allMatch(Constant.class::isInstance));
    }

    /** As {@link Derivatives#gradient}. */
    Program gradient(Program program, List<Tensor> wrt) {
        Tensor value = program.results().get(0);
        List<Access> elements = elements(wrt);
        Tensor gradient = Tensor.derived("gradient", Shape.of(elements.size()));
        List<Definition> definitions = new ArrayList<>(program.definitions());
        List<Expr> partials = reverse.partials(body(program, value, List.of()), elements);
        for (int k = 0; k < partials.size(); k++) {
            Tensor tensor = elements.get(k).tensor();
            String note = tensor.rank() == 0 ? "d" + value.name() + "/d" + tensor.name() : "";
            definitions.add(entry(gradient, List.of(Constant.of(k)), partials.get(k), note));
        }
        return new Program(program.arguments(), definitions, List.of(value, gradient));
    }

    /** As {@link Derivatives#jacobians}. */
    List<Program> jacobians(Program program, List<Tensor> wrt, Map<Tensor, Expr> at) {
        List<Expr> bodies = new ArrayList<>();
        program.results()
                .forEach(result -> places(result.shape()).forEach(place -> bodies.add(body(program, result, place))));
        List<Access> elements = elements(wrt);
        UnaryOperator<Expr> known = Specialization.rewrite(at)::apply;
        List<List<List<Expr>>> ways = new ArrayList<>();
        ways.add(bodies.stream().map(body -> reverse.partials(body, elements)).toList());
        if (Walk.postOrder(bodies).size() <= LONG) {
            for (Order order : Order.values()) {
                ways.add(new Elimination(library, order, known).jacobian(bodies, elements));
            }
        }
        return ways.stream()
                .map(partials -> jacobian(program, bodies, elements.size(), partials))
                .toList();
    }

    private Program jacobian(Program program, List<Expr> bodies, int columns, List<List<Expr>> partials) {
        Tensor value = Tensor.derived("value", Shape.of(bodies.size()));
        Tensor jacobian = Tensor.derived("jacobian", Shape.of(bodies.size(), columns));
        List<Definition> definitions = new ArrayList<>();
        List<List<Definition>> rows = rows(jacobian, partials);
        for (int row = 0; row < bodies.size(); row++) {
            definitions.add(entry(value, List.of(Constant.of(row)), bodies.get(row), ""));
            definitions.addAll(rows.get(row));
        }
        return new Program(program.arguments(), definitions, List.of(value, jacobian));
    }

    /** As {@link Derivatives#hessian}. */
    Program hessian(Program program, List<Tensor> wrt) {
        Program first = gradient(program, wrt);
        Tensor value = first.results().get(0);
        Tensor gradient = first.results().get(1);
        List<Access> elements = elements(wrt);
        int size = elements.size();
        Expr[][] second = new Expr[size][size];
        for (int row = 0; row < size; row++) {
            Expr slope = body(first, gradient, List.of(Constant.of(row)));
            List<Expr> rest = reverse.partials(slope, elements.subList(row, size));
            for (int column = row; column < size; column++) {
                second[row][column] = rest.get(column - row);
                second[column][row] = rest.get(column - row);
            }
        }
        Tensor hessian = Tensor.derived("hessian", Shape.of(size, size));
        List<Definition> definitions = new ArrayList<>(first.definitions());
        rows(hessian, Stream.of(second).map(List::of).toList()).forEach(definitions::addAll);
        return new Program(program.arguments(), definitions, List.of(value, gradient, hessian));
    }

    private static Expr body(Program program, Tensor target, List<Expr> place) {
        return program.definitions().stream()
                .filter(d -> d.target() == target && d.subscripts().equals(place))
                .map(Definition::body)
                .findFirst()
                .orElse(Constant.ZERO);
    }

    /**
     * A definition for each entry of each row. Those that are 0 have none where the matrix is sparse, or large and mostly 0: it is cleared.
     * Of a matrix of nothing but zeros one is defined, for what has no definition is not cleared either.
     */
    private List<List<Definition>> rows(Tensor matrix, List<List<Expr>> entries) {
        long size = entries.stream().mapToLong(List::size).sum();
        long others = entries.stream()
                .flatMap(List::stream)
                .filter(entry -> entry != Constant.ZERO)
                .count();
        boolean zeros = !sparse && (size <= SMALL || 2 * others >= size);
        List<List<Definition>> rows = new ArrayList<>();
        for (List<Expr> bodies : entries) {
            List<Definition> row = new ArrayList<>();
            for (int column = 0; column < bodies.size(); column++) {
                boolean only = !sparse && others == 0 && rows.isEmpty() && column == 0;
                if (zeros || only || bodies.get(column) != Constant.ZERO) {
                    List<Expr> place = List.of(Constant.of(rows.size()), Constant.of(column));
                    row.add(entry(matrix, place, bodies.get(column), ""));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static Definition entry(Tensor target, List<Expr> subscripts, Expr body, String note) {
        return new Definition(target, subscripts, Combine.ASSIGN, List.of(), body, note);
    }

    private static List<Access> elements(List<Tensor> tensors) {
        List<Access> elements = new ArrayList<>();
        tensors.forEach(tensor -> places(tensor.shape()).forEach(place -> elements.add(Access.of(tensor, place))));
        return elements;
    }

    /** All subscripts of a shape, row by row. */
    private static List<List<Expr>> places(Shape shape) {
        List<List<Expr>> places = new ArrayList<>(List.of(List.of()));
        for (int axis = 0; axis < shape.rank(); axis++) {
            List<List<Expr>> longer = new ArrayList<>();
            for (List<Expr> place : places) {
                for (int k = 0; k < shape.size(axis); k++) {
                    List<Expr> next = new ArrayList<>(place);
                    next.add(Constant.of(k));
                    longer.add(next);
                }
            }
            places = longer;
        }
        return places;
    }
}
