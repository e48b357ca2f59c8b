package dev.gradc.emit;

import dev.gradc.ir.Precision;

/**
 * What a user can choose about the generated code.
 *
 * @param precision the numbers that networks compute with; functions always compute with {@code double}
 */
public record Options(Precision precision) {

    public static final Options DEFAULT = new Options(Precision.DOUBLE);
}
