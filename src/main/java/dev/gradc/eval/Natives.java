package dev.gradc.eval;

import dev.gradc.library.TableFunction;
import dev.gradc.source.Diagnostic;
import dev.gradc.source.SourceException;
import dev.gradc.source.Spelling;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The Java methods behind native functions: static, public, of doubles, of the JDK or of a class on the class path. */
public final class Natives {

    private static final Map<String, MethodHandle> KNOWN = new ConcurrentHashMap<>();

    private Natives() {}

    /** Code that calls the method of {@code function} on the values of {@code arguments}. */
    static Code call(TableFunction function, Code[] arguments) {
        TableFunction.Method method = function.method().orElseThrow();
        MethodHandle handle =
                KNOWN.computeIfAbsent(method.name() + "/" + arguments.length, key -> find(method, arguments.length));
        return switch (arguments.length) {
            case 1 -> frame -> invoke(handle, arguments[0].at(frame));
            case 2 -> frame -> invoke(handle, arguments[0].at(frame), arguments[1].at(frame));
            default -> {
                MethodHandle spread = handle.asSpreader(double[].class, arguments.length);
                yield frame -> invoke(spread, frame, arguments);
            }
        };
    }

    /**
     * What is wrong with {@code method}, if it is one of the JDK's own, which are known wherever there is a compiler; whether another
     * is there, only those can tell who call it.
     */
    public static Optional<Diagnostic> mistake(TableFunction.Method method, int arity) {
        Module jdk = Object.class.getModule();
        String owner = method.owner();
        if (!jdk.isExported(owner.substring(0, Math.max(0, owner.lastIndexOf('.'))))) {
            return Optional.empty();
        }
        Class<?> type = Class.forName(jdk, owner);
        return type == null
                ? Optional.of(Diagnostic.error(method.place(), "the JDK has no class " + owner))
                : mistake(type, method, arity);
    }

    private static Optional<Diagnostic> mistake(Class<?> type, TableFunction.Method method, int arity) {
        List<Class<?>> parameters = Collections.nCopies(arity, double.class);
        List<String> alike = Arrays.stream(type.getMethods())
                .filter(other -> Modifier.isStatic(other.getModifiers()) && other.getReturnType() == double.class)
                .filter(other -> Arrays.asList(other.getParameterTypes()).equals(parameters))
                .map(Method::getName)
                .toList();
        if (alike.contains(method.simpleName())) {
            return Optional.empty();
        }
        String doubles = String.join(", ", Collections.nCopies(arity, "double"));
        String signature = "public static double " + method.simpleName() + "(" + doubles + ")";
        String hint = Spelling.nearest(method.simpleName(), alike)
                .map(near -> "did you mean " + near + "?")
                .orElse("a native function has as many parameters as its method, all of them and the value doubles");
        return Optional.of(Diagnostic.error(method.place(), method.owner() + " has no method " + signature)
                .withHint(hint));
    }

    private static MethodHandle find(TableFunction.Method method, int arity) {
        String owner = method.owner();
        Class<?> type;
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            type = Class.forName(owner, true, context == null ? Natives.class.getClassLoader() : context);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new SourceException(
                    List.of(
                            Diagnostic.error(method.place(), "there is no class '" + owner + "' on the class path")
                                    .withHint(
                                            "a value is worked out by calling its method: java -cp gradc.jar:classes dev.gradc.cli.Main …")));
        }
        mistake(type, method, arity).ifPresent(mistake -> {
            throw new SourceException(List.of(mistake));
        });
        MethodType doubles = MethodType.methodType(double.class, Collections.nCopies(arity, double.class));
        try {
            return MethodHandles.publicLookup().findStatic(type, method.simpleName(), doubles);
        } catch (ReflectiveOperationException e) {
            throw new EvaluationException(method.name() + " cannot be called: " + e, e);
        }
    }

    private static double invoke(MethodHandle handle, double x) {
        try {
            return (double) handle.invokeExact(x);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static double invoke(MethodHandle handle, double x, double y) {
        try {
            return (double) handle.invokeExact(x, y);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static double invoke(MethodHandle spread, Frame frame, Code[] arguments) {
        double[] values = new double[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].at(frame);
        }
        try {
            return (double) spread.invokeExact(values);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static EvaluationException failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new EvaluationException("a native function failed: " + e, e);
    }
}
