package dev.gradc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.source.Diagnostics;
import dev.gradc.source.SourceFile;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of operators, from the loosest to the tightest, and every neighbour against the next. */
class PrecedenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a ? b : c ? d : e        ; (conditional a b (conditional c d e))
            a ? b ? c : d : e        ; (conditional a (conditional b c d) e)
            a ? b : x |> f           ; (conditional a b (f [(x)]))
            x |> f |> g(a)           ; (g [((f [(x)])) (a)])
            a || b |> f              ; (f [((|| a b))])
            a || b || c              ; (|| (|| a b) c)
            a || b && c              ; (|| a (&& b c))
            a && b || c              ; (|| (&& a b) c)
            a && b == c              ; (&& a (== b c))
            a < b && c >= d          ; (&& (< a b) (>= c d))
            a != b + c               ; (!= a (+ b c))
            a - b - c                ; (- (- a b) c)
            a - b + c                ; (+ (- a b) c)
            a - (b - c)              ; (- a (- b c))
            a + b * c                ; (+ a (* b c))
            a * b + c                ; (+ (* a b) c)
            a / b / c                ; (/ (/ a b) c)
            a / b * c                ; (* (/ a b) c)
            a * b @ c % d            ; (% (@ (* a b) c) d)
            -a * b                   ; (* (- a) b)
            a * -b                   ; (* a (- b))
            a - -b                   ; (- a (- b))
            --a                      ; (- (- a))
            !a && b                  ; (&& (! a) b)
            !-+a                     ; (! (- (+ a)))
            -x^2                     ; (- (^ x 2))
            (-x)^2                   ; (^ (- x) 2)
            2^-x                     ; (^ 2 (- x))
            2^-x^y                   ; (^ 2 (- (^ x y)))
            2^-x*y                   ; (* (^ 2 (- x)) y)
            x^y^z                    ; (^ x (^ y z))
            (x^y)^z                  ; (^ (^ x y) z)
            x^f(y)'                  ; (^ x (transpose (f [(y)])))
            x'^2                     ; (^ (transpose x) 2)
            -x[0]'                   ; (- (transpose (element x [0])))
            A''                      ; (transpose (transpose A))
            (A + B)'                 ; (transpose (+ A B))
            W'@x                     ; (@ (transpose W) x)
            x[i][j]                  ; (element (element x [i]) [j])
            [a, b][0]                ; (element (literal [a b]) [0])
            h.W@x + h.b              ; (+ (@ h.W x) h.b)
            z -> z + 1               ; (lambda z (+ z 1))
            f(z -> c ? z : 1, 2)     ; (f [((lambda z (conditional c z 1))) (2)])
            f(a, b = c < d)          ; (f [(a) (b (< c d))])
            f()                      ; (f)
            sum[i](x[i]) + 1         ; (+ (sum [(i)] (element x [i])) 1)
            sum[i:2..n-1, j:i](i*j)  ; (sum [(i low=2 (- n 1)) (j i)] (* i j))
            x[2..5, 3.., ..n, .., k] ; (element x [(slice low=2 5) (slice low=3) (slice n) (slice) k])
            x[-1]                    ; (element x [(- 1)])
            x<-1                     ; (< x (- 1))
            .5 + 1e-3 + 2.5E2        ; (+ (+ 0.5 0.001) 250)
            loss + batch*at - from   ; (- (+ loss (* batch at)) from)
            """)
    void theTreeIs(String text, String tree) {
        Diagnostics diagnostics = new Diagnostics();
        Term term = Parser.term(new SourceFile("expression", text), diagnostics);
        assertEquals(List.of(), diagnostics.list());
        assertEquals(tree, TreePrinter.print(term));
    }
}
