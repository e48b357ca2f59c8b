package dev.gradc.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.Compiling;
import dev.gradc.data.NumberArray;
import dev.gradc.data.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gradc train} learns what there is to learn, from every format, and finds the columns it needs. */
class NetworkTrainingTest {

    private static final String LINE = """
            network Line {
              input x
              target y
              param slope = 0
              param shift = 0
              output o = slope*x + shift
              loss (o - y)^2
              train { optimizer sgd(lr = 0.1)  batch 4  epochs 200  validation 0 }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void ringsAreToldApart() throws IOException {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("label,x0,x1\n");
        for (int i = 0; i < 1000; i++) {
            double[] point = point(i % 2, random);
            csv.append(
                    String.format(Locale.ROOT, "%s,%.6f,%.6f%n", i % 2 == 1 ? "inner" : "a outer", point[0], point[1]));
        }
        Path curve = folder.resolve("loss.csv");
        Map<String, NumberArray> weights =
                train("samples/rings.nn", csv.toString(), "--target", "label", "--curve", curve.toString());
        double[] w1 = weights.get("W1").values();
        double[] b1 = weights.get("b1").values();
        double[] w2 = weights.get("W2").values();
        int right = 0;
        for (int i = 0; i < 1000; i++) {
            double[] point = point(i % 2, random);
            double z = weights.get("b2").values()[0];
            for (int k = 0; k < 5; k++) {
                z += w2[k] * Math.tanh(w1[2 * k] * point[0] + w1[2 * k + 1] * point[1] + b1[k]);
            }
            right += z > 0 == (i % 2 == 1) ? 1 : 0;
        }
        assertTrue(right >= 990, right + " of 1000 new points are right");
        List<String> lines = Files.readAllLines(curve);
        assertEquals("epoch,loss,validation,accuracy", lines.get(0));
        assertTrue(lines.get(1).startsWith("1,0.") && lines.size() > 50, lines::toString);
    }

    private static double[] point(int label, Random random) {
        double radius = (label == 1 ? 0.5 : 1.2) + 0.1 * random.nextGaussian();
        double angle = 2 * Math.PI * random.nextDouble();
        return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
    }

    @Test
    void columnsAreFoundByNameByChoiceAndByOrder() throws IOException {
        String[][] calls = {
            {"note,y,x\nfirst,7,2\nsecond,1,0\nthird,4,1\n"},
            {"x;y\n2;7\n0;1\n\n1;4\n"},
            {"2\t7\n0\t1\n1\t4\n"},
            {"\"a, b\",c\n2,7\n0,1\n1,4\n", "--target", "c"},
            {"c,d,e\n7,2,x\n1,0,y\n4,1,z\n", "--target", "c", "--ignore", "e"},
            {"c,d,e\n7,2,x\n1,0,y\n4,1,z\n", "--columns", "x=d", "--columns", "y=c"},
            {"x,y\n2,7\nNA,5\n0,1\n1,\n1,4\n", "--skip-missing"},
        };
        for (String[] call : calls) {
            List<String> options = List.of(call).subList(1, call.length);
            Map<String, NumberArray> weights = train(line(), call[0], options.toArray(String[]::new));
            assertEquals(3, weights.get("slope").values()[0], 1e-4, call[0]);
            assertEquals(1, weights.get("shift").values()[0], 1e-4, call[0]);
        }
    }

    /** In their order: numbers by their size, then texts by the alphabet. Java would read 2D as a number. */
    @ParameterizedTest
    @CsvSource({"blue, green, red", "2D, 3D, x", "2, 10, 30", "-4, 1e1, 2D"})
    void entriesBecomeColumns(String first, String second, String third) throws IOException {
        Path source = Files.writeString(
                folder.resolve("kinds.nn"),
                LINE.replace("input x", "input x[3]")
                        .replace("param slope", "param slope[3]")
                        .replace("slope*x", "slope@x"));
        String csv = String.format("kind,y%n%s,1%n%s,2%n%s,3%n%s,1%n", third, first, second, third);
        double[] slope =
                train(source.toString(), csv, "--one-hot", "kind").get("slope").values();
        // Only differences are determined.
        assertArrayEquals(new double[] {1, 2}, new double[] {slope[0] - slope[2], slope[1] - slope[2]}, 1e-3);
    }

    @Test
    void equalSeedsGiveEqualWeights() throws IOException {
        String csv = "x,y\n2,7\n0,1\n1,4\n3,11\n";
        byte[] first = weights(csv, "--batch", "1", "--epochs", "3", "--seed", "7");
        assertArrayEquals(first, weights(csv, "--batch", "1", "--epochs", "3", "--seed", "7"));
        assertFalse(java.util.Arrays.equals(first, weights(csv, "--batch", "1", "--epochs", "3", "--seed", "8")));
    }

    @Test
    void trainingGoesOnFromWeights() throws IOException {
        String csv = "x,y\n2,7\n0,1\n1,4\n";
        train(line(), csv);
        Path first = folder.resolve("first.safetensors");
        Files.move(folder.resolve("new/w.safetensors"), first);
        Map<String, NumberArray> weights = train(line(), csv, "--epochs", "1", "--weights", first.toString());
        assertEquals(3, weights.get("slope").values()[0], 1e-4);
    }

    @Test
    void floatsAreTrainedToo() throws IOException {
        Map<String, NumberArray> weights = train(line(), "x,y\n2,7\n0,1\n1,4\n", "--precision", "float");
        assertEquals(3, weights.get("slope").values()[0], 1e-3);
    }

    private byte[] weights(String csv, String... options) throws IOException {
        train(line(), csv, options);
        return Files.readAllBytes(folder.resolve("new/w.safetensors"));
    }

    private String line() throws IOException {
        return Files.writeString(folder.resolve("line.nn"), LINE).toString();
    }

    private Map<String, NumberArray> train(String source, String csv, String... options) throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), csv);
        Path weights = folder.resolve("new/w.safetensors");
        List<String> call =
                new ArrayList<>(List.of("train", source, "--data", data.toString(), "-o", weights.toString()));
        call.addAll(List.of(options));
        Compiling.run(call);
        return Safetensors.read(weights);
    }
}
