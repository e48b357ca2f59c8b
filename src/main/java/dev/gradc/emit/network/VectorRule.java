package dev.gradc.emit.network;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.gradc.emit.statement.Variables;
import dev.gradc.emit.statement.VectorExpressions;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Precision;
import dev.gradc.library.Rule;
import dev.gradc.lower.Lowering;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the formula of a rule with vectors in single precision, statement by statement. */
final class VectorRule implements VectorExpressions.Leaves {

    /**
     * A statement.
     *
     * @param declares the variable; empty for the last statement
     * @param reads other variables
     */
    record Step(CodeBlock code, String declares, Set<String> reads, int operations) {}

    static final ClassName VECTOR = VectorExpressions.type(Precision.FLOAT);

    private final Variables variables = new Variables(VECTOR);
    private final VectorExpressions expressions = new VectorExpressions(Precision.FLOAT, true, this);
    private final Identifiers scope = Identifiers.top();
    private final List<Step> steps = new ArrayList<>();
    private final Names names;

    /** Of the statement that is being written. */
    private Set<String> reads = new HashSet<>();

    private VectorRule(Body body) {
        names = new Names(body.names());
    }

    /** From loading a vector, {@code x[xAt + i]}, to storing the right side of {@code rule} at {@code y[yAt + i]}. */
    static List<Step> steps(Rule rule) {
        Body body = Lowering.lower(rule.right());
        VectorRule writer = new VectorRule(body);
        List.of("count", "i", "x", "xAt", "y", "yAt").forEach(writer.scope::claim);
        String argument = writer.declare("v", CodeBlock.of("$T.fromArray(SPECIES, x, xAt + i)", VECTOR));
        writer.variables.scalar(rule.variables().get(0), argument);
        body.code().forEach(writer::write);
        return writer.steps;
    }

    private void write(Code item) {
        if (item instanceof Code.Let let) {
            String hint = let.local().hint();
            String name = declare(hint.isEmpty() ? "t" : hint, expressions.compute(let.value()));
            variables.local(let.local(), name);
            names.declare(let.value(), let.local());
        } else if (item instanceof Code.Return result) {
            step(CodeBlock.of("$L.intoArray(y, yAt + i)", expressions.vector(result.value())), "");
        } else if (!(item instanceof Code.Heading)) {
            throw new IllegalArgumentException("no formula of vectors: " + item);
        }
    }

    private String declare(String wanted, CodeBlock value) {
        String name = scope.claim(wanted);
        step(CodeBlock.of("$T $L = $L", VECTOR, name, value), name);
        return name;
    }

    private void step(CodeBlock code, String declares) {
        steps.add(new Step(code, declares, reads, expressions.takeOperations()));
        reads = new HashSet<>();
    }

    @Override
    public Optional<CodeBlock> vector(Expr expression) {
        Local local = names.get(expression);
        if (local == null && !(expression instanceof Access)) {
            return Optional.empty();
        }
        String variable = local == null ? variables.name(((Access) expression).tensor()) : variables.name(local);
        reads.add(variable);
        return Optional.of(CodeBlock.of("$L", variable));
    }

    @Override
    public Optional<CodeBlock> number(Expr expression) {
        return expression instanceof Constant constant
                ? Optional.of(CodeBlock.of("$L", Float.toString((float) constant.value()) + "f"))
                : Optional.empty();
    }
}
