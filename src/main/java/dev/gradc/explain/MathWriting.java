package dev.gradc.explain;

import dev.gradc.ir.Access;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.print.Notation;
import java.util.List;

/** Writes MathML, each piece one or more elements that can stand in a row. */
final class MathWriting extends Writing {

    private static final String START = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\">";
    private static final String END = "</math>";

    MathWriting() {
        super(Notation.MATHML);
    }

    @Override
    String bare(String printed) {
        // Further lines name what is shared.
        return "<mrow>"
                + printed.replace("\nwhere ", "<mtext>, where </mtext>")
                        .replace(START, "")
                        .replace(END, "") + "</mrow>";
    }

    @Override
    String name(String name) {
        return formula(Access.of(Tensor.derived(name, Shape.SCALAR)));
    }

    @Override
    String slope(String of, String by) {
        return fraction("∂", name(of), by);
    }

    @Override
    String slopeOf(String formula, String by) {
        return "<mrow>" + fraction("∂", "", by) + "<mspace width=\"0.17em\"></mspace>" + formula + "</mrow>";
    }

    @Override
    String total(String of, String by) {
        return fraction("d", name(of), by);
    }

    private String fraction(String sign, String of, String by) {
        String d = "<mi mathvariant=\"normal\">" + sign + "</mi>";
        return "<mfrac><mrow>" + d + of + "</mrow><mrow>" + d + name(by) + "</mrow></mfrac>";
    }

    @Override
    String list(List<String> formulas) {
        return String.join("<mo separator=\"true\">,</mo><mspace width=\"0.6em\"></mspace>", formulas);
    }

    @Override
    String equation(String left, String right) {
        return "<mrow>" + left + "<mo>=</mo>" + right + "</mrow>";
    }

    @Override
    String signed(String sign, String right) {
        // With nothing on its left a sign would stand as a prefix, without space.
        return "<mrow><mi></mi><mo form=\"infix\">" + sign + "</mo>" + right + "</mrow>";
    }

    @Override
    String parentheses(String formula) {
        return "<mrow><mo>(</mo>" + formula + "<mo>)</mo></mrow>";
    }

    @Override
    String joined(List<String> parts, String sign) {
        return "<mrow>" + String.join("<mo>" + sign + "</mo>", parts) + "</mrow>";
    }

    @Override
    String numeral(String digits) {
        return "<mn>" + digits.replace("-", "−") + "</mn>";
    }
}
