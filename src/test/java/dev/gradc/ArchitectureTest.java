package dev.gradc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
