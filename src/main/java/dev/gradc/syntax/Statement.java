package dev.gradc.syntax;

import dev.gradc.source.Span;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Call;
import dev.gradc.syntax.Term.Name;
import java.util.List;
import java.util.Optional;

/** A line of a function, layer, optimizer or network. */
public sealed interface Statement {

    /** Where it stands. */
    Span span();

    /** The comment <code>/** … *&#47;</code> before it, without its stars; empty if there is none. */
    String documentation();

    /**
     * {@code k[j] = …}, {@code h = …}, {@code (q, v) = …}, {@code h[t] = … from h[-1] = 0}; with {@code output} before it, it is
     * also given out.
     */
    record Definition(
            String documentation,
            List<Name> names,
            List<Binder> indices,
            Term value,
            List<Start> starts,
            boolean output,
            Span span)
            implements Statement {
        public Definition {
            names = List.copyOf(names);
            indices = List.copyOf(indices);
            starts = List.copyOf(starts);
        }
    }

    /** {@code h[-1] = 0} after {@code from}: where a recurrence starts. */
    record Start(Term.Element entry, Term value) {}

    /** {@code output p}: gives out an earlier definition. */
    record Output(String documentation, Name name, Span span) implements Statement {}

    /** {@code input x[2]}, {@code target label : int(10)}. */
    record Data(
            String documentation, Role role, Name name, List<Term> dimensions, Optional<Term> integerRange, Span span)
            implements Statement {
        public Data {
            dimensions = List.copyOf(dimensions);
        }
    }

    /** What data are for. */
    enum Role {
        INPUT,
        TARGET
    }

    /** {@code param W[m,n] ~ glorotUniform}, {@code param b[m] = 0}, {@code state v = 0}. */
    record Variable(
            String documentation,
            boolean trainable,
            Name name,
            List<Term> dimensions,
            boolean drawn,
            Optional<Term> initial,
            Span span)
            implements Statement {
        public Variable {
            dimensions = List.copyOf(dimensions);
        }
    }

    /** {@code keep[i:n] ~ bernoulli(1 - rate)}: a random draw per example and pass. */
    record Draw(String documentation, Name name, List<Binder> indices, Term distribution, Span span)
            implements Statement {
        public Draw {
            indices = List.copyOf(indices);
        }
    }

    /** {@code loss …}, {@code loss generator = … wrt G}. */
    record Loss(String documentation, Optional<Name> name, Term value, List<Name> wrt, Span span) implements Statement {
        public Loss {
            wrt = List.copyOf(wrt);
        }
    }

    /** {@code train { optimizer adam(lr = 0.02)  batch 32  stop after 10 without improvement }}. */
    record Train(String documentation, Optional<Call> optimizer, List<Setting> settings, Span span)
            implements Statement {
        public Train {
            settings = List.copyOf(settings);
        }
    }

    /** {@code batch 32}; {@code stop after 10 without improvement} is named {@code patience}. */
    record Setting(Name name, Term value) {}

    /** {@code v <- mu*v - lr*grad}. */
    record Update(String documentation, Name name, Term value, Span span) implements Statement {}

    /** {@code return v}, {@code return (q, v)}. */
    record Return(String documentation, List<Term> values, Span span) implements Statement {
        public Return {
            values = List.copyOf(values);
        }
    }
}
