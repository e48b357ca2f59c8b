package dev.gradc.diff;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Program;
import dev.gradc.ir.Select;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse mode over a Wengert list: one walk from the last definition to the first. An element {@code x[R]} that a definition with
 * loops L reads gives the adjoint statement {@code for L: dx[R] += dt[S]*∂body/∂x[R]}; where R is plain indices that is again a sum
 * or an elementwise definition, else a scatter.
 */
public final class Reverse {

    private final Library library;

    public Reverse(Library library) {
        this.library = library;
    }

    /**
     * The backward pass for {@code of}, a scalar of {@code program}.
     *
     * @param wrt what to differentiate in: arguments or derived tensors
     */
    public Gradient gradient(Program program, Tensor of, List<Tensor> wrt) {
        BackwardPass pass = new BackwardPass(library, program, of, wrt, List.of());
        pass.contribute(of, new Contribution(List.of(), List.of(), Constant.ONE));
        return pass.run();
    }

    /**
     * The backward pass for a combination of the entries of {@code of}, a tensor of {@code program}, or for many at once.
     *
     * @param directions the axes that all adjoints have outermost: one for each combination
     * @param loops an index for each axis of {@code of}
     * @param seed the adjoint of {@code of} at {@code loops} for {@code directions}
     */
    public Gradient pullback(
            Program program, Tensor of, List<Index> directions, List<Index> loops, Expr seed, List<Tensor> wrt) {
        BackwardPass pass = new BackwardPass(library, program, of, wrt, directions);
        pass.contribute(of, new Contribution(Adjoints.join(directions, loops), Adjoints.join(directions, loops), seed));
        return pass.run();
    }

    /** The backward pass for each entry of {@code of}, a tensor of {@code program}: its axes are the outermost of all adjoints. */
    public Gradient jacobian(Program program, Tensor of, List<Tensor> wrt) {
        List<Index> directions = of.shape().indices();
        List<Index> loops = of.shape().indices();
        Expr seed = Constant.ONE;
        for (int axis = of.rank() - 1; axis >= 0; axis--) {
            Expr here = Call.of(Operator.EQUAL, directions.get(axis), loops.get(axis));
            seed = Select.of(here, seed, Constant.ZERO);
        }
        return pullback(program, of, directions, loops, seed, wrt);
    }

    /** The backward pass that takes the adjoints of some tensors, given as arguments of equal shape, to those of {@code wrt}. */
    Gradient pullback(Program program, Map<Tensor, Tensor> cotangents, List<Tensor> wrt) {
        BackwardPass pass = new BackwardPass(library, program, program.results().get(0), wrt, List.of());
        cotangents.forEach((tensor, cotangent) -> {
            List<Index> loops = tensor.shape().indices();
            pass.contribute(tensor, new Contribution(loops, List.copyOf(loops), Access.of(cotangent, loops)));
        });
        return pass.run();
    }

    /** The derivatives of one body with respect to {@code elements}, as expressions of what the body reads. */
    public List<Expr> partials(Expr body, List<Access> elements) {
        Set<Tensor> tensors = new HashSet<>();
        elements.forEach(element -> tensors.add(element.tensor()));
        Map<Access, Adjoint> adjoints = new BodyAdjoint(library, tensors::contains).of(body, Adjoint.ONE, Map.of());
        List<Expr> partials = new ArrayList<>(elements.size());
        for (Access element : elements) {
            Adjoint adjoint = adjoints.get(element);
            partials.add(adjoint == null ? Constant.ZERO : adjoint.expression());
        }
        return partials;
    }
}
