package dev.gradc.lower.code;

import dev.gradc.ir.Access;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** A statement of the generated code. */
public sealed interface Code {

    /** The statements inside it. */
    default List<Code> body() {
        return List.of();
    }

    /** The products of matrices in it. */
    default Stream<Contraction> products() {
        return body().stream().flatMap(Code::products);
    }

    /** The functions in it that are applied to rows. */
    default Stream<Application> applications() {
        return body().stream().flatMap(Code::applications);
    }

    /**
     * {@code for (int i = low; i < high; i += step)}.
     *
     * @param step −1 from the last to the first
     */
    record Loop(Index index, int step, List<Code> body) implements Code {
        public Loop {
            body = List.copyOf(body);
        }

        /** The same loop around other statements. */
        public Loop around(List<Code> other) {
            return new Loop(index, step, other);
        }
    }

    /**
     * A loop of which several iterations are done together.
     *
     * @param plain the loop as it would be otherwise
     * @param body what takes its place
     */
    record Unrolled(Loop plain, List<Code> body) implements Code {
        public Unrolled {
            body = List.copyOf(body);
        }
    }

    /** A loop that takes as many iterations at once as a vector has lanes. */
    record Vectors(Loop loop) implements Code {
        @Override
        public List<Code> body() {
            return List.of(loop);
        }
    }

    /** What the statements after it compute, for a comment. */
    record Heading(Definition definition) implements Code {}

    /** {@code double t = value;}. */
    record Let(Local local, Expr value) implements Code {}

    /**
     * {@code double t; if (condition) { … t = a; } else { … t = b; }}.
     *
     * @param value the selection that this computes
     */
    record Choose(Local local, Expr value, Expr condition, Branch then, Branch otherwise) implements Code {}

    /** One side of a {@link Choose}: statements, of which the last may declare the value, and the value after them. */
    record Branch(List<Code> code, Expr value) {
        public Branch {
            code = List.copyOf(code);
        }
    }

    /** {@code double sum = 0;}: the value of nothing yet gathered. */
    record Start(Local local, Combine combine) implements Code {}

    /** {@code double sum = t[i];}: what has been gathered so far. */
    record Resume(Local local, Access element) implements Code {}

    /** {@code double z = value;}, of a variable to which more is added later. */
    record Variable(Local local, Expr value) implements Code {}

    /** {@code sum += value;}. */
    record Gather(Local local, Combine combine, Expr value) implements Code {}

    /** {@code if (value > greatest) { greatest = value; best = position; }}. */
    record GatherPosition(Local best, Local greatest, Expr value, Expr position) implements Code {}

    /** {@code t[i] = value;} or {@code t[i] += value;}. */
    record Store(Access element, Combine combine, Expr value) implements Code {}

    /** {@code System.arraycopy(s, i, t, j, high - low)}: what {@code run} would store one by one. */
    record Copy(Index run, Access target, Access source) implements Code {}

    /** The same for each of {@code rows}; the rows of the target follow one another. */
    record CopyRows(Index rows, Copy copy) implements Code {}

    /** Stores a product of matrices, or adds it to what is stored. */
    record Multiply(Contraction contraction, boolean adds) implements Code {
        @Override
        public Stream<Contraction> products() {
            return Stream.of(contraction);
        }
    }

    /** Stores a function of each element of a row. */
    record Apply(Application application) implements Code {
        @Override
        public Stream<Application> applications() {
            return Stream.of(application);
        }
    }

    /** Stores that all read what was there before any of them. */
    record Together(List<Store> stores) implements Code {
        public Together {
            stores = List.copyOf(stores);
        }
    }

    /** Statements that become a method of their own. */
    public final class Part implements Code {
        private final List<Code> code;

        public Part(List<Code> code) {
            this.code = List.copyOf(code);
        }

        @Override
        public List<Code> body() {
            return code;
        }
    }

    /** {@code return value;}. */
    record Return(Expr value) implements Code {}

    /** {@code if (condition) { … }}. */
    record When(Expr condition, List<Code> body) implements Code {
        public When {
            body = List.copyOf(body);
        }
    }

    /** Sets all entries of the tensor to 0 whose first subscripts are these. */
    record Clear(Tensor tensor, List<Expr> prefix) implements Code {
        public Clear {
            prefix = List.copyOf(prefix);
        }
    }
}
