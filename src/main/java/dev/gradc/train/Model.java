package dev.gradc.train;

import dev.gradc.data.DataException;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.load.LoadedClasses;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes of a network, called by reflection: once an epoch or a batch, so that it costs nothing. */
final class Model implements AutoCloseable {

    /** The most examples that a forward pass takes at once. */
    static final int CAPACITY = 256;

    private final NetworkUnit network;
    private final Precision precision;
    private final Object model;
    private final Object trainer;
    private final Object forward;

    /** @param threads for the trainer, if it has work to share */
    Model(NetworkUnit network, Precision precision, LoadedClasses classes, String name, long seed, int threads) {
        this.network = network;
        this.precision = precision;
        model = construct(classes.type(name), seed);
        Class<?> type = classes.type(name + "Trainer");
        trainer = AutoCloseable.class.isAssignableFrom(type)
                ? construct(type, model, seed, threads)
                : construct(type, model, seed);
        forward = network.draws().isEmpty()
                ? construct(classes.type(name + "Forward"), model, CAPACITY)
                : construct(classes.type(name + "Forward"), model, CAPACITY, seed);
    }

    private static Object construct(Class<?> type, Object... arguments) {
        Constructor<?> constructor = Stream.of(type.getConstructors())
                .filter(c -> c.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such constructor of " + type));
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw unchecked(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls the method of this name, the only one with so many parameters. */
    private static Object call(Object target, String name, Object... arguments) {
        Method method = Stream.of(target.getClass().getMethods())
                .filter(m -> m.getName().equals(name) && m.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no method " + name));
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw unchecked(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException unchecked(InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    /** Ends the threads of the trainer. */
    @Override
    public void close() {
        if (trainer instanceof AutoCloseable) {
            call(trainer, "close");
        }
    }

    /** The data as the classes take them. */
    List<Object> arrays(Examples examples) {
        List<Object> arrays = new ArrayList<>();
        for (Tensor tensor : network.data()) {
            double[] values = examples.values().get(tensor);
            Class<?> type = tensor.isInteger() ? int.class : precision == Precision.FLOAT ? float.class : double.class;
            if (type == double.class) {
                arrays.add(values);
                continue;
            }
            Object array = Array.newInstance(type, values.length);
            for (int i = 0; i < values.length; i++) {
                if (array instanceof int[] integers) {
                    integers[i] = (int) values[i];
                } else {
                    ((float[]) array)[i] = (float) values[i];
                }
            }
            arrays.add(array);
        }
        return arrays;
    }

    /** One pass of training over the examples for each loss; their losses on the way. */
    double epoch(List<Object> arrays, int count) {
        double sum = 0;
        for (Objective objective : network.objectives()) {
            sum += (double) call(trainer, method(objective, "epoch"), with(arrays, count));
        }
        return sum;
    }

    private static String method(Objective objective, String what) {
        return objective.name().isEmpty()
                ? what
                : objective.name() + Character.toUpperCase(what.charAt(0)) + what.substring(1);
    }

    private static Object[] with(List<Object> arrays, int count) {
        List<Object> arguments = new ArrayList<>(arrays);
        arguments.add(count);
        return arguments.toArray();
    }

    /** The losses of a batch of at most {@link #CAPACITY} examples. */
    double loss(Examples batch) {
        double sum = 0;
        for (Objective objective : network.objectives()) {
            sum += ((Number) call(forward, method(objective, "loss"), with(arrays(batch), batch.count())))
                    .doubleValue();
        }
        return sum;
    }

    /** What the network gives out for a batch of at most {@link #CAPACITY} examples. */
    double[] output(Tensor output, Examples batch) {
        List<Object> inputs = new ArrayList<>();
        List<Object> all = arrays(batch);
        for (int i = 0; i < all.size(); i++) {
            if (network.data().get(i).role() == Tensor.Role.INPUT) {
                inputs.add(all.get(i));
            }
        }
        call(forward, "run", with(inputs, batch.count()));
        return doubles(call(forward, output.name()));
    }

    private static double[] doubles(Object array) {
        if (array instanceof double[] values) {
            return values;
        }
        double[] values = new double[Array.getLength(array)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Array.getDouble(array, i);
        }
        return values;
    }

    /** Copies of everything that the model owns, parameters and states. */
    List<Object> snapshot() {
        List<Object> copies = new ArrayList<>();
        for (Object array : owned()) {
            Object copy = Array.newInstance(array.getClass().getComponentType(), Array.getLength(array));
            System.arraycopy(array, 0, copy, 0, Array.getLength(array));
            copies.add(copy);
        }
        return copies;
    }

    /** Makes the model what it was at a snapshot. */
    void restore(List<Object> snapshot) {
        List<Object> arrays = owned();
        for (int i = 0; i < arrays.size(); i++) {
            System.arraycopy(snapshot.get(i), 0, arrays.get(i), 0, Array.getLength(arrays.get(i)));
        }
    }

    private List<Object> owned() {
        List<Object> arrays = new ArrayList<>();
        for (Object parameter : (List<?>) call(model, "parameters")) {
            arrays.add(call(parameter, "values"));
        }
        return arrays;
    }

    void load(Path file) {
        io("load", file);
    }

    /** Writes the parameters; the file is replaced when that is complete. */
    void save(Path file) {
        io("save", file);
    }

    private void io(String method, Path file) {
        try {
            model.getClass().getMethod(method, Path.class).invoke(model, file);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException cause) {
                String message = String.valueOf(cause.getMessage()).replace(file + ": ", "");
                throw new DataException(
                        file.toString(), message.equals(file.toString()) ? "it cannot be opened" : message);
            }
            throw unchecked(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
