package dev.gradc.emit.network;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.emit.statement.Variables;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.JavadocText;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Body;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The arrays that a class of a network works in: fields, made once by its constructor. */
final class Workspace {

    private final NetworkClasses classes;
    private final Identifiers names;

    /** The fields. A tensor that two methods keep in different ways has two. */
    private final Map<Buffer, String> fields = new LinkedHashMap<>();

    /** What others own that belongs to it. */
    private long more;

    private int slots;
    private Optional<String> slotField = Optional.empty();

    Workspace(NetworkClasses classes, Identifiers names) {
        this.classes = classes;
        this.names = names;
    }

    /** Gives {@code buffer} a field: a variable for a scalar, else an array. */
    void add(Buffer buffer) {
        fields.computeIfAbsent(buffer, key -> names.claim(key.tensor().name()));
    }

    /** Counts what something else owns that the class makes for itself. */
    void addBytes(long bytes) {
        more += bytes;
    }

    /** Makes room for the values that the parts of a long method hand on. */
    private void addSlots(Body body) {
        slots = Math.max(slots, body.slots().size());
        if (slots > 0 && slotField.isEmpty()) {
            slotField = Optional.of(names.claim("values"));
        }
    }

    /** The field for these values, if there are any. */
    Optional<String> slotField() {
        return slotField;
    }

    /** Gives fields to the arrays of {@code body} and to those of {@code kept} that it computes. */
    void add(Body body, Collection<Tensor> computed, Collection<Tensor> kept) {
        addSlots(body);
        for (Tensor tensor : computed) {
            if (kept.contains(tensor) || body.buffers().containsKey(tensor)) {
                add(body.buffer(tensor));
            }
        }
    }

    /** Tells {@code variables} where {@code body} finds what has fields here. */
    void declare(Body body, Variables variables) {
        fields.forEach((buffer, name) -> {
            if (buffer.equals(body.buffer(buffer.tensor()))) {
                variables.field(buffer, name);
            }
        });
    }

    /** The field that holds all of {@code tensor}; null if there is none. */
    String field(Tensor tensor) {
        return fields.get(Buffer.whole(tensor));
    }

    // /** {@code h[batch,5]}, row by row: entry [i,j] at {@code 5*i+j}. */
    // final double[] h;
    void addFields(TypeSpec.Builder type) {
        fields.forEach((buffer, name) -> {
            Tensor tensor = buffer.tensor();
            FieldSpec.Builder field = tensor.rank() == 0
                    ? FieldSpec.builder(classes.number(tensor), name)
                    : FieldSpec.builder(classes.array(buffer), name, Modifier.FINAL);
            boolean whole = buffer.equals(Buffer.whole(tensor));
            String text = whole
                    ? JavadocText.layout(tensor)
                    : JavadocText.code(tensor.toString()) + ", as much as is needed at a time";
            type.addField(field.addJavadoc("$L.\n", text).build());
        });
        slotField.ifPresent(
                name -> type.addField(FieldSpec.builder(classes.numbers(), name, Modifier.PRIVATE, Modifier.FINAL)
                        .addJavadoc("What the parts of a long method hand on to each other.\n")
                        .initializer("new $T[$L]", classes.number(), slots)
                        .build()));
    }

    void allocate(MethodSpec.Builder constructor, String capacity) {
        fields.forEach((buffer, name) -> {
            Tensor tensor = buffer.tensor();
            if (tensor.rank() > 0) {
                constructor.addStatement(
                        "$L = new $T$L", name, classes.number(tensor), classes.dimensions(buffer, capacity));
            }
        });
    }

    /** The bytes of the arrays that have so many axes for the examples. */
    private long bytes(int dynamicAxes) {
        long number = classes.precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        long others = dynamicAxes > 0 ? 0 : slots * number + more;
        return others
                + fields.keySet().stream()
                        .filter(buffer -> buffer.tensor().rank() > 0 && buffer.dynamicAxes() == dynamicAxes)
                        .mapToLong(
                                buffer -> buffer.size() * (Types.isInteger(buffer.tensor()) ? Integer.BYTES : number))
                        .sum();
    }

    boolean isEmpty() {
        return bytes(0) + bytes(1) + bytes(2) == 0;
    }

    /** {@code 56 bytes for each example and 40 more}. */
    String words() {
        long pair = bytes(2);
        long each = bytes(1);
        long once = bytes(0);
        if (each == 0 && pair == 0) {
            return grouped(once) + " bytes";
        }
        return grouped(each) + " bytes for each example"
                + (pair == 0 ? "" : ", " + grouped(pair) + " for each pair of them")
                + (once == 0 ? "" : " and " + grouped(once) + " more");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    // public long workspaceBytes() {
    //     return 56L * capacity + 40;
    // }
    MethodSpec bytesMethod(String capacity) {
        long pair = bytes(2);
        long each = bytes(1);
        long once = bytes(0);
        String sum = Stream.of(
                        pair == 0 ? "" : pair + "L * " + capacity + " * " + capacity,
                        each == 0 ? "" : each + "L * " + capacity,
                        once == 0 && each + pair > 0 ? "" : each + pair > 0 ? "" + once : once + "L")
                .filter(term -> !term.isEmpty())
                .collect(Collectors.joining(" + "));
        return MethodSpec.methodBuilder("workspaceBytes")
                .addModifiers(Modifier.PUBLIC)
                .returns(TypeName.LONG)
                .addJavadoc("The bytes of the numbers in the arrays that this instance works in.\n")
                .addStatement("return $L", sum)
                .build();
    }
}
