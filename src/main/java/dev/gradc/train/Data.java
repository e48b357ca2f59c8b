package dev.gradc.train;

import dev.gradc.data.DataException;
import dev.gradc.data.DataSet;
import dev.gradc.data.NumberArray;
import dev.gradc.data.Table;
import dev.gradc.ir.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the examples of a network from files: arrays by the names of inputs and targets, the rest from a table. */
public final class Data {

    private final Map<String, NumberArray> arrays = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** What came as grey values, which a network of real numbers takes from 0 to 1. */
    private final Set<String> grey = new HashSet<>();

    private Optional<Table> table = Optional.empty();

    /**
     * Adds what a file holds.
     *
     * @param name the input or target that an array without a name is for; empty if none was given
     * @param path what messages call the file
     */
    public void add(String name, String path, DataSet set) {
        if (set.table().isPresent()) {
            if (table.isPresent() || !name.isEmpty()) {
                throw new DataException(
                        path, "a table is for all that no array is for, and so without a name and only one");
            }
            table = set.table();
        }
        set.arrays().forEach((key, array) -> {
            String tensor = key.isEmpty() ? name : key;
            if (tensor.isEmpty()) {
                throw new DataException(
                        path, "what is this array? NAME=" + path + " says for which input or target it is");
            }
            arrays.put(tensor, array);
            origins.put(tensor, path);
            if (set.grey()) {
                grey.add(tensor);
            }
        });
    }

    /** What the user should know about how the data were understood. */
    public List<String> notes() {
        return notes;
    }

    /** The examples for {@code tensors}, inputs and targets. */
    public Examples match(List<Tensor> tensors, Choice choice) {
        Map<Tensor, double[]> found = new LinkedHashMap<>();
        int count = -1;
        for (Tensor tensor : tensors) {
            NumberArray array = arrays.get(tensor.name());
            if (array != null) {
                found.put(tensor, values(tensor, array));
                count = agreed(count, array.shape()[0], origins.get(tensor.name()));
            }
        }
        List<Tensor> rest =
                tensors.stream().filter(tensor -> !found.containsKey(tensor)).toList();
        if (!rest.isEmpty()) {
            Table columns = table.orElseThrow(() -> new DataException(
                    String.join(", ", origins.values()),
                    "no data for " + rest.get(0).name() + "; there is " + String.join(", ", arrays.keySet())));
            Columns reader = new Columns(columns, choice);
            Examples examples = reader.read(rest);
            notes.addAll(reader.notes());
            found.putAll(examples.values());
            count = agreed(count, examples.count(), columns.name());
        }
        Map<Tensor, double[]> ordered = new LinkedHashMap<>();
        tensors.forEach(tensor -> ordered.put(tensor, found.get(tensor)));
        return new Examples(ordered, count);
    }

    private static int agreed(int known, int count, String path) {
        if (known >= 0 && known != count) {
            throw new DataException(path, count + " examples, where the other data have " + known);
        }
        if (count == 0) {
            throw new DataException(path, "there are no examples");
        }
        return count;
    }

    private double[] values(Tensor tensor, NumberArray array) {
        String path = origins.get(tensor.name());
        int width = Examples.width(tensor);
        int[] shape = array.shape();
        if (shape.length == 0 || (shape[0] > 0 && array.values().length / shape[0] != width)) {
            throw new DataException(
                    path,
                    tensor.name() + " has " + width + (width == 1 ? " number" : " numbers")
                            + " an example, the array is " + NumberArray.text(shape));
        }
        double[] values = array.values();
        if (!tensor.isInteger()) {
            return grey.contains(tensor.name())
                    ? Arrays.stream(values).map(v -> v / 255).toArray()
                    : values;
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] != Math.rint(values[i]) || values[i] < 0 || values[i] >= tensor.bound()) {
                throw new DataException(
                        path,
                        tensor.name() + " takes integers from 0 to " + (tensor.bound() - 1) + ", not " + values[i]
                                + ", as in example " + i / width);
            }
        }
        return values;
    }
}
