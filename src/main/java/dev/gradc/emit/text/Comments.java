package dev.gradc.emit.text;

import dev.gradc.ir.Definition;
import java.util.ArrayList;
import java.util.List;

/** What the comments before statements say: the line of the source, and the definition that came of it. */
public final class Comments {

    /** The line of the source that was named last, so that it is not named again for its next part. */
    private String note = "";

    // h = f(W1@x + b1)
    // z[n,j] = sum[i:2](W1[j,i]*x[n,i])
    /** The lines of the comment on {@code definition}; none if what was said before tells it. */
    public List<String> of(Definition definition) {
        List<String> lines = new ArrayList<>();
        String line = JavadocText.comment(definition.note());
        if (!line.isEmpty() && !line.equals(note)) {
            lines.add(line);
            note = line;
        }
        if (!definition.loops().isEmpty()) {
            String formula = JavadocText.comment(definition.toString());
            if (!formula.replace(" ", "").equals(note.replace(" ", ""))) {
                lines.add(formula);
            }
        }
        return lines;
    }
}
