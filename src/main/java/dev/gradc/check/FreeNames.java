package dev.gradc.check;

import dev.gradc.syntax.Term;
import dev.gradc.syntax.Term.At;
import dev.gradc.syntax.Term.Binder;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that a term uses and does not bind itself, in the order of their use. */
final class FreeNames {

    private final List<Name> read = new ArrayList<>();
    private final List<Term.Call> calls = new ArrayList<>();
    private final Set<String> conditions = new HashSet<>();

    private FreeNames() {}

    static Set<String> of(Term term) {
        Set<String> names = new LinkedHashSet<>();
        in(term).read.forEach(name -> names.add(name.text()));
        return names;
    }

    static FreeNames in(Term term) {
        FreeNames free = new FreeNames();
        free.collect(term, Set.of());
        return free;
    }

    /** Each place where one is read as a value. */
    List<Name> read() {
        return read;
    }

    /** Each place where one is called. */
    List<Term.Call> calls() {
        return calls;
    }

    /** Those that stand before a question mark. */
    Set<String> conditions() {
        return conditions;
    }

    private void collect(Term term, Set<String> bound) {
        if (term instanceof Name name) {
            if (!bound.contains(name.text())) {
                read.add(name);
            }
        } else if (term instanceof Term.Unary unary) {
            collect(unary.operand(), bound);
        } else if (term instanceof Term.Binary binary) {
            collect(binary.left(), bound);
            collect(binary.right(), bound);
        } else if (term instanceof Term.Conditional conditional) {
            if (conditional.condition() instanceof Name condition && !bound.contains(condition.text())) {
                conditions.add(condition.text());
            }
            collect(conditional.condition(), bound);
            collect(conditional.then(), bound);
            collect(conditional.otherwise(), bound);
        } else if (term instanceof Term.Call call) {
            if (!bound.contains(call.function().text())) {
                calls.add(call);
            }
            call.arguments().forEach(argument -> collect(argument.value(), bound));
        } else if (term instanceof Term.Comprehension comprehension) {
            Set<String> inner = new HashSet<>(bound);
            for (Binder binder : comprehension.binders()) {
                binder.low().ifPresent(low -> collect(low, inner));
                binder.high().ifPresent(high -> collect(high, inner));
                inner.add(binder.name().text());
            }
            collect(comprehension.body(), inner);
        } else if (term instanceof Term.Element element) {
            collect(element.tensor(), bound);
            for (Term.Subscript subscript : element.subscripts()) {
                if (subscript instanceof At at) {
                    collect(at.index(), bound);
                } else if (subscript instanceof Term.Slice slice) {
                    slice.low().ifPresent(low -> collect(low, bound));
                    slice.high().ifPresent(high -> collect(high, bound));
                }
            }
        } else if (term instanceof Term.Transpose transpose) {
            collect(transpose.operand(), bound);
        } else if (term instanceof Term.Literal literal) {
            literal.entries().forEach(entry -> collect(entry, bound));
        } else if (term instanceof Term.Lambda lambda) {
            Set<String> inner = new HashSet<>(bound);
            inner.add(lambda.parameter().text());
            collect(lambda.body(), inner);
        }
    }
}
