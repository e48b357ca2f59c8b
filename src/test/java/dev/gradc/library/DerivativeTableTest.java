package dev.gradc.library;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gradc.Snippets;
import dev.gradc.check.StandardLibrary;
import dev.gradc.diff.GradientCheck;
import dev.gradc.diff.Point;
import dev.gradc.ir.Program;
import dev.gradc.ir.Tensor;
import dev.gradc.library.Domains.Domain;
import dev.gradc.library.Domains.Interval;
import dev.gradc.syntax.Declaration;
import dev.gradc.syntax.Declaration.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** First and second derivatives of every scalar function of the library against finite differences, on its domain. */
class DerivativeTableTest {

    private static final Domains DOMAINS = new Domains();
    private static final int POINTS = 6;

    /** A function that takes so many scalars. */
    private record Scalar(String name, int arity) {
        @Override
        public String toString() {
            return name + "/" + arity;
        }
    }

    @TestFactory
    Stream<DynamicTest> derivatives() {
        return StandardLibrary.units().values().stream()
                .flatMap(unit -> unit.declarations().stream())
                .flatMap(DerivativeTableTest::scalar)
                .distinct()
                .map(function -> DynamicTest.dynamicTest(function.toString(), () -> check(function)));
    }

    private static Stream<Scalar> scalar(Declaration declaration) {
        String name;
        List<Parameter> parameters;
        if (declaration instanceof Declaration.Function function) {
            name = function.name().text();
            parameters = function.parameters();
        } else if (declaration instanceof Declaration.Native row) {
            name = row.name().text();
            parameters = row.parameters();
        } else {
            return Stream.of();
        }
        // A kernel is a part of the function beside it, and only right inside that.
        boolean scalar = !name.endsWith("Kernel")
                && parameters.stream().allMatch(p -> p.dimensions().isEmpty());
        return scalar ? Stream.of(new Scalar(name, parameters.size())) : Stream.of();
    }

    private static void check(Scalar function) {
        List<List<Domain>> lines = DOMAINS.of(function.name(), function.arity());
        assertFalse(lines.isEmpty(), () -> function + " has no line in domains.txt");
        lines.stream().filter(domains -> !domains.isEmpty()).forEach(domains -> check(function, domains));
    }

    private static void check(Scalar function, List<Domain> domains) {
        String[] names =
                Stream.of("u", "v", "w", "r", "s").limit(domains.size()).toArray(String[]::new);
        Program program = Snippets.formula(function.name() + "(" + String.join(", ", names) + ")", names)
                .program();
        RandomGenerator random = new Random(1);
        for (int i = 0; i < POINTS; i++) {
            Map<Tensor, double[]> values = new LinkedHashMap<>();
            List<Tensor> variables = new ArrayList<>();
            double room = 1;
            for (int k = 0; k < domains.size(); k++) {
                Tensor argument = program.arguments().get(k);
                Interval interval = domains.get(k).any(random);
                double x = domains.get(k).fixed() ? interval.low() : interval.inside(random);
                values.put(argument, new double[] {x});
                if (!domains.get(k).fixed()) {
                    variables.add(argument);
                    room = Math.min(room, interval.room(x));
                }
            }
            String where =
                    function + " at " + values.values().stream().map(v -> v[0]).toList();
            // Finite differences cannot tell that stopGradient's derivative is 0: KinksTest does.
            if (!variables.isEmpty()) {
                GradientCheck check = new GradientCheck(where, program, variables, room / 10);
                check.first(new Point(values), random);
                check.second(new Point(values), random);
            }
        }
    }
}
