package dev.gradc.simplify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Index;
import dev.gradc.ir.Program;
import dev.gradc.ir.Recurrence;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimplifierTest {

    private final ParsedFormulas formulas = new ParsedFormulas().with("f", 1, "java.lang.Math.sin");
    private final List<Definition> definitions = new ArrayList<>();

    SimplifierTest() {
        formulas.declare(new Tensor("W", Tensor.Role.PARAMETER, false, Shape.of(3, 3)))
                .declare(new Tensor("x", Tensor.Role.INPUT, false, Shape.of(3)))
                .declare(new Tensor("token", Tensor.Role.INPUT, true, Shape.of(3)));
    }

    @Test
    void foldsAndAppliesExactRulesAndDropsWhatIsNotRead() {
        scalar("a", "1*(s + -t)");
        scalar("b", "f(s)");
        scalar("out", "a^1*(2 > 1 ? a : b)");
        assertEquals("a = s-t\nout = a*a", simple("out"));
    }

    @Test
    void readersOfACopyReadTheOriginal() {
        vector("t", "i", "x[i]");
        vector("u", "k", "t[k]");
        vector("out", "j", "u[2 - j]*t[j]");
        assertEquals("out[j] = x[2-j]*x[j]", simple("out"));
    }

    @Test
    void aResultStaysThoughItIsACopy() {
        vector("t", "i", "x[i]");
        vector("out", "j", "t[j]*t[j]");
        assertEquals("t[i] = x[i]\nout[j] = x[j]*x[j]", simple("out", "t"));
    }

    @Test
    void definitionsThatDifferInNamesOnlyAreOne() {
        reduce("p", "j", "i", "W[j,i]*x[i]");
        reduce("q", "k", "l", "W[k,l]*x[l]");
        vector("out", "m", "p[m]*q[m]");
        assertEquals("p[j] = sum[i:3](W[j,i]*x[i])\nout[m] = p[m]*p[m]", simple("out"));
        assertEquals("p[j] = sum[i:3](W[j,i]*x[i])\nq[k] = p[k]", simple("q"));
    }

    @Test
    void aTransposedProductIsAnother() {
        reduce("p", "j", "i", "W[j,i]*x[i]");
        reduce("q", "j", "i", "W[i,j]*x[i]");
        vector("out", "m", "p[m]*q[m]");
        assertEquals(3, simple("out").lines().count());
    }

    @Test
    void aSumThatIsAddedToIsNoCopy() {
        vector("t", "i", "x[i]");
        Index i = index("i");
        definitions.add(new Definition(
                formulas.tensor("t"), List.of(i), Combine.SUM, List.of(i), formulas.expr("f(x[i])"), ""));
        vector("out", "j", "t[j]");
        assertEquals("t[i] = x[i]\nt[i] += f(x[i])\nout[j] = t[j]", simple("out"));
    }

    @Test
    void aGatherStays() {
        vector("t", "i", "x[token[i]]");
        vector("out", "j", "t[j]*t[j]");
        assertEquals("t[i] = x[token[i]]\nout[j] = t[j]*t[j]", simple("out"));
    }

    /** What begins with 0 and gets one term for each entry is these terms. */
    @Test
    void sumsOfOneTermAreAssignments() {
        vector("t", "i", "0");
        add("t", "i", 0, 2, "i", "f(x[i])");
        add("t", "2", "s");
        vector("out", "j", "t[j]*t[j]");
        assertEquals("t[i] = f(x[i])\nt[2] = s\nout[j] = t[j]*t[j]", simple("out"));
    }

    @Test
    void sumsThatMeetStaySums() {
        vector("t", "i", "0");
        add("t", "i", 0, 3, "i", "f(x[i])");
        add("t", "2", "s");
        vector("out", "j", "t[j]*t[j]");
        assertEquals("t[i] = 0\nt[i] += f(x[i])\nt[2] += s\nout[j] = t[j]*t[j]", simple("out"));
    }

    /** A part of it is read before the rest has its value. */
    @Test
    void sumsThatAreReadBetweenStaySums() {
        vector("t", "i", "0");
        add("t", "i", 0, 2, "i", "f(x[i])");
        scalar("u", "t[1]*t[2]");
        add("t", "2", "u");
        vector("out", "j", "t[j]*t[j]");
        assertEquals(5, simple("out").lines().count());
        assertEquals("t[2] += u", simple("out").lines().skip(3).findFirst().orElseThrow());
    }

    @Test
    void sumsOfOneTermForEachTimeAreAssignments() {
        throughTime("f(t[k])");
        assertEquals("for k:3: t[k] = x[k]*s", simple("out").lines().findFirst().orElseThrow());
    }

    /** Other times are still 0, or no longer. */
    @Test
    void sumsWhoseOtherTimesAreReadStaySums() {
        throughTime("f(t[2 - k])");
        assertEquals("t[i] = 0", simple("out").lines().findFirst().orElseThrow());
    }

    /** For each k {@code t[k]} gets one term, and {@code u[k]} is {@code reader}. */
    private void throughTime(String reader) {
        Recurrence recurrence = new Recurrence(index("k"), false);
        vector("t", "i", "0");
        add("t", "k", "x[k]*s");
        Definition sum = definitions.remove(definitions.size() - 1);
        definitions.add(sum.within(List.of(recurrence)));
        Tensor u = Tensor.derived("u", Shape.of(3));
        definitions.add(
                new Definition(u, List.of(recurrence.time()), Combine.ASSIGN, List.of(), formulas.expr(reader), "")
                        .within(List.of(recurrence)));
        formulas.declare(u);
        vector("out", "j", "u[j]*t[j]");
    }

    @Test
    void aCopyThatNothingElseReadsIsWhatItCopies() {
        reduce("p", "j", "i", "W[j,i]*x[i]");
        vector("t", "i", "p[i]");
        add("t", "1", "s");
        vector("out", "j", "t[j]*t[j]");
        assertEquals("t[j] = sum[i:3](W[j,i]*x[i])\nt[1] += s\nout[j] = t[j]*t[j]", simple("out"));
        vector("more", "j", "p[j]*t[j]");
        assertEquals("t[i] = p[i]", simple("more").lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void whatIsGivenOutIsNotTakenOver() {
        reduce("p", "j", "i", "W[j,i]*x[i]");
        vector("t", "i", "p[i]");
        add("t", "1", "s");
        assertEquals("p[j] = sum[i:3](W[j,i]*x[i])\nt[i] = p[i]\nt[1] += s", simple("t", "p"));
    }

    /** Adds {@code body} to one entry. */
    private void add(String name, String place, String body) {
        definitions.add(new Definition(
                formulas.tensor(name), List.of(formulas.expr(place)), Combine.SUM, List.of(), formulas.expr(body), ""));
    }

    /** Adds {@code body} to the entries at {@code place}. */
    private void add(String name, String loop, int low, int high, String place, String body) {
        Index index = new Index(loop, Constant.of(low), Constant.of(high));
        formulas.declare(index);
        definitions.add(new Definition(
                formulas.tensor(name),
                List.of(formulas.expr(place)),
                Combine.SUM,
                List.of(index),
                formulas.expr(body),
                ""));
    }

    private Index index(String name) {
        Index index = Index.upTo(name, formulas.expr("3"));
        formulas.declare(index);
        return index;
    }

    private void scalar(String name, String body) {
        Tensor target = Tensor.derived(name, Shape.SCALAR);
        definitions.add(Definition.map(target, List.of(), formulas.expr(body), ""));
        formulas.declare(target);
    }

    private void vector(String name, String loop, String body) {
        Tensor target = Tensor.derived(name, Shape.of(3));
        definitions.add(Definition.map(target, List.of(index(loop)), formulas.expr(body), ""));
        formulas.declare(target);
    }

    private void reduce(String name, String loop, String inner, String body) {
        Tensor target = Tensor.derived(name, Shape.of(3));
        Index outer = index(loop);
        List<Index> loops = List.of(outer, index(inner));
        definitions.add(new Definition(target, List.of(outer), Combine.SUM, loops, formulas.expr(body), ""));
        formulas.declare(target);
    }

    private String simple(String... results) {
        Library library = new Library(
                Map.of(),
                Stream.of("1*x = x", "x^1 = x", "x + -y = x - y")
                        .map(text -> formulas.rule("exact", text))
                        .toList());
        Program program = new Program(
                List.of(), definitions, Stream.of(results).map(formulas::tensor).toList());
        return new Simplifier(library).apply(program).toString();
    }
}
