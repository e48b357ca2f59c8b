package dev.gradc.pipeline;

import dev.gradc.ir.Program;
import java.util.List;
import java.util.function.Consumer;

/** Is shown what each pass leaves behind, for {@code --dump-after}. */
public interface Dumps {

    /** The passes, in their order. */
    List<String> PASSES = List.of("check", "stabilize", "differentiate", "simplify", "regroup");

    /** Looks at nothing. */
    Dumps NONE = (pass, name, program) -> {};

    /** Hands the programs after one pass to {@code printer}, as text. */
    static Dumps after(String wanted, Consumer<String> printer) {
        return (pass, name, program) -> {
            if (pass.equals(wanted)) {
                printer.accept("// " + name + " after " + pass + "\n" + program);
            }
        };
    }

    /**
     * @param pass one of {@link #PASSES}
     * @param name of the function or network
     */
    void after(String pass, String name, Program program);
}
