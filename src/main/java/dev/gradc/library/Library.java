package dev.gradc.library;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the later passes need of the library: the derivative of every function and the identities. Immutable, safe for threads.
 */
public final class Library {

    private final Map<Operator, TableFunction> operators;
    private final List<Rule> rules;

    /** @param operators for every operator the row that tells its derivative */
    public Library(Map<Operator, TableFunction> operators, List<Rule> rules) {
        this.operators = Map.copyOf(operators);
        this.rules = List.copyOf(rules);
    }

    /** The same with more identities, which come first. */
    public Library with(List<Rule> more) {
        List<Rule> all = new ArrayList<>(more);
        all.addAll(rules);
        return new Library(operators, all);
    }

    /** The row of the derivative table for {@code function}. */
    public TableFunction row(Function function) {
        return function instanceof Operator operator ? operators.get(operator) : (TableFunction) function;
    }

    /** The partial derivative of {@code function} in its {@code i}-th argument, from 0, where its value is {@code value}. */
    public Expr partial(Function function, int i, List<Expr> arguments, Expr value) {
        TableFunction row = row(function);
        return row.instantiate(row.partials().get(i), arguments, value);
    }

    /** The identities that stand in the library file {@code group}, in their order. */
    public List<Rule> rules(String group) {
        return rules.stream().filter(rule -> rule.group().equals(group)).toList();
    }
}
