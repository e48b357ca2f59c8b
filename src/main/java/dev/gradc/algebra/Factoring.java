package dev.gradc.algebra;

import dev.gradc.ir.Access;
import dev.gradc.ir.Constant;
import dev.gradc.ir.Expr;
import dev.gradc.ir.Index;
import dev.gradc.simplify.Fraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes common factors out of sums, and brings sums over one denominator.
 *
 * <p>A function, a sum or a denominator that all terms have is taken out, and then all else they share: {@code exp(x)*sin(x) +
 * exp(x)*cos(x)} is {@code exp(x)*(sin(x) + cos(x))}, but a polynomial {@code x^2 + x} stays. Terms over powers of one sum come over
 * the highest if the numerator collapses when multiplied out: {@code 1/(1 + x^2) - 2*x^2/(1 + x^2)^2} is {@code (1 - x^2)/(1 +
 * x^2)^2}. So do roots of one function or quotient. Every size is bounded, and sums are read only if they are short, so each step
 * takes constant time.
 */
final class Factoring {

    private static final int MOST_TERMS = 16;
    private static final int MOST_FACTORS_IN_ALL = 24;
    private static final int MOST_DENOMINATORS = 3;
    private static final int MOST_TERMS_OF_DENOMINATOR = 8;
    private static final int MOST_TERMS_MULTIPLIED_OUT = 24;

    private final NormalForm form;

    Factoring(NormalForm form) {
        this.form = form;
    }

    /** The sum, of two terms at least, as a product; empty if it is better left alone. */
    Optional<Expr> apply(Sum sum) {
        if (sum.size() > MOST_TERMS) {
            return Optional.empty();
        }
        List<Product> terms = new ArrayList<>();
        sum.terms().forEach((term, number) -> terms.add(Product.read(term).times(number)));
        Map<Expr, Expr> common = common(terms);
        return common.entrySet().stream().anyMatch(power -> isWorthTaking(power.getKey(), power.getValue()))
                ? Optional.of(takenOut(terms, common))
                : overOneDenominator(terms);
    }

    /* ---- Common factors ---- */

    /** The powers that all terms have; of different powers of one base above the bar, the least. A zero below it does not cancel. */
    private static Map<Expr, Expr> common(List<Product> terms) {
        Map<Expr, Expr> common = new LinkedHashMap<>(terms.get(0).powers());
        common.remove(Constant.ZERO);
        for (Product term : terms.subList(1, terms.size())) {
            common.keySet().retainAll(term.powers().keySet());
            common.replaceAll((base, exponent) -> lesser(exponent, term.powers().get(base)));
            common.values().removeIf(exponent -> exponent == Constant.ZERO);
        }
        return common;
    }

    /** 0 if the powers have nothing in common. */
    private static Expr lesser(Expr exponent, Expr other) {
        if (exponent == other) {
            return exponent;
        }
        Optional<Fraction> a = Fraction.of(exponent).filter(number -> !number.isNegative());
        Optional<Fraction> b = Fraction.of(other).filter(number -> !number.isNegative());
        return a.isEmpty() || b.isEmpty()
                ? Constant.ZERO
                : a.get().value() < b.get().value() ? exponent : other;
    }

    private static boolean isWorthTaking(Expr base, Expr exponent) {
        return !isPlain(base) || Fraction.of(exponent).map(Fraction::isNegative).orElse(true);
    }

    private static boolean isPlain(Expr base) {
        return base instanceof Access || base instanceof Index || base instanceof Constant;
    }

    private Expr takenOut(List<Product> terms, Map<Expr, Expr> common) {
        Sum rest = new Sum();
        for (Product term : terms) {
            ProductBuilder factors = factors(term);
            common.forEach((base, exponent) -> factors.power(base, form.scaled(exponent, Fraction.MINUS_ONE)));
            add(factors, rest);
        }
        ProductBuilder result = new ProductBuilder(form);
        common.forEach(result::power);
        result.multiply(form.sums().finished(rest), Fraction.ONE);
        return form.products().finished(result);
    }

    /* ---- Denominators ---- */

    private Optional<Expr> overOneDenominator(List<Product> terms) {
        if (terms.stream().mapToInt(term -> term.powers().size()).sum() > MOST_FACTORS_IN_ALL) {
            return Optional.empty();
        }
        for (Expr base : denominators(terms)) {
            Optional<Expr> quotient = exponents(base, terms).flatMap(exponents -> quotient(base, exponents, terms));
            if (quotient.isPresent()) {
                return quotient;
            }
        }
        return multipliedOut(Constant.ONE, Fraction.ZERO, terms).map(form.sums()::finished);
    }

    /** What terms are divided by, unless it is 0: no term can be brought over that. */
    private static Set<Expr> denominators(List<Product> terms) {
        Set<Expr> bases = new LinkedHashSet<>();
        for (Product term : terms) {
            term.powers().forEach((base, exponent) -> {
                if (bases.size() < MOST_DENOMINATORS
                        && base != Constant.ZERO
                        && Fraction.of(exponent).map(Fraction::isNegative).orElse(false)) {
                    bases.add(base);
                }
            });
        }
        return bases;
    }

    /** The exponents of {@code base} in the terms, 0 where it is not, if they are numbers. */
    private static Optional<List<Fraction>> exponents(Expr base, List<Product> terms) {
        List<Fraction> exponents = new ArrayList<>();
        for (Product term : terms) {
            Fraction.of(term.powers().getOrDefault(base, Constant.ZERO)).ifPresent(exponents::add);
        }
        return exponents.size() == terms.size() ? Optional.of(exponents) : Optional.empty();
    }

    /** The terms over the highest power of {@code base} that is below a bar, if that is better. */
    private Optional<Expr> quotient(Expr base, List<Fraction> exponents, List<Product> terms) {
        Fraction least = exponents.stream().reduce(Factoring::lesser).orElseThrow();
        return numerator(base, least, exponents, terms).map(numerator -> {
            ProductBuilder result = new ProductBuilder(form);
            result.power(base, least.exponent());
            result.multiply(form.sums().finished(numerator), Fraction.ONE);
            return form.products().finished(result);
        });
    }

    private static Fraction lesser(Fraction a, Fraction b) {
        return b.value() < a.value() ? b : a;
    }

    private Optional<Sum> numerator(Expr base, Fraction least, List<Fraction> exponents, List<Product> terms) {
        boolean whole = exponents.stream()
                .allMatch(exponent ->
                        exponent.plus(least.negate()).map(Fraction::isInteger).orElse(false));
        if (!base.isSum()) {
            boolean rational = terms.stream()
                    .allMatch(term -> term.powers().keySet().stream().allMatch(Factoring::isPlain));
            boolean roots = !isPlain(base) && exponents.stream().noneMatch(Fraction::isInteger);
            return whole && (roots || !rational && exponents.stream().allMatch(Fraction::isNegative))
                    ? Optional.of(over(base, least, terms))
                    : Optional.empty();
        }
        if (!whole) {
            return Optional.of(over(base, least, terms)).filter(this::isKnown);
        }
        return SumForm.hasAtMost(MOST_TERMS_OF_DENOMINATOR, base)
                ? multipliedOut(base, least, terms)
                : Optional.empty();
    }

    private Sum over(Expr base, Fraction exponent, List<Product> terms) {
        Sum numerator = new Sum();
        terms.forEach(term -> add(over(base, exponent, term), numerator));
        return numerator;
    }

    /** What stands over {@code base^exponent} with its sums multiplied out, if half of what comes out cancels, or all of it is known. */
    private Optional<Sum> multipliedOut(Expr base, Fraction exponent, List<Product> terms) {
        if (!areShort(terms) || !mayCollapse(base, exponent, terms)) {
            return Optional.empty();
        }
        Sum numerator = new Sum();
        int multiplied = 0;
        for (Product term : terms) {
            multiplied += addMultipliedOut(over(base, exponent, term).product(), numerator);
        }
        boolean collapsed = 2 * numerator.size() <= multiplied + 1
                || !exponent.isZero() && numerator.size() > 1 && isKnown(numerator);
        return multiplied > terms.size() && multiplied <= MOST_TERMS_MULTIPLIED_OUT && collapsed
                ? Optional.of(numerator)
                : Optional.empty();
    }

    /** Whether no sum in {@code terms} has more terms than may come out in all. */
    private static boolean areShort(List<Product> terms) {
        return terms.stream()
                .flatMap(term -> term.powers().keySet().stream())
                .allMatch(base -> !base.isSum() || SumForm.hasAtMost(MOST_TERMS_MULTIPLIED_OUT, base));
    }

    /**
     * Whether each term that will be multiplied out has a partner with the same functions. What stands in the sums does not count, as
     * it will be among the factors then.
     */
    private boolean mayCollapse(Expr base, Fraction least, List<Product> terms) {
        Set<Expr> inSums = new HashSet<>();
        addFactors(base, inSums);
        terms.forEach(
                term -> term.powers().keySet().stream().filter(Expr::isSum).forEach(sum -> addFactors(sum, inSums)));
        Map<Map<Expr, Expr>, Integer> partners = new HashMap<>();
        for (Product term : terms) {
            partners.merge(functions(term, inSums), 1, Integer::sum);
        }
        return terms.stream()
                .allMatch(term -> partners.get(functions(term, inSums)) > 1 || isSingle(base, least, term));
    }

    private void addFactors(Expr sum, Set<Expr> factors) {
        form.sums()
                .read(sum)
                .terms()
                .keySet()
                .forEach(term -> factors.addAll(Product.read(term).powers().keySet()));
    }

    private static Map<Expr, Expr> functions(Product term, Set<Expr> except) {
        Map<Expr, Expr> functions = new HashMap<>(term.powers());
        functions.keySet().removeIf(factor -> isPlain(factor) || factor.isSum() || except.contains(factor));
        return functions;
    }

    /** Whether a term stays one term over {@code base^exponent}. */
    private static boolean isSingle(Expr base, Fraction exponent, Product term) {
        return (exponent.isZero() || exponent.exponent() == term.powers().get(base))
                && term.powers().entrySet().stream()
                        .allMatch(power -> power.getKey() == base
                                || !power.getKey().isSum()
                                || power.getValue() != Constant.ONE && power.getValue() != Constant.of(2));
    }

    /** Whether the sum has been met before, so that it may cancel. */
    private boolean isKnown(Sum sum) {
        return sum.dividedBy(sum.content())
                .filter(rest ->
                        form.arrangement().isKnown(rest) || form.arrangement().isKnown(rest.negate()))
                .isPresent();
    }

    /** What stands over {@code base^exponent} in a term that is to be over that. */
    private ProductBuilder over(Expr base, Fraction exponent, Product term) {
        ProductBuilder factors = factors(term);
        factors.power(base, exponent.negate().exponent());
        return factors;
    }

    /**
     * Adds a product with its sums multiplied out.
     *
     * @return how many terms came out, or more than are allowed
     */
    private int addMultipliedOut(Product product, Sum sum) {
        ProductBuilder rest = new ProductBuilder(form);
        rest.multiply(product.number(), Fraction.ONE);
        List<Sum> sums = new ArrayList<>();
        int size = 1;
        for (Map.Entry<Expr, Expr> power : product.powers().entrySet()) {
            int times = power.getValue() == Constant.ONE ? 1 : power.getValue() == Constant.of(2) ? 2 : 0;
            if (power.getKey().isSum() && times > 0) {
                Sum factor = form.sums().read(power.getKey());
                for (int i = 0; i < times && size <= MOST_TERMS_MULTIPLIED_OUT; i++) {
                    sums.add(factor);
                    size *= factor.size();
                }
            } else {
                rest.power(power.getKey(), power.getValue());
            }
        }
        if (size > MOST_TERMS_MULTIPLIED_OUT) {
            return size;
        }
        Sum expanded = new Sum();
        add(rest, expanded);
        for (Sum factor : sums) {
            expanded = product(expanded, factor);
        }
        expanded.terms().forEach((term, number) -> form.sums().add(sum, term, number));
        return expanded.size();
    }

    private Sum product(Sum a, Sum b) {
        Sum result = new Sum();
        a.terms()
                .forEach((x, p) -> b.terms().forEach((y, q) -> {
                    ProductBuilder factors = new ProductBuilder(form);
                    factors.multiply(p, Fraction.ONE);
                    factors.multiply(q, Fraction.ONE);
                    factors.multiply(x, Fraction.ONE);
                    factors.multiply(y, Fraction.ONE);
                    add(factors, result);
                }));
        return result;
    }

    /* ---- Fractions within a factor ---- */

    /**
     * Brings a fraction within a factor to the bar of the product: {@code x*(1 - y/x)} to {@code x - y}, {@code (1 - y/x)/x} to {@code
     * (x - y)/x^2} and {@code 1/(1 + y/x)} to {@code x/(x + y)}; whether there was one.
     */
    boolean clear(ProductBuilder factors) {
        for (Map.Entry<Expr, Expr> power : List.copyOf(factors.powers().entrySet())) {
            Fraction exponent = Fraction.of(power.getValue())
                    .filter(number -> number.isInteger() && (number.isOne() || number.isNegative()))
                    .orElse(Fraction.ZERO);
            Expr base = power.getKey();
            if (base.isSum()
                    && !exponent.isZero()
                    && SumForm.hasAtMost(MOST_TERMS_OF_DENOMINATOR, base)
                    && clear(factors, base, form.sums().read(base), exponent)) {
                return true;
            }
        }
        return false;
    }

    private boolean clear(ProductBuilder factors, Expr expression, Sum sum, Fraction exponent) {
        List<Product> terms = new ArrayList<>();
        sum.terms().forEach((term, number) -> terms.add(Product.read(term).times(number)));
        for (Expr base : denominators(terms)) {
            Fraction outside = Fraction.of(factors.powers().getOrDefault(base, Constant.ZERO))
                    .orElse(Fraction.ZERO);
            List<Fraction> inside = exponents(base, terms).orElse(List.of());
            Fraction least = inside.stream().reduce(Fraction.ZERO, Factoring::lesser);
            boolean meets = exponent.isNegative()
                    || outside.isNegative()
                    || outside.value() >= -least.value()
                    || factors.size() > 1 && inside.stream().allMatch(Fraction::isNegative);
            Optional<Fraction> moved = least.times(exponent);
            if (!least.isZero() && meets && moved.isPresent()) {
                factors.remove(expression);
                factors.power(base, moved.get().exponent());
                factors.multiply(form.sums().finished(over(base, least, terms)), exponent);
                return true;
            }
        }
        return false;
    }

    private ProductBuilder factors(Product product) {
        ProductBuilder factors = new ProductBuilder(form);
        factors.multiply(product.number(), Fraction.ONE);
        product.powers().forEach(factors::power);
        return factors;
    }

    private void add(ProductBuilder factors, Sum sum) {
        form.sums().add(sum, form.arrangement().product(factors.product()), Fraction.ONE);
    }
}
