package dev.gradc.regroup;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import java.util.List;

/** An expression whose sums and products have no order. Made by {@link Pool}, so that equal ones are the same object. */
abstract sealed class Node {

    /** The place in the order in which nodes were made, by which operands are sorted. */
    final int id;

    private Node(int id) {
        this.id = id;
    }

    /** What is not looked into: an element, a number among factors. */
    static final class Atom extends Node {
        final Expr expression;

        Atom(int id, Expr expression) {
            super(id);
            this.expression = expression;
        }
    }

    /** A function of the table, a comparison, or, without a function, a selection. */
    static final class Applied extends Node {
        final Function function;
        final List<Term> arguments;

        Applied(int id, Function function, List<Term> arguments) {
            super(id);
            this.function = function;
            this.arguments = arguments;
        }
    }

    /** A factor below the bar. */
    static final class Reciprocal extends Node {
        final Node of;

        Reciprocal(int id, Node of) {
            super(id);
            this.of = of;
        }
    }

    /** Two factors at least, none of them a product, or none: 1. */
    static final class Product extends Node {
        final List<Node> factors;

        Product(int id, List<Node> factors) {
            super(id);
            this.factors = factors;
        }
    }

    /** Two terms at least, all of different nodes, in the order in which they were met first. */
    static final class Total extends Node {
        final List<Term> terms;

        Total(int id, List<Term> terms) {
            super(id);
            this.terms = terms;
        }
    }
}
