package dev.gradc.explain;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Program;
import dev.gradc.print.Notation;
import dev.gradc.print.Numbers;
import dev.gradc.print.Printer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** How the pieces of a lesson are written: as text, or as MathML to stand inside a {@code math} element. */
abstract class Writing {

    static final Writing TEXT = new TextWriting(Notation.TEXT);
    static final Writing UNICODE = new TextWriting(Notation.UNICODE);
    static final Writing MATHML = new MathWriting();

    private static final MathContext SHORT = new MathContext(6);

    private final Printer printer;

    Writing(Notation notation) {
        printer = new Printer(notation);
    }

    /** A formula of the printer's without what makes it a document. */
    abstract String bare(String printed);

    /** A name. */
    abstract String name(String name);

    /** {@code ∂of/∂by}. */
    abstract String slope(String of, String by);

    /** {@code ∂(of)/∂by}, of a formula. */
    abstract String slopeOf(String formula, String by);

    /** {@code dof/dby}. */
    abstract String total(String of, String by);

    /** Formulas beside each other. */
    abstract String list(List<String> formulas);

    /** {@code left = right}. */
    abstract String equation(String left, String right);

    /** A formula behind a sign, {@code = right}. */
    abstract String signed(String sign, String right);

    /** A formula in parentheses. */
    abstract String parentheses(String formula);

    /** Formulas with a sign between each two. */
    abstract String joined(List<String> parts, String sign);

    final String formula(Expr expression) {
        return bare(printer.print(expression));
    }

    /** The result of a program. */
    final String formula(Program program) {
        return bare(printer.print(program));
    }

    /** The definitions of a program. */
    final List<String> statements(Program program) {
        return printer.lines(program).stream().map(this::bare).toList();
    }

    final String product(List<String> factors) {
        return joined(factors, "·");
    }

    final String sum(List<String> terms) {
        return joined(terms, "+");
    }

    /** A formula as a factor of a product. */
    final String factor(Expr expression) {
        return printer.factor(expression);
    }

    /** A number as a factor or term behind a sign. */
    final String operand(double value) {
        String digits = rounded(value);
        return digits.startsWith("-") ? parentheses(numeral(digits)) : numeral(digits);
    }

    /** The digits of a number inside a formula. */
    String numeral(String digits) {
        return digits;
    }

    /** A number in a few digits. */
    static String rounded(double value) {
        return Double.isFinite(value)
                ? Numbers.of(new BigDecimal(value).round(SHORT).doubleValue())
                : Numbers.of(value);
    }
}
