package dev.gradc.task;

import dev.gradc.data.DataException;
import dev.gradc.data.NumberArray;
import dev.gradc.data.Safetensors;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.InitialKind;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.pipeline.Sources;
import dev.gradc.verify.Samples;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a network owns, read from a file.
 *
 * @param file what messages call it
 * @param arrays by the names of the parameters and states
 */
record Weights(String file, Map<String, NumberArray> arrays) {

    static Weights read(String path) {
        try {
            return new Weights(path, Safetensors.read(Path.of(path)));
        } catch (IOException | InvalidPathException e) {
            throw Sources.unreadable(path, e);
        }
    }

    /** The values of everything that {@code network} owns; a state that is not given starts as the network says. */
    Map<Tensor, double[]> bind(NetworkUnit network) {
        Map<Tensor, double[]> values = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (Parameter parameter : network.parameters()) {
            Tensor tensor = parameter.tensor();
            NumberArray array = arrays.get(tensor.name());
            int[] extents = Samples.extents(tensor.shape(), 0);
            boolean fresh =
                    tensor.role() == Tensor.Role.STATE && parameter.initial().kind() == InitialKind.CONSTANT;
            if (array == null && fresh) {
                values.put(tensor, Samples.draw(tensor.shape(), 0, parameter.initial(), new Random(0)));
            } else if (array == null) {
                faults.add("no " + tensor);
            } else if (!Arrays.equals(extents, array.shape()) && !(tensor.rank() == 0 && array.values().length == 1)) {
                faults.add(tensor.name() + " is " + NumberArray.text(extents) + ", not "
                        + NumberArray.text(array.shape()));
            } else {
                values.put(tensor, array.values());
            }
        }
        if (!faults.isEmpty()) {
            throw new DataException(file, String.join("; ", faults));
        }
        return values;
    }
}
