package com.acme.slopes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.Expression;
import org.junit.jupiter.api.Test;

class SlopesTest {

    @Test
    void theLibraryIsAModule() {
        assertEquals("com.acme.slopes", Slopes.class.getModule().getName());
        assertEquals("dev.gradc", Expression.class.getModule().getName());
    }

    @Test
    void itWorksAsOne() {
        assertEquals("3·x²", Slopes.unicode("x^3"));
        assertEquals(12, Slopes.interpreted("x^3", 2));
        assertEquals(12, Slopes.compiled("x^3", 2));
        assertEquals(17, Slopes.mistakes("function f(x) = sni(x)").get(0).column());
    }
}
