package dev.gradc.explain;

import dev.gradc.explain.Document.Block;
import dev.gradc.explain.Document.Cell;
import dev.gradc.explain.Document.Kind;
import dev.gradc.explain.Document.Lines;
import dev.gradc.explain.Document.Section;
import dev.gradc.explain.Document.Table;
import java.util.ArrayList;
import java.util.List;

/** Sets a document as plain text, its columns aligned. */
final class TextPage {

    private static final String GAP = "   ";
    private static final String INDENT = "  ";

    private TextPage() {}

    /** The lines, without a final line end. */
    static String of(Document document) {
        List<String> lines = new ArrayList<>(List.of(document.title()));
        for (Section section : document.sections()) {
            lines.add("");
            lines.add(section.heading());
            section.blocks().forEach(block -> add(lines, block));
        }
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, Block block) {
        if (block instanceof Table table) {
            List<List<Cell>> rows = new ArrayList<>(List.of(table.headings()));
            rows.addAll(table.rows());
            int[] widths = widths(rows);
            int total = GAP.length() * (widths.length - 1);
            for (int width : widths) {
                total += width;
            }
            lines.add(INDENT + aligned(table.headings(), widths, table.rows()));
            lines.add(INDENT + "─".repeat(total));
            table.rows().forEach(row -> lines.add(INDENT + aligned(row, widths, table.rows())));
        } else if (block instanceof Lines plain) {
            int[] widths = widths(plain.lines());
            for (List<Cell> line : plain.lines()) {
                lines.add((INDENT + String.join(" ", padded(line, widths))).stripTrailing());
            }
        }
    }

    private static String aligned(List<Cell> row, int[] widths, List<List<Cell>> rows) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            String text = row.get(column).text();
            String space = " ".repeat(widths[column] - length(text));
            cells.add(isNumeric(rows, column) ? space + text : text + space);
        }
        return String.join(GAP, cells).stripTrailing();
    }

    private static boolean isNumeric(List<List<Cell>> rows, int column) {
        return !rows.isEmpty() && rows.get(0).get(column).kind() == Kind.NUMBER;
    }

    private static List<String> padded(List<Cell> line, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < line.size(); column++) {
            String text = line.get(column).text();
            cells.add(text + " ".repeat(widths[column] - length(text)));
        }
        return cells;
    }

    private static int[] widths(List<List<Cell>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<Cell> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], length(row.get(column).text()));
            }
        }
        return widths;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
