package dev.gradc.simplify;

import dev.gradc.ir.Access;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Program;
import dev.gradc.ir.Rewrite;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tensor that begins as a copy of another, which nothing reads any more, is that one from its beginning: of {@code dh[n,i] = …},
 * {@code g[n,i] = dh[n,i]}, {@code g[n,j] = sum[k](…)} the second line goes, and the first defines {@code g}. Linear time.
 */
public final class Takeovers {

    private final List<Definition> definitions;

    /** Whether a copy that stays one takes over, too. */
    private final boolean copies;

    /** What is given, or given out. */
    private final Set<Tensor> outside;

    /** The places of the lines that define a tensor, and of those that read it. */
    private final Map<Tensor, Integer> firstDefinition = new HashMap<>();

    private final Map<Tensor, Integer> lastDefinition = new HashMap<>();
    private final Map<Tensor, Integer> firstRead = new HashMap<>();
    private final Map<Tensor, Integer> lastRead = new HashMap<>();

    /** What became of the tensors that were taken over. */
    private final Map<Tensor, Tensor> successors = new HashMap<>();

    private Takeovers(Program program, boolean copies) {
        this.copies = copies;
        definitions = program.definitions();
        outside = new HashSet<>(program.arguments());
        outside.addAll(program.results());
        // A walk lists an element where it is met first: in the order of the lines its first reader, against it the
        // last.
        Walk onward = new Walk();
        Walk back = new Walk();
        for (int line = 0; line < definitions.size(); line++) {
            int place = line;
            firstDefinition.putIfAbsent(definitions.get(line).target(), line);
            lastDefinition.put(definitions.get(line).target(), line);
            onward.nextReads(definitions.get(line)).forEach(read -> firstRead.putIfAbsent(read.tensor(), place));
        }
        for (int line = definitions.size() - 1; line >= 0; line--) {
            int place = line;
            back.nextReads(definitions.get(line)).forEach(read -> lastRead.putIfAbsent(read.tensor(), place));
        }
    }

    static Program of(Program program) {
        return of(program, false);
    }

    /** The same for copies that stay copies: what a layer computes in several lines is called as the one who calls the layer says. */
    public static Program ofCopies(Program program) {
        return of(program, true);
    }

    private static Program of(Program program, boolean copies) {
        Takeovers takeovers = new Takeovers(program, copies);
        List<Definition> rest = new ArrayList<>();
        for (int line = 0; line < program.definitions().size(); line++) {
            Definition definition = program.definitions().get(line);
            if (takeovers.takesOver(definition, line)) {
                takeovers.successors.put(((Access) definition.body()).tensor(), definition.target());
            } else {
                rest.add(definition);
            }
        }
        return takeovers.successors.isEmpty() ? program : program.withDefinitions(takeovers.renamed(rest));
    }

    private boolean takesOver(Definition definition, int line) {
        Tensor target = definition.target();
        boolean stays = copies && lastDefinition.get(target) == line && !outside.contains(target);
        return firstDefinition.get(target) == line
                && firstRead.getOrDefault(target, Integer.MAX_VALUE) > line
                && definition.recurrences().isEmpty()
                && definition.isTotal()
                && definition.body() instanceof Access read
                && read.subscripts().equals(definition.subscripts())
                && !outside.contains(read.tensor())
                && read.tensor().shape().equals(target.shape())
                && read.tensor().isInteger() == target.isInteger()
                && (stays || lastDefinition.get(target) > line && lastRead.get(read.tensor()) == line)
                && lastDefinition.getOrDefault(read.tensor(), line) < line;
    }

    private List<Definition> renamed(List<Definition> rest) {
        successors.replaceAll((tensor, next) -> successor(next));
        Rewrite renaming = Rewrite.renaming(successors);
        return rest.stream()
                .map(definition ->
                        definition.withTarget(successor(definition.target())).rewritten(renaming))
                .toList();
    }

    /** What {@code tensor} has become in the end: what takes over may be taken over. */
    private Tensor successor(Tensor tensor) {
        Tensor successor = tensor;
        while (successors.containsKey(successor)) {
            successor = successors.get(successor);
        }
        return successor;
    }
}
