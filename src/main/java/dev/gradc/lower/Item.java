package dev.gradc.lower;

/** What stands in a {@link Nest}. */
sealed interface Item permits NestedLoop, Step {}
