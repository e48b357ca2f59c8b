package dev.gradc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.syntax.Declaration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What nothing calls is tried; what is right must pass, whatever sizes it asks for. The mistakes are among those of CheckerTest. */
class UncalledTest {

    /** The library, as if it were a user's file that no network uses. */
    @TestFactory
    Stream<DynamicTest> theLibraryIsRight() {
        Declarations library = StandardLibrary.declarations();
        return StandardLibrary.units().values().stream()
                .flatMap(unit -> unit.declarations().stream())
                .filter(declaration -> declaration instanceof Declaration.Layer
                        || declaration instanceof Declaration.Optimizer
                        || declaration instanceof Declaration.Function function
                                && function.derivative().isEmpty())
                .map(declaration -> DynamicTest.dynamicTest(
                        declaration.span().text().lines().findFirst().orElseThrow(),
                        () -> assertEquals(List.of(), new Uncalled(library).check(declaration))));
    }
}
