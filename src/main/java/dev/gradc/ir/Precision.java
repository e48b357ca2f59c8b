package dev.gradc.ir;

/** The numbers that a program computes with. */
public enum Precision {
    DOUBLE,
    FLOAT;

    /** The nearest number of this precision. */
    public double round(double value) {
        return this == FLOAT ? (float) value : value;
    }
}
