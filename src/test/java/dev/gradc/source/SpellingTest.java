package dev.gradc.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> WORDS =
            List.of("network", "sigmoid", "sin", "W", "hidden", "softmax", "softplus");

    @ParameterizedTest
    @CsvSource({
        "netwrok, network",
        "network1, network",
        "Sigmoid, sigmoid",
        "sgmoid, sigmoid",
        "sni, sin",
        "SIN, sin",
        "w, W",
        "hiden, hidden",
        "softmux, softmax",
        "softplu, softplus",
    })
    void aSlipIsRecognised(String name, String meant) {
        assertEquals(Optional.of(meant), Spelling.nearest(name, WORDS));
    }

    /** A letter too many is likelier than another letter, also where the alphabet says otherwise. */
    @Test
    void aDoubledLetterIsDropped() {
        assertEquals(Optional.of("sin"), Spelling.nearest("sinn", List.of("sign", "sin")));
    }

    /** Swapped letters are likelier than one too many. */
    @Test
    void swappedLettersAreSwapped() {
        assertEquals(Optional.of("tanh"), Spelling.nearest("tahn", List.of("tan", "tanh")));
    }

    @ParameterizedTest
    @CsvSource({"x", "so", "sum", "hideous", "network"})
    void anotherWordIsNot(String name) {
        List<String> others = WORDS.stream().filter(word -> !word.equals(name)).toList();
        assertEquals(Optional.empty(), Spelling.nearest(name, others));
    }
}
