package dev.gradc.print;

import dev.gradc.ir.Access;
import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Select;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Parser;
import dev.gradc.syntax.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Formulas for tests, read by the language's parser: any name is a scalar, {@code i} and {@code j} are indices, what has subscripts is
 * a tensor, and a function is a method of {@link Math} or, if that has none, one without a body.
 */
final class Formulas {

    final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, TableFunction> functions = new HashMap<>();
    private final Map<String, Index> indices =
            Map.of("i", Index.upTo("i", Constant.of(3)), "j", Index.upTo("j", Constant.of(2)));

    Expr read(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Term term = Parser.term(new SourceFile("formula", text), diagnostics);
        diagnostics.throwIfErrors();
        return expr(term);
    }

    private Expr expr(Term term) {
        if (term instanceof Term.Numeral numeral) {
            return Constant.of(numeral.value());
        }
        if (term instanceof Term.Name name) {
            return indices.containsKey(name.text()) ? indices.get(name.text()) : Access.of(tensor(name.text(), 0));
        }
        if (term instanceof Term.Unary unary) {
            return Call.of(Operator.of(unary.operator(), 1), expr(unary.operand()));
        }
        if (term instanceof Term.Binary binary) {
            return Call.of(Operator.of(binary.operator(), 2), expr(binary.left()), expr(binary.right()));
        }
        if (term instanceof Term.Conditional c) {
            return Select.of(expr(c.condition()), expr(c.then()), expr(c.otherwise()));
        }
        if (term instanceof Term.Element element) {
            List<Expr> subscripts = element.subscripts().stream()
                    .map(subscript -> expr(((Term.At) subscript).index()))
                    .toList();
            return Access.of(tensor(((Term.Name) element.tensor()).text(), subscripts.size()), subscripts);
        }
        Term.Call call = (Term.Call) term;
        List<Expr> arguments = call.arguments().stream()
                .map(argument -> expr(argument.value()))
                .toList();
        return Call.of(function(call.function().text(), arguments.size()), arguments);
    }

    private Tensor tensor(String name, int rank) {
        int[] extents = {3, 2, 4};
        Shape shape = Shape.of(Arrays.copyOf(extents, rank));
        return tensors.computeIfAbsent(name, n -> new Tensor(n, Tensor.Role.INPUT, false, shape));
    }

    private TableFunction function(String name, int arity) {
        return functions.computeIfAbsent(name + "/" + arity, key -> {
            List<Tensor> formals = new ArrayList<>();
            for (int k = 0; k < arity; k++) {
                formals.add(new Tensor("x" + k, Tensor.Role.INPUT, false, Shape.SCALAR));
            }
            boolean known = Arrays.stream(Math.class.getMethods())
                    .anyMatch(method -> method.getName().equals(name));
            Optional<TableFunction.Method> method = known
                    ? Optional.of(new TableFunction.Method("java.lang.Math." + name, new SourceFile("", "").span()))
                    : Optional.empty();
            // One that Java lacks, to see it written out.
            Optional<Expr> body = name.equals("twice")
                    ? Optional.of(Call.of(Operator.ADD, Access.of(formals.get(0)), Access.of(formals.get(0))))
                    : Optional.empty();
            return new TableFunction(name, "", formals, method, self -> body, self -> List.of());
        });
    }
}
