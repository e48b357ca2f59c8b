package dev.gradc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the design: which package may read which, who may touch a foreign library, and no function known to Java. */
class ArchitectureTest {

    /** Each package and, after the colon, the packages that it may read; {@code gradc} is the root package. */
    private static final Map<String, String[]> READS = """
            source:
            syntax:   source
            ir:
            library:  source syntax ir
            check:    source syntax ir library eval diff simplify
            simplify: ir library
            algebra:  ir library simplify
            reading:  ir library simplify algebra
            diff:     ir library
            regroup:  ir
            eval:     source ir library
            print:    ir library
            data:     source print
            lower:    ir
            emit:     ir library simplify lower print
            load:     emit
            train:    source ir data load
            explain:  source ir library diff eval print algebra
            pipeline: source syntax ir library check simplify reading diff regroup eval print data
            verify:   ir library eval lower emit pipeline
            build:    source ir data emit pipeline verify
            task:     source ir library check simplify reading diff eval print data emit load train explain pipeline verify build
            gradc:    source ir print data emit load pipeline build
            cli:      source ir eval print data load train pipeline verify build task
            maven:    source ir data pipeline build
            """.lines()
            .map(line -> line.split(":"))
            .collect(toMap(parts -> parts[0], parts -> words(parts.length < 2 ? "" : parts[1])));

    /** The circles of classes that there are: kinds of one thing, or what follows a structure that contains itself. */
    private static final String CIRCLES = """
            algebra: Factoring NormalForm ProductBuilder ProductForm SumForm
            check.scope: Context Declarations Owner Scope Value
            check.term: Blocks Calls DerivativeTerms Elaborator Entrywise Extents GuessedCall IndexRanges Inlining Pieces \
            RecurrenceShapes Recurrences Reductions ScalarInlining ShapeChanges Starts Subscripts
            cli: Main TrainCommand
            emit.network: PortableRows RowsClass VectorMethods VectorRows
            explain: MathWriting TextWriting Writing
            ir: Access Call Constant Definition Dump Expr ExprTable Index Interner Recurrence Rewrite Select Shape Tensor
            lower.code: Application Block Code Contraction
            lower.nest: Insertion Nest
            lower.place: Scope Value
            print: Layout TemplateWriter
            regroup: Node Term
            simplify: LookThrough Matcher OtherForms
            source: Diagnostic Drawing
            source: SourceFile Span
            syntax: Indices TermBuilder
            """;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gradc");

    @Test
    void packagesReadOnlyWhatTheTableAllows() {
        LayeredArchitecture table = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .ensureAllClassesAreContainedInArchitecture();
        for (String name : READS.keySet()) {
            table = table.layer(name).definedBy(name.equals("gradc") ? "dev.gradc" : "dev.gradc." + name + "..");
        }
        for (Map.Entry<String, String[]> row : READS.entrySet()) {
            var layer = table.whereLayer(row.getKey());
            table = row.getValue().length == 0
                    ? layer.mayNotAccessAnyLayer()
                    : layer.mayOnlyAccessLayers(row.getValue());
        }
        table.check(CLASSES);
    }

    @Test
    void checkingHasLayersOfItsOwn() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("declarations")
                .definedBy("dev.gradc.check")
                .layer("term")
                .definedBy("dev.gradc.check.term")
                .layer("scope")
                .definedBy("dev.gradc.check.scope")
                .layer("index")
                .definedBy("dev.gradc.check.index")
                .whereLayer("term")
                .mayOnlyAccessLayers("scope", "index")
                .whereLayer("scope")
                .mayOnlyAccessLayers("index")
                .whereLayer("index")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void loweringHasLayersOfItsOwn() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("doors")
                .definedBy("dev.gradc.lower")
                .layer("code")
                .definedBy("dev.gradc.lower.code")
                .layer("prepare")
                .definedBy("dev.gradc.lower.prepare")
                .layer("nest")
                .definedBy("dev.gradc.lower.nest")
                .layer("place")
                .definedBy("dev.gradc.lower.place")
                .layer("tune")
                .definedBy("dev.gradc.lower.tune")
                .whereLayer("code")
                .mayNotAccessAnyLayer()
                .whereLayer("prepare")
                .mayOnlyAccessLayers("code")
                .whereLayer("nest")
                .mayOnlyAccessLayers("code")
                .whereLayer("place")
                .mayOnlyAccessLayers("code", "nest")
                .whereLayer("tune")
                .mayOnlyAccessLayers("code")
                .check(CLASSES);
    }

    @Test
    void emittingHasLayersOfItsOwn() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("door")
                .definedBy("dev.gradc.emit")
                .layer("test")
                .definedBy("dev.gradc.emit.test")
                .layer("network")
                .definedBy("dev.gradc.emit.network")
                .layer("function")
                .definedBy("dev.gradc.emit.function")
                .layer("statement")
                .definedBy("dev.gradc.emit.statement")
                .layer("text")
                .definedBy("dev.gradc.emit.text")
                .whereLayer("test")
                .mayOnlyAccessLayers("network", "function", "statement", "text")
                .whereLayer("network")
                .mayOnlyAccessLayers("statement", "text")
                .whereLayer("function")
                .mayOnlyAccessLayers("statement", "text")
                .whereLayer("statement")
                .mayOnlyAccessLayers("text")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    /** What knows each other in a circle can only be understood together; ANTLR's classes are not ours. */
    @Test
    void onlyTheseClassesFormCircles() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass each : CLASSES) {
            Set<String> used = uses.computeIfAbsent(name(each), name -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(target -> target.getPackage().equals(each.getPackage()))
                    .forEach(target -> used.add(name(target)));
        }
        Map<String, Set<String>> reached = new HashMap<>();
        uses.keySet().forEach(name -> reached.put(name, reached(name, uses)));
        Set<String> circles = new TreeSet<>();
        reached.forEach((name, others) -> {
            Set<String> circle = new TreeSet<>(others);
            circle.removeIf(other -> !reached.get(other).contains(name));
            circle.add(name);
            if (circle.size() > 1 && !name.startsWith("syntax.antlr.")) {
                String folder = name.substring(0, name.lastIndexOf('.'));
                circles.add(folder + ": "
                        + circle.stream()
                                .map(other -> other.substring(other.lastIndexOf('.') + 1))
                                .collect(Collectors.joining(" ")));
            }
        });
        assertEquals(CIRCLES, String.join("\n", circles) + "\n");
    }

    /** Everything that {@code name} knows, and what that knows. */
    private static Set<String> reached(String name, Map<String, Set<String>> uses) {
        Set<String> reached = new TreeSet<>();
        Deque<String> rest = new ArrayDeque<>(uses.get(name));
        while (!rest.isEmpty()) {
            String next = rest.pop();
            if (reached.add(next)) {
                rest.addAll(uses.get(next));
            }
        }
        return reached;
    }

    /** Of a class with those inside it, from the root package on. */
    private static String name(JavaClass each) {
        return each.getBaseComponentType().getName().replaceAll("^dev\\.gradc\\.|\\$.*", "");
    }

    @ParameterizedTest
    @CsvSource({
        "org.antlr,           syntax",
        "com.palantir.javapoet, emit",
        "picocli,             cli",
        "me.tongfei,          cli",
        "de.siegmar.fastcsv,  data",
        "org.eclipse,         explain",
        "org.apache.maven,    maven",
        "org.codehaus.plexus, maven",
        "org.sonatype.plexus, maven"
    })
    void aForeignLibraryHasOneDoor(String library, String door) {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.gradc." + door + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(CLASSES);
    }

    /** A function is a line of a library file; one name stands for all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "grammar"})
    void theMechanismKnowsNoFunction(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            List<Path> knowing = files.filter(Files::isRegularFile)
                    .filter(file -> read(file).toLowerCase(Locale.ROOT).contains("tanh"))
                    .toList();
            assertEquals(List.of(), knowing);
        }
    }

    private static String[] words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
