package dev.gradc.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gradc.task.Explanation;
import dev.gradc.task.Explanation.Request;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a browser shows it: in a wide and in a narrow window, light and dark. Skipped where there is no Chromium. */
class ScreenshotTest {

    private static final int HEIGHT = 1200;

    /** How far the colour of a letter's pixel may be from the letter's: its edges mix with the paper. */
    private static final int MIXED = 60;

    /** Pixels of a colour that are more than chance. */
    private static final int VISIBLE = 40;

    @TempDir
    private Path folder;

    /** A formula of one variable, one whose variables are used several times, and a network. */
    private static final List<Request> LESSONS = List.of(
            request("2/sin(exp(-x))", "x=-4.499"), request("x^2*y + sin(x*y)", "x=2,y=3"), request("samples/rings.nn"));

    private static Request request(String subject, String... at) {
        return new Request(subject, Optional.empty(), List.of(at), List.of(), Map.of());
    }

    /** The colours are those of the paper, of a card, of a value and of a derivative. */
    @ParameterizedTest
    @CsvSource({
        "1400, light, f5f6f8, ffffff, 0b5cad, b3261e",
        "1400, dark,  121417, 1a1d22, 7fb8ff, ff9d94",
        "400,  light, f5f6f8, ffffff, 0b5cad, b3261e",
        "400,  dark,  121417, 1a1d22, 7fb8ff, ff9d94",
    })
    void showsTheLesson(int width, String scheme, String paper, String card, String value, String derivative)
            throws Exception {
        for (Request lesson : LESSONS) {
            Path page = folder.resolve("lesson.html");
            Explanation.page(lesson, page);
            BufferedImage image = screenshot(page, width, scheme.equals("dark"));
            assertEquals(colour(paper), image.getRGB(2, 2) & 0xffffff, "the paper in the corner");
            assertEquals(colour(paper), image.getRGB(width - 3, 2) & 0xffffff, "the page ends with the window");
            assertTrue(count(image, 0, width).getOrDefault(colour(card), 0) > image.getWidth() * 100, "cards");
            boolean numbers = !lesson.at().isEmpty();
            assertEquals(numbers, near(image, colour(value)) > VISIBLE, "values at the edges");
            assertEquals(numbers, near(image, colour(derivative)) > VISIBLE, "derivatives at the edges");
            int colours = count(image, width / 2, width).size();
            assertTrue(colours > VISIBLE, "something is written on the right, too");
        }
    }

    private BufferedImage screenshot(Path page, int width, boolean dark) throws Exception {
        // A window has a least width; a frame has none.
        Path frame = folder.resolve("frame.html");
        Files.writeString(
                frame,
                "<body style='margin:0'><iframe src='" + page.getFileName() + "' style='border:0' width=" + width
                        + " height=" + HEIGHT + "></iframe></body>");
        Path picture = folder.resolve("picture.png");
        Files.deleteIfExists(picture);
        List<String> command = new ArrayList<>(List.of(
                chromium(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1400," + HEIGHT,
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--screenshot=" + picture));
        command.add(frame.toUri().toString());
        Process browser = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertTrue(browser.waitFor(2, TimeUnit.MINUTES), "the browser hangs");
        assertTrue(Files.exists(picture), () -> "no picture: " + log());
        return ImageIO.read(picture.toFile());
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String chromium() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "there is no Chromium on the path");
        return found.orElseThrow().toString();
    }

    /** How often each colour stands between two columns. */
    private static Map<Integer, Integer> count(BufferedImage image, int from, int to) {
        Map<Integer, Integer> colours = new HashMap<>();
        for (int x = from; x < to; x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.merge(image.getRGB(x, y) & 0xffffff, 1, Integer::sum);
            }
        }
        return colours;
    }

    /** How many pixels have about this colour. */
    private static int near(BufferedImage image, int colour) {
        return count(image, 0, image.getWidth()).entrySet().stream()
                .filter(entry -> distance(entry.getKey(), colour) < MIXED)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static int distance(int one, int other) {
        return Math.abs((one >> 16) - (other >> 16))
                + Math.abs((one >> 8 & 255) - (other >> 8 & 255))
                + Math.abs((one & 255) - (other & 255));
    }

    private static int colour(String hex) {
        return Integer.parseInt(hex, 16);
    }
}
