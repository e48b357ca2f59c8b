package dev.gradc.emit.statement;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Precision;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Code;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Names;
import dev.gradc.lower.code.Offsets;
import dev.gradc.lower.code.VectorLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Writes the statements of a method. */
public final class CodeWriter {

    private final Body body;
    private final Variables variables;
    private final Precision precision;
    private final ExpressionWriter expressions;
    private final RunWriter runs;
    private final Clearing clearing;
    private final Optional<PartMethods> parts;
    private final String method;
    private final Lines out = new Lines();
    private final Gathering gathering;
    private final Names values;
    private Identifiers names;

    /** Of the loop over vectors that is being written, if one is. */
    private Optional<VectorLoop> vectors = Optional.empty();

    /** What a part of the method declares at its outermost level, and the loops in it. */
    private Set<String> declared = new HashSet<>();

    /**
     * @param variables the tensors that stand outside the method, and those of {@code body} that do
     * @param names the names that are taken
     * @param method the name of the method
     * @param parts for the methods into which it is cut if it is long
     */
    public CodeWriter(
            Body body,
            Variables variables,
            Identifiers names,
            Helpers helpers,
            Precision precision,
            String method,
            PartMethods parts) {
        this(body, variables, names, helpers, precision, method, Optional.of(parts));
    }

    /** For a method that is never long. */
    public CodeWriter(Body body, Variables variables, Identifiers names, Helpers helpers, Precision precision) {
        this(body, variables, names, helpers, precision, "", Optional.empty());
    }

    private CodeWriter(
            Body body,
            Variables variables,
            Identifiers names,
            Helpers helpers,
            Precision precision,
            String method,
            Optional<PartMethods> parts) {
        this.body = body;
        this.variables = variables;
        this.names = names;
        this.precision = precision;
        this.method = method;
        this.parts = parts;
        values = new Names(body.names());
        expressions = new ExpressionWriter(values, variables, helpers, precision);
        runs = new RunWriter(variables, expressions);
        clearing = new Clearing(variables, expressions);
        gathering = new Gathering(out, values, variables, expressions, precision);
    }

    public CodeBlock write() {
        if (!body.slots().isEmpty()) {
            Optional<String> field = parts.flatMap(PartMethods::slotField);
            String slots = field.orElseGet(() -> names.claim("values"));
            if (field.isEmpty()) {
                out.addStatement(
                        "$1T[] $2L = new $1T[$3L]",
                        number(),
                        slots,
                        body.slots().size());
            }
            variables.slots(body.slots(), slots, field.isPresent());
        }
        code(body.code());
        return out.build();
    }

    private void code(List<Code> code) {
        for (Code item : code) {
            code(item);
        }
    }

    /** Writes the inside of a block, at whose end the names that it declares are free again. */
    private void block(Runnable inside) {
        Identifiers outer = names;
        names = names.inner();
        int mark = values.enter();
        out.inside(inside);
        values.leave(mark);
        names = outer;
    }

    private void code(Code item) {
        if (item instanceof Code.Part part) {
            apart(
                    () -> code(part.body()),
                    (parameters, code) -> parts.orElseThrow().add(method, parameters, code));
        } else if (item instanceof Code.Vectors loop) {
            apart(
                    () -> vectors(loop.loop()),
                    (parameters, code) -> parts.orElseThrow().addVectors(method, precision, parameters, code));
        } else if (item instanceof Code.Loop loop) {
            block(() -> loop(loop));
        } else if (item instanceof Code.Unrolled unrolled) {
            code(unrolled.body());
        } else if (item instanceof Code.When when) {
            Fragment condition = expressions.condition(when.condition());
            out.begin(Fragment.of(0, Fragment.Kind.BOOLEAN, "if (", condition, ")"));
            block(() -> code(when.body()));
            out.end();
        } else if (item instanceof Code.Heading heading) {
            out.heading(heading.definition());
        } else if (item instanceof Code.Let let) {
            let(let);
        } else if (item instanceof Code.Choose choose) {
            choose(choose);
        } else if (item instanceof Code.Start start) {
            out.addStatement(declaration(start.local()) + gathering.neutral(start));
        } else if (item instanceof Code.Resume resume) {
            out.statement(declaration(resume.local()), expressions.element(resume.element()));
        } else if (item instanceof Code.Variable variable) {
            Fragment value =
                    expressions.write(variable.value(), variable.local().type());
            out.statement(declaration(variable.local()), forVariable(variable.local(), value));
        } else if (item instanceof Code.CopyRows rows) {
            out.addStatement(runs.copyRows(rows));
        } else if (item instanceof Code.Copy copy) {
            out.addStatement(runs.copy(copy));
        } else if (item instanceof Code.Multiply multiply) {
            out.addStatement(runs.multiply(multiply));
        } else if (item instanceof Code.Apply apply) {
            out.addStatement(runs.apply(apply.application()));
        } else if (item instanceof Code.Gather gather) {
            gathering.gather(gather);
        } else if (item instanceof Code.GatherPosition gather) {
            gathering.gatherPosition(gather, names::claim);
        } else if (item instanceof Code.Store store) {
            store(store);
        } else if (item instanceof Code.Together together) {
            together.stores().forEach(this::store);
        } else if (item instanceof Code.Return result) {
            out.statement("return ", expressions.real(result.value()));
        } else if (item instanceof Code.Clear clear) {
            block(() -> out.add(clearing.of(clear, this::claim)));
        }
    }

    // gradientPart(x, n, values);
    /** Writes statements that become a method of their own, and its call. */
    private void apart(Runnable inside, BiFunction<Map<String, TypeName>, CodeBlock, String> add) {
        Identifiers outerNames = names;
        Set<String> outerDeclared = declared;
        names = names.inner();
        declared = new HashSet<>();
        variables.beginPart();
        CodeBlock code = out.apart(inside);
        Map<String, TypeName> parameters = variables.endPart(declared);
        declared = outerDeclared;
        names = outerNames;
        out.addStatement("$L($L)", add.apply(parameters, code), String.join(", ", parameters.keySet()));
    }

    // for (int i = 0; i < SPECIES.loopBound(72); i += SPECIES.length()) { … }
    // for (int i = SPECIES.loopBound(72); i < 72; i++) { … }
    private void vectors(Code.Loop loop) {
        String end = expressions.integer(loop.index().high()).format();
        boolean whole = VectorLimits.least(loop.index()) % VectorExpressions.MOST_LANES == 0;
        block(() -> {
            vectors = Optional.of(new VectorLoop(loop, values, variables, expressions, precision));
            String i = enter(loop.index());
            String bound = whole ? end : "SPECIES.loopBound(" + end + ")";
            out.begin(header("for (int " + i + " = 0; " + i + " < " + bound + "; " + i + " += SPECIES.length())"));
            code(loop.body());
            out.end();
            vectors = Optional.empty();
        });
        if (!whole) {
            block(() -> {
                String i = enter(loop.index());
                out.begin(header(
                        "for (int " + i + " = SPECIES.loopBound(" + end + "); " + i + " < " + end + "; " + i + "++)"));
                code(loop.body().stream()
                        .filter(item -> !(item instanceof Code.Heading))
                        .toList());
                out.end();
            });
        }
    }

    private String claim(String wanted) {
        String name = names.claim(wanted);
        declared.add(name);
        return name;
    }

    private static Fragment header(String text) {
        return Fragment.primary(text, Fragment.Kind.INT);
    }

    private String enter(Index index) {
        String name = claim(index.name());
        variables.index(index, name);
        return name;
    }

    private TypeName number() {
        return precision == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
    }

    /** The beginning of a statement that sets a new variable. */
    private String declaration(Local local) {
        return (variables.isInSlot(local) ? variables.target(local) : type(local) + " " + declare(local)) + " = ";
    }

    /** A value for a new variable: in a slot conditions are 1 or 0. */
    private Fragment forVariable(Local local, Fragment value) {
        return variables.isInSlot(local) && value.kind() == Fragment.Kind.BOOLEAN
                ? Fragment.of(Fragment.SELECTION, Fragment.Kind.REAL, value.atLeast(Fragment.OR), " ? 1 : 0")
                : value;
    }

    // for (int n = 0; n < batch; n++) { … }
    // for (int t = 12 - 1; t >= 0; t--) { … }
    // for (int k = 0; k < 17; k += 4) { … }
    private void loop(Code.Loop loop) {
        String name = enter(loop.index());
        boolean up = loop.step() > 0;
        Expr from = up ? loop.index().low() : Offsets.sum(loop.index().high(), Constant.of(-1));
        Expr to = up ? loop.index().high() : loop.index().low();
        Fragment header = Fragment.of(
                0,
                Fragment.Kind.INT,
                "for (int " + name + " = ",
                expressions.integer(from),
                "; " + name + (up ? " < " : " >= "),
                expressions.integer(to).atLeast(Fragment.SUM),
                "; " + name + (loop.step() == 1 ? "++)" : up ? " += " + loop.step() + ")" : "--)"));
        out.begin(header);
        expressions.enter(loop.index());
        code(loop.body());
        expressions.leaveLoop();
        out.end();
    }

    private String declare(Local local) {
        String name = claim(local.hint().isEmpty() ? "t" : local.hint());
        variables.local(local, name);
        return name;
    }

    private String type(Local local) {
        return switch (local.type()) {
            case REAL -> precision == Precision.FLOAT ? "float" : "double";
            case INTEGER, MASK -> "int";
            case CONDITION -> "boolean";
        };
    }

    // double t = a * b;
    private void let(Code.Let let) {
        let.local().definitions().forEach(out::heading);
        if (vectors.isPresent() && vectors.get().isVector(let)) {
            CodeBlock vector = vectors.get().let(let, declare(let.local()));
            out.addStatement(vector);
            values.declare(let.value(), let.local());
            return;
        }
        Fragment value = expressions.define(let.value(), let.local());
        out.statement(declaration(let.local()), forVariable(let.local(), value));
        values.declare(let.value(), let.local());
    }

    // double t;
    // if (x < 0) { t = a; } else if (x < 1) { t = b; } else { t = c; }
    private void choose(Code.Choose choose) {
        choose.local().definitions().forEach(out::heading);
        String name;
        if (variables.isInSlot(choose.local())) {
            name = variables.target(choose.local());
        } else {
            name = declare(choose.local());
            out.addStatement(type(choose.local()) + " " + name);
        }
        sides("if", name, choose.local(), choose);
        values.declare(choose.value(), choose.local());
    }

    /** The sides of a selection, each of which ends by setting {@code name}. */
    private void sides(String keyword, String name, Local local, Code.Choose choose) {
        Fragment condition = expressions.condition(choose.condition());
        Fragment opening = Fragment.of(0, Fragment.Kind.BOOLEAN, keyword + " (", condition, ")");
        if (keyword.equals("if")) {
            out.begin(opening);
        } else {
            out.next(opening);
        }
        block(() -> branch(name, local, choose.then()));
        Code.Branch otherwise = choose.otherwise();
        if (otherwise.code().size() == 1 && last(otherwise) instanceof Code.Choose inner) {
            sides("else if", name, local, inner);
            return;
        }
        out.next(header("else"));
        block(() -> branch(name, local, otherwise));
        out.end();
    }

    /** The last statement of a side if all it does is to declare the value of the side; else null. */
    private static Code last(Code.Branch branch) {
        int size = branch.code().size();
        Code last = size == 0 ? null : branch.code().get(size - 1);
        boolean declares = last instanceof Code.Let let && let.value() == branch.value()
                || last instanceof Code.Choose choose && choose.value() == branch.value();
        return declares ? last : null;
    }

    private void branch(String name, Local local, Code.Branch branch) {
        Code last = last(branch);
        code(
                last == null
                        ? branch.code()
                        : branch.code().subList(0, branch.code().size() - 1));
        if (last instanceof Code.Choose choose) {
            sides("if", name, local, choose);
        } else if (last == null) {
            out.statement(name + " = ", forVariable(local, expressions.write(branch.value(), local.type())));
        } else {
            out.statement(name + " = ", forVariable(local, expressions.define(branch.value(), local)));
        }
    }

    // h[5 * n + j] = t;
    private void store(Code.Store store) {
        if (vectors.isPresent()) {
            out.addStatement(vectors.get().store(store));
            return;
        }
        gathering.update(expressions.element(store.element()), store.combine(), store.value());
    }
}
