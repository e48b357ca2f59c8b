package dev.gradc.emit.statement;

import com.palantir.javapoet.CodeBlock;
import dev.gradc.emit.text.Comments;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Definition;

/** The lines of a method, as they are written one after the other. */
final class Lines {

    /** The longest comment in the outermost block of a method, and how much narrower it gets with each block. */
    private static final int COMMENT = 108;

    private static final int INDENT = 4;

    /** The longest statement that stands on one line, in the outermost block of a method of a class inside the class. */
    private static final int LINE = 88;

    private CodeBlock.Builder out = CodeBlock.builder();

    /** The last lines, as they will stand: JavaPoet takes time for each piece that it is given, and for each place where a line may break. */
    private StringBuilder plain = new StringBuilder();

    /** How many blocks are around, inside the method. */
    private int depth;

    private final Comments comments = new Comments();

    CodeBlock build() {
        return out().build();
    }

    /** What follows the lines so far. */
    private CodeBlock.Builder out() {
        if (!plain.isEmpty()) {
            out.add("$L", plain);
            plain = new StringBuilder();
        }
        return out;
    }

    void add(CodeBlock code) {
        out().add(code);
    }

    void addStatement(CodeBlock statement) {
        out().addStatement(statement);
    }

    void addStatement(String format, Object... arguments) {
        out().addStatement(format, arguments);
    }

    /** {@code prefix} and the expression, as a statement. */
    void statement(String prefix, Fragment value) {
        String format = prefix + value.format();
        String line = format.replace("$W", " ") + ";\n";
        if (value.classes().isEmpty() && line.length() - 1 + INDENT * depth <= LINE) {
            plain.append(line);
        } else {
            out().addStatement(format, value.arguments());
        }
    }

    /** What the statements after it compute, as a comment. */
    void heading(Definition definition) {
        for (String line : comments.of(definition)) {
            out().add("// $L\n", JavadocText.cut(line, COMMENT - INDENT * depth));
        }
    }

    /** {@code header {}. */
    void begin(Fragment header) {
        out().beginControlFlow(header.format(), header.arguments());
    }

    /** {@code } header {}. */
    void next(Fragment header) {
        out().nextControlFlow(header.format(), header.arguments());
    }

    void end() {
        out().endControlFlow();
    }

    /** Writes what stands in a block. */
    void inside(Runnable block) {
        depth++;
        block.run();
        depth--;
    }

    /** The lines that {@code writing} writes, for a method of their own. */
    CodeBlock apart(Runnable writing) {
        CodeBlock.Builder outer = out();
        int outerDepth = depth;
        out = CodeBlock.builder();
        depth = 0;
        writing.run();
        CodeBlock lines = out().build();
        depth = outerDepth;
        out = outer;
        return lines;
    }
}
