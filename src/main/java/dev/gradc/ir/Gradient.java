package dev.gradc.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The backward pass of a program for one scalar of it.
 *
 * @param of the scalar that was differentiated
 * @param program reads the arguments and the definitions of the forward program; its results are the adjoints
 * @param adjoints for each tensor that was asked for, the tensor of equal shape that holds its partial derivatives
 */
public record Gradient(Tensor of, Program program, Map<Tensor, Tensor> adjoints) {
    public Gradient {
        adjoints = Collections.unmodifiableMap(new LinkedHashMap<>(adjoints));
    }
}
