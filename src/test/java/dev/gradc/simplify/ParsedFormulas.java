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
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Parser;
import dev.gradc.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** ParsedFormulas, rules and rows of the table for tests, as the parser reads them; names are scalars unless declared. */
final class ParsedFormulas {

    private final Map<String, TableFunction> functions = new HashMap<>();
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, Index> indices = new HashMap<>();

    /** Declares {@code name(x, y) = java.lang.Math.method}. */
    ParsedFormulas with(String name, int arity, String method) {
        return function(name, arity, Optional.of(method), Optional.empty());
    }

    /** Declares {@code name(x) = body}. */
    ParsedFormulas with(String name, String body) {
        return function(name, 1, Optional.empty(), Optional.of(body));
    }

    private ParsedFormulas function(String name, int arity, Optional<String> method, Optional<String> body) {
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

    private ParsedFormulas scoped(List<Tensor> names) {
        ParsedFormulas inner = new ParsedFormulas();
        inner.functions.putAll(functions);
        inner.indices.putAll(indices);
        inner.tensors.putAll(tensors);
        names.forEach(tensor -> inner.tensors.put(tensor.name(), tensor));
        return inner;
    }

    ParsedFormulas declare(Tensor tensor) {
        tensors.put(tensor.name(), tensor);
        return this;
    }

    ParsedFormulas declare(Index index) {
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

    /** {@code sqrt(x^2) = x where x >= 0}, in which all names are variables. */
    Rule rule(String group, String text) {
        ParsedFormulas inner = scoped(List.of());
        inner.tensors.clear();
        Declaration.Rule rule = (Declaration.Rule)
                parsed("rule " + text, Parser::unit).declarations().get(0);
        Expr left = inner.expr(rule.left());
        Expr right = inner.expr(rule.right());
        Optional<Expr> condition = rule.condition().map(inner::expr);
        return new Rule(text.strip(), group, List.copyOf(inner.tensors.values()), left, right, condition);
    }

    Expr expr(String text) {
        return expr(parsed(text, Parser::term));
    }

    private static <T> T parsed(String text, BiFunction<SourceFile, Diagnostics, T> parser) {
        Diagnostics diagnostics = new Diagnostics();
        T tree = parser.apply(new SourceFile("test.nn", text), diagnostics);
        diagnostics.throwIfErrors();
        return tree;
    }

    private Expr expr(Term term) {
        if (term instanceof Term.Numeral numeral) {
            return Constant.of(numeral.value());
        } else if (term instanceof Term.Name name) {
            return named(name.text());
        } else if (term instanceof Term.Unary unary) {
            return Call.of(Operator.of(unary.operator(), 1), expr(unary.operand()));
        } else if (term instanceof Term.Binary binary) {
            return Call.of(Operator.of(binary.operator(), 2), expr(binary.left()), expr(binary.right()));
        } else if (term instanceof Term.Conditional conditional) {
            return Select.of(expr(conditional.condition()), expr(conditional.then()), expr(conditional.otherwise()));
        } else if (term instanceof Term.Call call) {
            return Call.of(functions.get(call.function().text()), exprs(call.parts()));
        }
        List<Term> parts = ((Term.Element) term).parts();
        return Access.of(tensor(((Term.Name) parts.get(0)).text()), exprs(parts.subList(1, parts.size())));
    }

    private List<Expr> exprs(List<Term> terms) {
        return terms.stream().map(this::expr).toList();
    }

    private Expr named(String name) {
        if (indices.containsKey(name)) {
            return indices.get(name);
        }
        if (!tensors.containsKey(name) && (name.equals("pi") || name.equals("e"))) {
            return Constant.of(name.equals("e") ? Math.E : Math.PI);
        }
        return Access.of(tensor(name));
    }
}
