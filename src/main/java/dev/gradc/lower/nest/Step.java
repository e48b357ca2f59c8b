package dev.gradc.lower.nest;

import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.lower.code.Block;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A part of the computation of a definition, whose loops have become those of the nest. */
public record Step(Kind kind, Definition definition, List<Expr> prefix, Optional<Block> block) implements Item {

    private static final Set<Kind> READING =
            EnumSet.of(Kind.GATHER, Kind.STORE, Kind.ADD, Kind.BLOCK, Kind.BLOCK_ADDING);

    Step(Kind kind, Definition definition, List<Expr> prefix) {
        this(kind, definition, prefix, Optional.empty());
    }

    /** Whether it reads what the body of its definition reads. */
    boolean reads() {
        return READING.contains(kind);
    }

    /** Which part. */
    public enum Kind {
        /** Sets the target to 0, or those of its entries whose first subscripts are the step's prefix. */
        CLEAR,
        /** Declares what gathers a reduction. */
        BEGIN,
        /** The same, of a reduction that goes on from what is stored. */
        RESUME,
        /** Brings in one value of a reduction. */
        GATHER,
        /** Stores what a reduction gathered. */
        FINISH,
        /** Adds what a reduction gathered to what is stored. */
        FINISH_ADDING,
        /** Stores a value. */
        STORE,
        /** Adds a value to what is stored. */
        ADD,
        /** Stores what a method computes at once. */
        BLOCK,
        /** Adds what a method computes at once to what is stored. */
        BLOCK_ADDING
    }
}
