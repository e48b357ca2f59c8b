package dev.gradc.explain;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.ExprTable;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes a formula apart: {@code a = -x}, {@code b = a^2}, one module for each distinct call in it. A selection is one module
 * together with its branches, so that the branch that is not taken is not evaluated; so is what reads no variable.
 */
final class Modules {

    /** Without {@code e}, which is a number. */
    private static final String LETTERS = "abcdfghijklmnopqrstuvwxyz";

    private final Set<String> taken = new HashSet<>();
    private final Map<Expr, Expr> places = new IdentityHashMap<>();
    private final ExprTable<Boolean> reading = new ExprTable<>();
    private final List<Definition> definitions = new ArrayList<>();
    private int names;

    private Modules() {}

    /** The same function of {@code arguments} as {@code formula}, a definition for each step; the last one is the result. */
    static Program of(List<Tensor> arguments, Expr formula) {
        Modules modules = new Modules();
        arguments.forEach(argument -> modules.taken.add(argument.name()));
        modules.visit(formula);
        if (!modules.places.containsKey(formula)) {
            modules.define(formula);
        }
        Tensor result = modules.definitions.get(modules.definitions.size() - 1).target();
        return new Program(arguments, modules.definitions, List.of(result));
    }

    /** Defines the modules in {@code expression}, and tells whether it reads a variable. */
    private boolean visit(Expr expression) {
        Boolean known = reading.get(expression);
        if (known == null) {
            known = reads(expression);
            if (known && expression instanceof Call || expression instanceof Select) {
                define(expression);
            }
            reading.put(expression, known);
        }
        return known;
    }

    private boolean reads(Expr expression) {
        if (!(expression instanceof Call)) {
            return !Walk.accesses(expression).isEmpty();
        }
        boolean reads = false;
        for (Expr operand : expression.children()) {
            reads |= visit(operand);
        }
        return reads;
    }

    private void define(Expr expression) {
        Expr body = Rewrite.substituting(places).apply(expression);
        Tensor module = Tensor.derived(name(), Shape.SCALAR);
        definitions.add(Definition.map(module, List.of(), body, ""));
        places.put(expression, Access.of(module));
    }

    private String name() {
        String name;
        do {
            int round = names / LETTERS.length();
            name = LETTERS.charAt(names % LETTERS.length()) + (round == 0 ? "" : Integer.toString(round));
            names++;
        } while (!taken.add(name));
        return name;
    }
}
