package dev.gradc.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Rows of numbers, read from CSV. A field that is no number is kept as a text; one that is empty, or {@code NA}, {@code NaN}, {@code
 * null} or {@code ?}, is missing.
 */
public final class Table {

    private static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan", "null", "?");
    private static final String DECIMAL = "0123456789+-.eE";

    private final SourceFile file;
    private final char separator;
    private final List<String> names;
    private double[] numbers = new double[1024];
    private int[] lines = new int[64];
    private int rows;

    /** By column, then by row. */
    private final Map<Integer, Map<Integer, String>> texts = new HashMap<>();

    private Table(SourceFile file, char separator, List<String> names) {
        this.file = file;
        this.separator = separator;
        this.names = names;
    }

    /**
     * Reads CSV, whose fields are parted by commas, semicolons or tabs. A first row without any number holds the names of the columns;
     * otherwise they are called 1, 2, 3, …
     *
     * @throws SourceException if a row has not as many fields as the first
     */
    public static Table read(SourceFile file) {
        char separator = separator(file.lineText(0));
        Table table = null;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .trimWhitespacesAroundQuotes(true)
                .ofCsvRecord(file.text())) {
            for (CsvRecord row : reader) {
                List<String> fields =
                        row.getFields().stream().map(String::strip).toList();
                if (table == null) {
                    boolean header =
                            fields.stream().noneMatch(field -> number(field).isPresent() || MISSING.contains(field));
                    List<String> names = header
                            ? fields
                            : IntStream.rangeClosed(1, fields.size())
                                    .mapToObj(Integer::toString)
                                    .toList();
                    table = new Table(file, separator, names);
                    if (header) {
                        continue;
                    }
                }
                table.add((int) row.getStartingLineNumber(), fields);
            }
        } catch (CsvParseException e) {
            throw new DataException(file.name(), e.getMessage());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (table == null || table.rows == 0) {
            throw new DataException(file.name(), "there are no rows");
        }
        return table;
    }

    private static char separator(String line) {
        return line.indexOf('\t') >= 0 ? '\t' : line.indexOf(';') >= 0 ? ';' : ',';
    }

    /** A decimal number, and nothing else that Java reads as one, as {@code 2D} or {@code Infinity}. */
    private static Optional<Double> number(String field) {
        for (int i = 0; i < field.length(); i++) {
            if (DECIMAL.indexOf(field.charAt(i)) < 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(Double.parseDouble(field)).filter(number -> !number.isInfinite());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void add(int line, List<String> fields) {
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, 2 * rows);
        }
        lines[rows] = line;
        if (fields.size() != names.size()) {
            throw fault(
                    rows,
                    Math.min(fields.size(), names.size()) - 1,
                    fields.size() + (fields.size() == 1 ? " field" : " fields") + ", where the first row has "
                            + names.size());
        }
        int first = rows * names.size();
        if (first + names.size() > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, first + names.size()));
        }
        for (int column = 0; column < fields.size(); column++) {
            String field = fields.get(column);
            Optional<Double> number = number(field);
            numbers[first + column] = number.orElse(Double.NaN);
            if (number.isEmpty() && !MISSING.contains(field)) {
                texts.computeIfAbsent(column, c -> new HashMap<>()).put(rows, field);
            }
        }
        rows++;
    }

    public String name() {
        return file.name();
    }

    public int rows() {
        return rows;
    }

    /** The names of the columns. */
    public List<String> columns() {
        return names;
    }

    /** The number in a field; NaN if it is missing or a text. */
    public double number(int row, int column) {
        return numbers[row * names.size() + column];
    }

    /** The text in a field, if it is one. */
    public Optional<String> text(int row, int column) {
        return Optional.ofNullable(texts.getOrDefault(column, Map.of()).get(row));
    }

    /** Whether a field is empty or says that its value is not known. */
    public boolean isMissing(int row, int column) {
        return Double.isNaN(number(row, column)) && text(row, column).isEmpty();
    }

    /** What stands in a field, a number as short as it can be written; empty if it is missing. */
    public Optional<String> entry(int row, int column) {
        return text(row, column)
                .or(() -> isMissing(row, column)
                        ? Optional.empty()
                        : Optional.of(BigDecimal.valueOf(number(row, column))
                                .stripTrailingZeros()
                                .toPlainString()));
    }

    /** All that stands in a column, each once: numbers by their size, then texts by the alphabet. */
    public List<String> entries(int column) {
        Set<String> entries = new LinkedHashSet<>();
        IntStream.range(0, rows)
                .filter(row -> !Double.isNaN(number(row, column)))
                .boxed()
                .sorted(Comparator.comparingDouble(row -> number(row, column)))
                .forEach(row -> entry(row, column).ifPresent(entries::add));
        entries.addAll(new TreeSet<>(texts.getOrDefault(column, Map.of()).values()));
        return List.copyOf(entries);
    }

    /** Whether a column has texts, and no numbers. */
    public boolean isOfTexts(int column) {
        return texts.containsKey(column) && IntStream.range(0, rows).allMatch(row -> Double.isNaN(number(row, column)));
    }

    /** An error that points to a field. */
    public SourceException fault(int row, int column, String message) {
        return new SourceException(List.of(Diagnostic.error(span(row, column), message)));
    }

    /** An error that points to a field, with advice. */
    public SourceException fault(int row, int column, String message, String hint) {
        return new SourceException(
                List.of(Diagnostic.error(span(row, column), message).withHint(hint)));
    }

    private Span span(int row, int column) {
        int start = file.startOfLine(lines[row]);
        boolean quoted = false;
        int skipped = 0;
        String text = file.text();
        while (start < text.length() && skipped < column) {
            quoted ^= text.charAt(start) == '"';
            skipped += !quoted && text.charAt(start) == separator ? 1 : 0;
            start++;
        }
        int end = start;
        while (end < text.length()
                && (quoted || text.charAt(end) != separator)
                && "\r\n".indexOf(text.charAt(end)) < 0) {
            quoted ^= text.charAt(end) == '"';
            end++;
        }
        return new Span(file, start, end);
    }
}
