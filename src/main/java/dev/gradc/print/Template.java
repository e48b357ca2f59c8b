package dev.gradc.print;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of notation with places for operands: {@code \frac{@1}{@2}}.
 *
 * <p>{@code #1} is the first operand, in parentheses if it binds less tightly than its place asks for; {@code @1} is one that
 * stands between signs of its own and never needs them; {@code #1.4} needs them if it binds less tightly than 4, a sum; {@code @*} is all. {@code @0} is a name. A number in front, as in
 * {@code 6 \frac{@1}{@2}}, says how tightly the whole binds where that differs from what is usual.
 *
 * @param precedence how tightly the whole binds
 * @param parts literal text, and places
 */
record Template(int precedence, List<Part> parts) {

    private static final Pattern PLACE = Pattern.compile("@([0-9*])|#([0-9])(?:\\.([0-9]))?");
    private static final Pattern PRECEDENCE = Pattern.compile("([0-9]) (.*)");

    /** The precedence of what needs no parentheses anywhere. */
    static final int ATOM = 9;

    /** The number of a place that takes all operands. */
    static final int ALL = -1;

    Template {
        parts = List.copyOf(parts);
    }

    /** @param usual the precedence if {@code text} does not say */
    static Template parse(String text, int usual) {
        Matcher stated = PRECEDENCE.matcher(text);
        if (stated.matches()) {
            return new Template(Integer.parseInt(stated.group(1)), parts(stated.group(2)));
        }
        return new Template(usual, parts(text));
    }

    /** A template without places, for {@code text} as it is. */
    static Template literal(String text) {
        return new Template(ATOM, List.of(new Literal(text)));
    }

    private static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find()) {
            parts.add(new Literal(text.substring(end, place.start())));
            String number = place.group(place.group(1) == null ? 2 : 1);
            parts.add(new Place(number.equals("*") ? ALL : Integer.parseInt(number), within(place)));
            end = place.end();
        }
        parts.add(new Literal(text.substring(end)));
        return parts;
    }

    private static OptionalInt within(Matcher place) {
        if (place.group(1) != null) {
            return OptionalInt.of(0);
        }
        return place.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(place.group(3)));
    }

    /** A part of a template. */
    sealed interface Part {}

    /** Text that is printed as it is. */
    record Literal(String text) implements Part {}

    /**
     * Where an operand goes.
     *
     * @param number of the operand from 1, 0 for the name, or {@link #ALL}
     * @param within how tightly the operand must bind to need no parentheses, if not as what surrounds it asks
     */
    record Place(int number, OptionalInt within) implements Part {}
}
