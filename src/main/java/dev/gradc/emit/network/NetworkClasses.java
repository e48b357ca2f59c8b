package dev.gradc.emit.network;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradc.emit.statement.Variables;
import dev.gradc.emit.text.Identifiers;
import dev.gradc.emit.text.Options;
import dev.gradc.emit.text.TooLargeException;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Definition;
import dev.gradc.ir.Gradient;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Tensor;
import dev.gradc.ir.Unit.NetworkUnit;
import dev.gradc.ir.Unit.Objective;
import dev.gradc.ir.Unit.Parameter;
import dev.gradc.ir.Walk;
import dev.gradc.library.SinglePrecision;
import dev.gradc.lower.StepsOutermost;
import dev.gradc.lower.code.Buffer;
import dev.gradc.lower.code.Routines;
import dev.gradc.lower.code.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the classes of one network agree on: their names, the names of what the model owns, types. */
public final class NetworkClasses {

    /** More variables than these would be too many parameters for the parts of a method: then fields are read where they are. */
    private static final int ALIASES = 80;

    public final NetworkUnit unit;
    final List<Gradient> gradients;
    public final Precision precision;
    final Backend backend;
    public final ClassName model;
    public final ClassName forward;
    public final ClassName backward;
    final ClassName trainer;
    final ClassName file;
    final ClassName kernels;
    final ClassName team;
    final ClassName rows;

    /** What takes the place of functions. */
    final SinglePrecision single;

    private final Map<Tensor, String> fields = new LinkedHashMap<>();

    /**
     * @param gradients one for each objective, in their order
     * @param single what takes the place of functions if the precision is single
     */
    public NetworkClasses(
            String packageName, NetworkUnit unit, List<Gradient> gradients, SinglePrecision single, Options options) {
        StepsOutermost.Passes passes = StepsOutermost.of(unit, gradients);
        this.unit = passes.network();
        this.gradients = passes.gradients();
        precision = options.precision();
        backend = options.backend();
        String name = Identifiers.className(unit.name());
        model = ClassName.get(packageName, name);
        forward = ClassName.get(packageName, name + "Forward");
        backward = ClassName.get(packageName, name + "Backward");
        trainer = ClassName.get(packageName, name + "Trainer");
        file = ClassName.get(packageName, name + "File");
        kernels = ClassName.get(packageName, name + "Kernels");
        team = ClassName.get(packageName, name + "Team");
        this.rows = ClassName.get(packageName, name + "Rows");
        this.single = precision == Precision.FLOAT ? single : SinglePrecision.NONE;
        Identifiers names = Identifiers.top();
        // What the methods of the model call their own, and what a field of the same name would hide from them.
        Stream.of("seed", "random", "flat", "PARAMETER_COUNT", "List", file.simpleName())
                .forEach(names::claim);
        for (Parameter parameter : unit.parameters()) {
            fields.put(parameter.tensor(), names.claim(parameter.tensor().name()));
        }
    }

    /** The field of the model that holds a parameter. */
    public String field(Tensor parameter) {
        return fields.get(parameter);
    }

    /** What the passes leave to methods that work on many elements at once. */
    Routines routines() {
        return new Routines(true, single.rows().keySet(), backend == Backend.VECTOR);
    }

    /** {@code double} or {@code float}. */
    public TypeName number() {
        return precision == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
    }

    /** The type of the entries of a tensor. */
    public TypeName number(Tensor tensor) {
        return Types.isInteger(tensor) ? TypeName.INT : number();
    }

    /** The array that holds a tensor. */
    TypeName array(Tensor tensor) {
        return ArrayTypeName.of(number(tensor));
    }

    /** The array, or the array of rows, that keeps a tensor. */
    TypeName array(Buffer buffer) {
        TypeName row = array(buffer.tensor());
        return buffer.inRows() ? ArrayTypeName.of(row) : row;
    }

    /** Whether passes draw random numbers. */
    public boolean drawsInPasses() {
        return !unit.draws().isEmpty();
    }

    public ArrayTypeName numbers() {
        return ArrayTypeName.of(number());
    }

    /** The parameters that training changes, in the order of the source. */
    List<Parameter> trained() {
        return unit.parameters().stream()
                .filter(parameter -> parameter.tensor().role() == Tensor.Role.PARAMETER)
                .toList();
    }

    /** The inputs among the data. */
    List<Tensor> inputs() {
        return unit.data().stream()
                .filter(tensor -> tensor.role() == Tensor.Role.INPUT)
                .toList();
    }

    /** {@code loss} for an only objective, {@code discriminatorLoss} for one of several. */
    public String method(Objective objective, String what) {
        return Identifiers.joined(objective.name(), what);
    }

    /** How many numbers an example has of a tensor whose outermost axis is the batch. */
    public static long perExample(Tensor tensor) {
        return Buffer.whole(tensor).size();
    }

    /** {@code [10 * capacity]}, and of an array of rows {@code [20][50]}. */
    CodeBlock dimensions(Buffer buffer, String capacity) {
        return buffer.inRows()
                ? CodeBlock.of("[$L][$L]", length(buffer.rows(), capacity), buffer.columns())
                : CodeBlock.of("[$L]", length(buffer, capacity));
    }

    /** {@code 10 * capacity} numbers, or a constant number of them, for a new array. */
    private CodeBlock length(Buffer buffer, String capacity) {
        long size = buffer.size();
        if (size > Integer.MAX_VALUE) {
            throw new TooLargeException(buffer.tensor() + " is too large for an array");
        }
        boolean unit = size == 1 && buffer.dynamicAxes() > 0;
        CodeBlock length = unit ? CodeBlock.of("$L", capacity) : CodeBlock.of("$L", size);
        for (int axis = unit ? 1 : 0; axis < buffer.dynamicAxes(); axis++) {
            length = CodeBlock.of("$T.multiplyExact($L, $L)", Math.class, length, capacity);
        }
        return length;
    }

    /** {@code 2 * batch}, {@code batch}. */
    static String times(long size, String factor) {
        return size == 1 ? factor : size + " * " + factor;
    }

    /** {@code double[] W1 = model.W1;} or {@code double b2 = model.b2[0];} for each tensor of the model that is read. */
    void aliasModel(MethodSpec.Builder method, List<Definition> definitions, Variables variables, Identifiers names) {
        Map<Tensor, String> fields = new LinkedHashMap<>();
        Set<Tensor> read = Walk.tensorsRead(definitions);
        unit.parameters().stream()
                .map(Parameter::tensor)
                .filter(read::contains)
                .forEach(tensor -> fields.put(tensor, field(tensor)));
        alias(method, fields, tensor -> "model." + field(tensor) + (tensor.rank() == 0 ? "[0]" : ""), variables, names);
    }

    /** Local variables for tensors that stand in {@code fields} of these names, which {@code place} reads. */
    void alias(
            MethodSpec.Builder method,
            Map<Tensor, String> fields,
            java.util.function.Function<Tensor, String> place,
            Variables variables,
            Identifiers names) {
        fields.forEach((tensor, field) -> {
            if (fields.size() > ALIASES) {
                variables.field(Buffer.whole(tensor), place.apply(tensor));
                return;
            }
            String name = names.claim(field);
            boolean isNumber = tensor.rank() == 0;
            method.addStatement("$T $L = $L", isNumber ? number(tensor) : array(tensor), name, place.apply(tensor));
            if (isNumber) {
                variables.scalar(tensor, name);
            } else {
                variables.array(tensor, name);
            }
        });
    }
}
