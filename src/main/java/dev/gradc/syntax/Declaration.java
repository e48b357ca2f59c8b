package dev.gradc.syntax;

import dev.gradc.source.Span;
import dev.gradc.syntax.Term.Argument;
import dev.gradc.syntax.Term.Name;
import java.util.List;
import java.util.Optional;

/** What a file declares. */
public sealed interface Declaration {

    /** Where it stands. */
    Span span();

    /** The comment <code>/** … *&#47;</code> before it, without its stars; empty if there is none. */
    String documentation();

    /** {@code const D = 64}. */
    record Constant(String documentation, Name name, Term value, Span span) implements Declaration {}

    /**
     * {@code function f(x, y) = …}, or with a block; a one-line function is a block of one {@link Statement.Return}.
     *
     * @param derivative a rule of its own: the partial derivatives, one for each parameter; empty if there is none
     */
    record Function(
            String documentation,
            Name name,
            List<Parameter> parameters,
            List<Statement> body,
            List<Term> derivative,
            List<Derive> derives,
            Span span)
            implements Declaration {
        public Function {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
            derivative = List.copyOf(derivative);
            derives = List.copyOf(derives);
        }
    }

    /** {@code native tan(x) = java.lang.Math.tan derivative 1 + y^2}. */
    record Native(
            String documentation, Name name, List<Parameter> parameters, Name method, List<Term> derivative, Span span)
            implements Declaration {
        public Native {
            parameters = List.copyOf(parameters);
            derivative = List.copyOf(derivative);
        }
    }

    /** {@code operator u * v derivative v, u}: a row of the derivative table whose function is an operator. */
    record OperatorRow(String documentation, Term pattern, List<Term> derivative, Span span) implements Declaration {
        public OperatorRow {
            derivative = List.copyOf(derivative);
        }
    }

    /** {@code rule log(sigmoid(x)) = -softplus(-x)}, {@code rule sqrt(x^2) = x where x >= 0}. */
    record Rule(String documentation, Term left, Term right, Optional<Term> condition, Span span)
            implements Declaration {}

    /** {@code layer dense(x[n], m, f = identity) { … }}. */
    record Layer(String documentation, Name name, List<Parameter> parameters, List<Statement> body, Span span)
            implements Declaration {
        public Layer {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /** {@code optimizer momentum(lr, mu = 0.9) { … }}. */
    record Optimizer(String documentation, Name name, List<Parameter> parameters, List<Statement> body, Span span)
            implements Declaration {
        public Optimizer {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /** {@code initializer glorotNormal(fanIn, fanOut) = normal(0, sqrt(2/(fanIn + fanOut)))}. */
    record Initializer(String documentation, Name name, List<Parameter> parameters, Term value, Span span)
            implements Declaration {
        public Initializer {
            parameters = List.copyOf(parameters);
        }
    }

    /** {@code network Rings(hidden = 5) { … }}. */
    record Network(String documentation, Name name, List<Parameter> sizes, List<Statement> body, Span span)
            implements Declaration {
        public Network {
            sizes = List.copyOf(sizes);
            body = List.copyOf(body);
        }
    }

    /** {@code S}, {@code x[10]}, {@code A[m,n]}, {@code camera[O] : int(C)}, {@code mu = 0.9}. */
    record Parameter(
            Name name, List<Term> dimensions, Optional<Term> integerRange, Optional<Term> defaultValue, Span span) {
        public Parameter {
            dimensions = List.copyOf(dimensions);
        }
    }

    /** {@code derive jacobian wrt (x, d) at (d = 0) sparse}; no kinds means the default of the result's shape. */
    record Derive(List<Name> kinds, List<Name> wrt, List<Argument> at, boolean sparse, Span span) {
        public Derive {
            kinds = List.copyOf(kinds);
            wrt = List.copyOf(wrt);
            at = List.copyOf(at);
        }
    }
}
