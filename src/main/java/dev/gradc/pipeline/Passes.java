package dev.gradc.pipeline;

import dev.gradc.ir.Program;
import dev.gradc.library.Library;
import dev.gradc.simplify.CommonEntries;
import dev.gradc.simplify.DeadDefinitions;
import dev.gradc.simplify.MonotoneFunctions;
import dev.gradc.simplify.Simplifier;
import dev.gradc.simplify.Stabilizer;

/** The passes that the programs of functions and of networks share; each shows what it has made. */
record Passes(Library library, Dumps dumps) {

    /** What is differentiated: with the identities that keep precision, and with extrema before the functions of their entries. */
    Program stable(String name, Program program) {
        Program precise = DeadDefinitions.remove(new Stabilizer(library, "identities").apply(program));
        Program stable = new MonotoneFunctions(library).apply(precise);
        dumps.after("stabilize", name, stable);
        return stable;
    }

    /** What is compiled: in fewer operations. */
    Program simple(String name, Program program) {
        Simplifier simplifier = Simplifier.forMachines(library);
        Program alone = simplifier.apply(program);
        Program shared = CommonEntries.share(alone);
        Program simple = shared == alone ? alone : simplifier.apply(shared);
        dumps.after("simplify", name, simple);
        return simple;
    }
}
