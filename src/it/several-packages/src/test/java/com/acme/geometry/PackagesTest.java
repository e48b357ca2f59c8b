package com.acme.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.named.Plain;
import com.acme.pricing.Options;
import org.junit.jupiter.api.Test;

class PackagesTest {

    @Test
    void theFolderIsThePackage() {
        double[] gradient = new double[3];
        assertEquals(3, Distance.distanceGradient(new double[] {1, 2, -2}, gradient), 1e-15);
        assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0, -2 / 3.0}, gradient, 1e-15);
    }

    @Test
    void aSourceMayNameItsPackage() {
        assertEquals(6, Plain.twice(3));
    }

    @Test
    void anImportMayComeFromAnotherPackage() {
        double[] gradient = new double[5];
        assertEquals(10.450583572185565, Options.callGradient(100, 100, 0.05, 0.2, 1, gradient), 1e-12);
        assertEquals(0.6368306511756191, gradient[0], 1e-12);
    }

    @Test
    void testsHaveSourcesOfTheirOwn() {
        double[] gradient = new double[1];
        assertEquals(8, Reference.referenceGradient(4, gradient));
        assertEquals(4, gradient[0]);
    }
}
