package dev.gradc.diff;

import dev.gradc.diff.Elimination.Order;
import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Gradient, Jacobian and Hessian of a program as programs whose results are the arrays that a caller gets: partials in the order of the
 * parameters, tensors flattened row by row.
 *
 * <p>Of a program without loops, whose definitions are single entries in terms of the arguments, every derivative is again of
 * that form. Otherwise reverse mode gives a gradient in one pass, and forward mode in all directions at once the rest.
 */
public final class Derivatives {

    /** Beyond so many operations of the value one way to its Jacobian is enough. */
    private static final int LONG = 6000;

    /** The zeros of a matrix of so many entries are written one by one. */
    private static final int SMALL = 16;

    private final Library library;
    private final boolean sparse;
    private final Reverse reverse;

    public Derivatives(Library library) {
        this(library, false);
    }

    /** @param sparse whether entries of a matrix that are 0 anyway are left out, of a program without loops */
    public Derivatives(Library library, boolean sparse) {
        this.library = library;
        this.sparse = sparse;
        this.reverse = new Reverse(library);
    }

    /** The value, a scalar, and {@code gradient[n]}. */
    public Program gradient(Program program, List<Tensor> wrt) {
        Tensor gradient = Tensor.derived("gradient", Shape.of(count(wrt)));
        List<Definition> definitions = new ArrayList<>(program.definitions());
        Tensor value = program.results().get(0);
        if (isStraight(program)) {
            List<Access> elements = elements(wrt);
            List<Expr> partials = reverse.partials(body(program, value, List.of()), elements);
            for (int k = 0; k < partials.size(); k++) {
                Tensor tensor = elements.get(k).tensor();
                String note = tensor.rank() == 0 ? "d" + value.name() + "/d" + tensor.name() : "";
                definitions.add(entry(gradient, List.of(Constant.of(k)), partials.get(k), note));
            }
        } else {
            Gradient pass = reverse.gradient(program, value, wrt);
            definitions.addAll(pass.program().definitions());
            int offset = 0;
            for (Tensor tensor : wrt) {
                List<Index> loops = tensor.shape().indices();
                definitions.add(new Definition(
                        gradient,
                        List.of(plus(flat(loops, tensor.shape()), offset)),
                        Combine.ASSIGN,
                        loops,
                        Access.of(pass.adjoints().get(tensor), loops),
                        ""));
                offset += tensor.shape().size();
            }
        }
        return new Program(program.arguments(), definitions, List.of(value, gradient));
    }

    /**
     * {@code value[m]} and {@code jacobian[m,n]}, of a program without loops in several ways, none of which takes the fewest
     * operations always.
     *
     * @param at arguments that will be fixed at constants
     */
    public List<Program> jacobians(Program program, List<Tensor> wrt, Map<Tensor, Expr> at) {
        return isStraight(program) ? straight(program, wrt, at) : List.of(jacobian(program, wrt));
    }

    private List<Program> straight(Program program, List<Tensor> wrt, Map<Tensor, Expr> at) {
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
        Tensor value = Tensor.derived("value", Shape.of(bodies.size()));
        Tensor jacobian = Tensor.derived("jacobian", Shape.of(bodies.size(), elements.size()));
        List<Program> programs = new ArrayList<>();
        for (List<List<Expr>> partials : ways) {
            List<Definition> definitions = new ArrayList<>();
            boolean zeros = definesZeros(partials);
            for (int row = 0; row < bodies.size(); row++) {
                definitions.add(entry(value, List.of(Constant.of(row)), bodies.get(row), ""));
                definitions.addAll(row(jacobian, row, partials.get(row), zeros));
            }
            programs.add(new Program(program.arguments(), definitions, List.of(value, jacobian)));
        }
        return programs;
    }

    private Program jacobian(Program program, List<Tensor> wrt) {
        int columns = count(wrt);
        Tensor value = Tensor.derived("value", Shape.of(count(program.results())));
        Tensor jacobian = Tensor.derived("jacobian", Shape.of(count(program.results()), columns));
        Forward.Tangents tangents = tangents(program, wrt);
        List<Definition> definitions = new ArrayList<>(tangents.program().definitions());
        int offset = 0;
        for (Tensor result : program.results()) {
            List<Index> loops = result.shape().indices();
            Expr row = plus(flat(loops, result.shape()), offset);
            definitions.add(new Definition(value, List.of(row), Combine.ASSIGN, loops, Access.of(result, loops), ""));
            copyColumns(tangents, result, loops, jacobian, row, columns, definitions);
            offset += result.shape().size();
        }
        return new Program(program.arguments(), definitions, List.of(value, jacobian));
    }

    /** The value, {@code gradient[n]} and {@code hessian[n,n]}. */
    public Program hessian(Program program, List<Tensor> wrt) {
        Program first = gradient(program, wrt);
        Tensor value = first.results().get(0);
        Tensor gradient = first.results().get(1);
        int size = count(wrt);
        Tensor hessian = Tensor.derived("hessian", Shape.of(size, size));
        if (isStraight(program)) {
            List<Definition> definitions = new ArrayList<>(first.definitions());
            List<Access> elements = elements(wrt);
            Expr[][] second = new Expr[size][size];
            for (int row = 0; row < size; row++) {
                Expr slope = body(first, gradient, List.of(Constant.of(row)));
                List<Expr> rest = reverse.partials(slope, elements.subList(row, size));
                for (int column = row; column < size; column++) {
                    second[row][column] = rest.get(column - row);
                    second[column][row] = rest.get(column - row);
                }
            }
            List<List<Expr>> rows = Stream.of(second).map(List::of).toList();
            boolean zeros = definesZeros(rows);
            for (int row = 0; row < size; row++) {
                definitions.addAll(row(hessian, row, rows.get(row), zeros));
            }
            return new Program(program.arguments(), definitions, List.of(value, gradient, hessian));
        }
        Forward.Tangents tangents = tangents(first, wrt);
        List<Definition> definitions = new ArrayList<>(tangents.program().definitions());
        List<Index> loops = gradient.shape().indices();
        copyColumns(tangents, gradient, loops, hessian, loops.get(0), size, definitions);
        return new Program(program.arguments(), definitions, List.of(value, gradient, hessian));
    }

    /**
     * The tangents of the results along a direction: beside the program's arguments stands for each of {@code wrt} its tangent, of the
     * same shape and called {@code xTangent}.
     */
    public Program jvp(Program program, List<Tensor> wrt) {
        Map<Tensor, Tensor> seeds = partners(wrt, "Tangent");
        Forward.Tangents tangents = new Forward(library).of(program, seeds, Optional.empty());
        List<Definition> definitions = new ArrayList<>(tangents.program().definitions());
        List<Tensor> results = new ArrayList<>();
        for (Tensor result : program.results()) {
            results.add(named(
                    program.results().size() == 1 ? "tangent" : result.name() + "Tangent",
                    result.shape(),
                    tangents.tangents().get(result),
                    definitions));
        }
        return new Program(join(program.arguments(), seeds.values()), definitions, results);
    }

    /**
     * The cotangents of {@code wrt} for those of the results: beside the program's arguments stands for each result its cotangent,
     * called {@code cotangent}, or {@code qCotangent} of several.
     */
    public Program vjp(Program program, List<Tensor> wrt) {
        Map<Tensor, Tensor> seeds = program.results().size() == 1
                ? Map.of(
                        program.results().get(0),
                        input("cotangent", program.results().get(0).shape()))
                : partners(program.results(), "Cotangent");
        Gradient pass = reverse.pullback(program, seeds, wrt);
        List<Definition> definitions = new ArrayList<>(program.definitions());
        definitions.addAll(pass.program().definitions());
        List<Tensor> results = new ArrayList<>();
        wrt.forEach(tensor -> results.add(named(
                tensor.name() + "Cotangent", tensor.shape(), pass.adjoints().get(tensor), definitions)));
        List<Tensor> ordered = program.results().stream().map(seeds::get).toList();
        return new Program(join(program.arguments(), ordered), definitions, results);
    }

    /** The Hessian of a scalar times a direction, whose parts are called as in {@link #jvp}: {@code product[n]}. */
    public Program hvp(Program program, List<Tensor> wrt) {
        Program first = gradient(program, wrt);
        Tensor gradient = first.results().get(1);
        Map<Tensor, Tensor> seeds = partners(wrt, "Tangent");
        Forward.Tangents tangents = new Forward(library).of(first, seeds, Optional.empty());
        List<Definition> definitions = new ArrayList<>(tangents.program().definitions());
        Tensor product = named("product", gradient.shape(), tangents.tangents().get(gradient), definitions);
        return new Program(join(program.arguments(), seeds.values()), definitions, List.of(product));
    }

    private static Map<Tensor, Tensor> partners(List<Tensor> tensors, String suffix) {
        Map<Tensor, Tensor> partners = new LinkedHashMap<>();
        tensors.forEach(tensor -> partners.put(tensor, input(tensor.name() + suffix, tensor.shape())));
        return partners;
    }

    private static Tensor input(String name, Shape shape) {
        return new Tensor(name, Tensor.Role.INPUT, false, shape);
    }

    private static List<Tensor> join(List<Tensor> first, Collection<Tensor> second) {
        List<Tensor> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** A copy of {@code source} under a name for the caller; zeros if there is no source. */
    private static Tensor named(String name, Shape shape, Tensor source, List<Definition> definitions) {
        Tensor copy = Tensor.derived(name, shape);
        List<Index> loops = copy.shape().indices();
        definitions.add(Definition.map(copy, loops, source == null ? Constant.ZERO : Access.of(source, loops), ""));
        return copy;
    }

    private static void copyColumns(
            Forward.Tangents tangents,
            Tensor result,
            List<Index> loops,
            Tensor matrix,
            Expr row,
            int columns,
            List<Definition> definitions) {
        Tensor tangent = tangents.tangents().get(result);
        Index column = Index.upTo("d", Constant.of(columns));
        List<Index> all = new ArrayList<>(List.of(column));
        all.addAll(loops);
        // What does not depend on anything has zeros, which an array of the caller's must get, too.
        Expr body = tangent == null ? Constant.ZERO : Access.of(tangent, all);
        definitions.add(new Definition(matrix, List.of(row, column), Combine.ASSIGN, all, body, ""));
    }

    /** Forward mode along every entry of {@code wrt}: direction d is 1 in the d-th entry. */
    private Forward.Tangents tangents(Program program, List<Tensor> wrt) {
        Expr directions = Constant.of(count(wrt));
        List<Definition> definitions = new ArrayList<>();
        Map<Tensor, Tensor> seeds = new LinkedHashMap<>();
        int offset = 0;
        for (Tensor tensor : wrt) {
            Tensor seed = Tensor.derived("d" + tensor.name(), tensor.shape().within(directions));
            Index direction = Index.upTo("d", directions);
            List<Index> loops = new ArrayList<>(List.of(direction));
            List<Index> own = tensor.shape().indices();
            loops.addAll(own);
            Expr here = Call.of(Operator.EQUAL, direction, plus(flat(own, tensor.shape()), offset));
            definitions.add(
                    Definition.map(seed, loops, Select.of(here, Constant.ONE, Constant.ZERO), "unit directions"));
            seeds.put(tensor, seed);
            offset += tensor.shape().size();
        }
        Forward.Tangents tangents = new Forward(library).of(program, seeds, Optional.of(directions));
        definitions.addAll(tangents.program().definitions());
        return new Forward.Tangents(program.withDefinitions(definitions), tangents.tangents());
    }

    /** Whether every definition is a single entry in terms of the arguments. */
    private static boolean isStraight(Program program) {
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

    private static Expr body(Program program, Tensor target, List<Expr> place) {
        return program.definitions().stream()
                .filter(d -> d.target() == target && d.subscripts().equals(place))
                .map(Definition::body)
                .findFirst()
                .orElse(Constant.ZERO);
    }

    /** Whether entries that are 0 are defined, too: not where it is sparse, nor where most of a large matrix is, which is cleared. */
    private boolean definesZeros(List<List<Expr>> matrix) {
        long others = matrix.stream()
                .flatMap(List::stream)
                .filter(entry -> entry != Constant.ZERO)
                .count();
        long size = matrix.stream().mapToLong(List::size).sum();
        return !sparse && (size <= SMALL || 2 * others >= size);
    }

    private static List<Definition> row(Tensor matrix, int row, List<Expr> bodies, boolean zeros) {
        return entries(matrix, List.of(Constant.of(row)), bodies).stream()
                .filter(entry -> zeros || entry.body() != Constant.ZERO)
                .toList();
    }

    private static List<Definition> entries(Tensor target, List<Expr> leading, List<Expr> bodies) {
        List<Definition> definitions = new ArrayList<>();
        for (int k = 0; k < bodies.size(); k++) {
            List<Expr> subscripts = new ArrayList<>(leading);
            subscripts.add(Constant.of(k));
            definitions.add(entry(target, subscripts, bodies.get(k), ""));
        }
        return definitions;
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

    private static int count(List<Tensor> tensors) {
        return tensors.stream().mapToInt(tensor -> tensor.shape().size()).sum();
    }

    private static Expr flat(List<Index> loops, Shape shape) {
        Expr position = Constant.ZERO;
        for (int axis = 0; axis < loops.size(); axis++) {
            Expr row = position == Constant.ZERO ? position : Call.of(Operator.MULTIPLY, position, shape.extent(axis));
            position = row == Constant.ZERO ? loops.get(axis) : Call.of(Operator.ADD, row, loops.get(axis));
        }
        return position;
    }

    private static Expr plus(Expr position, int offset) {
        if (position instanceof Constant constant) {
            return Constant.of(constant.value() + offset);
        }
        return offset == 0 ? position : Call.of(Operator.ADD, position, Constant.of(offset));
    }
}
