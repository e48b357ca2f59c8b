package dev.gradc.benchmark;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * Generated classes, made and called by their names: those of the two backends have nothing in common that Java knows. What calls them is
 * an object such as a lambda expression makes, so it costs nothing.
 */
final class ByName {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private ByName() {}

    static Object create(String type, Object... arguments) {
        try {
            for (Constructor<?> constructor : Class.forName(type).getConstructors()) {
                if (constructor.getParameterCount() == arguments.length) {
                    return constructor.newInstance(arguments);
                }
            }
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
        throw new IllegalStateException(type + " is not made from " + arguments.length + " things");
    }

    /** What {@code receiver::method} would be, for the one method that {@code type} has. */
    static <T> T bind(Class<T> type, Object receiver) {
        Method method = type.getDeclaredMethods()[0];
        MethodType signature = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        try {
            MethodHandle target = LOOKUP.findVirtual(receiver.getClass(), method.getName(), signature);
            MethodType factory = MethodType.methodType(type, receiver.getClass());
            return type.cast(
                    LambdaMetafactory.metafactory(LOOKUP, method.getName(), factory, signature, target, signature)
                            .getTarget()
                            .invoke(receiver));
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    static void set(Object receiver, String field, float value) {
        try {
            receiver.getClass().getField(field).setFloat(receiver, value);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
