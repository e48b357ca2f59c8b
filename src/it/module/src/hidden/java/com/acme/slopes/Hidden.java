package com.acme.slopes;

import dev.gradc.simplify.Algebra;

final class Hidden {

    private Hidden() {}

    static Class<?> algebra() {
        return Algebra.class;
    }
}
