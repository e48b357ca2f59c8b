package dev.gradc.train;

import dev.gradc.data.DataException;
import dev.gradc.data.Table;
import dev.gradc.ir.Tensor;
import dev.gradc.source.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gives the columns of a table to the inputs and targets of a network: those that were chosen; those of its name, as {@code x}, or
 * {@code x0, x1} and {@code x[0], x[1]} for a tensor of several numbers; and what is left by order, first the inputs.
 */
final class Columns {

    /**
     * A column as a network takes it.
     *
     * @param place in the table
     * @param category 1 where this stands, else 0; without one the numbers themselves
     */
    private record Column(String name, int place, Optional<String> category) {}

    private final Table table;
    private final Choice choice;
    private final List<Column> free = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Columns(Table table, Choice choice) {
        this.table = table;
        this.choice = choice;
        choice.oneHot().forEach(this::place);
        choice.ignore().forEach(this::place);
        for (int place = 0; place < table.columns().size(); place++) {
            String name = table.columns().get(place);
            if (choice.oneHot().contains(name)) {
                for (String text : table.entries(place)) {
                    free.add(new Column(name, place, Optional.of(text)));
                }
            } else if (!choice.ignore().contains(name)) {
                free.add(new Column(name, place, Optional.empty()));
            }
        }
    }

    /** What the user should know: which number stands for which text. */
    List<String> notes() {
        return notes;
    }

    /** The values of {@code tensors}, inputs and targets. */
    Examples read(List<Tensor> tensors) {
        Map<Tensor, List<Column>> assigned = new LinkedHashMap<>();
        tensors.forEach(tensor -> assigned.put(tensor, List.of()));
        for (Map.Entry<String, List<String>> chosen : choice.columns().entrySet()) {
            Tensor tensor = tensors.stream()
                    .filter(t -> t.name().equals(chosen.getKey()))
                    .findFirst()
                    .orElseThrow(() -> fault("there is no input or target " + chosen.getKey() + " that needs columns"));
            assigned.put(tensor, take(chosen.getValue()));
        }
        if (!choice.target().isEmpty()) {
            assigned.put(onlyTarget(tensors), take(choice.target()));
        }
        List<Tensor> open = open(assigned);
        for (Tensor tensor : open) {
            named(tensor).ifPresent(columns -> assigned.put(tensor, columns));
        }
        byOrder(assigned);
        int[] rows = rows(assigned.values());
        Map<Tensor, double[]> values = new LinkedHashMap<>();
        assigned.forEach((tensor, columns) -> values.put(tensor, values(tensor, columns, rows)));
        return new Examples(values, rows.length);
    }

    private static List<Tensor> open(Map<Tensor, List<Column>> assigned) {
        return assigned.keySet().stream()
                .filter(tensor -> assigned.get(tensor).isEmpty())
                .toList();
    }

    private Tensor onlyTarget(List<Tensor> tensors) {
        List<Tensor> targets = tensors.stream()
                .filter(tensor -> tensor.role() == Tensor.Role.TARGET)
                .filter(tensor -> !choice.columns().containsKey(tensor.name()))
                .toList();
        if (targets.size() != 1) {
            throw fault("--target is for networks with one target; here use --columns NAME=COLUMN for each");
        }
        return targets.get(0);
    }

    /** The columns of these names, which nothing else gets then; {@code a..c} stands for all from a to c. */
    private List<Column> take(List<String> names) {
        List<Column> taken = new ArrayList<>();
        for (String name : names) {
            String[] bounds = name.split("\\.\\.", 2);
            int first = onlyPlace(bounds[0]);
            int last = bounds.length == 1 ? first : onlyPlace(bounds[1]);
            for (Column column : List.copyOf(free)) {
                if (column.place() >= first && column.place() <= last) {
                    taken.add(column);
                    free.remove(column);
                }
            }
        }
        if (taken.isEmpty()) {
            throw fault("no column is left for " + String.join(",", names));
        }
        return taken;
    }

    private int place(String name) {
        int place = table.columns().indexOf(name);
        if (place < 0) {
            throw fault("there is no column " + name
                    + Spelling.nearest(name, table.columns())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        return place;
    }

    private int onlyPlace(String name) {
        int place = place(name);
        if (table.columns().lastIndexOf(name) != place) {
            throw fault("there are two columns " + name);
        }
        return place;
    }

    private Optional<List<Column>> named(Tensor tensor) {
        int width = Examples.width(tensor);
        Optional<List<Column>> whole = named(List.of(tensor.name()));
        if (whole.isPresent()) {
            return whole;
        }
        return named(IntStream.range(0, width).mapToObj(i -> tensor.name() + i).toList())
                .or(() -> named(IntStream.range(0, width)
                        .mapToObj(i -> tensor.name() + "[" + i + "]")
                        .toList()));
    }

    private Optional<List<Column>> named(List<String> names) {
        return free.stream().map(Column::name).toList().containsAll(names)
                ? Optional.of(take(names))
                : Optional.empty();
    }

    /** What has no columns yet gets those that are left, one after the other. */
    private void byOrder(Map<Tensor, List<Column>> assigned) {
        List<Tensor> open = new ArrayList<>(open(assigned));
        if (open.isEmpty()) {
            return;
        }
        // Targets come last, wherever the source declares them.
        open.sort((a, b) -> a.role().compareTo(b.role()));
        int needed = open.stream().mapToInt(Examples::width).sum();
        if (needed != free.size()) {
            throw fault((free.isEmpty() ? "no columns for " : free.size() + " columns (" + some(free) + ") for ")
                    + open.stream().map(Columns::words).collect(Collectors.joining(" and "))
                    + "; --target, --columns, --ignore and --one-hot choose");
        }
        for (Tensor tensor : open) {
            List<Column> columns = List.copyOf(free.subList(0, Examples.width(tensor)));
            assigned.put(tensor, columns);
            free.removeAll(columns);
        }
    }

    private static String some(List<Column> columns) {
        List<String> names =
                columns.stream().map(Column::name).distinct().limit(12).toList();
        return String.join(", ", names) + (columns.size() > names.size() ? ", …" : "");
    }

    private static String words(Tensor tensor) {
        int width = Examples.width(tensor);
        return tensor.name() + " (" + width + (width == 1 ? " number)" : " numbers)");
    }

    /** The rows that are used: all, or those in which nothing is missing. */
    private int[] rows(Collection<List<Column>> used) {
        IntStream.Builder rows = IntStream.builder();
        int count = 0;
        for (int row = 0; row < table.rows(); row++) {
            Column missing = missing(row, used);
            if (missing != null && !choice.skipMissing()) {
                throw table.fault(
                        row, missing.place(), "no value for " + missing.name(), "--skip-missing leaves out such rows");
            }
            if (missing == null) {
                rows.add(row);
                count++;
            }
        }
        if (count < table.rows()) {
            notes.add((table.rows() - count) + " rows left out, in which a value is missing");
        }
        return rows.build().toArray();
    }

    private Column missing(int row, Collection<List<Column>> used) {
        for (List<Column> columns : used) {
            for (Column column : columns) {
                if (table.isMissing(row, column.place())) {
                    return column;
                }
            }
        }
        return null;
    }

    private double[] values(Tensor tensor, List<Column> columns, int[] rows) {
        int width = Examples.width(tensor);
        List<Column> all = columns;
        List<String> classes = List.of();
        if (columns.size() == 1 && columns.get(0).category().isEmpty()) {
            Column only = columns.get(0);
            List<String> texts = table.isOfTexts(only.place()) ? table.entries(only.place()) : List.of();
            if (width > 1 && width == texts.size()) {
                all = texts.stream()
                        .map(text -> new Column(only.name(), only.place(), Optional.of(text)))
                        .toList();
            } else if (tensor.role() == Tensor.Role.TARGET && (tensor.isInteger() || texts.size() == 2)) {
                classes = texts;
            }
            if (!texts.isEmpty() && (!classes.isEmpty() || all != columns)) {
                notes.add(only.name() + ": "
                        + IntStream.range(0, texts.size())
                                .mapToObj(i -> texts.get(i) + " = " + i)
                                .collect(Collectors.joining(", ")));
            }
        }
        if (all.size() != width) {
            throw fault(words(tensor) + " cannot be made of "
                    + (all.size() == 1 ? "the column " + some(all) : all.size() + " columns (" + some(all) + ")"));
        }
        double[] values = new double[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < width; k++) {
                values[i * width + k] = value(tensor, all.get(k), rows[i], classes);
            }
        }
        return values;
    }

    private double value(Tensor tensor, Column column, int row, List<String> classes) {
        Optional<String> text = table.text(row, column.place());
        if (column.category().isPresent()) {
            return table.entry(row, column.place()).equals(column.category()) ? 1 : 0;
        }
        if (text.isPresent() && classes.isEmpty()) {
            throw table.fault(
                    row,
                    column.place(),
                    text.get() + " is not a number",
                    "--one-hot " + column.name() + " makes numbers of its texts, --ignore " + column.name()
                            + " leaves it out");
        }
        double value = text.map(t -> (double) classes.indexOf(t)).orElseGet(() -> table.number(row, column.place()));
        if (tensor.isInteger()) {
            if (value != Math.rint(value) || value < 0 || value >= tensor.bound()) {
                throw table.fault(
                        row, column.place(), tensor.name() + " takes integers from 0 to " + (tensor.bound() - 1));
            }
        }
        return value;
    }

    private DataException fault(String message) {
        return new DataException(table.name(), message);
    }
}
