package dev.gradc.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.source.LimitException;
import dev.gradc.task.Explanation;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page and the picture are well-formed, show every edge, and need no other file. */
class PageTest {

    /** How wide a letter at an edge is, in a font whose letters have one width. */
    private static final double LETTER = 7.5;

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

    /** What is written at the edges stands neither on a box nor on what is written at another edge. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x^2*y + sin(x*y)                             | x=2,y=3",
                "(x*y + sin(x))*exp(-y*z)/sqrt(1 + x^2 + z^2) | x=2,y=3,z=-0.5",
                "x*y + y*z + z*x                              | x=2.5,y=-3.25,z=0.125",
                "exp(x)*x - x^2*sin(x)/x                      | x=1.2345",
            })
    void noLabelStandsOnAnother(String formula, String at) throws Exception {
        Document svg = xml(Explanation.svg(request(formula, at)));
        List<Rectangle2D> taken = new ArrayList<>();
        for (Element box : elements(svg, "rect")) {
            taken.add(new Rectangle2D.Double(
                    number(box, "x"), number(box, "y"), number(box, "width"), number(box, "height")));
        }
        int boxes = taken.size();
        for (Element text : elements(svg, "text")) {
            if (!text.getAttribute("class").isEmpty()) {
                double width = LETTER * text.getTextContent().length();
                Rectangle2D label = new Rectangle2D.Double(
                        number(text, "x") - width / 2, number(text, "y") - LETTER, width, LETTER);
                taken.forEach(other -> assertFalse(label.intersects(other), () -> text.getTextContent()));
                taken.add(label);
            }
        }
        assertTrue(taken.size() > boxes);
    }

    /** A large graph is refused as a picture before anybody waits for it; its page says so, and Graphviz may try. */
    @Test
    void whatIsTooLargeForAPictureIsNotDrawn() throws IOException {
        String formula = "x";
        for (int i = 0; i < 200; i++) {
            formula = "x*sin(" + formula + ")";
        }
        Explanation.Request request = request(formula, "x=2");
        String message = assertThrows(LimitException.class, () -> Explanation.svg(request))
                .getMessage();
        assertTrue(message.contains("too large for a picture (401 boxes, 600 edges)"), message);
        assertTrue(page(request).contains("<p>The graph is too large for a picture"));
        assertTrue(Explanation.dot(request).contains("n400 "));
    }

    /** The picture of a graph has no chance in it. */
    @Test
    void thePictureIsAlwaysTheSame() {
        Explanation.Request request = request("(x*y + sin(x))*exp(-y*z)/sqrt(1 + x^2 + z^2)", "x=2,y=3,z=-0.5");
        assertEquals(Explanation.svg(request), Explanation.svg(request));
    }

    private static Explanation.Request request(String formula, String at) {
        return new Explanation.Request(formula, Optional.empty(), List.of(at), List.of(), Map.of());
    }

    private static List<Element> elements(Document svg, String name) {
        NodeList nodes = svg.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private String page(Explanation.Request request) throws IOException {
        Path file = folder.resolve("page.html");
        Explanation.page(request, file);
        return Files.readString(file);
    }

    private static long count(Document svg, String kind) {
        return elements(svg, "text").stream()
                .filter(text -> text.getAttribute("class").equals(kind))
                .count();
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
