package dev.gradc.emit.text;

import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;

/**
 * What a user can choose about the generated code.
 *
 * @param precision the numbers that networks compute with; functions always compute with {@code double}
 * @param backend what networks multiply matrices with
 */
public record Options(Precision precision, Backend backend) {

    public static final Options DEFAULT = new Options(Precision.DOUBLE, Backend.PORTABLE);
}
