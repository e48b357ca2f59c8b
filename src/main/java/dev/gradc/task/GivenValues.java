package dev.gradc.task;

import dev.gradc.data.DataException;
import dev.gradc.data.JsonReader;
import dev.gradc.data.NumberArray;
import dev.gradc.ir.Shape;
import dev.gradc.ir.Tensor;
import dev.gradc.pipeline.Sources;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.SourceFile;
import dev.gradc.source.Span;
import dev.gradc.source.Spelling;
import dev.gradc.verify.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values that a user gave for names, matched with the tensors that need them: shapes, integers, nothing missing or unknown. */
final class GivenValues {

    private final SourceFile file;
    private final Map<String, JsonReader.Entry> entries;
    private final List<Diagnostic> faults = new ArrayList<>();

    /** @param file where the entries stand */
    private GivenValues(SourceFile file, Map<String, JsonReader.Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** Those of {@code --at x=1,y=2}, however often it stands. */
    static GivenValues at(List<String> options) {
        SourceFile text = new SourceFile("--at", String.join(",", options));
        return new GivenValues(text, options.isEmpty() ? Map.of() : Points.read(text));
    }

    /** Those of the file {@code data}, in the place of which what {@code --at} says counts. */
    static GivenValues of(String data, List<String> options) {
        SourceFile file = Sources.read(data);
        Map<String, JsonReader.Entry> entries = new LinkedHashMap<>(JsonReader.read(file));
        entries.putAll(at(options).entries);
        return new GivenValues(file, entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** What is given, by name, in its order. */
    Map<String, NumberArray> arrays() {
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        entries.forEach((name, entry) -> arrays.put(name, entry.array()));
        return arrays;
    }

    /** The shapes of what is given. */
    Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        entries.forEach((name, entry) -> shapes.put(name, Shape.of(entry.array().shape())));
        return shapes;
    }

    /** Those numbers among what is given that can be sizes. */
    Map<String, Integer> integers() {
        Map<String, Integer> integers = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            double value = entry.array().rank() == 0 ? entry.array().values()[0] : -1;
            if (value >= 0 && value == (int) value) {
                integers.put(name, (int) value);
            }
        });
        return integers;
    }

    boolean has(Tensor tensor) {
        return entries.containsKey(tensor.name());
    }

    /** The values of {@code tensors}, which must be given and be all that is given. */
    Map<Tensor, double[]> bind(Collection<Tensor> tensors) {
        return bind(tensors, tensors, -1);
    }

    /**
     * The values of {@code tensors}.
     *
     * @param known what else may be given, and is left out
     * @param batch the extent of every outermost axis that is not a constant
     */
    Map<Tensor, double[]> bind(Collection<Tensor> tensors, Collection<Tensor> known, int batch) {
        Map<Tensor, double[]> values = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (Tensor tensor : tensors) {
            JsonReader.Entry entry = entries.get(tensor.name());
            if (entry == null) {
                missing.add(tensor.name());
            } else {
                check(tensor, entry, Samples.extents(tensor.shape(), batch));
                values.put(tensor, entry.array().values());
            }
        }
        // A name that is missing because it is misspelt is told once.
        missing.removeAll(unknown(known.stream().map(Tensor::name).toList()));
        if (!missing.isEmpty()) {
            String names = missing.stream().collect(Collectors.joining(", "));
            if (file.text().isEmpty()) {
                throw new DataException(file.name(), "no value for " + names);
            }
            faults.add(Diagnostic.error(new Span(file, 0, 0), "no value for " + names));
        }
        if (!faults.isEmpty()) {
            throw new SourceException(faults);
        }
        return values;
    }

    /** How many examples there are: the outermost extent of the first of {@code data} that is given. */
    int batch(Collection<Tensor> data) {
        for (Tensor tensor : data) {
            JsonReader.Entry entry = entries.get(tensor.name());
            if (entry != null && entry.array().rank() > 0) {
                return entry.array().shape()[0];
            }
        }
        return 1;
    }

    /** Refuses what is none of {@code names}; returns which of them may have been meant. */
    private List<String> unknown(List<String> names) {
        List<String> meant = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (!names.contains(name)) {
                Diagnostic fault = Diagnostic.error(entry.span(), "there is no " + name + " to be given");
                Optional<String> near = Spelling.nearest(name, names);
                near.ifPresent(meant::add);
                faults.add(near.map(other -> fault.withHint("did you mean " + other + "?"))
                        .orElse(fault));
            }
        });
        return meant;
    }

    private void check(Tensor tensor, JsonReader.Entry entry, int[] extents) {
        NumberArray array = entry.array();
        if (!java.util.Arrays.equals(extents, array.shape())) {
            faults.add(Diagnostic.error(
                    entry.span(),
                    tensor.name() + " is " + NumberArray.text(extents) + ", not " + NumberArray.text(array.shape())));
            return;
        }
        if (tensor.isInteger()) {
            int limit = tensor.bound();
            for (double value : array.values()) {
                if (value != Math.rint(value) || value < 0 || value >= limit) {
                    String range = limit < Integer.MAX_VALUE ? " from 0 to " + (limit - 1) : " from 0";
                    faults.add(Diagnostic.error(
                            entry.span(), tensor.name() + " takes integers" + range + ", not " + value));
                    return;
                }
            }
        }
    }
}
