package dev.gradc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.source.Diagnostic;
import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Term.Binary;
import dev.gradc.syntax.Term.Call;
import dev.gradc.syntax.Term.Comprehension;
import dev.gradc.syntax.Term.Element;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not fit into files beside their expected trees: expressions alone, positions, line ends. */
class ParserTest {

    private final Diagnostics diagnostics = new Diagnostics();

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ``       ; 1:1: expected an expression
            2 +      ; 1:4: expected an expression after '+'
            sin(     ; 1:4: unclosed '('
            sin(x))  ; 1:7: unexpected ')'
            )        ; 1:1: unexpected ')'
            ()       ; 1:2: expected an expression after '('
            * 2      ; 1:1: expected an expression before '*'
            2x       ; 1:2: missing operator: a product is written 2*x
            x y      ; 1:3: missing operator: a product is written x*y
            (a)(b)   ; 1:4: missing operator: a product is written (a)*(b)
            x # y    ; 1:3: unexpected character '#'
            x \u0007 y ; 1:3: unexpected character U+0007
            x "y"    ; 1:3: unexpected '"y"'
            𝑥 + 𝑦 z  ; 1:7: missing operator: a product is written 𝑦*z
            x = 2    ; 1:3: unexpected '='
            a ? b    ; 1:6: expected ':' after 'b'
            """)
    void oneMistakeOneMessage(String text, String message) {
        parse(text);
        assertEquals("expression:" + message.replaceFirst(": ", ": error: "), messages());
    }

    /** What is written elsewhere, and what a learner writes first. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            sin^2(x)   ; a power of a function is written sin(x)^2
            d/dx x^2   ; a derivative is written diff(u, x)
            d/dt sin(t); a derivative is written diff(u, x)
            |x| + 1    ; 'or' is written ||, the absolute value abs(x)
            y = x^2    ; `a formula stands alone, as x^2; equality is written ==`
            sin x      ; a call is written sin(x)
            x**2       ; a power is written x^2
            """)
    void hints(String text, String hint) {
        parse(text);
        assertEquals(1, diagnostics.list().size(), messages());
        assertEquals(Optional.of(hint), diagnostics.list().get(0).hint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2^3(x)", "x^2(y + 1)"})
    void noPowerOfAFunction(String text) {
        parse(text);
        assertEquals(Optional.empty(), diagnostics.list().get(0).hint());
    }

    @Test
    void anExpressionMayStandOnSeveralLines() {
        assertEquals("(* (+ a b) (f [(c)]))", TreePrinter.print(parse("(a\n+ b)\n*\nf\n(c)\n\n")));
        assertEquals("", messages());
    }

    @Test
    void everyTermKnowsWhereItStands() {
        Binary sum = (Binary) parse("  f(x, y) + sum[i, j:2](A[i, 2..]') ");
        assertEquals("f(x, y) + sum[i, j:2](A[i, 2..]')", sum.span().text());
        assertEquals("+", sum.focus().text());
        Call call = (Call) sum.left();
        assertEquals("f(x, y)", call.span().text());
        assertEquals("f", call.function().span().text());
        Comprehension reduction = (Comprehension) sum.right();
        assertEquals("sum[i, j:2](A[i, 2..]')", reduction.span().text());
        Term.Transpose transpose = (Term.Transpose) reduction.body();
        assertEquals("A[i, 2..]'", transpose.span().text());
        Element element = (Element) transpose.operand();
        assertEquals("A[i, 2..]", element.span().text());
        assertEquals("2..", ((Term.Slice) element.subscripts().get(1)).span().text());
    }

    @Test
    void positionsCountCharactersBeyondTheBasicPlane() {
        Binary sum = (Binary) parse("𝑥 + y");
        assertEquals("𝑥", sum.left().span().text());
        assertEquals("y", sum.right().span().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyLineEndEndsALine(String end) {
        String text = String.join(
                end,
                "/** One",
                " *  two. */",
                "function f(x) {",
                "  y = x // one",
                "  return y",
                "}",
                "function g(x) = f(2x, 1",
                "");
        SourceUnit unit = Parser.unit(new SourceFile("f.nn", text), diagnostics);
        assertEquals("One\n two.", unit.declarations().get(0).documentation());
        assertEquals(List.of("f.nn:7:18: unclosed '('"), list());
    }

    @Test
    void thePlaceOfADeclarationIsAllOfIt() {
        String text = "/** Doc. */\nfunction f(x) = x\n  derive gradient // that is all\n\nconst D = 1\n";
        SourceUnit unit = Parser.unit(new SourceFile("f.nn", text), diagnostics);
        assertEquals(
                "function f(x) = x\n  derive gradient",
                unit.declarations().get(0).span().text());
    }

    @Test
    void thePlaceOfAnImportIsTheWholeLine() {
        SourceUnit unit = Parser.unit(new SourceFile("f.nn", "import \"a b.nn\""), diagnostics);
        assertEquals("a b.nn", unit.imports().get(0).path());
        assertEquals("import \"a b.nn\"", unit.imports().get(0).span().text());
    }

    @Test
    void aByteOrderMarkIsNoMistake() {
        Parser.unit(new SourceFile("f.nn", "\ufeffconst D = 1"), diagnostics);
        assertFalse(diagnostics.hasErrors());
    }

    @Test
    void manyErrorsEndTheReading() {
        Parser.unit(new SourceFile("f.nn", "const D = 2x\n".repeat(1000)), diagnostics);
        List<Diagnostic> list = diagnostics.list();
        assertEquals(101, list.size());
        assertTrue(
                list.get(100).message().startsWith("too many errors"),
                list.get(100).message());
        assertEquals(
                101, list.get(100).focus().file().line(list.get(100).focus().start()));
    }

    private Term parse(String text) {
        return Parser.term(new SourceFile("expression", text), diagnostics);
    }

    private String messages() {
        return diagnostics.list().stream()
                .map(d -> d.focus() + ": error: " + d.message())
                .collect(Collectors.joining("\n"));
    }

    private List<String> list() {
        return diagnostics.list().stream()
                .map(d -> d.focus() + ": " + d.message())
                .toList();
    }
}
