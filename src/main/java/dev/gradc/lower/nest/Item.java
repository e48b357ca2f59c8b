package dev.gradc.lower.nest;

/** What stands in a {@link Nest}. */
public sealed interface Item permits NestedLoop, Step {}
