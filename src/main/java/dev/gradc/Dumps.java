package dev.gradc;

import dev.gradc.ir.Program;

/** Is shown what each pass leaves behind, for {@code --dump-after}. */
public interface Dumps {

    /** Looks at nothing. */
    Dumps NONE = (pass, name, program) -> {};

    /**
     * @param pass {@code check}, {@code stabilize}, {@code differentiate} or {@code simplify}
     * @param name of the function or network
     */
    void after(String pass, String name, Program program);
}
