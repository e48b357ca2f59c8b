package dev.gradc.syntax;

import dev.gradc.source.Span;
import java.util.List;
import java.util.Optional;

/** An expression as it was written. */
public sealed interface Term {

    /** Where it stands. */
    Span span();

    /** {@code 0.5}. */
    record Numeral(double value, Span span) implements Term {}

    /** {@code x}, {@code h.W}. */
    record Name(String text, Span span) implements Term {
        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code -x}, {@code +x}, {@code !c}. */
    record Unary(String operator, Term operand, Span span) implements Term {}

    /** {@code a + b}; {@code focus} is the operator itself. */
    record Binary(String operator, Term left, Term right, Span focus, Span span) implements Term {}

    /** {@code c ? a : b}. */
    record Conditional(Term condition, Term then, Term otherwise, Span span) implements Term {}

    /** {@code f(a, b)}, {@code adam(lr = 0.01)}; a pipe {@code x |> f(a)} is the call {@code f(x, a)}. */
    record Call(Name function, List<Argument> arguments, Span span) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code sum[i, r:2](body)}. */
    record Comprehension(Name reduction, List<Binder> binders, Term body, Span span) implements Term {
        public Comprehension {
            binders = List.copyOf(binders);
        }
    }

    /** {@code x[i, 2..5]}. */
    record Element(Term tensor, List<Subscript> subscripts, Span span) implements Term {
        public Element {
            subscripts = List.copyOf(subscripts);
        }
    }

    /** {@code A'}. */
    record Transpose(Term operand, Span span) implements Term {}

    /** {@code [a, b]}. */
    record Literal(List<Term> entries, Span span) implements Term {
        public Literal {
            entries = List.copyOf(entries);
        }
    }

    /** {@code z -> f(z, 0.2)}. */
    record Lambda(Name parameter, Term body, Span span) implements Term {}

    /** {@code 3} or {@code lr = 0.01} in a call. */
    record Argument(Optional<Name> name, Term value) {}

    /** {@code i}, {@code r:2}, {@code i:2..9}: an index that a definition or a reduction binds. */
    record Binder(Name name, Optional<Term> low, Optional<Term> high) {}

    /** What stands between the commas of {@code x[i, 2..5]}. */
    sealed interface Subscript {}

    /** One index: {@code i+1}. */
    record At(Term index) implements Subscript {}

    /** A slice {@code low..high}, the end exclusive, either end open. */
    record Slice(Optional<Term> low, Optional<Term> high, Span span) implements Subscript {}
}
