package dev.gradc.task;

import dev.gradc.data.DataException;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.source.Spelling;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a command is about: a formula, or a function or a network of a file. */
final class Subject {

    private Subject() {}

    /** Whether {@code subject} is a file rather than a formula; {@code x} is none, though a folder may be called so. */
    static boolean isFile(String subject) {
        try {
            return subject.equals("-")
                    || subject.endsWith(".nn")
                    || Files.exists(Path.of(subject))
                            && (subject.contains("/") || !Files.isDirectory(Path.of(subject)));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The function or network of {@code unit} of that name; without a name, the only one. */
    static Object choose(Unit unit, String subject, Optional<String> function) {
        List<String> names = Stream.concat(
                        unit.functions().stream().map(FunctionUnit::name),
                        unit.networks().stream().map(NetworkUnit::name))
                .toList();
        String name = function.orElse(names.size() == 1 ? names.get(0) : "");
        if (name.isEmpty()) {
            throw new DataException(
                    subject, "it declares " + String.join(", ", names) + "; choose one with --function NAME");
        }
        return Stream.concat(
                        unit.functions().stream().filter(f -> f.name().equals(name)),
                        unit.networks().stream().filter(n -> n.name().equals(name)))
                .findFirst()
                .orElseThrow(() -> new DataException(
                        subject,
                        "no function or network " + name
                                + Spelling.nearest(name, names)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("")));
    }
}
