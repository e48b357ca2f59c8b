package dev.gradc.ir;

/** How a definition brings together the values that its loops give to one entry. */
public enum Combine {
    /** There is only one. */
    ASSIGN,
    /** Their sum; 0 of none. */
    SUM,
    /** Their product; 1 of none. */
    PRODUCT,
    /** The greatest, NaN if one is NaN; −∞ of none. */
    MAX,
    /** The least, NaN if one is NaN; +∞ of none. */
    MIN,
    /** The position of the first greatest among the reduced loops, counted row by row from 0. */
    ARGMAX
}
