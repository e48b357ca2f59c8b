package dev.gradc.peer;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.gradc.data.NumberArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The methods of {@code peer.py}, run and differentiated by PyTorch. */
final class PyTorch implements AutoCloseable {

    /** A module without weights, as Python's pickle writes it: an object of the class with the one attribute {@code training = False}. */
    private static final String MODULE = "\u0080\u0002c__torch__\nPeer\n)\u0081}X\b\0\0\0training\u0089sb.";

    /** An empty tuple. */
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    /** Of the format of files; decides which variants of operations the script means. */
    private static final String VERSION = "10\n";

    private final Model model;

    /** @param folder where the script is put for PyTorch to load */
    PyTorch(Path folder) throws IOException, MalformedModelException {
        try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(folder.resolve("peer.pt")));
                InputStream script = PyTorch.class.getResourceAsStream("/peer.py")) {
            put(archive, "peer/data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
            put(archive, "peer/code/__torch__.py", script.readAllBytes());
            put(archive, "peer/constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            put(archive, "peer/version", VERSION.getBytes(StandardCharsets.ISO_8859_1));
        }
        model = Model.newInstance("peer");
        model.load(folder, "peer");
    }

    /** PyTorch maps its files into memory, so that they must not be compressed. */
    private static void put(ZipOutputStream archive, String name, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        archive.putNextEntry(entry);
        archive.write(bytes);
        archive.closeEntry();
    }

    /** An argument of a method; indices are integers, everything else doubles. */
    record Argument(NumberArray array, boolean isInteger) {

        private NDArray in(NDManager manager) {
            long[] extents = Arrays.stream(array.shape()).mapToLong(n -> n).toArray();
            NDArray doubles = manager.create(array.values(), new Shape(extents));
            return isInteger ? doubles.toType(DataType.INT64, false) : doubles;
        }
    }

    /** The results of {@code method}. */
    List<NumberArray> results(String method, List<Argument> arguments) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return run(method, arrays(arguments, manager), manager).stream()
                    .map(PyTorch::numbers)
                    .toList();
        }
    }

    /** For each argument the derivative of one entry of one result; of integers there is none, which stands as null. */
    List<NumberArray> gradient(String method, List<Argument> arguments, int result, int entry) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList arrays = arrays(arguments, manager);
            for (int i = 0; i < arguments.size(); i++) {
                if (!arguments.get(i).isInteger()) {
                    arrays.get(i).setRequiresGradient(true);
                }
            }
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(
                        run(method, arrays, manager).get(result).reshape(-1).get(entry));
            }
            List<NumberArray> gradients = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                gradients.add(
                        arguments.get(i).isInteger()
                                ? null
                                : numbers(arrays.get(i).getGradient()));
            }
            return gradients;
        }
    }

    private static NDList arrays(List<Argument> arguments, NDManager manager) {
        NDList arrays = new NDList();
        arguments.forEach(argument -> arrays.add(argument.in(manager)));
        return arrays;
    }

    private NDList run(String method, NDList arguments, NDManager manager) {
        // The bridge takes the name of the method from the name of an array before the arguments.
        NDArray name = manager.create(0f);
        name.setName("module_method:" + method);
        NDList all = new NDList(name);
        all.addAll(arguments);
        return model.getBlock().forward(new ParameterStore(manager, false), all, true);
    }

    private static NumberArray numbers(NDArray array) {
        int[] shape = Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        // What a result does not depend on has a gradient of another type.
        return new NumberArray(shape, array.toType(DataType.FLOAT64, false).toDoubleArray());
    }

    @Override
    public void close() {
        model.close();
    }
}
