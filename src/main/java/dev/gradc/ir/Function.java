package dev.gradc.ir;

/** What a {@link Call} calls: an {@link Operator}, or a function of the library's table. */
public interface Function {

    /** How it is written: the name, or the sign of an operator. */
    String symbol();

    /** How many arguments it takes. */
    int arity();
}
