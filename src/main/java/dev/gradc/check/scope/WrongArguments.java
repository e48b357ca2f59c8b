package dev.gradc.check.scope;

import static java.util.stream.Collectors.joining;

import dev.gradc.check.scope.Declarations.Found;
import dev.gradc.check.scope.Value.Array;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.Span;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import dev.gradc.syntax.Term.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what is wrong with arguments that no function of a name takes. */
public final class WrongArguments {

    private final Diagnostics diagnostics;

    public WrongArguments(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    public void report(Name name, List<Found<Declaration>> candidates, List<Given> given, Span span) {
        if (candidates.isEmpty()) {
            diagnostics.error(span, name.text() + " takes 1 tensor, not " + given.size() + " arguments");
            return;
        }
        List<Parameter> parameters = Declarations.parameters(candidates.get(0).declaration());
        for (Given argument : given) {
            if (argument.name().isPresent()
                    && parameters.stream()
                            .noneMatch(p ->
                                    p.name().text().equals(argument.name().get().text()))) {
                diagnostics.report(NotFound.unknownParameter(
                        argument.name().get(),
                        name.text(),
                        parameters.stream().map(p -> p.name().text()).toList()));
                return;
            }
        }
        String signature = signature(name.text(), parameters);
        Optional<Given> again = givenTwice(parameters, given);
        if (again.isPresent()) {
            Name twice = again.get().name().orElseThrow();
            diagnostics.error(twice.span(), twice.text() + " is given twice", "it is " + signature);
            return;
        }
        long required =
                parameters.stream().filter(p -> p.defaultValue().isEmpty()).count();
        if (given.size() < required || given.size() > parameters.size()) {
            String count = required == parameters.size() ? "" + required : required + " to " + parameters.size();
            diagnostics.error(
                    span,
                    name.text() + " takes " + count + (count.equals("1") ? " argument" : " arguments") + ", not "
                            + given.size(),
                    "it is " + signature);
        } else if (candidates.size() > 1 || !wrongRank(name.text(), parameters, given)) {
            diagnostics.error(span, "the arguments do not fit " + signature, shapes(given));
        }
    }

    /** An argument with the name of a parameter that another one has taken. */
    private static Optional<Given> givenTwice(List<Parameter> parameters, List<Given> given) {
        Set<String> taken = new HashSet<>();
        int position = 0;
        for (Given argument : given) {
            boolean named = argument.name().isPresent();
            if (!named && position == parameters.size()) {
                return Optional.empty();
            }
            String parameter = named
                    ? argument.name().get().text()
                    : parameters.get(position++).name().text();
            if (!taken.add(parameter) && named) {
                return Optional.of(argument);
            }
        }
        return Optional.empty();
    }

    /** Says which of the arguments given by position has too many or too few axes; false if none has. */
    private boolean wrongRank(String function, List<Parameter> parameters, List<Given> given) {
        for (int i = 0; i < given.size() && given.get(i).name().isEmpty(); i++) {
            if (given.get(i).value() instanceof Array array
                    && array.shape().rank() != parameters.get(i).dimensions().size()) {
                diagnostics.error(
                        given.get(i).span(),
                        function + " takes " + parameters.get(i).span().text() + ", not " + Wording.shape(array));
                return true;
            }
        }
        return false;
    }

    private static String shapes(List<Given> given) {
        List<String> texts = new ArrayList<>();
        for (Given argument : given) {
            texts.add(argument.value() instanceof Array array ? Wording.shape(array) : "a function");
        }
        return "given: " + String.join(", ", texts);
    }

    private static String signature(String name, List<Parameter> parameters) {
        return name + parameters.stream().map(p -> p.span().text()).collect(joining(", ", "(", ")"));
    }
}
