package dev.gradc.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.Buffer;
import dev.gradc.lower.Types;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The arrays that a class of a network works in: fields, made once by its constructor. */
final class Workspace {

    private final NetworkClasses classes;
    private final Identifiers names;
    private final Variables variables;
    private final Map<Tensor, Buffer> buffers = new LinkedHashMap<>();

    Workspace(NetworkClasses classes, Identifiers names, Variables variables) {
        this.classes = classes;
        this.names = names;
        this.variables = variables;
    }

    /** Gives {@code tensor} a field: a variable if it is a scalar, else an array. */
    void add(Tensor tensor, Buffer buffer) {
        if (buffers.putIfAbsent(tensor, buffer) == null) {
            String name = names.claim(tensor.name());
            if (tensor.rank() == 0) {
                variables.scalar(tensor, name);
            } else {
                variables.array(tensor, name, buffer);
            }
        }
    }

    boolean holds(Tensor tensor) {
        return buffers.containsKey(tensor);
    }

    // /** {@code h[batch,5]}, row by row: entry [i,j] at {@code 5*i+j}. */
    // final double[] h;
    void addFields(TypeSpec.Builder type) {
        buffers.forEach((tensor, buffer) -> {
            FieldSpec.Builder field = tensor.rank() == 0
                    ? FieldSpec.builder(
                            Types.isInteger(tensor) ? TypeName.INT : classes.number(), variables.name(tensor))
                    : FieldSpec.builder(classes.array(tensor), variables.name(tensor), Modifier.FINAL);
            boolean whole = buffer.equals(Buffer.whole(tensor));
            String text = whole
                    ? NetworkClasses.layout(tensor)
                    : JavadocText.code(tensor.toString()) + ", of one step of its loop";
            type.addField(field.addJavadoc("$L.\n", text).build());
        });
    }

    void allocate(MethodSpec.Builder constructor, String capacity) {
        buffers.forEach((tensor, buffer) -> {
            if (tensor.rank() > 0) {
                TypeName number = Types.isInteger(tensor) ? TypeName.INT : classes.number();
                constructor.addStatement(
                        "$L = new $T[$L]", variables.name(tensor), number, classes.length(buffer, capacity));
            }
        });
    }

    private long bytes(boolean perExample) {
        long number = classes.precision == Precision.FLOAT ? 4 : 8;
        return buffers.values().stream()
                .filter(buffer -> buffer.tensor().rank() > 0 && buffer.isDynamic() == perExample)
                .mapToLong(buffer -> buffer.size() * (Types.isInteger(buffer.tensor()) ? 4 : number))
                .sum();
    }

    /** {@code 56 bytes for each example and 40 more}; {@code none}. */
    String words() {
        long each = bytes(true);
        long once = bytes(false);
        if (each == 0) {
            return once == 0 ? "none" : grouped(once) + " bytes";
        }
        return grouped(each) + " bytes for each example" + (once == 0 ? "" : " and " + grouped(once) + " more");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    // public long workspaceBytes() {
    //     return 56L * capacity + 40;
    // }
    MethodSpec bytesMethod() {
        long each = bytes(true);
        long once = bytes(false);
        String sum = each == 0 ? once + "L" : each + "L * capacity" + (once == 0 ? "" : " + " + once);
        return MethodSpec.methodBuilder("workspaceBytes")
                .addModifiers(Modifier.PUBLIC)
                .returns(TypeName.LONG)
                .addJavadoc("The bytes of the numbers in the arrays of this instance.\n")
                .addStatement("return $L", sum)
                .build();
    }
}
