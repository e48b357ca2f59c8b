package dev.gradc.lower.place;

import dev.gradc.ir.Operator;
import java.util.Optional;

/**
 * How a formula reads, as a name: {@code oneMinusX} for {@code 1 - x}.
 *
 * @param parts of how many names and numbers it is made
 * @param binding what it may be a part of
 */
record Words(String text, int parts, Binding binding) {

    /** Longer names, and names of more parts, say less than the formula. */
    private static final int LONGEST = 20;

    private static final int MOST_PARTS = 3;

    /** As in formulas: {@code aMinusBC} is {@code a - b*c}. What is {@code WHOLE} reads on to the end of the name. */
    private enum Binding {
        WHOLE,
        SUM,
        QUOTIENT,
        PRODUCT,
        NUMBER,
        NAME
    }

    static Words name(String name) {
        return new Words(name, 1, Binding.NAME);
    }

    static Words number(int number) {
        return new Words(Integer.toString(number), 1, Binding.NUMBER);
    }

    /** {@code sinX}. */
    static Optional<Words> function(String symbol, Words argument) {
        return new Words(symbol, 0, Binding.NAME)
                .with("", argument, Binding.NAME, Binding.NAME)
                .or(() -> new Words(symbol, 0, Binding.NAME).with("", argument, Binding.WHOLE, Binding.WHOLE));
    }

    /** A function of something that has no words. */
    static Words function(String symbol) {
        return new Words(symbol, 1, Binding.QUOTIENT);
    }

    /** {@code xSquared}. */
    Optional<Words> squared() {
        return binding == Binding.NAME
                ? Optional.of(new Words(text + "Squared", parts, Binding.PRODUCT))
                : Optional.empty();
    }

    /** {@code minusX}. */
    static Optional<Words> of(Operator operator, Words a) {
        Words word = new Words(operator == Operator.NOT ? "not" : "minus", 0, Binding.NAME);
        return operator == Operator.NOT
                ? word.with("", a, Binding.NAME, Binding.WHOLE)
                : word.with("", a, Binding.PRODUCT, Binding.SUM);
    }

    /** {@code xOverY}. */
    static Optional<Words> of(Operator operator, Words a, Words b) {
        return switch (operator) {
            case ADD -> a.least(Binding.SUM).flatMap(left -> left.with("Plus", b, Binding.QUOTIENT, Binding.SUM));
            case SUBTRACT -> a.least(Binding.SUM).flatMap(left -> left.with("Minus", b, Binding.QUOTIENT, Binding.SUM));
            case MULTIPLY -> a.binding == Binding.NUMBER ? b.times(a) : a.times(b);
            case DIVIDE ->
                a.least(Binding.QUOTIENT).flatMap(left -> left.with("Over", b, Binding.NUMBER, Binding.QUOTIENT));
            case POWER -> a.least(Binding.NAME).flatMap(left -> left.with("To", b, Binding.NAME, Binding.PRODUCT));
            case LESS -> a.comparedWith(b, "Below");
            case LESS_EQUAL -> a.comparedWith(b, "AtMost");
            case GREATER -> a.comparedWith(b, "Above");
            case GREATER_EQUAL -> a.comparedWith(b, "AtLeast");
            case EQUAL -> a.comparedWith(b, "Equals");
            case NOT_EQUAL -> a.comparedWith(b, "Not");
            default -> Optional.empty();
        };
    }

    private Optional<Words> times(Words b) {
        return b.binding == Binding.NUMBER
                ? least(Binding.PRODUCT).flatMap(a -> a.with("Times", b, Binding.NUMBER, Binding.QUOTIENT))
                : least(Binding.PRODUCT).flatMap(a -> a.with("", b, Binding.PRODUCT, Binding.PRODUCT));
    }

    private Optional<Words> comparedWith(Words b, String word) {
        return least(Binding.SUM).flatMap(a -> a.with(word, b, Binding.SUM, Binding.WHOLE));
    }

    private Optional<Words> least(Binding least) {
        return binding.compareTo(least) >= 0 ? Optional.of(this) : Optional.empty();
    }

    /** This, {@code word} and then {@code b}, if that binds as tightly as it must. */
    private Optional<Words> with(String word, Words b, Binding least, Binding result) {
        boolean isNumber = binding == Binding.NUMBER;
        boolean isWhole = b.binding == Binding.WHOLE;
        if (isNumber && !text.equals("1") || !isWhole && b.binding.compareTo(least) < 0) {
            return Optional.empty();
        }
        int first = b.text.codePointAt(0);
        String rest = b.text.substring(Character.charCount(first));
        String joined = (isNumber ? "one" : text) + word + Character.toString(Character.toUpperCase(first)) + rest;
        return Optional.of(new Words(joined, parts + b.parts, isWhole ? Binding.WHOLE : result))
                .filter(words -> words.text.length() <= LONGEST && words.parts <= MOST_PARTS);
    }
}
