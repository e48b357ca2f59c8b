package dev.gradc.check;

import dev.gradc.syntax.Statement.Variable;
import java.util.HashMap;
import java.util.Map;

/**
 * Names the parameters that layers make. A call bound to a name gives its parameters that name, {@code h.W}; where one definition
 * calls several layers, the layer's name stands between and equal ones are counted: {@code h.dense1.W}, {@code h.dense2.W}.
 */
final class Owner {

    /** Where no parameter can be made: in a function. */
    static final Owner NONE = new Owner(null, "", Map.of());

    /** Makes the tensor for a parameter. */
    interface Maker {
        Value make(String name, Variable variable, Context context);
    }

    private final Maker maker;
    private final String path;
    private final Map<String, Integer> layers;
    private final Map<String, Integer> used = new HashMap<>();

    private Owner(Maker maker, String path, Map<String, Integer> layers) {
        this.maker = maker;
        this.path = path;
        this.layers = layers;
    }

    /** The owner of what the network itself declares. */
    static Owner network(Maker maker) {
        return new Owner(maker, "", Map.of());
    }

    boolean exists() {
        return maker != null;
    }

    /** The owner of the parameters in a definition of {@code name}, which calls these layers, so many times each. */
    Owner definition(String name, Map<String, Integer> calls) {
        return maker == null ? this : new Owner(maker, join(path, name), calls);
    }

    /** The same names for the result of a layer's body, which calls these layers. */
    Owner result(Map<String, Integer> calls) {
        return maker == null ? this : new Owner(maker, path, calls);
    }

    /** The owner of the parameters of the next call of {@code layer} in this definition. */
    Owner call(String layer) {
        if (maker == null
                || layers.values().stream().mapToInt(Integer::intValue).sum() <= 1) {
            return this;
        }
        int number = used.merge(layer, 1, Integer::sum);
        return new Owner(maker, join(path, layers.getOrDefault(layer, 1) > 1 ? layer + number : layer), Map.of());
    }

    Value make(Variable variable, Context context) {
        return maker.make(join(path, variable.name().text()), variable, context);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
