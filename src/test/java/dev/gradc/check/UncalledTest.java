package dev.gradc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.check.scope.Declarations;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.source.SourceFile;
import dev.gradc.syntax.Declaration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Sizes that a body asks for in other ways than by its parameters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "function head(x[n]) = x[0..100]",
                "function weeks(x[n]) = reshape(x, n/7, 7)",
                "const five = [1, 2, 3, 4, 5]\nfunction weighted(x[n]) = dot(x, five)",
                "layer fixed(x[n]) {\n  param W[3,9]\n  return W@x\n}",
                "function both(x[m,n]) = reshape(x, 5, m*n/5)",
            })
    void whatIsRightForSomeSizes(String source) {
        DeepStack.call(() -> new Compiler().check(new SourceFile("test.nn", source), Map.of()));
    }
}
