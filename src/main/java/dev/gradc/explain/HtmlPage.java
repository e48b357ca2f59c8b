package dev.gradc.explain;

import dev.gradc.explain.Document.Block;
import dev.gradc.explain.Document.Cell;
import dev.gradc.explain.Document.Lines;
import dev.gradc.explain.Document.Section;
import dev.gradc.explain.Document.Table;
import java.util.List;

/** Sets a document whose formulas are MathML as one page that needs nothing but a browser. */
final class HtmlPage {

    private static final String HEAD = Resource.text("page.html");

    private final StringBuilder html = new StringBuilder();

    private HtmlPage() {}

    /** @param graph an {@code svg} element */
    static String of(Document document, String graph) {
        HtmlPage page = new HtmlPage();
        String title = Svg.escaped(document.title());
        page.html.append(HEAD.replace("%s", title)).append("<h1>" + title + "</h1>\n<main>\n");
        page.html.append("<div class=\"drawing\"><div class=\"scroll\">\n" + graph + "\n</div></div>\n");
        document.sections().forEach(page::section);
        return page.html.append("</main>\n</body>\n</html>\n").toString();
    }

    private void section(Section section) {
        // Two narrow ones stand beside each other where there is room.
        String width = section.isNarrow() ? " class=\"half\"" : "";
        html.append("<section" + width + ">\n<h2>" + Svg.escaped(section.heading()) + "</h2>\n");
        section.blocks().forEach(this::block);
        html.append("</section>\n");
    }

    private void block(Block block) {
        html.append("<div class=\"scroll\">\n");
        if (block instanceof Table table) {
            html.append("<table class=\"rows\">\n<thead>\n");
            headings(table);
            html.append("</thead>\n<tbody>\n");
            table.rows().forEach(this::row);
        } else if (block instanceof Lines lines) {
            html.append("<table>\n<tbody>\n");
            lines.lines().forEach(this::row);
        }
        html.append("</tbody>\n</table>\n</div>\n");
    }

    /** Each stands over its column as what is in that does. */
    private void headings(Table table) {
        html.append("<tr>");
        for (int i = 0; i < table.headings().size(); i++) {
            Cell below =
                    table.rows().isEmpty() ? Cell.EMPTY : table.rows().get(0).get(i);
            cell("th", below.kind(), table.headings().get(i));
        }
        html.append("</tr>\n");
    }

    private void row(List<Cell> cells) {
        html.append("<tr>");
        cells.forEach(cell -> cell("td", cell.kind(), cell));
        html.append("</tr>\n");
    }

    private void cell(String element, Document.Kind kind, Cell cell) {
        String right = kind == Document.Kind.NUMBER ? " class=\"number\"" : "";
        html.append("<" + element + right + ">" + content(cell) + "</" + element + ">");
    }

    private static String content(Cell cell) {
        return switch (cell.kind()) {
            case WORDS -> Svg.escaped(cell.text());
            case NUMBER -> Svg.escaped(cell.text().replace("-", "−"));
            case FORMULA ->
                cell.text().isEmpty() ? "" : "<math displaystyle=\"true\"><mrow>" + cell.text() + "</mrow></math>";
        };
    }
}
