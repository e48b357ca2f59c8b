package dev.gradc.simplify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.ir.Combine;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StabilizerTest {

    private final ParsedFormulas formulas = new ParsedFormulas()
            .with("exp", 1, "java.lang.Math.exp")
            .with("log", 1, "java.lang.Math.log")
            .with("sigmoid", "1/(1 + exp(-x))")
            .with("softplus", "log(1 + exp(x))");
    private final Index i = Index.upTo("i", formulas.expr("4"));
    private final Index k = Index.upTo("k", formulas.expr("4"));
    private final List<Definition> definitions = new ArrayList<>();

    StabilizerTest() {
        formulas.declare(i).declare(k).declare(new Tensor("z", Tensor.Role.INPUT, false, Shape.of(4)));
    }

    @Test
    void aFormOfOneExpression() {
        define("loss", "-(y*log(sigmoid(a)) + (1 - y)*log(1 - sigmoid(a)))");
        assertEquals("loss = -(y*-softplus(-a)+(1-y)*-softplus(a))", stable("loss"));
    }

    @Test
    void aFormThatIsSpreadOverDefinitions() {
        define("o", "sigmoid(a + b)");
        define("copy", "o");
        define("loss", "-log(copy)");
        assertEquals("loss = --softplus(-(a+b))", stable("loss"));
    }

    @Test
    void theLogarithmOfASoftmaxAtOneEntry() {
        softmax();
        define("loss", "-log(s[2])");
        assertEquals("loss = -(z[2]-m-log(S))", stable("loss"));
    }

    @Test
    void theLogarithmOfASoftmaxUnderASum() {
        softmax();
        Tensor loss = Tensor.derived("loss", Shape.SCALAR);
        definitions.add(new Definition(loss, List.of(), Combine.SUM, List.of(k), formulas.expr("y*log(s[k])"), ""));
        formulas.declare(loss);
        assertEquals("loss = sum[k:4](y*(z[k]-m-log(S)))", stable("loss"));
    }

    @Test
    void nothingIsInlinedWhereNoRuleFits() {
        define("o", "sigmoid(a)");
        define("p", "exp(o)");
        assertEquals("o = sigmoid(a)\np = exp(o)", stable("o", "p"));
    }

    @Test
    void aPartOfATensorIsNotSeenThrough() {
        Tensor s = Tensor.derived("s", Shape.of(5));
        definitions.add(Definition.map(s, List.of(i), formulas.expr("sigmoid(z[i])"), ""));
        formulas.declare(s);
        define("loss", "log(s[4])");
        assertEquals(
                "loss = log(s[4])", stable("loss").lines().skip(1).findFirst().orElseThrow());
    }

    private void softmax() {
        Tensor m = Tensor.derived("m", Shape.SCALAR);
        Tensor e = Tensor.derived("e", Shape.of(4));
        Tensor total = Tensor.derived("S", Shape.SCALAR);
        Tensor s = Tensor.derived("s", Shape.of(4));
        formulas.declare(m).declare(e).declare(total).declare(s);
        definitions.add(new Definition(m, List.of(), Combine.MAX, List.of(i), formulas.expr("z[i]"), ""));
        definitions.add(Definition.map(e, List.of(i), formulas.expr("exp(z[i] - m)"), ""));
        definitions.add(new Definition(total, List.of(), Combine.SUM, List.of(i), formulas.expr("e[i]"), ""));
        definitions.add(Definition.map(s, List.of(i), formulas.expr("e[i]/S"), ""));
    }

    private void define(String name, String body) {
        Expr expression = formulas.expr(body);
        Tensor target = Tensor.derived(name, Shape.SCALAR);
        formulas.declare(target);
        definitions.add(Definition.map(target, List.of(), expression, ""));
    }

    private String stable(String... results) {
        Library library = new Library(
                Map.of(),
                List.of(
                        formulas.rule("identities", "log(sigmoid(x)) = -softplus(-x)"),
                        formulas.rule("identities", "log(1 - sigmoid(x)) = -softplus(x)"),
                        formulas.rule("identities", "log(exp(x)/y) = x - log(y)")));
        Program program = new Program(
                List.of(),
                definitions,
                List.of(results).stream().map(formulas::tensor).toList());
        Program stable = DeadDefinitions.remove(new Stabilizer(library, "identities").apply(program));
        return stable.definitions().stream()
                .filter(definition -> program.results().contains(definition.target()) || results.length == 1)
                .filter(definition -> program.results().contains(definition.target())
                        || definition.target().name().equals("s"))
                .map(Definition::toString)
                .reduce((a, b) -> a + "\n" + b)
                .orElseThrow();
    }
}
