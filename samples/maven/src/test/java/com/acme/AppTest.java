package com.acme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AppTest {

    @Test
    void theMoonsAreToldApart() {
        double share = App.train(System.out);
        assertTrue(share > 0.98, "right on new points: " + share);
    }
}
