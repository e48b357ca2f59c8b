package dev.gradc.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to differentiate, how.
 *
 * @param subject a formula, or the path of a file: what exists, ends with {@code .nn} or is {@code -}
 * @param function the name of a function or network of the file; none means all
 * @param settings sizes of networks, by name
 * @param variables what to differentiate in; none means all that occur
 * @param order how many times in each variable
 * @param hessian whether every pair of variables is asked for instead
 * @param shapes {@code A=3,3}, for variables that are not scalars
 * @param at {@code x=1,y=2}; none for formulas only
 * @param simplify whether to show the derivatives simplified
 */
public record DerivationRequest(
        String subject,
        Optional<String> function,
        Map<String, Double> settings,
        List<String> variables,
        int order,
        boolean hessian,
        List<String> shapes,
        List<String> at,
        boolean simplify) {}
