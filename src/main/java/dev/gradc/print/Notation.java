package dev.gradc.print;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Function;
import dev.gradc.ir.Index;
import dev.gradc.library.TableFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * How formulas are written: lines {@code key = template} of a resource. Immutable.
 *
 * <p>Keys are the signs of operators and {@code function.NAME} or {@code function.NAME/ARITY} for functions that have a form of
 * their own; the others are explained where they are read.
 */
public final class Notation {

    /** The language's own notation: the parser reads it back. */
    public static final Notation TEXT = new Notation("text");

    /** LaTeX, for its mathematical mode. */
    public static final Notation LATEX = new Notation("latex");

    /** Mathematics as it can be written in Unicode. */
    public static final Notation UNICODE = new Notation("unicode");

    /** Presentation MathML. */
    public static final Notation MATHML = new Notation("mathml");

    /** Java expressions over {@code double}s; functions that are no Java methods are written out. */
    public static final Notation JAVA = new Notation("java");

    private static final Pattern NUMBERED = Pattern.compile("(\\D+)(\\d+)");

    private final Map<String, String> lines = new HashMap<>();

    private Notation(String name) {
        try (InputStream in = Notation.class.getResourceAsStream(name + ".notation")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        int sign = line.indexOf(" = ");
        if (sign > 0 && !line.startsWith("//")) {
            lines.put(line.substring(0, sign).strip(), line.substring(sign + 3).strip());
        }
    }

    /** Whether the resource has a line {@code key}. */
    boolean has(String key) {
        return lines.containsKey(key);
    }

    /** The template of the line {@code key}. */
    Template template(String key, int usualPrecedence) {
        if (!has(key)) {
            throw new IllegalStateException("the notation has no line for " + key);
        }
        return Template.parse(lines.get(key), usualPrecedence);
    }

    private String line(String key, String usual) {
        return lines.getOrDefault(key, usual);
    }

    /** The template for a call of {@code function}; place 0 is for its name. */
    Template function(Function function) {
        String own = "function." + function.symbol();
        String exact = own + "/" + function.arity();
        return template(has(exact) ? exact : has(own) ? own : "call", Template.ATOM);
    }

    /** What {@link #function} has a place for: the name, or in Java the method. */
    String nameOf(Function function) {
        if (isJava() && function instanceof TableFunction row && row.method().isPresent()) {
            String method = row.method().get().name();
            return method.startsWith("java.lang.") ? method.substring("java.lang.".length()) : method;
        }
        return function.symbol();
    }

    /** The name of a scalar; the {@code 1} of {@code x1} may become an index. */
    String scalar(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return has("numbered") && numbered.matches() && isLetter(numbered.group(1))
                ? line("numbered", "")
                        .replace("@1", word(numbered.group(1)))
                        .replace("@2", subscript(numbered.group(2)))
                : word(name);
    }

    /** The name of a tensor in front of the subscripts of an entry, below which a subscript of its own may stand. */
    String tensor(String name) {
        return has("nested") ? scalar(name) : word(name);
    }

    /** Any name. Letters that have names of their own stand under {@code symbol.NAME}. */
    String word(String name) {
        if (has("symbol." + name)) {
            return line("symbol." + name, "");
        }
        if (isJava() && SourceVersion.isKeyword(name)) {
            return name + "_";
        }
        return line(isLetter(name) ? "letter" : "word", "@0").replace("@0", name.replace("_", line("underscore", "_")));
    }

    private boolean isLetter(String name) {
        return name.codePointCount(0, name.length()) == 1 || has("symbol." + name);
    }

    /** {@code value}, which is not negative: by a line of its own, with an exponent, or plain. */
    Template number(double value) {
        String text = Numbers.of(value);
        int e = text.indexOf('e');
        String mantissa = e < 0 ? text : text.substring(0, e);
        String exponent = e < 0 ? "" : superscript(text.substring(e + 1));
        String line;
        if (has("number." + text)) {
            line = line("number." + text, "");
        } else if (e >= 0) {
            line = line(mantissa.equals("1") ? "number.power" : "number.scientific", "@1e@2");
        } else {
            line = line(value > Integer.MAX_VALUE ? "number.large" : "number", "@1");
        }
        return Template.parse(line.replace("@1", mantissa).replace("@2", exponent), Template.ATOM);
    }

    /** What stands between arguments. */
    String separator() {
        return has("separator") ? line("separator", "") : ", ";
    }

    /** Whether subscripts are written without spaces. */
    boolean isTight() {
        return has("tight");
    }

    /** Whether it is read by javac: one-dimensional arrays, integers that divide as integers, conditions that are no numbers. */
    boolean isJava() {
        return this == JAVA || has("java");
    }

    /** What an index runs through; {@code low} is empty if that is 0. */
    String range(String index, String low, String high) {
        return line(low.isEmpty() ? "range.zero" : "range", "")
                .replace("@1", index)
                .replace("@2", low)
                .replace("@3", high);
    }

    /** Whether a derivative says what it is of also where that has no name of its own: a fraction needs a numerator. */
    public boolean namesFormulas() {
        return has("partial.named");
    }

    /** The derivative of {@code of}, which may be empty, in {@code variables}, in turn; all as they are printed. */
    String slope(String of, List<String> variables) {
        boolean one = variables.stream().distinct().count() == 1;
        String key = variables.size() == 1 ? "partial" : one ? "partial.order" : "partial.mixed";
        String below = variables.stream()
                .map(variable -> line("partial.factor", "").replace("@1", variable))
                .collect(Collectors.joining(line("partial.between", " ")));
        return line(key, "")
                .replace("@1", key.equals("partial.mixed") ? below : variables.get(0))
                .replace("@3", superscript(Integer.toString(variables.size())))
                .replace("@0", of);
    }

    /** A derivative and what it is. */
    String derivative(String left, String right) {
        return line("derivative", line("define", "")).replace("@1", left).replace("@2", right);
    }

    /** {@code left = right}, a line of a program; with {@code adds}, {@code left += right}. */
    String equation(String left, boolean adds, String right) {
        return line(adds ? "define.more" : "define", "").replace("@1", left).replace("@2", right);
    }

    /** A line that leaves out entries, which are 0. */
    String inPart(String statement) {
        return line("part", "@0").replace("@0", statement);
    }

    /** A line that stands in a loop through time. */
    String inTime(String statement, String time, boolean descending) {
        return line(descending ? "time.down" : "time", "@0").replace("@1", time).replace("@0", statement);
    }

    /** An exponent in raised digits; empty where exponents are formulas. */
    String raised(long exponent) {
        return has("raised") ? superscript(Long.toString(exponent)) : "";
    }

    private String superscript(String digits) {
        return exchanged(digits, line("superscripts", "")).orElse(digits);
    }

    private String subscript(String digits) {
        return exchanged(digits, line("subscripts", "")).orElse(digits);
    }

    /** What stands below a sign of summation. */
    String below(String loops) {
        return has("subscripts")
                ? exchanged(loops.replace(", ", ""), line("subscripts", "")).orElse("[" + loops + "]")
                : loops;
    }

    /** Whether subscripts are so plain that there are small letters for them. */
    boolean hasLetters(List<Expr> subscripts) {
        return has("subscripts")
                && subscripts.stream()
                        .allMatch(subscript -> subscript instanceof Index index
                                && exchanged(index.name(), line("subscripts", ""))
                                        .isPresent());
    }

    String letters(List<Expr> subscripts) {
        return subscripts.stream()
                .map(subscript -> exchanged(((Index) subscript).name(), line("subscripts", ""))
                        .orElseThrow())
                .collect(Collectors.joining());
    }

    /** Each letter by the one that follows it in {@code pairs}; empty if it has none for one of them. */
    private static Optional<String> exchanged(String letters, String pairs) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            int place = pairs.indexOf(letters.charAt(i));
            if (place < 0 || place % 2 > 0) {
                return Optional.empty();
            }
            result.append(pairs.charAt(place + 1));
        }
        return Optional.of(result.toString());
    }

    /** Formulas and what they share, a line each. */
    public String together(List<String> formulas, List<String> where) {
        List<String> lines = new ArrayList<>(formulas);
        // Java wants to know them first.
        int place = isJava() ? 0 : lines.size();
        lines.addAll(
                place,
                where.stream()
                        .map(line -> line("where", "@0").replace("@0", line))
                        .toList());
        return String.join("\n", lines);
    }

    /** A line over the formulas of what is called {@code name}. */
    public String title(String name) {
        return line("title", "@0").replace("@0", name);
    }

    /** A finished formula as it stands in a document. */
    String document(String formula) {
        return line("document", "@1").replace("@1", formula);
    }

    /** A formula under the name that other formulas know it by. */
    String named(String name, String formula) {
        return line("named", "@0 = @1").replace("@0", word(name)).replace("@1", formula);
    }
}
