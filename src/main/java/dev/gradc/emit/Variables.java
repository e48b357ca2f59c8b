package dev.gradc.emit;

import dev.gradc.ir.Index;
import dev.gradc.ir.Tensor;
import dev.gradc.lower.Buffer;
import dev.gradc.lower.Local;
import java.util.HashMap;
import java.util.Map;

/** What tensors, loops and values are called in a method. */
final class Variables {

    private record Reference(String name, Buffer buffer, boolean isArray) {}

    private final Map<Tensor, Reference> tensors;
    private final Map<Index, String> indices = new HashMap<>();
    private final Map<Local, String> locals = new HashMap<>();

    Variables() {
        this(new HashMap<>());
    }

    private Variables(Map<Tensor, Reference> tensors) {
        this.tensors = tensors;
    }

    /** The same tensors, for one more method; what is added there stays there. */
    Variables copy() {
        return new Variables(new HashMap<>(tensors));
    }

    /** A tensor in an array, also one of rank 0 in an array of one. */
    void array(Tensor tensor, String name, Buffer buffer) {
        tensors.put(tensor, new Reference(name, buffer, true));
    }

    /** A tensor in an array that holds all of it. */
    void array(Tensor tensor, String name) {
        array(tensor, name, Buffer.whole(tensor));
    }

    /** A tensor of rank 0 in a variable. */
    void scalar(Tensor tensor, String name) {
        tensors.put(tensor, new Reference(name, Buffer.whole(tensor), false));
    }

    void index(Index index, String name) {
        indices.put(index, name);
    }

    void local(Local local, String name) {
        locals.put(local, name);
    }

    boolean knows(Tensor tensor) {
        return tensors.containsKey(tensor);
    }

    String name(Tensor tensor) {
        return reference(tensor).name;
    }

    Buffer buffer(Tensor tensor) {
        return reference(tensor).buffer;
    }

    boolean isArray(Tensor tensor) {
        return reference(tensor).isArray;
    }

    private Reference reference(Tensor tensor) {
        Reference reference = tensors.get(tensor);
        if (reference == null) {
            throw new IllegalArgumentException(tensor + " is neither given nor computed here");
        }
        return reference;
    }

    String name(Index index) {
        return required(indices.get(index), index);
    }

    String name(Local local) {
        return required(locals.get(local), local);
    }

    private static String required(String name, Object what) {
        if (name == null) {
            throw new IllegalStateException(what + " is used outside the block that declares it");
        }
        return name;
    }
}
