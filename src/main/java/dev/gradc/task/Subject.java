package dev.gradc.task;

import dev.gradc.data.DataException;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit;
import dev.gradc.ir.Unit.FunctionUnit;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.source.Spelling;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** What a function or network takes. */
    static List<Tensor> arguments(Object subject) {
        return subject instanceof FunctionUnit function
                ? function.program().arguments()
                : ((NetworkUnit) subject).program().arguments();
    }

    static String name(Object subject) {
        return subject instanceof FunctionUnit function ? function.name() : ((NetworkUnit) subject).name();
    }

    /** The functions and networks of {@code unit}; there must be one. */
    static List<Object> all(Unit unit, String subject) {
        List<Object> all = new ArrayList<>(unit.functions());
        all.addAll(unit.networks());
        if (all.isEmpty()) {
            throw new DataException(
                    subject,
                    "no sizes are known of what it declares; choose with --function NAME, and give shapes or values");
        }
        return all;
    }

    /** The function or network of {@code unit} of that name; without a name, the only one. */
    static Object choose(Unit unit, String subject, Optional<String> function) {
        List<Object> all = all(unit, subject);
        List<String> names = all.stream().map(Subject::name).toList();
        String name = function.orElse(names.size() == 1 ? names.get(0) : "");
        if (name.isEmpty()) {
            throw new DataException(
                    subject, "it declares " + String.join(", ", names) + "; choose one with --function NAME");
        }
        return all.stream()
                .filter(one -> name(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new DataException(
                        subject,
                        "no function or network " + name
                                + Spelling.nearest(name, names)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("")));
    }
}
