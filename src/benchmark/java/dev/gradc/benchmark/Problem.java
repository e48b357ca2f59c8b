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
    MIXTURE_SMALL("Gaussian mixture, 1,000 points, d = 20, K = 50", 11_550, MixtureProblem.SMALL),
    MIXTURE_LARGE("Gaussian mixture, 10,000 points, d = 32, K = 25", 14_025, MixtureProblem.LARGE),
    MEMORY_SMALL("diagonal LSTM, 2 layers, 1,024 characters", 266, MemoryProblem.SMALL),
    MEMORY_LARGE("diagonal LSTM, 4 layers, 4,096 characters", 490, MemoryProblem.LARGE);

    final String title;

    /** How many there are. */
    final int derivatives;

    private final Map<Contestant, Supplier<Evaluation>> contestants;

    Problem(String title, int derivatives, Map<Contestant, Supplier<Evaluation>> contestants) {
        this.title = title;
        this.derivatives = derivatives;
        this.contestants = contestants;
    }

    /** Those who can do it, first the one whom the others must agree with. */
    List<Contestant> contestants() {
        return contestants.keySet().stream().sorted().toList();
    }

    Evaluation evaluation(Contestant contestant) {
        return contestants.get(contestant).get();
    }
}
