package dev.gradc.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Function;
import dev.gradc.lower.Application;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The class that applies functions to rows of numbers, several entries at once. */
abstract sealed class RowsClass permits PortableRows, VectorRows {

    final NetworkClasses classes;
    final List<Function> functions;
    final Identifiers methodNames = Identifiers.ofMethods();

    /** @param applications what it is needed for, if for anything */
    static Optional<RowsClass> of(NetworkClasses classes, Stream<Application> applications) {
        List<Function> functions =
                applications.map(Application::function).distinct().toList();
        return functions.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        classes.backend == Backend.VECTOR
                                ? new VectorRows(classes, functions)
                                : new PortableRows(classes, functions));
    }

    RowsClass(NetworkClasses classes, List<Function> functions) {
        this.classes = classes;
        this.functions = functions;
        functions.forEach(function -> methodNames.claim(name(function)));
    }

    /** The method that applies {@code function}. */
    static String name(Function function) {
        return Identifiers.identifier(function.symbol());
    }

    /** The bytes of the numbers that an instance owns. */
    abstract long bytes();

    abstract TypeSpec write();

    /** A method of a row without its statements: {@code void f(int count, float[] x, int xAt, float[] y, int yAt)}. */
    final MethodSpec.Builder ofRow(Function function) {
        String name = name(function);
        return MethodSpec.methodBuilder(name)
                .addJavadoc("Sets {@code y[yAt + i]} to $L of {@code x[xAt + i]}, for {@code count} numbers.\n", name)
                .addParameter(int.class, "count")
                .addParameter(classes.numbers(), "x")
                .addParameter(int.class, "xAt")
                .addParameter(classes.numbers(), "y")
                .addParameter(int.class, "yAt");
    }
}
