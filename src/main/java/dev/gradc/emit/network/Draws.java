package dev.gradc.emit.network;

import dev.gradc.emit.statement.Literals;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Unit.Initial;

/** Numbers that a pass draws at random, by the generator {@code random}. */
final class Draws {

    private Draws() {}

    /** An expression that draws a number from {@code initial}. */
    static String of(Initial initial, Precision precision) {
        double first = initial.first();
        double second = initial.second();
        return switch (initial.kind()) {
            case CONSTANT -> Literals.real(first, precision);
            case UNIFORM -> narrowed(sum(first, second - first, "random.nextDouble()"), precision);
            case NORMAL -> narrowed(sum(first, second, "random.nextGaussian()"), precision);
            case BERNOULLI -> "random.nextDouble() < " + exact(first) + " ? 1 : 0";
        };
    }

    private static String sum(double first, double factor, String draw) {
        String product = factor == 1 ? draw : exact(factor) + " * " + draw;
        return first == 0 ? product : exact(first) + " + " + product;
    }

    private static String exact(double number) {
        return Literals.real(number, Precision.DOUBLE);
    }

    private static String narrowed(String number, Precision precision) {
        return precision == Precision.FLOAT ? "(float) (" + number + ")" : number;
    }
}
