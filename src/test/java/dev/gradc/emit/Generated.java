package dev.gradc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradc.build.Generator;
import dev.gradc.emit.text.GeneratedFile;
import dev.gradc.emit.text.Options;
import dev.gradc.ir.Backend;
import dev.gradc.ir.Precision;
import dev.gradc.ir.Unit;
import dev.gradc.pipeline.Compiler;
import dev.gradc.pipeline.DeepStack;
import dev.gradc.source.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Generated Java, compiled in memory with nothing on the class path and every warning an error, and loaded. */
final class Generated {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> classes = new LinkedHashMap<>();
    private final ClassLoader loader = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    };

    private Generated(List<GeneratedFile> files) {
        files.forEach(file -> sources.put(file.path(), file.text()));
        compile();
    }

    /** What becomes of {@code source}, a file called {@code test.nn}. */
    static Generated from(String source) throws Exception {
        return from(source, Precision.DOUBLE);
    }

    static Generated from(String source, Precision precision) throws Exception {
        return new Generated(files(source, precision));
    }

    static List<GeneratedFile> files(String source, Precision precision) throws Exception {
        return files(source, new Options(precision, Backend.PORTABLE));
    }

    static List<GeneratedFile> files(String source, Options options) throws Exception {
        return DeepStack.call(() -> {
            Compiler compiler = new Compiler();
            Unit unit = compiler.check(new SourceFile("test.nn", source), Map.of());
            return new Generator(compiler, options)
                    .generate(unit, unit.packageName().orElse(""));
        });
    }

    static Generated of(List<GeneratedFile> files) {
        return new Generated(files);
    }

    private void compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StandardJavaFileManager standard = compiler.getStandardFileManager(diagnostics, null, null);
        JavaFileManager manager = new ForwardingJavaFileManager<>(standard) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new Output(name);
            }
        };
        boolean vectors = sources.values().stream().anyMatch(source -> source.contains("import jdk.incubator.vector."));
        // No release of Java has the module: it is the JDK's, and javac warns of it whatever one says.
        List<String> options = vectors
                ? List.of("--add-modules", "jdk.incubator.vector", "-proc:none", "-classpath", "")
                : List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none", "-classpath", "");
        List<JavaFileObject> units = sources.entrySet().stream()
                .<JavaFileObject>map(entry -> new Input(entry.getKey(), entry.getValue()))
                .toList();
        StringWriter output = new StringWriter();
        compiler.getTask(output, manager, diagnostics, options, null, units).call();
        List<Diagnostic<?>> found = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> !vectors || diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.toList());
        assertEquals(List.of(), found, () -> output + String.join("\n", sources.values()));
        classes.forEach(Generated::checkSizes);
    }

    /** HotSpot compiles no method of more than 8,000 bytes, and a class holds 65,535 constants: a tenth less is near enough. */
    private static void checkSizes(String name, byte[] bytes) {
        try {
            int constants = ClassFile.constants(bytes);
            assertTrue(constants < 59_000, name + " has " + constants + " constants");
            ClassFile.methodSizes(bytes)
                    .forEach(
                            (method, size) -> assertTrue(size < 8000, name + "." + method + " has " + size + " bytes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of the file at {@code path}. */
    String source(String path) {
        return sources.get(path);
    }

    Map<String, String> sources() {
        return sources;
    }

    /** The class files by the names of their classes. */
    Map<String, byte[]> classes() {
        return classes;
    }

    Class<?> type(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    /** Calls a static method of {@code type}, the only one of this name. */
    Object call(String type, String method, Object... arguments) throws Exception {
        return invoke(type(type), null, method, arguments);
    }

    Object construct(String type, Object... arguments) throws Exception {
        return Arrays.stream(type(type).getConstructors())
                .filter(constructor -> constructor.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(type))
                .newInstance(arguments);
    }

    static Object on(Object target, String method, Object... arguments) throws Exception {
        return invoke(target.getClass(), target, method, arguments);
    }

    static double[] field(Object target, String name) throws Exception {
        return (double[]) target.getClass().getField(name).get(target);
    }

    private static Object invoke(Class<?> type, Object target, String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(type.getMethods())
                .filter(m -> m.getName().equals(name) && m.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(name));
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static final class Input extends SimpleJavaFileObject {
        private final String text;

        Input(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private final class Output extends SimpleJavaFileObject {
        private final String name;

        Output(String name) {
            super(URI.create("bytes:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() throws IOException {
                    super.close();
                    classes.put(name, toByteArray());
                }
            };
        }
    }
}
