"""Writes test/data/special/ for the lanes about Gamma that are not there. Needs mpmath; run from the root: python3 scripts/lanes/gammaReferences.py"""
import json
import random
import struct

from mpmath import log, loggamma, mp, mpf, pi, psi, rf, sin

mp.prec = 1400
random.seed(11)


def word(x):
    return struct.pack(">d", float(x)).hex()


def write(name, f, points):
    rows = []
    for x in dict.fromkeys(points):
        exact = f(mpf(x))
        high = float(exact)
        rows.append([[word(x)], word(high), word(exact - mpf(high))])
    with open(f"test/data/special/{name}.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


def spread(low, high, n):
    return [2 ** random.uniform(low, high) for _ in range(n)]


def sin_pi():
    near = [k / 4 + s * 2 ** random.uniform(-50, -3) for k in range(9) for s in (-1, 1) for _ in range(3)]
    some = near + [random.uniform(0, 40) for _ in range(60)] + spread(-1000, -1, 40) + spread(0, 54, 40)
    return [s * x for x in some for s in (1, -1)] + [5e-324, -5e-324, 0.5, 1.5, 2.0**52 + 0.5]


write("sinPi", lambda x: sin(pi * x), sin_pi())


def positive():
    return spread(-1022, 1017, 120) + spread(-8, 8, 120) + [k / 2 for k in range(1, 30)] + [2.0**250, 2.0**251, 2.0**-1022]


def factor(x):
    return rf(min(x, mpf(2) ** 250), 4)


write("lgammaFactor", factor, positive())
write("lgammaTerm", lambda x: loggamma(x) + log(factor(x)), [x for x in positive() if x < 2.5e305])
write("tetragamma", lambda x: psi(2, x), [x for x in positive() if 1e-100 < x < 1e150])
