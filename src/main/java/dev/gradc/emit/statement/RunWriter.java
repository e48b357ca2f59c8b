package dev.gradc.emit.statement;

import dev.gradc.emit.text.Identifiers;
import dev.gradc.ir.Access;
import dev.gradc.ir.Affine;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.lower.code.Application;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Contraction;
import dev.gradc.lower.code.Offsets;
import dev.gradc.lower.code.Strides;
import java.util.ArrayList;
import java.util.List;

/** Writes what is done to runs of elements at once: copies, products of matrices by the network's {@link Kernels kernels}, and functions by
 * its {@code RowsClass}.
 */
final class RunWriter {

    private final Variables variables;
    private final ExpressionWriter expressions;

    RunWriter(Variables variables, ExpressionWriter expressions) {
        this.variables = variables;
        this.expressions = expressions;
    }

    // System.arraycopy(x, 784 * n, y, 0, 784);
    String copy(Code.Copy item) {
        List<Index> run = List.of(item.run());
        return "System.arraycopy("
                + String.join(
                        ",$W",
                        variables.name(item.source().tensor()),
                        beginning(item.source(), run),
                        variables.name(item.target().tensor()),
                        beginning(item.target(), run),
                        integer(Offsets.extent(item.run())))
                + ")";
    }

    // kernels.copyRows(8, 12, x, 12 * r, 28, windows, 96 * r);
    String copyRows(Code.CopyRows item) {
        Code.Copy copy = item.copy();
        List<Index> loops = List.of(item.rows(), copy.run());
        return "kernels.copyRows("
                + String.join(
                        ",$W",
                        integer(Offsets.extent(item.rows())),
                        integer(Offsets.extent(copy.run())),
                        variables.name(copy.source().tensor()),
                        beginning(copy.source(), loops),
                        stride(copy.source(), List.of(item.rows())),
                        variables.name(copy.target().tensor()),
                        beginning(copy.target(), loops))
                + ")";
    }

    private String stride(Access access, List<Index> run) {
        return integer(Strides.of(variables.buffer(access.tensor()), access.subscripts(), run)
                .toExpr());
    }

    private String beginning(Access access, List<Index> runs) {
        return integer(Offsets.ofBeginning(variables.buffer(access.tensor()), access.subscripts(), runs));
    }

    // kernels.product(batch, 10, 128, h, 0, 128, 1, W, 0, 10, z, 0, 10);
    String multiply(Code.Multiply item) {
        Contraction product = item.contraction();
        boolean rows = product.form() == Contraction.Form.ROWS;
        List<String> arguments = new ArrayList<>();
        arguments.add(extent(product.rows()));
        arguments.add(extent(product.columns()));
        arguments.add(extent(product.depth()));
        add(
                product.left(),
                rows ? List.of(product.rows(), product.depth()) : List.of(product.rows()),
                product,
                arguments);
        add(product.right(), List.of(rows ? product.depth() : product.columns()), product, arguments);
        add(
                product.target(),
                rows ? List.of(product.rows()) : List.of(product.rows(), product.columns()),
                product,
                arguments);
        String method = rows ? item.adds() ? "addProduct" : "product" : item.adds() ? "addDotProducts" : "dotProducts";
        return "kernels." + method + "(" + String.join(",$W", arguments) + ")";
    }

    // rows.f(128 * batch, z, 0, h, 0);
    String apply(Application item) {
        return "rows." + Identifiers.method(item.function()) + "("
                + String.join(
                        ",$W",
                        extent(item.run()),
                        variables.name(item.source().tensor()),
                        beginning(item.source(), item.run()),
                        variables.name(item.target().tensor()),
                        beginning(item.target(), item.run()))
                + ")";
    }

    /** An array, where in it the matrix begins, and how far apart the elements are along each of {@code runs}. */
    private void add(Access access, List<List<Index>> runs, Contraction product, List<String> arguments) {
        arguments.add(variables.name(access.tensor()));
        arguments.add(beginning(access, product.loops()));
        for (List<Index> run : runs) {
            arguments.add(stride(access, run));
        }
    }

    /** {@code 20 * batch}. */
    private String extent(List<Index> run) {
        Affine extent = Affine.of(1);
        for (Index loop : run) {
            extent = extent.times(Offsets.extent(loop));
        }
        return integer(extent.toExpr());
    }

    private String integer(Expr expression) {
        return expressions.integer(expression).format();
    }
}
