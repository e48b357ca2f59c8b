package dev.gradc.syntax;

import dev.gradc.source.Span;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An expression as it was written. */
public sealed interface Term {

    /** Where it stands. */
    Span span();

    /**
     * The terms that it is made of, from left to right; of a chain of operators, {@code a + b + c}, all operands, since the tree of a
     * long one is deep.
     */
    List<Term> parts();

    /** {@code 0.5}. */
    record Numeral(double value, Span span) implements Term {
        @Override
        public List<Term> parts() {
            return List.of();
        }
    }

    /** {@code x}, {@code h.W}. */
    record Name(String text, Span span) implements Term {
        @Override
        public String toString() {
            return text;
        }

        @Override
        public List<Term> parts() {
            return List.of();
        }
    }

    /** {@code -x}, {@code +x}, {@code !c}. */
    record Unary(String operator, Term operand, Span span) implements Term {
        @Override
        public List<Term> parts() {
            return List.of(operand);
        }
    }

    /** {@code a + b}; {@code focus} is the operator itself. */
    record Binary(String operator, Term left, Term right, Span focus, Span span) implements Term {
        @Override
        public List<Term> parts() {
            LinkedList<Term> operands = new LinkedList<>(List.of(right));
            Term first = left;
            while (first instanceof Binary inner) {
                operands.addFirst(inner.right());
                first = inner.left();
            }
            operands.addFirst(first);
            return operands;
        }
    }

    /** {@code c ? a : b}. */
    record Conditional(Term condition, Term then, Term otherwise, Span span) implements Term {
        @Override
        public List<Term> parts() {
            return List.of(condition, then, otherwise);
        }
    }

    /** {@code f(a, b)}, {@code adam(lr = 0.01)}; a pipe {@code x |> f(a)} is the call {@code f(x, a)}. */
    record Call(Name function, List<Argument> arguments, Span span) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Term> parts() {
            return arguments.stream().map(Argument::value).toList();
        }
    }

    /** {@code sum[i, r:2](body)}. */
    record Comprehension(Name reduction, List<Binder> binders, Term body, Span span) implements Term {
        public Comprehension {
            binders = List.copyOf(binders);
        }

        @Override
        public List<Term> parts() {
            List<Term> parts = new ArrayList<>();
            binders.forEach(binder -> parts.addAll(binder.bounds()));
            parts.add(body);
            return parts;
        }
    }

    /** {@code x[i, 2..5]}. */
    record Element(Term tensor, List<Subscript> subscripts, Span span) implements Term {
        public Element {
            subscripts = List.copyOf(subscripts);
        }

        @Override
        public List<Term> parts() {
            List<Term> parts = new ArrayList<>(List.of(tensor));
            subscripts.forEach(subscript -> parts.addAll(subscript.parts()));
            return parts;
        }
    }

    /** {@code A'}. */
    record Transpose(Term operand, Span span) implements Term {
        @Override
        public List<Term> parts() {
            return List.of(operand);
        }
    }

    /** {@code [a, b]}. */
    record Literal(List<Term> entries, Span span) implements Term {
        public Literal {
            entries = List.copyOf(entries);
        }

        @Override
        public List<Term> parts() {
            return entries;
        }
    }

    /** {@code z -> f(z, 0.2)}. */
    record Lambda(Name parameter, Term body, Span span) implements Term {
        @Override
        public List<Term> parts() {
            return List.of(body);
        }
    }

    /** {@code 3} or {@code lr = 0.01} in a call. */
    record Argument(Optional<Name> name, Term value) {}

    /** {@code i}, {@code r:2}, {@code i:2..9}: an index that a definition or a reduction binds. */
    record Binder(Name name, Optional<Term> low, Optional<Term> high) {

        /** Those that are stated. */
        public List<Term> bounds() {
            return Stream.of(low, high).flatMap(Optional::stream).toList();
        }
    }

    /** What stands between the commas of {@code x[i, 2..5]}. */
    sealed interface Subscript {

        /** The terms in it. */
        List<Term> parts();
    }

    /** One index: {@code i+1}. */
    record At(Term index) implements Subscript {
        @Override
        public List<Term> parts() {
            return List.of(index);
        }
    }

    /** A slice {@code low..high}, the end exclusive, either end open. */
    record Slice(Optional<Term> low, Optional<Term> high, Span span) implements Subscript {
        @Override
        public List<Term> parts() {
            return Stream.of(low, high).flatMap(Optional::stream).toList();
        }
    }
}
