package dev.gradc.check.scope;

import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.syntax.Statement;
import dev.gradc.syntax.Statement.Variable;
import java.util.HashMap;
import java.util.Map;

/**
 * Names the parameters that layers make. A call bound to a name gives its parameters that name, {@code h.W}; where one definition
 * calls several layers, the layer's name stands between and equal ones are counted: {@code h.dense1.W}, {@code h.dense2.W}.
 */
public final class Owner {

    /** Where no parameter can be made: in a function. */
    public static final Owner NONE = new Owner(null, "", Map.of());

    /** The network that all this belongs to. */
    public interface Host {
        /** The tensor for a parameter or a state. */
        Value parameter(String name, Variable variable, Context context);

        /** A tensor of random numbers. */
        Value draw(String name, Statement.Draw draw, Context context);

        /** Lets a state take a new value after each pass in training. */
        void update(Statement.Update update, Context context);

        /** The index of the example, and how many there are. */
        Index example();

        /** Whether this is a pass in training, as a condition. */
        Expr training();

        /** Has {@code undo} run if what is worked out is only an attempt. */
        void ifForgotten(Runnable undo);
    }

    private final Host host;
    private final String path;
    private final Map<String, Integer> layers;
    private final Map<String, Integer> used = new HashMap<>();

    private Owner(Host host, String path, Map<String, Integer> layers) {
        this.host = host;
        this.path = path;
        this.layers = layers;
    }

    /** The owner of what the network itself declares. */
    public static Owner network(Host host) {
        return new Owner(host, "", Map.of());
    }

    public boolean exists() {
        return host != null;
    }

    /** The owner of the parameters in a definition of {@code name}, which calls these layers, so many times each. */
    public Owner definition(String name, Map<String, Integer> calls) {
        return host == null ? this : new Owner(host, join(path, name), calls);
    }

    /** The same names for the result of a layer's body, which calls these layers. */
    public Owner result(Map<String, Integer> calls) {
        return host == null ? this : new Owner(host, path, calls);
    }

    /** The owner of the parameters of the next call of {@code layer} in this definition. */
    public Owner call(String layer) {
        if (host == null || layers.values().stream().mapToInt(Integer::intValue).sum() <= 1) {
            return this;
        }
        int number = used.merge(layer, 1, Integer::sum);
        host.ifForgotten(() -> used.merge(layer, -1, Integer::sum));
        return new Owner(host, join(path, layers.getOrDefault(layer, 1) > 1 ? layer + number : layer), Map.of());
    }

    /** What {@code name} is called that is made here. */
    public String name(String name) {
        return join(path, name);
    }

    public Value make(Variable variable, Context context) {
        return host.parameter(name(variable.name().text()), variable, context);
    }

    public Value draw(Statement.Draw draw, Context context) {
        return host.draw(name(draw.name().text()), draw, context);
    }

    public Host host() {
        return host;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
