package dev.gradc.regroup;

/** A node times a number. */
record Term(double number, Node node) {

    Term {
        // There is one zero only.
        number = number == 0 ? 0 : number;
    }

    Term times(double factor) {
        return new Term(number * factor, node);
    }

    boolean isZero() {
        return number == 0;
    }

    boolean isNegative() {
        return number < 0;
    }

    /** The same without its sign. */
    Term magnitude() {
        return isNegative() ? times(-1) : this;
    }
}
