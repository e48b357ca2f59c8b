package dev.gradc.emit.statement;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.TypeName;
import dev.gradc.ir.Index;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Local;
import dev.gradc.lower.code.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What tensors, loops and values are called in a method, and which of these names a part of the method uses. */
public final class Variables {

    private enum Origin {
        /** A caller gives it: an array may be longer than it must be. */
        GIVEN,
        /** It is there when the method is called, and just as long as it must be. */
        KEPT,
        /** The method makes it: it is just as long as it must be, and full of zeros. */
        MADE
    }

    /**
     * @param name what stands for it
     * @param variable the variable in which it is found, mostly of the same name
     * @param isField whether every method of the class sees the variable
     */
    private record Reference(
            String name, Buffer buffer, String variable, TypeName type, boolean isField, Origin origin) {

        boolean isArray() {
            return type instanceof ArrayTypeName;
        }
    }

    private final TypeName number;
    private final TypeName numbers;
    private final Map<Tensor, Reference> tensors;
    private final Map<Index, String> indices = new HashMap<>();
    private final Map<Local, String> locals = new HashMap<>();

    /** The places of the values that stand in slots of an array. */
    private final Map<Local, String> slots = new HashMap<>();

    /** The name of this array; empty if it is a field. */
    private String slotArray = "";

    /** For each part of the method that is being written, what it uses of its surroundings: names and their types. */
    private final Deque<Map<String, TypeName>> used = new ArrayDeque<>();

    /** @param number the type of reals */
    public Variables(TypeName number) {
        this(number, new HashMap<>());
    }

    private Variables(TypeName number, Map<Tensor, Reference> tensors) {
        this.number = number;
        this.numbers = ArrayTypeName.of(number);
        this.tensors = tensors;
    }

    /** The same tensors, for one more method; what is added there stays there. */
    public Variables copy() {
        return new Variables(number, new HashMap<>(tensors));
    }

    /** A tensor in an array that the method makes, also one of rank 0 in an array of one. */
    public void newArray(Tensor tensor, String name, Buffer buffer) {
        tensors.put(tensor, new Reference(name, buffer, name, array(buffer), false, Origin.MADE));
    }

    private TypeName array(Buffer buffer) {
        TypeName row = ArrayTypeName.of(entry(buffer.tensor()));
        return buffer.inRows() ? ArrayTypeName.of(row) : row;
    }

    /** A tensor in one of several arrays that the method makes and that stand in an array. */
    public void newArrayOf(Tensor tensor, String arrays, int place, Buffer buffer) {
        TypeName type = ArrayTypeName.of(ArrayTypeName.of(entry(tensor)));
        tensors.put(tensor, new Reference(arrays + "[" + place + "]", buffer, arrays, type, false, Origin.MADE));
    }

    /** A tensor in an array that holds all of it. */
    public void array(Tensor tensor, String name) {
        wholeArray(tensor, name, Origin.KEPT);
    }

    /** The same in an array that a caller gives, which may be longer. */
    public void givenArray(Tensor tensor, String name) {
        wholeArray(tensor, name, Origin.GIVEN);
    }

    private void wholeArray(Tensor tensor, String name, Origin origin) {
        Buffer buffer = Buffer.whole(tensor);
        tensors.put(tensor, new Reference(name, buffer, name, array(buffer), false, origin));
    }

    /** A tensor in a field that is an array. */
    public void arrayField(Tensor tensor, String name, Buffer buffer) {
        tensors.put(tensor, new Reference(name, buffer, name, array(buffer), true, Origin.KEPT));
    }

    /** A tensor of rank 0 in a variable. */
    public void scalar(Tensor tensor, String name) {
        tensors.put(tensor, new Reference(name, Buffer.whole(tensor), name, entry(tensor), false, Origin.KEPT));
    }

    /** A tensor of rank 0 in a field. */
    public void scalarField(Tensor tensor, String name) {
        tensors.put(tensor, new Reference(name, Buffer.whole(tensor), name, entry(tensor), true, Origin.KEPT));
    }

    /** A tensor in a field: in an array, or of rank 0 in the field itself. */
    public void field(Buffer buffer, String name) {
        if (buffer.tensor().rank() == 0) {
            scalarField(buffer.tensor(), name);
        } else {
            arrayField(buffer.tensor(), name, buffer);
        }
    }

    void index(Index index, String name) {
        indices.put(index, name);
    }

    public void local(Local local, String name) {
        locals.put(local, name);
    }

    /** Values stand in slots of {@code array}. */
    void slots(Map<Local, Integer> places, String array, boolean isField) {
        slotArray = isField ? "" : array;
        places.forEach((local, place) -> slots.put(local, array + "[" + place + "]"));
    }

    boolean isInSlot(Local local) {
        return slots.containsKey(local);
    }

    public boolean knows(Tensor tensor) {
        return tensors.containsKey(tensor);
    }

    public String name(Tensor tensor) {
        Reference reference = reference(tensor);
        if (!reference.isField) {
            use(reference.variable, reference.type);
        }
        return reference.name;
    }

    private TypeName entry(Tensor tensor) {
        return Types.isInteger(tensor) ? TypeName.INT : number;
    }

    Buffer buffer(Tensor tensor) {
        return reference(tensor).buffer;
    }

    /** The type of the variable for {@code tensor}. */
    public TypeName type(Tensor tensor) {
        return reference(tensor).type;
    }

    boolean isArray(Tensor tensor) {
        return reference(tensor).isArray();
    }

    /** Whether the array for {@code tensor} has room for its entries and for nothing else. */
    boolean isFull(Tensor tensor) {
        Reference reference = reference(tensor);
        return reference.origin != Origin.GIVEN && reference.buffer.dynamicAxes() == 0;
    }

    /** Whether the array for {@code tensor} is full of zeros when the method begins. */
    boolean isNew(Tensor tensor) {
        return reference(tensor).origin == Origin.MADE;
    }

    private Reference reference(Tensor tensor) {
        Reference reference = tensors.get(tensor);
        if (reference == null) {
            throw new IllegalArgumentException(tensor + " is neither given nor computed here");
        }
        return reference;
    }

    public String name(Index index) {
        String name = required(indices.get(index), index);
        use(name, TypeName.INT);
        return name;
    }

    /** What reads {@code local}: its name, or of a slot something that binds as tightly. */
    public String name(Local local) {
        String target = target(local);
        if (local.type() == Local.Type.REAL || !isInSlot(local)) {
            return target;
        }
        return local.type() == Local.Type.INTEGER ? "((int) " + target + ")" : "(" + target + " != 0)";
    }

    /** What stands for {@code local} on the left of an assignment. */
    String target(Local local) {
        String slot = slots.get(local);
        if (slot == null) {
            String name = required(locals.get(local), local);
            use(name, type(local));
            return name;
        }
        if (!slotArray.isEmpty()) {
            use(slotArray, numbers);
        }
        return slot;
    }

    private TypeName type(Local local) {
        return switch (local.type()) {
            case REAL -> number;
            case INTEGER, MASK -> TypeName.INT;
            case CONDITION -> TypeName.BOOLEAN;
        };
    }

    private static String required(String name, Object what) {
        if (name == null) {
            throw new IllegalStateException(what + " is used outside the block that declares it");
        }
        return name;
    }

    // ---- Parts of a method

    /** A part of the method begins, which will be a method of its own. */
    void beginPart() {
        used.push(new LinkedHashMap<>());
    }

    /** The part uses {@code name} of its surroundings. */
    void use(String name, TypeName type) {
        if (!used.isEmpty()) {
            used.peek().put(name, type);
        }
    }

    /**
     * The part ends.
     *
     * @param own the names that it declares itself
     * @return what it must be given
     */
    Map<String, TypeName> endPart(Set<String> own) {
        Map<String, TypeName> needed = used.pop();
        needed.keySet().removeAll(own);
        // What surrounds it has to hand that on.
        needed.forEach(this::use);
        return needed;
    }
}
