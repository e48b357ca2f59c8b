package dev.gradc.eval;

import dev.gradc.library.TableFunction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The Java methods behind native functions: static, public, of doubles, of the JDK or of a class on the class path. */
final class Natives {

    private static final Map<String, MethodHandle> KNOWN = new ConcurrentHashMap<>();

    private Natives() {}

    /** Code that calls the method of {@code function} on the values of {@code arguments}. */
    static Code call(TableFunction function, Code[] arguments) {
        String method = function.method().orElseThrow();
        MethodHandle handle = KNOWN.computeIfAbsent(method + "/" + arguments.length, key -> find(method, function));
        return switch (arguments.length) {
            case 1 -> frame -> invoke(handle, arguments[0].at(frame));
            case 2 -> frame -> invoke(handle, arguments[0].at(frame), arguments[1].at(frame));
            default -> {
                MethodHandle spread = handle.asSpreader(double[].class, arguments.length);
                yield frame -> invoke(spread, frame, arguments);
            }
        };
    }

    private static MethodHandle find(String method, TableFunction function) {
        int dot = method.lastIndexOf('.');
        MethodType type = MethodType.methodType(double.class, Collections.nCopies(function.arity(), double.class));
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            ClassLoader loader = context == null ? Natives.class.getClassLoader() : context;
            Class<?> owner = Class.forName(method.substring(0, Math.max(0, dot)), true, loader);
            return MethodHandles.publicLookup().findStatic(owner, method.substring(dot + 1), type);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new EvaluationException(
                    function.symbol() + " needs the method public static double " + method + " of " + function.arity()
                            + " doubles, which is not on the class path",
                    e);
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
