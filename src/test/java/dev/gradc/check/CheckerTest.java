package dev.gradc.check;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gradc.Baseline;
import dev.gradc.ir.Unit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What checking makes of whole files: the programs of those that are right, the messages about those that are not. */
class CheckerTest {

    private static final Baseline PROGRAMS = new Baseline("check/programs");
    private static final Baseline MISTAKES = new Baseline("check/mistakes");

    @TestFactory
    Stream<DynamicTest> programs() {
        return PROGRAMS.tests(name -> UnitText.of(check(PROGRAMS, name)));
    }

    @TestFactory
    Stream<DynamicTest> mistakes() {
        return MISTAKES.tests(name -> assertThrows(SourceException.class, () -> check(MISTAKES, name), name)
                .getMessage());
    }

    private static Unit check(Baseline baseline, String name) {
        return new Compiler().check(new SourceFile(name + ".nn", baseline.input(name)), Map.of());
    }
}
