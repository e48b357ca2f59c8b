package dev.gradc.pipeline;

import dev.gradc.ir.Program;

/** A function in stable form, its constants worked out: what its value and its derivatives are made of. */
public record StableFunction(String name, Program program) {}
