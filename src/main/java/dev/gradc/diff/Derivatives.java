package dev.gradc.diff;

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
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gradient, Jacobian and Hessian of a program as programs whose results are the arrays that a caller gets: partials in the order of the
 * parameters, tensors flattened row by row.
 *
 * <p>Of a program without loops, whose definitions are single entries in terms of the arguments, every derivative is again of
 * that form. Otherwise reverse mode gives a gradient in one pass, and forward mode in all directions at once the rest.
 */
public final class Derivatives {

    private final Library library;
    private final Reverse reverse;
    private final EntryDerivatives entries;

    public Derivatives(Library library) {
        this(library, false);
    }

    /** @param sparse whether entries of a matrix that are 0 anyway are left out, of a program without loops */
    public Derivatives(Library library, boolean sparse) {
        this.library = library;
        this.reverse = new Reverse(library);
        this.entries = new EntryDerivatives(library, sparse);
    }

    /** The value, a scalar, and {@code gradient[n]}. */
    public Program gradient(Program program, List<Tensor> wrt) {
        if (EntryDerivatives.areOf(program)) {
            return entries.gradient(program, wrt);
        }
        Tensor gradient = Tensor.derived("gradient", Shape.of(count(wrt)));
        List<Definition> definitions = new ArrayList<>(program.definitions());
        Tensor value = program.results().get(0);
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
        return new Program(program.arguments(), definitions, List.of(value, gradient));
    }

    /**
     * {@code value[m]} and {@code jacobian[m,n]}, of a program without loops in several ways, none of which takes the fewest
     * operations always.
     *
     * @param at arguments that will be fixed at constants
     */
    public List<Program> jacobians(Program program, List<Tensor> wrt, Map<Tensor, Expr> at) {
        return EntryDerivatives.areOf(program) ? entries.jacobians(program, wrt, at) : List.of(jacobian(program, wrt));
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
        if (EntryDerivatives.areOf(program)) {
            return entries.hessian(program, wrt);
        }
        Program first = gradient(program, wrt);
        Tensor value = first.results().get(0);
        Tensor gradient = first.results().get(1);
        int size = count(wrt);
        Tensor hessian = Tensor.derived("hessian", Shape.of(size, size));
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
