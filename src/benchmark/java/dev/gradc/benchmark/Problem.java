package dev.gradc.benchmark;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A function whose value and derivatives are asked for. */
public enum Problem {
    SLOPE("2/sin(exp(-x))", 1, SlopeProblem.CONTESTANTS),
    OPTION("Black–Scholes, 5 inputs", 5, OptionProblem.CONTESTANTS),
    VALLEY("Rosenbrock, 10 inputs", 10, ValleyProblem.CONTESTANTS),
    ARM("arm of 6 joints, Jacobian 3×6", 18, ArmProblem.CONTESTANTS),
    LOCAL_COORDINATES("local coordinates of quaternions, 3×6", 18, PoseProblem.LOCAL_COORDINATES, 18),
    INTERPOLATION("interpolation of quaternions, 3×6", 18, PoseProblem.INTERPOLATION, 76),
    INERTIAL("inertial navigation, 9×21", 189, PoseProblem.INERTIAL, 58),
    SHUTTER("rolling shutter, 2×21", 42, PoseProblem.SHUTTER, 203),
    MIXTURE_SMALL("Gaussian mixture, 1,000 points, d = 20, K = 50", 11_550, MixtureProblem.SMALL),
    MIXTURE_LARGE("Gaussian mixture, 10,000 points, d = 32, K = 25", 14_025, MixtureProblem.LARGE),
    MEMORY_SMALL("diagonal LSTM, 2 layers, 1,024 characters", 266, MemoryProblem.SMALL),
    MEMORY_LARGE("diagonal LSTM, 4 layers, 4,096 characters", 490, MemoryProblem.LARGE);

    final String title;

    /** How many there are. */
    final int derivatives;

    private final Map<Contestant, Supplier<Evaluation>> contestants;

    /** The nanoseconds that are published for C++ which wrenfold or SymForce generate, on other machines; 0 if none are. */
    private final int published;

    Problem(String title, int derivatives, Map<Contestant, Supplier<Evaluation>> contestants) {
        this(title, derivatives, contestants, 0);
    }

    Problem(String title, int derivatives, Map<Contestant, Supplier<Evaluation>> contestants, int published) {
        this.title = title;
        this.derivatives = derivatives;
        this.contestants = contestants;
        this.published = published;
    }

    /** The published time as a table shows it; null if there is none. */
    String published() {
        return published == 0 ? null : Times.text(published);
    }

    /** Those who can do it, first the one whom the others must agree with. */
    List<Contestant> contestants() {
        return contestants.keySet().stream().sorted().toList();
    }

    Evaluation evaluation(Contestant contestant) {
        return contestants.get(contestant).get();
    }
}
