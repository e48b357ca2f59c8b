package dev.gradc.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.Explanation;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The page and the picture are well-formed, show every edge, and need no other file. */
class PageTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2/sin(exp(-x))             | x=-4.499  | 4",
                "x^2*y + (x > 0 ? log(x) : x) | x=2,y=3 | 6",
                "samples/rings.nn           |           | 0"
            })
    void thePageStandsAlone(String subject, String at, int edges) throws Exception {
        Explanation.Request request = new Explanation.Request(
                subject, Optional.empty(), at == null ? List.of() : List.of(at), List.of(), Map.of());
        Document svg = xml(Explanation.svg(request));
        assertEquals(edges, count(svg, "bw"), "derivatives at the edges");
        assertEquals(edges, count(svg, "fw"), "values at the edges");
        assertTrue(svg.getElementsByTagName("rect").getLength() > 1);
        String page = page(request);
        String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
        assertTrue(xml(body).getElementsByTagName("math").getLength() > edges);
        assertFalse(page.replace("http://www.w3.org/2000/svg", "").contains("http"), "no address in the page");
    }

    private String page(Explanation.Request request) throws IOException {
        Path file = folder.resolve("page.html");
        Explanation.page(request, file);
        return Files.readString(file);
    }

    private static long count(Document svg, String kind) {
        var texts = svg.getElementsByTagName("text");
        long count = 0;
        for (int i = 0; i < texts.getLength(); i++) {
            var style = texts.item(i).getAttributes().getNamedItem("class");
            count += style != null && style.getNodeValue().equals(kind) ? 1 : 0;
        }
        return count;
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
