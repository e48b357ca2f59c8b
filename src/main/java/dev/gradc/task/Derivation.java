package dev.gradc.task;

import dev.gradc.data.Json;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.print.Notation;

/** Differentiates a formula, or what a file declares, and says the result, for {@code gradc diff}. */
public final class Derivation {

    private Derivation() {}

    /**
     * A line for each partial derivative; of one alone only the formula. With a point, a line {@code = 39} after each. In the end what
     * they share, if that is shorter so.
     */
    public static String text(DerivationRequest request, Notation notation) {
        return DeepStack.call(() -> Subject.isFile(request.subject())
                ? new FileDerivation(request).text(notation)
                : new FormulaDerivation(request, notation).text());
    }

    /**
     * Of a formula {@code {"x": "2*x"}}, with a point {@code {"x": {"derivative": "2*x", "value": 4}}}; of a file what each function
     * and network of it has.
     */
    public static Json.Fields json(DerivationRequest request) {
        return DeepStack.call(() -> Subject.isFile(request.subject())
                ? new FileDerivation(request).json()
                : new FormulaDerivation(request, Notation.TEXT).json());
    }
}
