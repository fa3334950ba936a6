"""Writes test/data/special/<name>.json for the lanes of circular, power, logistic and Bessel functions.

Needs mpmath; run from the root: python3 scripts/lanes/trigReferences.py [name ...]
Rows: bits of the arguments, bits of the value's double, bits of the double of what is left.
"""
import json
import random
import struct
import sys

from mpmath import besseli, cos, exp, inf, log, log1p, mp, mpf, nint, pi, sin

mp.prec = 2400


def hexa(x):
    return struct.pack(">d", float(x)).hex()


def nearest(x):
    """The double, with overflow to Infinity."""
    return float(x) if abs(x) < mpf(2) ** 1024 else float(inf if x > 0 else -inf)


def row(f, *x):
    y = f(*map(mpf, x))
    high = nearest(y)
    low = 0.0 if abs(high) == float("inf") else float(y - mpf(high))
    return [[hexa(v) for v in x], hexa(high), hexa(low)]


def spread(rng, low, high, n):
    """Evenly by magnitude."""
    return [float(mpf(low) * exp(log(mpf(high) / mpf(low)) * mpf(rng.random()))) for _ in range(n)]


def signed(xs):
    return xs + [-x for x in xs]


def near_multiples(rng):
    """Doubles beside k pi/2, and the one of all doubles that is closest to such a multiple."""
    ks = [1, 2, 3, 4, 5, 6, 7, 8, 22, 44, 355, 710, 63660, 63662, 103993, 573204, 1000000] + [rng.randrange(1, 10**6) for _ in range(40)]
    return [float(k * pi / 2) for k in ks] + [6381956970095103.0 * 2.0**797, 2.0**1023, sys.float_info.max]


def circular(rng):
    walk = [rng.uniform(-30, 30) for _ in range(60)] + spread(rng, 1e-308, 1e-3, 20) + spread(rng, 1e4, 2e5, 20) + spread(rng, 1e5, 1.7e308, 50)
    steps = [float((j + 0.5) * pi / 64) for j in range(20)]
    return [(x,) for x in signed(walk + steps)[:220] + near_multiples(rng) + [0.0, 5e-324, 1e5, 100000.00000000001]]


def powers(rng):
    pairs = []
    for x in spread(rng, 1e-308, 1.7e308, 110) + [1 + s * v for v in spread(rng, 2.3e-16, 0.3, 60) for s in (1, -0.5)] + spread(rng, 5e-324, 1e-308, 10):
        if x != 1:
            pairs.append((x, float(mpf(rng.uniform(-745, 709)) / log(mpf(x)))))
    return pairs + [(x, y) for x in (0.5, 1.5, 2.0, 10.0, 1e300) for y in (1e-300, 1e-20, 0.5, 1.0, 2.0, -1.0, 1 / 3, -0.25)]


def reals(rng):
    xs = [rng.uniform(-745, 745) for _ in range(60)] + [rng.uniform(-2, 2) for _ in range(40)]
    return [(x,) for x in xs + signed(spread(rng, 1e-300, 40, 70)) + [0.0, -745.2, -740.0, -709.0, -640.0, 640.0, -37.0, 37.0]]


def probabilities(rng):
    small = spread(rng, 5e-324, 1e-3, 50) + [2.0**-1000, 2.0**-1022, 5e-324]
    beside = [0.5 + s * v for v in spread(rng, 1e-16, 0.25, 50) for s in (1, -1)]
    return [(p,) for p in small + beside + [rng.random() for _ in range(60)] + [1 - p for p in spread(rng, 2e-16, 0.2, 40)]]


def kappas(rng):
    xs = spread(rng, 1e-300, 1e-2, 25) + spread(rng, 1e-2, 70, 70) + [2.0**e * (1 + j / 8) for e in range(-1, 7) for j in range(8)]
    return [(x,) for x in signed(xs)[:280] + spread(rng, 64, 1e4, 30) + [200.0, 64.0, 1.0]]


def ratio(x):
    return besseli(1, x) / besseli(0, x)


def in_precision(bits, f):
    def g(*x):
        with mp.workprec(bits):
            return f(*x)

    return g


def power(x, y):
    return exp(y * log(x))


LANES = {
    "sin": (sin, circular),
    "cos": (cos, circular),
    "pow": (in_precision(400, power), powers),
    "log1pexp": (in_precision(2400, lambda x: log1p(exp(x))), reals),
    "expit": (in_precision(2400, lambda x: 1 / (1 + exp(-x))), reals),
    "logit": (in_precision(1500, lambda p: log(p) - log1p(-p)), probabilities),
    "besselRatio": (in_precision(400, ratio), kappas),
    "besselRatioSlope": (in_precision(2400, lambda x: 1 - ratio(x) / x - ratio(x) ** 2), kappas),
}

for name in sys.argv[1:] or LANES:
    f, arguments = LANES[name]
    rows = [row(f, *x) for x in arguments(random.Random(name))]
    with open(f"test/data/special/{name}.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]\n")
    print(name, len(rows))
