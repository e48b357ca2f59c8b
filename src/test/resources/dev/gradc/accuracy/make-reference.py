#!/usr/bin/env python3
"""Makes the points and true values that the accuracy of generated code is measured against.

    python3 make-reference.py            (reads formulas.txt, writes reference.csv beside it; needs mpmath)

Points are drawn as doubles, their sizes spread evenly over powers of 10. Values come from mpmath with so many digits that two
precisions agree, where pi is the number and not the double nearest to it; derivatives come from central differences of such values with
a tiny step: nothing here knows the rules of calculus that are tested. A point is used if the true value is a double that is neither 0
nor subnormal; a derivative that is not one, or does not exist, is left empty.
"""

import pathlib
import random
import re

from mpmath import mp, mpf

HERE = pathlib.Path(__file__).parent
POINTS = 8
TRIES = 120
SMALLEST, LARGEST = mpf("1e-300"), mpf("1e300")


def positive(x):
    if x <= 0:
        raise ValueError
    return x


def real(function):
    def checked(*arguments):
        value = function(*arguments)
        if isinstance(value, mp.mpc):
            raise ValueError
        return value
    return checked


def root(x):
    if x < 0:
        raise ValueError
    return mp.sqrt(x)


def power(x, y):
    if x < 0 and y != mp.floor(y):
        raise ValueError
    return x ** y


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


NAMES = {
    "pi": None, "sqrt": root, "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)), "exp": mp.exp, "expm1": lambda x: mp.exp(x) - 1,
    "log": lambda x, b=None: mp.log(positive(x)) / (mp.log(positive(b)) if b is not None else 1),
    "log1p": lambda x: mp.log(positive(1 + x)), "log10": lambda x: mp.log(positive(x)) / mp.log(10),
    "log2": lambda x: mp.log(positive(x)) / mp.log(2), "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "sec": mp.sec, "csc": mp.csc,
    "cot": mp.cot, "asin": real(mp.asin), "acos": real(mp.acos), "atan": mp.atan, "atan2": mp.atan2, "sinh": mp.sinh,
    "cosh": mp.cosh, "tanh": mp.tanh, "coth": mp.coth, "sech": mp.sech, "csch": mp.csch, "asinh": mp.asinh,
    "acosh": real(mp.acosh), "atanh": real(mp.atanh), "erf": mp.erf, "erfc": mp.erfc, "gamma": mp.gamma,
    "lgamma": lambda x: mp.log(abs(mp.gamma(x))), "digamma": mp.digamma, "hypot": mp.hypot, "abs": abs, "sinc": lambda x: mp.sin(x) / x,
    "sigmoid": sigmoid, "softplus": lambda x: mp.log(1 + mp.exp(x)), "swish": lambda x: x * sigmoid(x),
    "gelu": lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2, "power": power,
}


class Number:
    """An mpmath number whose power is the one of real numbers; what is written in a formula becomes one of these."""

    def __init__(self, value):
        self.value = value if isinstance(value, mpf) else mpf(value)

    def __add__(self, other): return Number(self.value + other.value)
    def __sub__(self, other): return Number(self.value - other.value)
    def __mul__(self, other): return Number(self.value * other.value)
    def __truediv__(self, other): return Number(self.value / other.value)
    def __pow__(self, other): return Number(power(self.value, other.value))
    def __neg__(self): return Number(-self.value)


def compiled(formula):
    """The formula as a function of mpmath numbers. Its decimals stand for the doubles that they denote."""
    text = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)(?![\w.])", r"Number(float('\1'))", formula).replace("^", "**")
    code = compile(text, formula, "eval")

    def evaluate(**variables):
        scope = {name: (lambda f: lambda *a: Number(f(*[v.value for v in a])))(f) for name, f in NAMES.items() if f}
        scope.update(Number=Number, pi=Number(+mp.pi), **{name: Number(value) for name, value in variables.items()})
        return eval(code, scope).value
    return evaluate


def precise(function, digits):
    """What `function` gives, with more digits until two results agree; None if it is no ordinary double."""
    previous = None
    for mp.dps in digits:
        try:
            value = function()
        except (ValueError, ZeroDivisionError, TypeError, OverflowError, NotImplementedError):
            return None
        if isinstance(value, mp.mpc) or mp.isnan(value) or mp.isinf(value):
            return None
        if previous is not None and abs(value - previous) <= abs(value) * mpf(10) ** -25:
            return float(value) if SMALLEST < abs(value) < LARGEST else None
        previous = value
    return None


def slope(function, point, name):
    def difference():
        step = mpf(10) ** -(mp.dps // 3) * abs(mpf(point[name]))
        here = {other: mpf(value) for other, value in point.items()}
        above = function(**{**here, name: here[name] + step})
        below = function(**{**here, name: here[name] - step})
        return (above - below) / (2 * step)
    return precise(difference, (400, 700, 1300))


def points(formula, low, high):
    function = compiled(formula)
    names = [name for name in ("x", "y") if re.search(rf"\b{name}\b", formula)]
    draw = random.Random(formula)
    found = []
    for _ in range(TRIES):
        if len(found) == POINTS:
            break
        point = {name: draw.choice((-1, 1)) * 10 ** draw.uniform(low, high) for name in names}
        value = precise(lambda: function(**{n: mpf(v) for n, v in point.items()}), (200, 400, 800))
        if value is not None:
            found.append((point, value, [slope(function, point, name) for name in names]))
    return found


def main():
    lines = ["# formula;arguments;value;partials. Made by make-reference.py, which explains it."]
    low = high = 0.0
    for line in (HERE / "formulas.txt").read_text().splitlines():
        if line.startswith("=="):
            low, high = map(float, line.split("|")[1].split())
        elif line and not line.startswith("#"):
            for point, value, slopes in points(line, low, high):
                partials = " ".join("-" if s is None else repr(s) for s in slopes)
                lines.append(f"{line};{' '.join(repr(v) for v in point.values())};{value!r};{partials}")
    (HERE / "reference.csv").write_text("\n".join(lines) + "\n")
    print(len(lines) - 1, "points")


main()
