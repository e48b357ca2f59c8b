package dev.gradc.explain;

import dev.gradc.ir.Recurrence;
import dev.gradc.print.Notation;
import java.util.List;

/** Writes in the language's own notation. */
final class TextWriting extends Writing {

    TextWriting() {
        super(Notation.TEXT);
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
        return (left.isEmpty() ? "" : left + " ") + "= " + right;
    }

    @Override
    String becomes(String right) {
        return "← " + right;
    }

    @Override
    String inTime(String statement, Recurrence recurrence) {
        String direction = recurrence.descending() ? " downwards" : "";
        return statement + "   for each " + recurrence.time().name() + direction;
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
