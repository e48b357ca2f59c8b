#!/usr/bin/env python3
"""Makes the reference values that the library's functions are tested against.

    python3 make-reference.py            (writes the CSV files beside itself; needs mpmath and sympy)

Every number comes from the mathematical definition, never from the library: sympy differentiates it, mpmath evaluates it with
200 digits, then with more until two results agree to 30 digits, and the last one is rounded to the nearest double.

A tolerance is so many units in the last place of the reference value, ULPS below; conditioning may add to them, as x^2 does for
exp(-x^2), where the rounding of x^2 counts. Where a derivative passes through zero as a difference of larger terms, or a row of
the table is by decision precise in the absolute only (1 - y^2 for tanh), SCALE says of what size those terms are, and the units
are theirs. The files hold the resulting absolute tolerance, so a test has to check |computed - reference| <= tolerance
and nothing else. An empty field is not stated: the number overflows, or does not exist.

special-values.csv holds decided values instead: at zeros of both signs, infinities, poles, kinks and ties. They are exact, the
sign of zero included.
"""

import csv
import math
import pathlib

import sympy
from mpmath import mp, mpf
from sympy import (Abs, Integer, Rational, acos, acosh, acot, acoth, acsc, acsch, asec, asech, asin, asinh, atan, atanh, cos, cosh,
                   cot, coth, csc, csch, erf, erfc, exp, log, pi, sec, sech, sin, sinh, sqrt, tan, tanh)

HERE = pathlib.Path(__file__).parent
x, u, v = sympy.symbols("x u v", real=True)

TINY = 1e-299          # a difference below this never counts in a result of rounding: near there, numbers become subnormal
FAR = 1e150            # beyond this, and below its inverse, squares overflow: second derivatives are not stated


# ---- Evaluation ---------------------------------------------------------------------------------------------------------

def precise(function, *arguments):
    """The exact value of a function of mpmath numbers, as a double; None where it has none."""
    previous = None
    for digits in (200, 500, 1000, 2000):
        mp.dps = digits
        try:
            value = function(*[mpf(a) for a in arguments])
            value = mpf(value.real if isinstance(value, mp.mpc) and value.imag == 0 else value)
        except (ZeroDivisionError, ValueError, TypeError):
            value = mp.nan
        if previous is not None and value != 0 and abs(value - previous) <= abs(value) * mpf(10) ** -30:
            return rounded(value)
        previous = value                       # a zero may be cancellation: ask for more digits
    if mp.isnan(value) or mp.isinf(value):
        return None
    if abs(value) > mpf(10) ** -400:
        raise ArithmeticError(f"no convergence at {arguments}: {mp.nstr(value, 20)}")
    return 0.0


def rounded(value):
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def compiled(expression, *names):
    return sympy.lambdify(names, expression, modules=["mpmath"])


def derivatives(expression):
    """An expression in x, with its first and second derivative, as functions of a number."""
    return [compiled(sympy.diff(expression, x, order), x) for order in range(3)]


# ---- Points -------------------------------------------------------------------------------------------------------------

MIDDLE = [0.0625, 0.1, 0.2, 0.3, 0.45, 0.49, 0.61, 0.7, 0.83, 0.9, 1.1, 1.3, 1.7, 2.2, 2.9, 3.3, 4.4, 5.1, 6.5, 7.9, 9.3, 11.7, 15.2, 19.9]
SMALL = [5e-324, 1e-310, 1e-300, 1e-200, 1e-160, 1e-100, 1e-30, 1e-20, 1e-16, 1e-12, 1.1e-8, 1e-5, 1e-3, 0.01, 0.03]
LARGE = [21.5, 22.5, 30.0, 36.1, 37.0, 50.0, 88.0, 100.0, 300.0, 700.0, 745.0, 1000.0, 12345.678, 1e6, 1.5e8, 1e10, 1e16, 1e30, 1e100]
HUGE = [1.3e154, 1e160, 1e200, 1e300, 1.7e308]
POSITIVE = SMALL + MIDDLE + LARGE + HUGE
REAL = POSITIVE + [-p for p in POSITIVE]
NEAR = [5e-324, 1e-300, 1e-100, 1e-17, 1.2e-16, 2.3e-16, 1e-14, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.03]
UNIT = sorted({p for p in POSITIVE if p < 1} | {1 - p for p in NEAR if 0 < 1 - p < 1})
BEYOND = sorted({p for p in POSITIVE if p > 1} | {1 + p for p in NEAR if 1 + p > 1})
ANGLES = REAL + [s * a for s in (1, -1) for a in (math.pi / 2, math.pi, 3 * math.pi / 2, 2 * math.pi, 0.7853981633974483, 11.0, 22.0, 355.0, 1e5, 1e15, 1e22)]


def signed(points):
    return points + [-p for p in points]


def below(points, bound):
    return [p for p in points if abs(p) <= bound]


# ---- Functions of one argument: name -> (definition, points) ------------------------------------------------------------

def gamma_family(order):
    """Value and two derivatives of lgamma (order -1), digamma (0), trigamma (1), …"""
    def one(n):
        if n < 0:
            return lambda a: mp.log(abs(mp.gamma(a))) if abs(a) < 1e4 else mp.re(mp.loggamma(a))
        return lambda a: mp.psi(n, a)
    return [one(order), one(order + 1), one(order + 2)]


def gamma_itself():
    return [lambda a: mp.gamma(a),
            lambda a: mp.gamma(a) * mp.psi(0, a),
            lambda a: mp.gamma(a) * (mp.psi(0, a) ** 2 + mp.psi(1, a))]


def inverse_erf():
    def y(a):
        return mp.erfinv(a)
    half = lambda: mp.sqrt(mp.pi) / 2
    return [y, lambda a: half() * mp.exp(y(a) ** 2), lambda a: 2 * y(a) * half() ** 2 * mp.exp(2 * y(a) ** 2)]


def spherical_bessel(n):
    """j_n, with j_n' = (n*j_(n-1) - (n + 1)*j_(n+1))/(2n + 1)."""
    def j(k, a):
        if abs(a) < 1:
            total, term, i = mpf(0), a**k / mp.fac2(2 * k + 1), 0
            while abs(term) > abs(total) * mp.eps:
                total += term
                i += 1
                term *= -a * a / (2 * i * (2 * k + 2 * i + 1))
            return total
        previous, current = mp.cos(a) / a, mp.sin(a) / a
        for i in range(k):
            previous, current = current, (2 * i + 1) / a * current - previous
        return current
    def slope(k, order, a):
        if order == 0:
            return j(k, a)
        below = k * slope(k - 1, order - 1, a) if k else 0
        return (below - (k + 1) * slope(k + 1, order - 1, a)) / (2 * k + 1)
    return [lambda a, order=order: slope(n, order, a) for order in range(3)]


def piecewise(*pieces):
    """Pieces (condition on a double, expression): derivatives are those of the piece."""
    table = [(condition, derivatives(sympy.sympify(expression))) for condition, expression in pieces]
    def pick(order):
        def evaluate(a):
            for condition, orders in table:
                if condition(a):
                    return orders[order](a)
            raise ValueError
        return evaluate
    return [pick(0), pick(1), pick(2)]


def constant_steps(function):
    return [lambda a: mpf(function(a)), lambda a: mpf(0), lambda a: mpf(0)]


positive = lambda a: a > 0
otherwise = lambda a: True
sigmoid = 1 / (1 + exp(-x))
softplus = log(1 + exp(x))
SELU = (Rational("1.0507009873554804934193349852946"), Rational("1.6732632423543772848170429916717"))
GAMMA_POINTS = [p for p in POSITIVE + [1.0, 1.4616321449683622, 1.4616321449683625, 1.5, 2.0, 2.5, 7.0, 8.0, 10.0, 12.5, 23.0, 24.0, 33.3, 60.7, 100.25, 140.6, 170.5, 171.6]
                + [1 + p for p in (1e-15, 1e-9, 1e-4)] + [2 + p for p in (1e-15, 1e-9, 1e-4)] + [1 - p for p in (1e-15, 1e-9, 1e-4)] + [2 - p for p in (1e-15, 1e-9, 1e-4)]]
GAMMA_NEGATIVE = [-1e-300, -1e-100, -1e-16, -1e-5, -0.1, -0.3, -0.5, -0.75, -0.99, -1.01, -1.25, -1.5, -2.3, -2.5, -3.7, -5.5, -8.25, -10.5, -20.3, -33.3, -55.5, -100.7, -150.5, -170.3]
BESSEL = [p for p in REAL if abs(p) <= 1e16] + signed([4.493409457909064, 5.763459196894550, 6.987932000500519, 25.0, 63.0])

ONE = {
    "exp": (derivatives(exp(x)), below(REAL, 745)),
    "expm1": (derivatives(exp(x) - 1), below(REAL, 745)),
    "log": (derivatives(log(x)), POSITIVE + BEYOND + UNIT),
    "ln": (derivatives(log(x)), [0.5, 2.0, 1e-5, 1e5]),
    "log10": (derivatives(log(x) / log(Integer(10))), POSITIVE + [10.0 ** k for k in range(1, 23)]),
    "log2": (derivatives(log(x) / log(Integer(2))), POSITIVE + [2.0 ** k for k in (-1074, -1022, -511, -29, -3, -2, -1, 1, 2, 3, 5, 10, 29, 31, 47, 64, 500, 1023)]),
    "log1p": (derivatives(log(1 + x)), POSITIVE + [-p for p in UNIT]),
    "sqrt": (derivatives(sqrt(x)), POSITIVE),
    "cbrt": ([lambda a: mp.sign(a) * mp.cbrt(abs(a)), lambda a: 1 / (3 * mp.cbrt(abs(a)) ** 2), lambda a: -2 * mp.sign(a) / (9 * mp.cbrt(abs(a)) ** 5)], REAL),
    "abs": (piecewise((positive, x), (otherwise, -x)), REAL),
    "sign": (constant_steps(mp.sign), REAL),
    "floor": (constant_steps(lambda a: mp.floor(a)), signed([0.3, 0.5, 1.0, 1.5, 2.0, 2.5, 3.7, 1e15 + 0.5, 1e300, 1e-300])),
    "ceil": (constant_steps(lambda a: mp.ceil(a)), signed([0.3, 0.5, 1.0, 1.5, 2.0, 2.5, 3.7, 1e15 + 0.5, 1e300]) + [1e-300]),
    "round": (constant_steps(lambda a: mp.nint(a)), signed([0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.5, 3.7, 4.5, 1e15 + 0.5, 1e300, 1e-300])),
    "stopGradient": ([lambda a: a, lambda a: mpf(0), lambda a: mpf(0)], REAL),
    "shift": ([lambda a: a, lambda a: mpf(0), lambda a: mpf(0)], REAL),
    "sin": (derivatives(sin(x)), ANGLES),
    "cos": (derivatives(cos(x)), ANGLES),
    "tan": (derivatives(tan(x)), ANGLES),
    "cot": (derivatives(cot(x)), ANGLES),
    "sec": (derivatives(sec(x)), ANGLES),
    "csc": (derivatives(csc(x)), ANGLES),
    "asin": (derivatives(asin(x)), signed(UNIT)),
    "acos": (derivatives(acos(x)), signed(UNIT)),
    "atan": (derivatives(atan(x)), REAL),
    "acot": (derivatives(atan(1 / x)), REAL),
    "asec": (derivatives(acos(1 / x)), signed(BEYOND)),
    "acsc": (derivatives(asin(1 / x)), signed(BEYOND)),
    "sinh": (derivatives(sinh(x)), below(REAL, 1000)),
    "cosh": (derivatives(cosh(x)), below(REAL, 1000)),
    "tanh": (derivatives(tanh(x)), below(REAL, 1e6)),
    "coth": (derivatives(1 / tanh(x)), below(REAL, 1e6)),
    "sech": (derivatives(1 / cosh(x)), below(REAL, 1e6)),
    "csch": (derivatives(1 / sinh(x)), below(REAL, 1e6)),
    "asinh": (derivatives(asinh(x)), REAL),
    "acosh": (derivatives(acosh(x)), BEYOND),
    "atanh": (derivatives(atanh(x)), signed(UNIT)),
    "acoth": (derivatives(atanh(1 / x)), signed(BEYOND)),
    "asech": (derivatives(acosh(1 / x)), UNIT),
    "acsch": (derivatives(asinh(1 / x)), REAL),
    "logCosh": (derivatives(log(cosh(x))), below(REAL, 1e6)),
    "log1mExp": (derivatives(log(1 - exp(x))), below([-p for p in POSITIVE], 1000)),
    "erf": (derivatives(erf(x)), below(REAL, 30) + signed([0.84, 0.8437, 0.8438, 1.0, 1.2499, 1.2501, 2.85, 2.86, 5.9, 6.1, 27.0])),
    "erfc": (derivatives(erfc(x)), below(REAL, 30) + signed([0.25, 0.84, 0.8437, 0.8438, 1.0, 1.2499, 1.2501, 2.85, 2.86, 5.9, 6.1, 26.5])),
    "erfcx": (derivatives(exp(x**2) * erfc(x)), below([p for p in REAL if p > -26.6], 1e100) + [4.9, 5.1, 6.1, 8.0, 12.0, -0.5, -26.5]),
    "logErfc": (derivatives(log(erfc(x))), below(REAL, 1e16) + [4.9, 5.1, 6.1, 8.0, 12.0, 26.0, 27.5, -0.5]),
    "erfinv": (inverse_erf(), signed([p for p in UNIT if 1 - p > 1e-16] + [0.84, 0.85, 0.8501, 0.95, 0.98, 0.9999])),
    "gamma": (gamma_itself(), [p for p in GAMMA_POINTS + GAMMA_NEGATIVE if p <= 180 and p > -170]),
    "lgamma": (gamma_family(-1), GAMMA_POINTS + GAMMA_NEGATIVE),
    "digamma": (gamma_family(0), GAMMA_POINTS + GAMMA_NEGATIVE),
    "trigamma": (gamma_family(1), GAMMA_POINTS + GAMMA_NEGATIVE),
    "sinc": (spherical_bessel(0), BESSEL),
    "sphericalBessel1": (spherical_bessel(1), BESSEL),
    "sphericalBessel2": (spherical_bessel(2), BESSEL),
    "sphericalBessel3": (spherical_bessel(3), BESSEL),
    "identity": (derivatives(x), REAL),
    "step": (constant_steps(lambda a: (1 + mp.sign(a)) / 2), REAL),
    "piecewiseLinear": (piecewise((lambda a: a <= -0.5, 0), (lambda a: a >= 0.5, 1), (otherwise, x + Rational(1, 2))), REAL),
    "sigmoid": (derivatives(sigmoid), below(REAL, 1000)),
    "relu": (piecewise((positive, x), (otherwise, 0)), REAL),
    "leakyRelu": (piecewise((positive, x), (otherwise, x * sympy.Float(0.01, 60))), REAL),
    "elu": (piecewise((positive, x), (otherwise, exp(x) - 1)), below(REAL, 1000)),
    "selu": (piecewise((positive, SELU[0] * x), (otherwise, SELU[0] * SELU[1] * (exp(x) - 1))), below(REAL, 1000)),
    "softplus": (derivatives(softplus), below(REAL, 1000)),
    "softsign": (piecewise((positive, x / (1 + x)), (otherwise, x / (1 - x))), REAL),
    "swish": (derivatives(x * sigmoid), below(REAL, 1000)),
    "silu": (derivatives(x * sigmoid), [-2.5, -0.1, 0.3, 4.0]),
    "gelu": (derivatives(x * erfc(-x / sqrt(Integer(2))) / 2), below(REAL, 1000)),
    "mish": (derivatives(x * tanh(softplus)), below(REAL, 1000)),
    "hardSigmoid": (piecewise((lambda a: a <= -3, 0), (lambda a: a >= 3, 1), (otherwise, (x + 3) / 6)), REAL),
    "hardSwish": (piecewise((lambda a: a <= -3, 0), (lambda a: a >= 3, x), (otherwise, x * (x + 3) / 6)), REAL),
}


# ---- Functions of two arguments: name -> (definition in u and v, points) -------------------------------------------------

def partials(expression):
    """An expression in u and v, with du, dv, duu, duv, dvv."""
    du, dv = sympy.diff(expression, u), sympy.diff(expression, v)
    return [compiled(f, u, v) for f in (expression, du, dv, sympy.diff(du, u), sympy.diff(du, v), sympy.diff(dv, v))]


def cases(*pieces):
    """Pieces (condition on two doubles, expression)."""
    table = [(condition, partials(sympy.sympify(expression))) for condition, expression in pieces]
    def pick(order):
        def evaluate(a, b):
            for condition, orders in table:
                if condition(a, b):
                    return orders[order](a, b)
            raise ValueError
        return evaluate
    return [pick(order) for order in range(6)]


def remainder():
    quotient = lambda a, b: mp.floor(abs(a / b)) * mp.sign(a / b)
    zero = lambda a, b: mpf(0)
    return [lambda a, b: a - b * quotient(a, b), lambda a, b: mpf(1), lambda a, b: -quotient(a, b), zero, zero, zero]


def whole_roots(n):
    """The real n-th root by u only, for a fixed integer n."""
    magnitude = lambda a, p: mp.sign(a) * abs(a) ** p
    one = lambda b: 1 / mpf(b)
    return [lambda a, b: magnitude(a, one(b)), lambda a, b: abs(a) ** (one(b) - 1) / b, None,
            lambda a, b: one(b) * (one(b) - 1) * magnitude(a, one(b) - 2), None, None]


def polygamma_by_x():
    return [lambda a, b: mp.psi(int(a), b), None, lambda a, b: mp.psi(int(a) + 1, b), None, None, lambda a, b: mp.psi(int(a) + 2, b)]


def square(points):
    return [(a, b) for a in points for b in points]


HAND = [-1e200, -345.6, -2.5, -1.0, -0.3, -1e-8, 1e-300, 1e-20, 0.7, 1.0, 3.0, 12.3, 1e5, 1e155]
BASES = [1e-300, 1e-20, 0.001, 0.3, 0.5, 0.9999999, 1.0000001, 1.5, 2.0, 2.718281828459045, 10.0, 1000.0, 1e155]
EXPONENTS = [-300.5, -7.0, -2.0, -1.0, -0.5, 0.0, 1e-10, 1 / 3, 0.5, 1.0, 1.5, 2.0, 3.0, 10.0, 55.5]
LOGITS = [-1000.0, -745.5, -40.0, -3.2, -1e-9, 0.0, 1e-300, 0.5, 2.0, 36.5, 710.0, 1000.0]

TWO = {
    "+": (partials(u + v), square(HAND)),
    "-": (partials(u - v), square(HAND)),
    "*": (partials(u * v), square(HAND)),
    "/": (partials(u / v), square(HAND)),
    "%": (remainder(), [(a, b) for a in (-17.0, -7.5, -1.0, -0.3, 0.3, 2.0, 7.0, 7.5, 100.25, 1e15) for b in (-3.0, -0.7, 0.25, 1.0, 2.0, 10.0)]),
    "^": (partials(u**v), [(a, b) for a in BASES for b in EXPONENTS]),
    "pow": (partials(u**v), [(0.7, 2.5), (3.0, -1.5), (10.0, 2.0)]),
    "log": (partials(log(u) / log(v)), [(a, b) for a in BASES for b in BASES if b != 1]),
    "root": ([lambda a, b: a ** (1 / b), lambda a, b: a ** (1 / b - 1) / b, lambda a, b: -(a ** (1 / b)) * mp.log(a) / b**2,
              lambda a, b: (1 / b) * (1 / b - 1) * a ** (1 / b - 2), None, None],
             [(a, b) for a in [1e-320, 1.7e308, 1e30] + BASES for b in (-5.0, -3.0, -1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 2.5, 100.0)]),
    "hypot": (partials(sqrt(u**2 + v**2)), square(HAND)),
    "atan2": ([compiled(sympy.atan2(u, v), u, v)] + partials(atan(u / v))[1:], square(HAND)),
    "min": (cases((lambda a, b: a <= b, u), (lambda a, b: True, v)), square(HAND)),
    "max": (cases((lambda a, b: a >= b, u), (lambda a, b: True, v)), square(HAND)),
    "leakyRelu": (cases((lambda a, b: a > 0, u), (lambda a, b: True, u * v)), [(a, b) for a in HAND for b in (0.0, 0.2, -0.5)]),
    "elu": (cases((lambda a, b: a > 0, u), (lambda a, b: True, v * (exp(u) - 1))), [(a, b) for a in LOGITS for b in (1.0, 0.3)]),
    "logAddExp": (partials(log(exp(u) + exp(v))), square(LOGITS)),
    "logRise": (partials(log(u + v) - log(u)), [(a, b) for a in (1e-100, 1e-8, 0.3, 1.0, 7.5, 1e5, 1e20) for b in (1e-20, 1e-9, 0.001, 0.25, 2.0, 1e8)]
                + [(1.0, -0.5), (7.5, -1e-9), (1e5, -3.0), (1.00000000004, -0.99999999977), (1e100, 1e100)]),
    "xlogy": (cases((lambda a, b: a == 0, 0 * u), (lambda a, b: True, u * log(v))), [(a, b) for a in (0.3, 1.0, 7.5, -2.0, 1e-300) for b in BASES]),
    "polygamma": (polygamma_by_x(), [(n, a) for n in (1.0, 2.0, 3.0, 4.0) for a in (1e-5, 0.1, 0.5, 1.0, 1.5, 3.3, 7.9, 12.5, 15.99, 16.0, 100.0, 1e6)]
                  + [(1.0, a) for a in (-0.3, -1.5, -7.75, -20.1)]),
}
ODD_ROOTS = [(-a, n) for a in (1e-300, 0.001, 0.3, 8.0, 32.0, 1e30, 1.7e308) for n in (-3.0, 1.0, 3.0, 5.0, 7.0)]


# ---- Tolerances ---------------------------------------------------------------------------------------------------------

# Units in the last place of value, first and second derivative; a function of the arguments and the reference values where it varies.
DEFAULT = (3, 5, 10)
gaussian = lambda a, *_: 6 + 3 * a * a
ULPS = {
    "abs": (0, 0, 0), "sign": (0, 0, 0), "floor": (0, 0, 0), "ceil": (0, 0, 0), "round": (0, 0, 0), "stopGradient": (0, 0, 0), "shift": (0, 0, 0),
    "identity": (0, 0, 0), "step": (0, 0, 0), "relu": (0, 0, 0), "max": (0, 0, 0), "min": (0, 0, 0),
    "cbrt": (2, 5, 14),
    "erf": (2, gaussian, gaussian), "erfc": (3, gaussian, gaussian),
    "erfcx": (6, 8, 64), "logErfc": (4, lambda a, *_: gaussian(a) if a < 0 else 8, lambda a, *_: gaussian(a) if a < 0 else 48),
    "erfinv": (5, lambda a, y, *_: 6 + 4 * y * y, lambda a, y, *_: 12 + 8 * y * y),
    "gamma": (8, 12, 16), "lgamma": (4, 8, 10), "digamma": (8, 10, 10), "trigamma": (10, 10, 12), "polygamma": (10, 10, 12),
    "sphericalBessel1": (6, 8, 16), "sphericalBessel2": (8, 8, 16), "sphericalBessel3": (16, 16, 32),
    "gelu": (gaussian, gaussian, gaussian), "mish": (5, 10, 20), "swish": (4, 10, 20), "silu": (4, 10, 20),
    "^": (2, lambda a, b, *_: 4 + 2 * abs(math.log(a)), lambda a, b, *_: 8 + 4 * abs(math.log(a))),
    "logRise": (4, 6, 10),
    "logAddExp": (4, lambda a, b, *_: 4 + abs(a - b), lambda a, b, *_: 8 + 2 * abs(a - b)),
    "log/2": (4, 8, 16),
}
ULPS["pow"] = ULPS["^"]


def exponential(a):
    return math.exp(min(a, 0.0))


def beyond_one(a, *_):
    """Spherical Bessel functions fall like 1/x beyond 1, and are sums of terms of that size."""
    return 1 / abs(a) if abs(a) > 1 else 0.0


# The size of the terms whose sum a result is, where it may be larger than the result: (value, first, second).
SCALE = {
    "asin": (None, None, lambda a, y, d, dd: abs(d) ** 3), "acos": (None, None, lambda a, y, d, dd: abs(d) ** 3),
    "atanh": (None, None, lambda a, y, d, dd: d * d), "asech": (None, None, lambda a, y, d, dd: 2 * d * d if abs(d) < 1e150 else 0.0),
    "sech": (None, None, lambda a, y, d, dd: y),
    "tanh": (None, lambda *_: 1.0, lambda *_: 1.0),
    "logCosh": (None, None, lambda *_: 1.0),
    "sigmoid": (None, lambda a, y, *_: y, lambda a, y, *_: y),
    "softplus": (None, None, lambda a, y, d, dd: d),
    "swish": (None, lambda a, *_: exponential(a) * (1 + abs(a)), lambda a, *_: exponential(a) * (1 + abs(a))),
    "mish": (None, lambda a, *_: exponential(a) * (1 + abs(a)), lambda a, *_: exponential(a) * (1 + abs(a))),
    "gelu": (None, lambda a, *_: max(abs(a) * math.exp(-a * a / 2), 1.0 if a > 0 else 0.0), lambda a, *_: (1 + a * a) * math.exp(-a * a / 2)),
    "gamma": (None, lambda a, y, *_: abs(y), None),
    "lgamma": (lambda a, *_: max(1.0, abs(a * math.log(abs(a)))) if a < 0 else 0.0, lambda a, *_: 4.0 if a < 0 else 0.0, None),
    "digamma": (lambda a, *_: 4.0 if a < 0 else 0.0, None, None),
    "sinc": (beyond_one, beyond_one, beyond_one),
    "sphericalBessel1": (beyond_one, beyond_one, beyond_one),
    "sphericalBessel2": (beyond_one, beyond_one, beyond_one),
    "sphericalBessel3": (beyond_one, beyond_one, beyond_one),
    "hypot": (None, None, lambda a, b, y, *_: 1 / y),
    "atan2": (None, None, lambda a, b, *_: 1 / math.hypot(a, b) ** 2 if math.hypot(a, b) > 1e-150 else 0.0),
    "^": (None, None, lambda a, b, y, *_: abs(y / a) * (1 + abs(b * math.log(a)))),
    "logRise": (None, None, lambda a, b, *_: 1 / a / a if a > 1e-150 else 0.0),
    "logAddExp": (None, None, lambda a, b, y, du, dv, *_: max(du, dv)),
    "log/2": (None, None, lambda a, b, y, *_: abs(y) / abs(b * math.log(b)) / b if 1e-150 < b else 0.0),
}
SCALE["silu"], SCALE["pow"] = SCALE["swish"], SCALE["^"]


def of(table, name, arguments, default):
    return table.get(f"{name}/{len(arguments)}", table.get(name, default))


def tolerance(name, order, value, arguments, references):
    """The absolute tolerance of `value`, which is a derivative of this order."""
    units = of(ULPS, name, arguments, DEFAULT)[order]
    scale = of(SCALE, name, arguments, (None, None, None))[order]
    units = units(*arguments, *references) if callable(units) else units
    size = max(abs(value), scale(*arguments, *references) if scale else 0.0)
    return max(units * math.ulp(size), TINY) if units else 0.0


# ---- Decided values: zeros, infinities, poles, kinks, ties ----------------------------------------------------------------

INF, NAN = math.inf, math.nan
HALF_PI = math.pi / 2

# name: values at 0, -0, ∞, -∞; None is not stated. At NaN every function of one argument is NaN.
AT_LIMITS = {
    "exp": (1, 1, INF, 0), "expm1": (0, -0.0, INF, -1), "log": (-INF, -INF, INF, NAN), "log10": (-INF, -INF, INF, NAN),
    "log2": (-INF, -INF, INF, NAN), "log1p": (0, -0.0, INF, NAN), "sqrt": (0, -0.0, INF, NAN), "cbrt": (0, -0.0, INF, -INF),
    "abs": (0, 0, INF, INF), "sign": (0, -0.0, 1, -1), "floor": (0, -0.0, INF, -INF), "ceil": (0, -0.0, INF, -INF),
    "round": (0, -0.0, INF, -INF), "stopGradient": (0, -0.0, INF, -INF), "shift": (0, -0.0, 0, 0),
    "sin": (0, -0.0, NAN, NAN), "cos": (1, 1, NAN, NAN), "tan": (0, -0.0, NAN, NAN), "cot": (INF, -INF, NAN, NAN),
    "sec": (1, 1, NAN, NAN), "csc": (INF, -INF, NAN, NAN), "asin": (0, -0.0, NAN, NAN), "acos": (HALF_PI, HALF_PI, NAN, NAN),
    "atan": (0, -0.0, HALF_PI, -HALF_PI), "acot": (HALF_PI, -HALF_PI, 0, -0.0), "asec": (NAN, NAN, HALF_PI, HALF_PI),
    "acsc": (NAN, NAN, 0, -0.0),
    "sinh": (0, -0.0, INF, -INF), "cosh": (1, 1, INF, INF), "tanh": (0, -0.0, 1, -1), "coth": (INF, -INF, 1, -1),
    "sech": (1, 1, 0, 0), "csch": (INF, -INF, 0, -0.0), "asinh": (0, -0.0, INF, -INF), "acosh": (NAN, NAN, INF, NAN),
    "atanh": (0, -0.0, NAN, NAN), "acoth": (NAN, NAN, 0, -0.0), "asech": (INF, INF, NAN, NAN), "acsch": (INF, -INF, 0, -0.0),
    "logCosh": (0, 0, INF, INF), "log1mExp": (-INF, -INF, NAN, None),
    "erf": (0, -0.0, 1, -1), "erfc": (1, 1, 0, 2), "erfcx": (1, 1, 0, INF), "logErfc": (None, None, -INF, None), "erfinv": (0, -0.0, NAN, NAN),
    "gamma": (INF, -INF, INF, NAN), "lgamma": (INF, INF, INF, NAN), "digamma": (-INF, INF, INF, NAN), "trigamma": (INF, INF, 0, NAN),
    "sinc": (1, 1, NAN, NAN),
    "step": (0.5, 0.5, 1, 0), "piecewiseLinear": (0.5, 0.5, 1, 0), "sigmoid": (0.5, 0.5, 1, 0), "relu": (0, 0, INF, 0),
    "leakyRelu": (0, -0.0, INF, -INF), "elu": (0, -0.0, INF, -1), "selu": (0, -0.0, INF, None), "softplus": (None, None, INF, 0),
    "softsign": (0, -0.0, 1, -1), "swish": (0, -0.0, INF, 0), "gelu": (0, -0.0, INF, 0), "mish": (0, -0.0, INF, 0),
    "hardSigmoid": (0.5, 0.5, 1, 0), "hardSwish": (0, None, INF, 0),
}

# function, arguments, value, derivative by each argument; None is not stated.
DECIDED = [
    ("abs", (0.0,), 0, (0,)), ("sign", (0.0,), 0, (0,)), ("step", (0.0,), 0.5, (0,)), ("relu", (0.0,), 0, (0,)),
    ("elu", (0.0,), 0, (1,)), ("leakyRelu", (0.0,), 0, (0.01,)), ("softsign", (0.0,), 0, (1,)),
    ("piecewiseLinear", (-0.5,), 0, (0,)), ("piecewiseLinear", (0.5,), 1, (0,)),
    ("hardSigmoid", (-3.0,), 0, (0,)), ("hardSigmoid", (3.0,), 1, (0,)), ("hardSwish", (-3.0,), 0, (0,)), ("hardSwish", (3.0,), 3, (1,)),
    ("sqrt", (0.0,), 0, (INF,)), ("cbrt", (0.0,), 0, (INF,)), ("asin", (1.0,), HALF_PI, (INF,)), ("acos", (1.0,), 0, (-INF,)),
    ("acosh", (1.0,), 0, (INF,)), ("asec", (1.0,), 0, (INF,)), ("acsc", (-1.0,), -HALF_PI, (-INF,)), ("asec", (-1.0,), math.pi, (INF,)),
    ("atanh", (1.0,), INF, (INF,)), ("atanh", (-1.0,), -INF, (INF,)), ("acoth", (1.0,), INF, None), ("acoth", (-1.0,), -INF, None),
    ("asech", (1.0,), 0, (-INF,)), ("asec", (0.5,), NAN, None), ("acsc", (0.5,), NAN, None), ("acosh", (0.5,), NAN, (NAN,)),
    ("asin", (1.5,), NAN, (NAN,)), ("log", (-1.0,), NAN, None), ("sqrt", (-1.0,), NAN, (NAN,)), ("log1p", (-1.0,), -INF, (INF,)),
    ("round", (0.5,), 0, (0,)), ("round", (1.5,), 2, (0,)), ("round", (2.5,), 2, (0,)), ("round", (-0.5,), -0.0, (0,)),
    ("erfinv", (1.0,), INF, None), ("erfinv", (-1.0,), -INF, None), ("erfinv", (1.5,), NAN, None),
    ("gamma", (-1.0,), NAN, (NAN,)), ("gamma", (-2.0,), NAN, (NAN,)), ("lgamma", (-1.0,), INF, (NAN,)), ("digamma", (-1.0,), NAN, None),
    ("trigamma", (-1.0,), INF, None), ("sinc", (0.0,), 1, None), ("gelu", (-1000.0,), 0, None), ("swish", (-1000.0,), 0, None),
    ("mish", (-1000.0,), 0, None), ("gelu", (1000.0,), 1000, (1,)), ("swish", (1000.0,), 1000, (1,)), ("mish", (1000.0,), 1000, (1,)),
    ("softplus", (1000.0,), 1000, (1,)), ("softplus", (-1000.0,), 0, (0,)), ("sigmoid", (1000.0,), 1, (0,)), ("sigmoid", (-1000.0,), 0, (0,)),
    ("max", (2.0, 2.0), 2, (1, 0)), ("min", (2.0, 2.0), 2, (1, 0)), ("max", (1.0, NAN), NAN, None), ("min", (NAN, 1.0), NAN, None),
    ("max", (0.0, -0.0), 0, (1, 0)), ("min", (0.0, -0.0), -0.0, (1, 0)),
    ("^", (0.0, 0.0), 1, (0, None)), ("^", (0.0, 2.0), 0, (0, 0)), ("^", (1.0, 3.0), 1, (3, 0)), ("^", (0.0, 1.0), 0, (1, 0)),
    ("^", (5.0, 0.0), 1, (0, None)), ("^", (-2.0, 3.0), -8, (12, NAN)), ("^", (-2.0, 0.5), NAN, None), ("^", (NAN, 0.0), 1, None),
    ("^", (0.0, 0.5), 0, (INF, 0)), ("^", (0.0, -1.0), INF, None), ("^", (INF, -1.0), 0, (None, 0)),
    ("log", (8.0, 2.0), 3, None), ("log", (1.0, 7.0), 0, None), ("root", (-8.0, 3.0), -2, None), ("root", (-8.0, 2.0), NAN, None),
    ("root", (-8.0, 4.0), NAN, None), ("root", (-32.0, 5.0), -2, None), ("root", (0.0, 5.0), 0, None), ("root", (81.0, 4.0), 3, None),
    ("root", (INF, 5.0), INF, None), ("shift", (3.0,), 3, (0,)), ("shift", (INF,), 0, (0,)),
    ("hypot", (0.0, 0.0), 0, (0, 0)), ("hypot", (3.0, 4.0), 5, None), ("hypot", (INF, NAN), INF, None),
    ("atan2", (0.0, 0.0), 0, None), ("atan2", (0.0, -1.0), math.pi, None), ("atan2", (-0.0, -1.0), -math.pi, None),
    ("xlogy", (0.0, 0.0), 0, (-INF, 0)), ("xlogy", (0.0, 2.0), 0, None), ("logAddExp", (-INF, -INF), -INF, None),
    ("logAddExp", (INF, 1.0), INF, None), ("logAddExp", (-INF, 1.0), 1, None), ("%", (-7.0, 3.0), -1, (1, 2)), ("%", (7.0, -3.0), 1, (1, 2)),
] + [("gamma", (float(n),), math.factorial(n - 1), None) for n in range(1, 24)] + [("log2", (2.0**k,), k, None) for k in range(-1074, 1024, 63)]


# ---- Files --------------------------------------------------------------------------------------------------------------

def number(value):
    """A double as Java writes it; nothing for what is not stated."""
    if value is None:
        return ""
    value = float(value)
    return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity") if math.isinf(value) else repr(value)


def stated(order, value, arguments):
    """Whether a reference is worth stating: derivatives that overflow are not, nor second ones where squares would."""
    if value is None:
        return False
    extreme = any(a != 0 and not 1 / FAR <= abs(a) <= FAR for a in arguments)
    return order == 0 or not math.isinf(value) and not (order == 2 and extreme)


def row(name, functions, orders, arguments):
    references = [None if f is None else precise(f, *arguments) for f in functions]
    numbers, tolerances = [], []
    for order, value in zip(orders, references):
        if stated(order, value, arguments):
            numbers.append(number(value))
            infinite = math.isinf(value)
            tolerances.append("0.0" if infinite else f"{tolerance(name, order, value, arguments, references):.2g}")
        else:
            numbers.append("")
            tolerances.append("")
    return [name, *map(number, arguments), *numbers, *tolerances]


def write(file, note, header, rows):
    with open(HERE / file, "w", newline="", encoding="utf-8") as out:
        out.write(f"# {note}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(file, len(rows))


def main():
    made = "Made by make-reference.py, which explains it. An empty field is not stated."
    write("functions-of-one.csv", f"Value and derivatives by x, and how far a computed one may be from each. {made}",
          ["function", "x", "value", "first", "second", "valueTolerance", "firstTolerance", "secondTolerance"],
          [row(name, functions, (0, 1, 2), (p,)) for name, (functions, points) in ONE.items() for p in dict.fromkeys(points)])
    partial = ["value", "du", "dv", "duu", "duv", "dvv"]
    two = [row(name, functions, (0, 1, 1, 2, 2, 2), p) for name, (functions, points) in TWO.items() for p in dict.fromkeys(points)]
    two += [row("root", whole_roots(p[1]), (0, 1, 1, 2, 2, 2), p) for p in ODD_ROOTS]
    write("functions-of-two.csv", f"Value and partial derivatives, and how far a computed one may be from each. {made}",
          ["function", "u", "v", *partial, *[name + "Tolerance" for name in partial]], two)
    special = [[name, number(a), "", number(value), "", ""]
               for name, values in AT_LIMITS.items()
               for a, value in zip((0.0, -0.0, INF, -INF, NAN), (*values, NAN)) if value is not None]
    for name, arguments, value, slopes in DECIDED:
        slopes = [None if slopes is None else slopes[i] if i < len(slopes) else None for i in range(2)]
        special.append([name, number(arguments[0]), number(arguments[1]) if len(arguments) == 2 else "", number(value), *map(number, slopes)])
    write("special-values.csv", f"Decided values and derivatives, exact with the sign of a zero value (a zero derivative has either sign). {made}",
          ["function", "u", "v", "value", "du", "dv"], special)


if __name__ == "__main__":
    main()
