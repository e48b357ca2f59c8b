package dev.gradc.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.gradc.ir.Call;
import dev.gradc.ir.Combine;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.ir.Operator;
import dev.gradc.ir.Precision;
import dev.gradc.lower.Body;
import dev.gradc.lower.Code;
import dev.gradc.lower.Local;
import dev.gradc.lower.Names;
import dev.gradc.lower.Offsets;
import dev.gradc.lower.Strides;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Writes the statements of a method. */
final class CodeWriter {

    private final Body body;
    private final Variables variables;
    private final Precision precision;
    private final ExpressionWriter expressions;
    private final RunWriter runs;
    private final Clearing clearing;
    private final Optional<PartMethods> parts;
    private final String method;
    private CodeBlock.Builder out = CodeBlock.builder();
    private final Names values;
    private Identifiers names;

    /** The longest comment in the outermost block of a method, and how much narrower it gets with each block. */
    private static final int COMMENT = 108;

    private static final int INDENT = 4;

    /** The longest statement that stands on one line, in the outermost block of a method of a class inside the class. */
    private static final int LINE = 88;

    /** How many blocks are around, inside the method. */
    private int depth;

    private final Comments comments = new Comments();

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
    CodeWriter(
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
    CodeWriter(Body body, Variables variables, Identifiers names, Helpers helpers, Precision precision) {
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
    }

    CodeBlock write() {
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
        depth++;
        inside.run();
        depth--;
        values.leave(mark);
        names = outer;
    }

    private void code(Code item) {
        if (item instanceof Code.Part part) {
            apart(() -> code(part.body()), parameters -> parts.orElseThrow().add(method, parameters, out.build()));
        } else if (item instanceof Code.Vectors loop) {
            apart(
                    () -> vectors(loop.loop()),
                    parameters -> parts.orElseThrow().addVectors(method, precision, parameters, out.build()));
        } else if (item instanceof Code.Loop loop) {
            block(() -> loop(loop));
        } else if (item instanceof Code.Unrolled unrolled) {
            code(unrolled.body());
        } else if (item instanceof Code.When when) {
            Fragment condition = expressions.condition(when.condition());
            out.beginControlFlow("if (" + condition.format() + ")", condition.arguments());
            block(() -> code(when.body()));
            out.endControlFlow();
        } else if (item instanceof Code.Heading heading) {
            heading(heading.definition());
        } else if (item instanceof Code.Let let) {
            let(let);
        } else if (item instanceof Code.Choose choose) {
            choose(choose);
        } else if (item instanceof Code.Start start) {
            start(start);
        } else if (item instanceof Code.Resume resume) {
            statement(declaration(resume.local()), expressions.element(resume.element()));
        } else if (item instanceof Code.Variable variable) {
            Fragment value =
                    expressions.write(variable.value(), variable.local().type());
            statement(declaration(variable.local()), forVariable(variable.local(), value));
        } else if (item instanceof Code.CopyRows rows) {
            out.addStatement(runs.copyRows(rows));
        } else if (item instanceof Code.Copy copy) {
            out.addStatement(runs.copy(copy));
        } else if (item instanceof Code.Multiply multiply) {
            out.addStatement(runs.multiply(multiply));
        } else if (item instanceof Code.Apply apply) {
            out.addStatement(runs.apply(apply.application()));
        } else if (item instanceof Code.Gather gather) {
            gather(gather);
        } else if (item instanceof Code.GatherPosition gather) {
            gatherPosition(gather);
        } else if (item instanceof Code.Store store) {
            store(store);
        } else if (item instanceof Code.Together together) {
            together.stores().forEach(this::store);
        } else if (item instanceof Code.Return result) {
            statement("return ", expressions.real(result.value()));
        } else if (item instanceof Code.Clear clear) {
            block(() -> out.add(clearing.of(clear, this::claim)));
        }
    }

    // gradientPart(x, n, values);
    /** Writes statements that become a method of their own, and its call. */
    private void apart(Runnable inside, Function<Map<String, TypeName>, String> add) {
        CodeBlock.Builder outerOut = out;
        Identifiers outerNames = names;
        Set<String> outerDeclared = declared;
        int outerDepth = depth;
        out = CodeBlock.builder();
        names = names.inner();
        declared = new HashSet<>();
        depth = 0;
        variables.beginPart();
        inside.run();
        Map<String, TypeName> parameters = variables.endPart(declared);
        String name = add.apply(parameters);
        depth = outerDepth;
        declared = outerDeclared;
        names = outerNames;
        out = outerOut;
        out.addStatement("$L($L)", name, String.join(", ", parameters.keySet()));
    }

    // for (int i = 0; i < SPECIES.loopBound(72); i += SPECIES.length()) { … }
    // for (int i = SPECIES.loopBound(72); i < 72; i++) { … }
    private void vectors(Code.Loop loop) {
        String end = Long.toString(Strides.extent(loop.index()));
        boolean whole = Strides.extent(loop.index()) % VectorRows.MOST_LANES == 0;
        block(() -> {
            vectors = Optional.of(new VectorLoop(loop, values, variables, expressions, precision));
            String i = enter(loop.index());
            String bound = whole ? end : "SPECIES.loopBound(" + end + ")";
            out.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L += SPECIES.length())", i, bound);
            code(loop.body());
            out.endControlFlow();
            vectors = Optional.empty();
        });
        if (!whole) {
            block(() -> {
                String i = enter(loop.index());
                out.beginControlFlow("for (int $1L = SPECIES.loopBound($2L); $1L < $2L; $1L++)", i, end);
                code(loop.body().stream()
                        .filter(item -> !(item instanceof Code.Heading))
                        .toList());
                out.endControlFlow();
            });
        }
    }

    private String claim(String wanted) {
        String name = names.claim(wanted);
        declared.add(name);
        return name;
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

    /** {@code prefix} and the expression, as a statement. */
    private void statement(String prefix, Fragment value) {
        String format = prefix + value.format();
        String line = format.replace("$W", " ") + ";";
        if (value.classes().isEmpty() && line.length() + INDENT * depth <= LINE) {
            // JavaPoet takes time for each place where a line may break, and where the statement begins and ends.
            out.add(line + "\n");
        } else {
            out.addStatement(format, value.arguments());
        }
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
        out.beginControlFlow(header.format(), header.arguments());
        expressions.enter(loop.index());
        code(loop.body());
        expressions.leaveLoop();
        out.endControlFlow();
    }

    private void heading(Definition definition) {
        for (String line : comments.of(definition)) {
            out.add("// $L\n", JavadocText.cut(line, COMMENT - INDENT * depth));
        }
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
        let.local().definitions().forEach(this::heading);
        if (vectors.isPresent() && vectors.get().isVector(let)) {
            CodeBlock vector = vectors.get().let(let, declare(let.local()));
            out.addStatement("$L", vector);
            values.declare(let.value(), let.local());
            return;
        }
        Fragment value = expressions.define(let.value(), let.local());
        statement(declaration(let.local()), forVariable(let.local(), value));
        values.declare(let.value(), let.local());
    }

    // double t;
    // if (x < 0) { t = a; } else if (x < 1) { t = b; } else { t = c; }
    private void choose(Code.Choose choose) {
        choose.local().definitions().forEach(this::heading);
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
        String opening = keyword + " (" + condition.format() + ")";
        if (keyword.equals("if")) {
            out.beginControlFlow(opening, condition.arguments());
        } else {
            out.nextControlFlow(opening, condition.arguments());
        }
        block(() -> branch(name, local, choose.then()));
        Code.Branch otherwise = choose.otherwise();
        if (otherwise.code().size() == 1 && last(otherwise) instanceof Code.Choose inner) {
            sides("else if", name, local, inner);
            return;
        }
        out.nextControlFlow("else");
        block(() -> branch(name, local, otherwise));
        out.endControlFlow();
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
            statement(name + " = ", forVariable(local, expressions.write(branch.value(), local.type())));
        } else {
            statement(name + " = ", forVariable(local, expressions.define(branch.value(), local)));
        }
    }

    // double sum = 0;
    private void start(Code.Start start) {
        String value = start.local().type() == Local.Type.INTEGER
                ? "0"
                : switch (start.combine()) {
                    case ASSIGN, SUM -> "0";
                    case PRODUCT -> "1";
                    case MAX, ARGMAX -> boxed() + ".NEGATIVE_INFINITY";
                    case MIN -> boxed() + ".POSITIVE_INFINITY";
                };
        out.addStatement(declaration(start.local()) + value);
    }

    private String boxed() {
        return precision == Precision.FLOAT ? "Float" : "Double";
    }

    // sum += x[i];
    private void gather(Code.Gather gather) {
        Fragment target = Fragment.primary(variables.target(gather.local()), Fragment.Kind.REAL);
        update(target, gather.combine(), gather.value());
    }

    private void update(Fragment target, Combine combine, Expr value) {
        switch (combine) {
            case ASSIGN -> assign(target, " = ", expressions.real(value));
            case SUM -> {
                boolean negative =
                        value instanceof Call call && call.function() == Operator.NEGATE && values.get(value) == null;
                assign(
                        target,
                        negative ? " -= " : " += ",
                        expressions.real(negative ? ((Call) value).argument(0) : value));
            }
            case PRODUCT -> assign(target, " *= ", expressions.real(value));
            case MAX, MIN -> {
                Fragment number = expressions.real(value);
                String method = combine == Combine.MAX ? ".max(" : ".min(";
                assign(
                        target,
                        " = ",
                        Fragment.of(
                                Fragment.PRIMARY,
                                Fragment.Kind.REAL,
                                ClassName.get(Math.class),
                                method,
                                target,
                                ", ",
                                number,
                                ")"));
            }
            case ARGMAX -> throw new IllegalArgumentException("a position is not gathered like a value");
        }
    }

    private void assign(Fragment target, String operator, Fragment value) {
        statement("", Fragment.of(0, value.kind(), target, operator, value));
    }

    // if (z[k] > greatest) { greatest = z[k]; best = k; }
    private void gatherPosition(Code.GatherPosition gather) {
        Fragment value = expressions.real(gather.value());
        Fragment position = expressions.integer(gather.position());
        String greatest = variables.target(gather.greatest());
        String best = variables.target(gather.best());
        Fragment isGreater =
                Fragment.of(Fragment.RELATION, Fragment.Kind.BOOLEAN, value.atLeast(Fragment.SUM), " > " + greatest);
        if (expressions.isInShortLoop()) {
            // Of a few numbers each may as well be the greatest as not.
            String greater = names.claim("greater");
            statement("int " + greater + " = ", ExpressionWriter.mask(isGreater));
            Fragment mask = Fragment.primary(greater, Fragment.Kind.INT);
            Fragment old = Fragment.primary(greatest, Fragment.Kind.REAL);
            statement(greatest + " = ", expressions.chosen(mask, value, old));
            statement(
                    best + " = " + greater + " & ",
                    Fragment.of(
                            0,
                            Fragment.Kind.INT,
                            position.atLeast(Fragment.PRIMARY),
                            " | ~" + greater + " & ",
                            variables.name(gather.best())));
            return;
        }
        out.beginControlFlow("if (" + isGreater.format() + ")", isGreater.arguments());
        statement(greatest + " = ", value);
        statement(best + " = ", position);
        out.endControlFlow();
    }

    // h[5 * n + j] = t;
    private void store(Code.Store store) {
        if (vectors.isPresent()) {
            out.addStatement("$L", vectors.get().store(store));
            return;
        }
        update(expressions.element(store.element()), store.combine(), store.value());
    }
}
