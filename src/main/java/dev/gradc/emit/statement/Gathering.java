package dev.gradc.emit.statement;

import com.palantir.javapoet.ClassName;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import java.util.function.UnaryOperator;

/** Writes the statements that bring a value together with those before it: sums, products, extrema and their positions. */
final class Gathering {

    private final Lines out;
    private final Names values;
    private final Variables variables;
    private final ExpressionWriter expressions;
    private final Precision precision;

    Gathering(Lines out, Names values, Variables variables, ExpressionWriter expressions, Precision precision) {
        this.out = out;
        this.values = values;
        this.variables = variables;
        this.expressions = expressions;
        this.precision = precision;
    }

    /** The value of nothing yet gathered. */
    String neutral(Code.Start start) {
        return start.local().type() == Local.Type.INTEGER
                ? "0"
                : switch (start.combine()) {
                    case ASSIGN, SUM -> "0";
                    case PRODUCT -> "1";
                    case MAX, ARGMAX -> boxed() + ".NEGATIVE_INFINITY";
                    case MIN -> boxed() + ".POSITIVE_INFINITY";
                };
    }

    private String boxed() {
        return precision == Precision.FLOAT ? "Float" : "Double";
    }

    // sum += x[i];
    void gather(Code.Gather gather) {
        Fragment target = Fragment.primary(variables.target(gather.local()), Fragment.Kind.REAL);
        update(target, gather.combine(), gather.value());
    }

    void update(Fragment target, Combine combine, Expr value) {
        switch (combine) {
            case ASSIGN -> assign(target, " = ", expressions.real(value));
            case SUM -> {
                boolean negative =
                        value instanceof Call call && call.function() == Operator.NEGATE && values.get(value) == null;
                assign(
                        target,
                        negative ? " -= " : " += ",
                        expressions.real(negative ? ((Call) value).argument(0) : value));
            }
            case PRODUCT -> assign(target, " *= ", expressions.real(value));
            case MAX, MIN -> {
                Fragment number = expressions.real(value);
                String method = combine == Combine.MAX ? ".max(" : ".min(";
                assign(
                        target,
                        " = ",
                        Fragment.of(
                                Fragment.PRIMARY,
                                Fragment.Kind.REAL,
                                ClassName.get(Math.class),
                                method,
                                target,
                                ", ",
                                number,
                                ")"));
            }
            case ARGMAX -> throw new IllegalArgumentException("a position is not gathered like a value");
        }
    }

    private void assign(Fragment target, String operator, Fragment value) {
        out.statement("", Fragment.of(0, value.kind(), target, operator, value));
    }

    // if (z[k] > greatest) { greatest = z[k]; best = k; }
    /** @param claim gives a name that is free */
    void gatherPosition(Code.GatherPosition gather, UnaryOperator<String> claim) {
        Fragment value = expressions.real(gather.value());
        Fragment position = expressions.integer(gather.position());
        String greatest = variables.target(gather.greatest());
        String best = variables.target(gather.best());
        Fragment isGreater =
                Fragment.of(Fragment.RELATION, Fragment.Kind.BOOLEAN, value.atLeast(Fragment.SUM), " > " + greatest);
        if (expressions.isInShortLoop()) {
            // Of a few numbers each may as well be the greatest as not.
            String greater = claim.apply("greater");
            out.statement("int " + greater + " = ", ExpressionWriter.mask(isGreater));
            Fragment mask = Fragment.primary(greater, Fragment.Kind.INT);
            Fragment old = Fragment.primary(greatest, Fragment.Kind.REAL);
            out.statement(greatest + " = ", expressions.chosen(mask, value, old));
            out.statement(
                    best + " = " + greater + " & ",
                    Fragment.of(
                            0,
                            Fragment.Kind.INT,
                            position.atLeast(Fragment.PRIMARY),
                            " | ~" + greater + " & ",
                            variables.name(gather.best())));
            return;
        }
        out.begin(Fragment.of(0, Fragment.Kind.BOOLEAN, "if (", isGreater, ")"));
        out.statement(greatest + " = ", value);
        out.statement(best + " = ", position);
        out.end();
    }
}
