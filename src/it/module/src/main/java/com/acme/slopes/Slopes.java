package com.acme.slopes;

import dev.gradc.Expression;
import dev.gradc.Gradc;
import dev.gradc.data.NumberArray;
import dev.gradc.print.Notation;
import dev.gradc.source.Diagnostic;
import java.util.List;
import java.util.Map;

final class Slopes {

    private Slopes() {}

    static String unicode(String formula) {
        return Expression.parse(formula).derivative("x").print(Notation.UNICODE);
    }

    static double interpreted(String formula, double x) {
        return Expression.parse(formula).derivative("x").evaluate(Map.of("x", NumberArray.scalar(x))).values()[0];
    }

    static double compiled(String formula, double x) {
        double[] gradient = new double[1];
        Expression.parse(formula).compile().gradient(new double[] {x}, gradient);
        return gradient[0];
    }

    static List<Diagnostic> mistakes(String text) {
        return Gradc.check("text.nn", text);
    }
}
