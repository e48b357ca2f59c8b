package dev.gradc.library;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A row of the derivative table: a scalar function with a rule of its own. Its expressions read the formal parameters and, in the
 * derivative, {@link #value}. Rows refer to each other, so they are understood only when first asked for. Safe for threads.
 */
public final class TableFunction implements Function {

    private final String symbol;
    private final String documentation;
    private final List<Tensor> formals;
    private final List<Access> parameters;
    private final Tensor value = new Tensor("y", Tensor.Role.DERIVED, false, Shape.SCALAR);
    private final Access valueHere = Access.of(value);
    private final Optional<Method> method;
    private final Supplier<Optional<Expr>> body;
    private final Supplier<List<Expr>> partials;

    /**
     * A static method of Java.
     *
     * @param name with its class, as {@code java.lang.Math.tan}
     * @param place where the source names it
     */
    public record Method(String name, Span place) {

        /** {@code java.lang.Math}. */
        public String owner() {
            return name.substring(0, name.lastIndexOf('.'));
        }

        /** {@code tan}. */
        public String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    /**
     * @param method the static Java method that computes it; if empty, {@code body} does
     * @param body the value as an expression of the formals
     * @param partials the derivative with respect to each formal, as an expression of the formals and of {@link #value}
     */
    public TableFunction(
            String symbol,
            String documentation,
            List<Tensor> formals,
            Optional<Method> method,
            java.util.function.Function<TableFunction, Optional<Expr>> body,
            java.util.function.Function<TableFunction, List<Expr>> partials) {
        this.symbol = symbol;
        this.documentation = documentation;
        this.formals = List.copyOf(formals);
        this.parameters = this.formals.stream().map(Access::of).toList();
        this.method = method;
        this.body = new Lazy<>(() -> body.apply(this));
        this.partials = new Lazy<>(() -> List.copyOf(partials.apply(this)));
    }

    @Override
    public String symbol() {
        return symbol;
    }

    @Override
    public int arity() {
        return formals.size();
    }

    public String documentation() {
        return documentation;
    }

    /** The parameters: scalars that {@link #body} and {@link #partials} read. */
    public List<Tensor> formals() {
        return formals;
    }

    /** What stands for the function's value in {@link #partials}. */
    public Tensor value() {
        return value;
    }

    /** What computes a native function. */
    public Optional<Method> method() {
        return method;
    }

    /** The value as an expression of the formals; empty for a native function. */
    public Optional<Expr> body() {
        return body.get();
    }

    /** The partial derivatives, one for each parameter, in terms of the formals and of {@link #value}. */
    public List<Expr> partials() {
        return partials.get();
    }

    /** {@code template}, an expression of the formals and of {@link #value}, at {@code arguments}. */
    public Expr instantiate(Expr template, List<Expr> arguments, Expr valueThere) {
        if (template instanceof Constant) {
            return template;
        }
        Map<Expr, Expr> replacements = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            replacements.put(parameters.get(i), arguments.get(i));
        }
        replacements.put(valueHere, valueThere);
        return Rewrite.substituting(replacements).apply(template);
    }

    @Override
    public String toString() {
        return symbol + "/" + arity();
    }
}
