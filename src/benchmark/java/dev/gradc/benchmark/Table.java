package dev.gradc.benchmark;

import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;

/** A table in Markdown on the standard output, row by row as they come. */
final class Table {

    Table(String... heads) {
        System.out.println();
        row((Object[]) heads);
        row(Collections.nCopies(heads.length, "---").toArray());
    }

    /** @param cells null for an empty one */
    void row(Object... cells) {
        System.out.println(Arrays.stream(cells)
                .map(cell -> cell == null ? "" : cell.toString())
                .collect(Collectors.joining(" | ", "| ", " |")));
        System.out.flush();
    }
}
