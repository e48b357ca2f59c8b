package dev.gradc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gradc.source.Diagnostics;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownNamesTest {

    /** Whatever the library writes is right, called or not. */
    @Test
    void noFalseAlarms() {
        Diagnostics diagnostics = new Diagnostics();
        UnknownNames unknown = new UnknownNames(StandardLibrary.declarations(), diagnostics);
        StandardLibrary.units().values().forEach(unit -> unit.declarations().forEach(unknown::check));
        assertEquals(List.of(), diagnostics.list());
    }
}
