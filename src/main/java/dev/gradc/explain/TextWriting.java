package dev.gradc.explain;

import dev.gradc.print.Notation;
import java.util.List;

/** Writes plain text, in the language's own notation or in that of Unicode. */
final class TextWriting extends Writing {

    TextWriting(Notation notation) {
        super(notation);
    }

    @Override
    String bare(String printed) {
        return printed;
    }

    @Override
    String name(String name) {
        return name;
    }

    @Override
    String slope(String of, String by) {
        return "∂" + of + "/∂" + by;
    }

    @Override
    String slopeOf(String formula, String by) {
        boolean closed = formula.endsWith(")");
        return "∂" + (closed ? formula : parentheses(formula)) + "/∂" + by;
    }

    @Override
    String total(String of, String by) {
        return "d" + of + "/d" + by;
    }

    @Override
    String list(List<String> formulas) {
        return String.join(", ", formulas);
    }

    @Override
    String equation(String left, String right) {
        return left + " = " + right;
    }

    @Override
    String signed(String sign, String right) {
        return sign + " " + right;
    }

    @Override
    String parentheses(String formula) {
        return "(" + formula + ")";
    }

    @Override
    String joined(List<String> parts, String sign) {
        return String.join(" " + sign + " ", parts);
    }
}
