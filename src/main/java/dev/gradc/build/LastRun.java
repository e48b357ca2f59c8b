package dev.gradc.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an incremental compilation remembers: what it was made from, and what it wrote where. Kept as lines of a file:
 *
 * <pre>
 * inputs 3d5e…
 * folder ../generated-sources/gradc
 * 9f86… com/acme/Rings.java
 * </pre>
 *
 * @param inputs the fingerprint of {@link Inputs}; of nothing if the run did not come to its end
 * @param folder where it wrote to, absolute
 * @param outputs fingerprints of the files that it wrote, by their paths below the folder
 */
record LastRun(String inputs, Path folder, SortedMap<String, String> outputs) {

    private static final Pattern LINE = Pattern.compile("(\\w+) (.+)");
    private static final String NOTHING = "0";

    LastRun {
        outputs = new TreeMap<>(outputs);
    }

    /** What {@code file} remembers: nothing if there is none, as after a clean, or if it is no such file. */
    static LastRun read(Path file) {
        String inputs = NOTHING;
        // Kept relative: a project that was copied must not touch the files of its original.
        Path folder = file.getParent();
        SortedMap<String, String> outputs = new TreeMap<>();
        for (String line : lines(file)) {
            Matcher words = LINE.matcher(line);
            if (words.matches()) {
                switch (words.group(1)) {
                    case "inputs" -> inputs = words.group(2);
                    case "folder" -> folder = folder.resolve(words.group(2)).normalize();
                    default -> outputs.put(words.group(2), words.group(1));
                }
            }
        }
        return new LastRun(inputs, folder, outputs);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    void write(Path file) {
        String text = outputs.entrySet().stream()
                .map(output -> output.getValue() + " " + output.getKey() + "\n")
                .collect(Collectors.joining("", "inputs " + inputs + "\nfolder " + shown(file.getParent()) + "\n", ""));
        new OutputFolder(file.getParent()).write(file.getFileName().toString(), text);
    }

    private String shown(Path from) {
        boolean related = folder.getRoot().equals(from.getRoot());
        return (related ? from.relativize(folder) : folder).toString().replace('\\', '/');
    }

    /** The same, while it is still being written. */
    LastRun unfinished() {
        return new LastRun(NOTHING, folder, outputs);
    }

    /** Whether all that it wrote is still there as it was. */
    boolean stands() {
        return outputs.entrySet().stream().allMatch(this::stands);
    }

    private boolean stands(Map.Entry<String, String> output) {
        Path file = folder.resolve(output.getKey());
        try {
            return Files.isRegularFile(file)
                    && Fingerprint.of(Files.readAllBytes(file)).equals(output.getValue());
        } catch (IOException e) {
            return false;
        }
    }
}
