package com.acme.slopes;

import dev.gradc.algebra.Algebra;

final class Hidden {

    private Hidden() {}

    static Class<?> algebra() {
        return Algebra.class;
    }
}
