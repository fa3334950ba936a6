"""Writes test/data/special/*.json of the incomplete gamma and beta functions' logarithms and slopes: [[argument bits...], high, low].

Needs mpmath; run from the root: python3 scripts/lanes/incompleteReferences.py
The power series of one tail in 1300 bits, the other as 1 minus it, slopes by central differences of step 2^-200 (error 2^-390).
"""
import json
import random
import struct
from functools import cache

from mpmath import beta, exp, gamma, log, mp, mpf

mp.prec = 1300
STEP = mpf(2) ** -200


@cache
def gamma_tails(a, x):
    term = total = mpf(1)
    n = 0
    while term > total * mpf(2) ** -mp.prec:
        n += 1
        term *= x / (a + n)
        total += term
    lower = exp(a * log(x) - x) / gamma(a + 1) * total
    return lower, 1 - lower


@cache
def beta_tails(a, b, x):
    # Past 1/2 and the mean: elsewhere the mirrored series would be the slow one.
    if 2 * x > 1 and x > a / (a + b):
        upper, lower = beta_tails(b, a, 1 - x)
        return lower, upper
    term = total = mpf(1)
    k = 0
    while term > total * mpf(2) ** -mp.prec:
        term *= (a + b + k) * x / (a + 1 + k)
        total += term
        k += 1
    lower = x**a * (1 - x) ** b / (a * beta(a, b)) * total
    return lower, 1 - lower


def slope(f, arguments, index):
    moved = [[t + sign * STEP if i == index else t for i, t in enumerate(arguments)] for sign in (1, -1)]
    return (f(*moved[0]) - f(*moved[1])) / (2 * STEP)


def log_of(tails, side):
    return lambda *arguments: log(tails(*arguments)[side])


def even(low, high):
    return exp(random.uniform(float(log(mpf(low))), float(log(mpf(high)))))


def gamma_points():
    for _ in range(110):
        a = even(1e-10, 1000)
        yield a, a * even(1e-3, 3)
    for _ in range(60):
        yield even(1e-10, 1), even(0.05, 8)
    for _ in range(60):
        a = even(0.5, 3000)
        yield a, max(a * 0.02, a + random.gauss(0, 4) * a**0.5)
    for _ in range(30):
        yield even(1e-3, 30), even(1e-300, 1e-3)
    for a in (0.3, 0.999, 1, 1.001, 9.99, 10, 10.01, 16, 200):
        for x in (0.39, 0.5, 0.501, a - 1 / 3, a, a + 1 / 3):
            if x > 0:
                yield a, x


def beta_points():
    for _ in range(90):
        yield even(1e-6, 100), even(1e-6, 100), random.uniform(0.001, 0.95)
    for _ in range(70):
        b = even(1e-6, 1e4)
        yield even(1e-6, 1), b, even(1e-5, min(mpf(1) / 2, 600 / mpf(b)))
    for _ in range(70):
        a, b = even(0.3, 2000), even(0.3, 2000)
        odds = float(a / b) * 2.718281828 ** (random.gauss(0, 3) * float(1 / a + 1 / b) ** 0.5)
        yield a, b, min(odds / (1 + odds), 0.95)
    for _ in range(30):
        yield even(1e-3, 30), even(1e-3, 30), even(1e-300, 1e-5)
    for a in (0.7, 1, 11.9, 12):
        for b in (0.3, 1, 12):
            yield a, b, 0.4
            yield a, b, 0.5


def word(x):
    return struct.pack(">d", float(x)).hex()


def write(name, f, points):
    rows = []
    for point in points:
        arguments = [mpf(float(t)) for t in point]
        value = f(*arguments)
        high = mpf(float(value))
        # A subnormal high part has no low part that a double could hold.
        rows.append([[word(t) for t in arguments], word(high), word(value - high)])
    with open(f"test/data/special/{name}.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


random.seed(8)
gammas = list(gamma_points())
betas = [p for p in beta_points() if 0 < p[2] < 1]
for side, letter in enumerate("PQ"):
    write(f"logGamma{letter}", log_of(gamma_tails, side), gammas)
    write(f"logGamma{letter}Shape", lambda *p, f=log_of(gamma_tails, side): slope(f, p, 0), gammas)
write("gammaPShape", lambda *p: slope(lambda *q: gamma_tails(*q)[0], p, 0), gammas)
for side, name in enumerate(("logBetaI", "logBetaIComplement")):
    write(name, log_of(beta_tails, side), betas)
    for index in (0, 1):
        write(f"{name}Shape{index + 1}", lambda *p, f=log_of(beta_tails, side), i=index: slope(f, p, i), betas)
