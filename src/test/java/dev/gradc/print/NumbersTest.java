package dev.gradc.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "2, 2",
        "-3, -3",
        "-0.0, -0",
        "0.5, 0.5",
        "0.05, 0.05",
        "1e-3, 1e-3",
        "0.0015, 0.0015",
        "1000, 1000",
        "1e6, 1000000",
        "1e7, 1e7",
        "12345678, 12345678",
        "3.024e7, 30240000",
        "2.5e7, 2.5e7",
        "1.5e300, 1.5e300",
        "-2e-3, -2e-3",
        "0.1, 0.1",
        "3.141592653589793, 3.141592653589793",
        // JDK 17 alone would write 2.0E-3 and 2.2E-322 with digits to spare.
        "2e-3, 2e-3",
        "2e23, 2e23",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void asFewDigitsAsPossible(double value, String expected) {
        assertEquals(expected, Numbers.of(value));
    }

    @Property
    void theDigitsGiveTheNumberBack(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        assertEquals(value, Double.parseDouble(Numbers.of(value)));
    }
}
