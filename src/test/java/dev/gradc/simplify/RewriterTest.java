package dev.gradc.simplify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gradc.ir.Call;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Rewrite;
import dev.gradc.library.Library;
import dev.gradc.library.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriterTest {

    private final ParsedFormulas formulas = new ParsedFormulas()
            .with("f", 1, "java.lang.Math.sin")
            .with("g", 1, "java.lang.Math.cos")
            .with("h", 2, "java.lang.Math.hypot");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "f(g(x)) = x;          f(g(a*b)) + 1;           a*b + 1",
                "f(g(x)) = x;          f(f(g(g(a))));           a",
                "1 + f(x) = g(x);      f(a) + 1;                g(a)",
                "x*f(x) = g(x);        f(a*b)*(a*b);            g(a*b)",
                "x*f(x) = g(x);        f(a)*b;                  f(a)*b",
                "f(x)*x + f(y)*y = 0;  a*f(a) + b*f(b);         0",
                "f(-1) = 7;            f(1 - 2);                7",
                "h(x, x) = f(x);       h(a + b, a + b);         f(a + b)",
                "x + 0 = x;            a + 0 + (0 + b);         a + b",
                "f(x) = g(x) where x > 0;  f(2) + f(1 - 2)*b;   g(2) + f(-1)*b",
                "f(x > 0 ? x : y) = g(y); f(a > 0 ? a : 3);     g(3)",
                // What is a part of its own result stays there as it is.
                "f(x) = x > 0 ? f(x) : g(x); f(a)*b;            (a > 0 ? f(a) : g(a))*b",
            })
    void aRuleFits(String rule, String before, String after) {
        assertEquals(
                new Rewrite(Folding::fold).apply(formulas.expr(after)),
                rewriter(rule).apply(formulas.expr(before)));
    }

    @Test
    void zeroAndNegativeZeroDiffer() {
        Expr sum = Call.of(Operator.ADD, formulas.expr("a"), Constant.of(-0.0));
        assertSame(sum, rewriter("x + 0 = x").apply(sum));
    }

    @Test
    void theFirstRuleThatFitsWinsAndIsReported() {
        List<Step> steps = new ArrayList<>();
        List<Rule> rules = rules("f(g(x)) = x", "f(x) = g(x)");
        Expr result = new Rewriter(rules, condition -> false, steps::add).apply(formulas.expr("f(g(a)) + f(a)"));
        assertEquals(formulas.expr("a + g(a)"), result);
        assertEquals(
                List.of("f(g(x)) = x:  f(g(a))  ->  a", "f(x) = g(x):  f(a)  ->  g(a)"),
                steps.stream().map(Step::toString).toList());
    }

    @Test
    void aRuleOfEqualSidesKeepsWhatItFits() {
        List<Rule> rules = rules("f(g(x)) = f(g(x))", "f(x) = g(x)");
        Expr result = new Rewriter(rules, condition -> false, step -> {}).apply(formulas.expr("f(g(a)) + f(a)"));
        assertEquals(formulas.expr("f(g(a)) + g(a)"), result);
    }

    @ParameterizedTest
    @CsvSource({"f(x) = g(x), g(x) = f(x)", "x + y = y + x, f(x) = f(x + 1)", "f(x) = f(x + 1)*f(x + 2), g(x) = x"})
    void rulesThatGoInCirclesEnd(String first, String second) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> new Rewriter(rules(first, second), condition -> true, step -> {})
                        .apply(formulas.expr("f(a) + b")));
    }

    @Test
    void whatIsSharedIsRewrittenOnce() {
        Expr tower = formulas.expr("f(g(a))");
        for (int i = 0; i < 100; i++) {
            tower = Call.of(Operator.ADD, tower, tower);
        }
        List<Step> steps = new ArrayList<>();
        new Rewriter(rules("f(g(x)) = x"), condition -> false, steps::add).apply(tower);
        assertEquals(1, steps.size());
    }

    private Rewriter rewriter(String rule) {
        Ranges ranges = new Ranges(new Library(Map.of(), List.of()), List.of());
        return new Rewriter(rules(rule), ranges::holds, step -> {});
    }

    private List<Rule> rules(String... texts) {
        return Stream.of(texts).map(text -> formulas.rule("test", text)).toList();
    }
}
