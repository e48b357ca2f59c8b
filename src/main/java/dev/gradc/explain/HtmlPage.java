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
        page.html.append(HEAD.replace("%s", title)).append("<h1>" + title + "</h1>\n");
        page.html.append("<div class=\"scroll\">\n" + graph + "\n</div>\n");
        document.sections().forEach(page::section);
        return page.html.append("</body>\n</html>\n").toString();
    }

    private void section(Section section) {
        html.append("<section>\n<h2>" + Svg.escaped(section.heading()) + "</h2>\n");
        section.blocks().forEach(this::block);
        html.append("</section>\n");
    }

    private void block(Block block) {
        html.append("<div class=\"scroll\">\n");
        if (block instanceof Table table) {
            html.append("<table class=\"rows\">\n<thead>\n");
            row(table.headings(), "th");
            html.append("</thead>\n<tbody>\n");
            table.rows().forEach(row -> row(row, "td"));
        } else if (block instanceof Lines lines) {
            html.append("<table>\n<tbody>\n");
            lines.lines().forEach(line -> row(line, "td"));
        }
        html.append("</tbody>\n</table>\n</div>\n");
    }

    private void row(List<Cell> cells, String element) {
        html.append("<tr>");
        for (Cell cell : cells) {
            String kind = cell.kind() == Document.Kind.NUMBER ? " class=\"number\"" : "";
            html.append("<" + element + kind + ">" + content(cell) + "</" + element + ">");
        }
        html.append("</tr>\n");
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
