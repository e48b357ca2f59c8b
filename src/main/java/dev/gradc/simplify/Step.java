package dev.gradc.simplify;

import dev.gradc.ir.Expr;
import dev.gradc.library.Rule;

/** One use of a rule, for dumps and explanations: what stood there, and what the rule made of it. */
public record Step(Rule rule, Expr before, Expr after) {
    @Override
    public String toString() {
        return rule.name() + ":  " + before + "  ->  " + after;
    }
}
