package dev.gradc.check.scope;

import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that a term uses and does not bind itself, in the order of their use. */
public final class FreeNames {

    private final List<Name> read = new ArrayList<>();
    private final List<Term.Call> calls = new ArrayList<>();
    private final Set<String> conditions = new HashSet<>();

    private FreeNames() {}

    public static Set<String> of(Term term) {
        Set<String> names = new LinkedHashSet<>();
        in(term).read.forEach(name -> names.add(name.text()));
        return names;
    }

    public static FreeNames in(Term term) {
        FreeNames free = new FreeNames();
        free.collect(term, Set.of());
        return free;
    }

    /** Each place where one is read as a value. */
    public List<Name> read() {
        return read;
    }

    /** Each place where one is called. */
    public List<Term.Call> calls() {
        return calls;
    }

    /** Those that stand before a question mark. */
    public Set<String> conditions() {
        return conditions;
    }

    private void collect(Term term, Set<String> bound) {
        if (term instanceof Term.Comprehension comprehension) {
            Set<String> inner = new HashSet<>(bound);
            for (Binder binder : comprehension.binders()) {
                binder.bounds().forEach(size -> collect(size, inner));
                inner.add(binder.name().text());
            }
            collect(comprehension.body(), inner);
        } else if (term instanceof Term.Lambda lambda) {
            Set<String> inner = new HashSet<>(bound);
            inner.add(lambda.parameter().text());
            collect(lambda.body(), inner);
        } else {
            note(term, bound);
            term.parts().forEach(part -> collect(part, bound));
        }
    }

    private void note(Term term, Set<String> bound) {
        if (term instanceof Name name && !bound.contains(name.text())) {
            read.add(name);
        } else if (term instanceof Term.Call call
                && !bound.contains(call.function().text())) {
            calls.add(call);
        } else if (term instanceof Term.Conditional conditional
                && conditional.condition() instanceof Name condition
                && !bound.contains(condition.text())) {
            conditions.add(condition.text());
        }
    }
}
