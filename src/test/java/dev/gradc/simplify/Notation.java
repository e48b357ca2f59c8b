package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Rule;
import dev.gradc.library.TableFunction;
import dev.gradc.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads formulas, rules and rows of the table for tests, in the language's own notation; names are scalars unless declared. */
final class Notation {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*([0-9.]+(?:[eE][-+]?[0-9]+)?|[\\p{L}_][\\p{L}\\p{N}_]*|&&|\\|\\||[<>=!]=|[-+*/%^?:<>!()\\[\\],])");
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("||"),
            Set.of("&&"),
            Set.of("<", "<=", ">", ">=", "==", "!="),
            Set.of("+", "-"),
            Set.of("*", "/", "%"));

    private final Map<String, TableFunction> functions = new HashMap<>();
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, Index> indices = new HashMap<>();

    private List<String> tokens = List.of();
    private int position;

    /** Declares {@code name(x, y) = java.lang.Math.method}. */
    Notation with(String name, int arity, String method) {
        return function(name, arity, Optional.of(method), Optional.empty());
    }

    /** Declares {@code name(x) = body}. */
    Notation with(String name, String body) {
        return function(name, 1, Optional.empty(), Optional.of(body));
    }

    private Notation function(String name, int arity, Optional<String> method, Optional<String> body) {
        List<Tensor> formals = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            formals.add(new Tensor(List.of("x", "y", "z").get(i), Tensor.Role.INPUT, false, Shape.SCALAR));
        }
        functions.put(
                name,
                new TableFunction(
                        name,
                        "",
                        formals,
                        method.map(java -> new TableFunction.Method(java, new SourceFile("", "").span())),
                        f -> body.map(text -> scoped(formals).expr(text)),
                        f -> List.of()));
        return this;
    }

    private Notation scoped(List<Tensor> names) {
        Notation inner = new Notation();
        inner.functions.putAll(functions);
        inner.indices.putAll(indices);
        inner.tensors.putAll(tensors);
        names.forEach(tensor -> inner.tensors.put(tensor.name(), tensor));
        return inner;
    }

    Notation declare(Tensor tensor) {
        tensors.put(tensor.name(), tensor);
        return this;
    }

    Notation declare(Index index) {
        indices.put(index.name(), index);
        return this;
    }

    /** The scalar or tensor of this name. */
    Tensor tensor(String name) {
        return tensors.computeIfAbsent(name, n -> new Tensor(n, Tensor.Role.INPUT, false, Shape.SCALAR));
    }

    Function function(String name) {
        return functions.get(name);
    }

    /** {@code rule sqrt(x^2) = x where x >= 0}, without the word {@code rule}. */
    Rule rule(String group, String text) {
        Notation inner = scoped(List.of());
        inner.tensors.clear();
        String[] parts = text.split("\\bwhere\\b");
        String[] sides = parts[0].split("(?<![<>=!])=(?!=)");
        Expr left = inner.expr(sides[0]);
        Expr right = inner.expr(sides[1]);
        Optional<Expr> condition = parts.length > 1 ? Optional.of(inner.expr(parts[1])) : Optional.empty();
        return new Rule(text.strip(), group, List.copyOf(inner.tensors.values()), left, right, condition);
    }

    Expr expr(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            found.add(matcher.group(1));
            end = matcher.end();
        }
        if (end != text.strip().length()) {
            throw new IllegalArgumentException(text + " at " + end);
        }
        tokens = found;
        position = 0;
        Expr result = selection();
        if (position != tokens.size()) {
            throw new IllegalArgumentException(text + " before " + tokens.get(position));
        }
        return result;
    }

    private String peek() {
        return position < tokens.size() ? tokens.get(position) : "";
    }

    private boolean accept(String token) {
        boolean found = peek().equals(token);
        if (found) {
            position++;
        }
        return found;
    }

    private Expr selection() {
        Expr condition = binary(0);
        if (!accept("?")) {
            return condition;
        }
        Expr then = selection();
        accept(":");
        return Select.of(condition, then, selection());
    }

    private Expr binary(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Expr left = binary(level + 1);
        while (LEVELS.get(level).contains(peek())) {
            Operator operator = Operator.of(tokens.get(position++), 2);
            left = Call.of(operator, left, binary(level + 1));
        }
        return left;
    }

    private Expr unary() {
        if (accept("-")) {
            return Call.of(Operator.NEGATE, unary());
        }
        if (accept("!")) {
            return Call.of(Operator.NOT, unary());
        }
        Expr base = primary();
        return accept("^") ? Call.of(Operator.POWER, base, unary()) : base;
    }

    private Expr primary() {
        String token = tokens.get(position++);
        if (token.equals("(")) {
            Expr inner = selection();
            accept(")");
            return inner;
        }
        if (Character.isDigit(token.charAt(0)) || token.startsWith(".")) {
            return Constant.of(Double.parseDouble(token));
        }
        if (accept("(")) {
            return Call.of(functions.get(token), list(")"));
        }
        if (indices.containsKey(token)) {
            return indices.get(token);
        }
        if (!tensors.containsKey(token) && (token.equals("pi") || token.equals("e"))) {
            return Constant.of(token.equals("e") ? Math.E : Math.PI);
        }
        return accept("[") ? Access.of(tensor(token), list("]")) : Access.of(tensor(token));
    }

    private List<Expr> list(String end) {
        List<Expr> items = new ArrayList<>();
        do {
            items.add(selection());
        } while (accept(","));
        accept(end);
        return items;
    }
}
