package dev.gradc.syntax;

import dev.gradc.source.Diagnostic;
import dev.gradc.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a file with syntax errors can be checked all the same: the declarations with a sound head, with those of their lines in which
 * nothing was wrong.
 *
 * @param unit the file without the rest
 * @param lost the names, and parts of names, that stand in the rest; what they were meant to be is not known
 */
public record SoundParts(SourceUnit unit, Set<String> lost) {

    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_.\\u2080-\\u2089]*");

    /** The sound parts of {@code unit}, as it was read; {@code faults} are what was said of it. */
    public static SoundParts of(SourceUnit unit, List<Diagnostic> faults) {
        if (faults.isEmpty()) {
            return new SoundParts(unit, Set.of());
        }
        Finder finder = new Finder(unit, faults);
        unit.declarations().forEach(finder::keep);
        SourceUnit rest = new SourceUnit(unit.file(), unit.packageName(), unit.imports(), finder.declarations);
        return new SoundParts(rest, finder.lost());
    }

    /** Whether all that the file imports could be read. */
    public boolean hasImports() {
        return !lost.contains("import");
    }

    private static final class Finder {

        private final String text;
        private final TreeSet<Integer> faults = new TreeSet<>();
        private final List<Declaration> declarations = new ArrayList<>();

        /** The text with blanks for what is kept. */
        private final StringBuilder rest;

        Finder(SourceUnit unit, List<Diagnostic> faults) {
            text = unit.file().text();
            rest = new StringBuilder(text);
            unit.imports()
                    .forEach(
                            wanted -> blank(wanted.span().start(), wanted.span().end()));
            faults.stream()
                    .filter(fault -> fault.focus().file() == unit.file())
                    .forEach(fault -> this.faults.add(fault.focus().start()));
        }

        void keep(Declaration declaration) {
            Span span = declaration.span();
            int open = span.start() + span.text().indexOf('{');
            int close = span.start() + span.text().lastIndexOf('}');
            if (close < open || open < span.start()) {
                if (isSound(span.start(), endOfLine(span.end()))) {
                    blank(span.start(), span.end());
                    declarations.add(declaration);
                }
            } else if (isSound(span.start(), open + 1) && isSound(close, endOfLine(span.end()))) {
                blank(span.start(), open + 1);
                blank(close, span.end());
                declarations.add(withSoundLines(declaration));
            }
        }

        private Declaration withSoundLines(Declaration declaration) {
            if (declaration instanceof Declaration.Function f) {
                return new Declaration.Function(
                        f.documentation(),
                        f.name(),
                        f.parameters(),
                        sound(f.body()),
                        f.derivative(),
                        f.derives(),
                        f.span());
            } else if (declaration instanceof Declaration.Layer l) {
                return new Declaration.Layer(l.documentation(), l.name(), l.parameters(), sound(l.body()), l.span());
            } else if (declaration instanceof Declaration.Optimizer o) {
                return new Declaration.Optimizer(
                        o.documentation(), o.name(), o.parameters(), sound(o.body()), o.span());
            } else if (declaration instanceof Declaration.Network n) {
                return new Declaration.Network(n.documentation(), n.name(), n.sizes(), sound(n.body()), n.span());
            }
            return declaration;
        }

        private List<Statement> sound(List<Statement> body) {
            List<Statement> sound = body.stream().filter(this::isSound).toList();
            sound.forEach(line -> blank(line.span().start(), line.span().end()));
            return sound;
        }

        private boolean isSound(Statement line) {
            return isSound(line.span().start(), endOfLine(line.span().end()));
        }

        private boolean isSound(int start, int end) {
            Integer fault = faults.ceiling(start);
            return fault == null || fault >= end;
        }

        /** Behind the line break that follows {@code place}: what is missing at the end of a line is missed there. */
        private int endOfLine(int place) {
            int end = place;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            return end + 1;
        }

        private void blank(int start, int end) {
            for (int i = start; i < end; i++) {
                rest.setCharAt(i, ' ');
            }
        }

        Set<String> lost() {
            Set<String> lost = new HashSet<>();
            Matcher words = WORD.matcher(rest);
            while (words.find()) {
                lost.addAll(List.of(words.group().split("\\.")));
            }
            return lost;
        }
    }
}
