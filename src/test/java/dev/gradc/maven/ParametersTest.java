package dev.gradc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The goals and the command are one compiler: every option of {@code gradc compile} is a parameter, and every parameter is documented. */
class ParametersTest {

    /** The options that are called otherwise in Maven. */
    private static final Map<String, String> NAMES =
            Map.of("directory", "outputDirectory", "sourceRoot", "sourceDirectory", "package", "packageName");

    @ParameterizedTest
    @ValueSource(strings = {"compile", "compile-test"})
    void everyOptionIsAParameter(String goal) throws Exception {
        Map<String, String> parameters = parameters(goal);
        List<String> options = options();
        assertTrue(options.contains("checkGradients"), options::toString);
        for (String option : options) {
            String name = NAMES.getOrDefault(option, option);
            assertTrue(parameters.containsKey(name), () -> name + " of " + parameters.keySet());
        }
        parameters.forEach((name, description) -> assertFalse(description.isBlank(), name));
        assertTrue(parameters.containsKey("skip"), "skip");
    }

    /** The long names of the options that {@code gradc compile --help} lists, as Java writes names. */
    private static List<String> options() {
        ByteArrayOutputStream help = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(help, true, StandardCharsets.UTF_8);
        assertEquals(0, Main.run(new String[] {"compile", "--help"}, out, out));
        return Pattern.compile("(?m)^  [ -].*?--([a-z-]+)")
                .matcher(help.toString(StandardCharsets.UTF_8))
                .results()
                .map(option -> option.group(1))
                .filter(option -> !Set.of("help", "add-modules").contains(option))
                .map(option -> Pattern.compile("-(.)")
                        .matcher(option)
                        .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** The parameters that a user may set, with what is said of them, as Maven is told in the plugin's descriptor. */
    private static Map<String, String> parameters(String goal) throws Exception {
        Map<String, String> parameters = new TreeMap<>();
        try (InputStream descriptor = ParametersTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            Element plugin = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(descriptor)
                    .getDocumentElement();
            for (Element mojo : elements(plugin, "mojo")) {
                if (text(mojo, "goal").equals(goal)) {
                    elements(mojo, "parameter").stream()
                            .filter(parameter -> text(parameter, "editable").equals("true"))
                            .forEach(parameter ->
                                    parameters.put(text(parameter, "name"), text(parameter, "description")));
                }
            }
        }
        return parameters;
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static String text(Element parent, String name) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
