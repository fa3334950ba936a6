"""Rows of test/data/intervals.json: log P(a < X <= b) on 300 digits, by mpmath, at the doubles a, b as they stand.

    python3 scripts/reference/intervals.py > test/data/intervals.json

Closed forms where there are any (error function, logistic, incomplete gamma), quadrature of the density for Student's t, and a sum of
masses for the Poisson. None shares a formula with src/math/interval.ts, which works in doubles on logarithms of the tails.
"""

import json

from mpmath import betainc, erf, erfc, exp, floor, gamma, gammainc, inf, linspace, log, loggamma, mp, mpf, pi, quad, sqrt

mp.dps = 300


def normal_upper(z):
    return erfc(z / sqrt(mpf(2))) / 2


def normal_between(u, v):
    if u > 0:
        return normal_upper(u) - normal_upper(v)
    if v < 0:
        return normal_upper(-v) - normal_upper(-u)
    return (erf(v / sqrt(mpf(2))) + erf(-u / sqrt(mpf(2)))) / 2


def normal(mean, sd):
    return lambda a, b: normal_between((a - mean) / sd, (b - mean) / sd)


def lognormal(meanlog, sdlog):
    def z(x):
        return (log(x) - meanlog) / sdlog if x > 0 else -inf

    return lambda a, b: normal_between(z(a), z(b))


def logistic(location, scale):
    def lower(x):
        return 1 / (1 + exp(-(x - location) / scale))

    def upper(x):
        return 1 / (1 + exp((x - location) / scale))

    return lambda a, b: upper(a) - upper(b) if a > location else lower(b) - lower(a)


def laplace(location, scale):
    def tail(distance):
        return exp(-distance / scale) / 2

    def between(a, b):
        if a < location < b:
            return 1 - tail(location - a) - tail(b - location)
        return tail(a - location) - tail(b - location) if a >= location else tail(location - b) - tail(location - a)

    return between


def gamma_family(shape, rate):
    # P(k, y) as y^k e^-y / Gamma(k+1) times a series of positive terms.
    def lower(y):
        if y <= 0:
            return mpf(0)
        if y == inf:
            return mpf(1)
        term = total = mpf(1)
        n = 1
        while term > total * mpf(10) ** (-mp.dps - 5):
            term *= y / (shape + n)
            total += term
            n += 1
        return exp(shape * log(y) - y - loggamma(shape + 1)) * total

    def upper(y):
        return gammainc(shape, y) / gamma(shape) if y < inf else mpf(0)

    def between(a, b):
        if rate * a > shape + 40 * sqrt(shape) + 40:
            return upper(rate * a) - upper(rate * b)
        return lower(rate * b) - lower(rate * a)

    return between


def student_t(location, scale, df):
    def density(z):
        return exp(loggamma((df + 1) / 2) - loggamma(df / 2)) / sqrt(df * pi) * (1 + z * z / df) ** (-(df + 1) / 2)

    def tail(z):
        return betainc(df / 2, mpf(1) / 2, 0, df / (df + z * z), regularized=True) / 2

    def between(a, b):
        u, v = (a - location) / scale, (b - location) / scale
        if u < 0 < v:
            return 1 - tail(v) - tail(u)
        if v - u > abs(u) / 100:
            return tail(u) - tail(v) if u >= 0 else tail(v) - tail(u)
        return quad(density, linspace(u, v, 3))

    return between


def poisson(rate):
    def between(a, b):
        first, last = int(floor(a)) + 1, int(floor(b)) if b < inf else 10**9
        first = max(first, 0)
        term = exp(first * log(rate) - rate - loggamma(mpf(first) + 1))
        total = mpf(0)
        for k in range(first, last + 1):
            total += term
            term *= rate / (k + 1)
            # Downhill, and no digit left.
            if k > rate and term < total * mpf(10) ** (-mp.dps):
                break
        return total

    return between


FAMILIES = {
    "normal": normal,
    "lognormal": lognormal,
    "logistic": logistic,
    "laplace": laplace,
    "gamma": gamma_family,
    "studentT": student_t,
    "poisson": poisson,
}

INF = float("inf")
ROWS = [
    # Wide, both tails, the middle.
    ("normal", [0, 1], [(-1, 2), (-INF, -5), (3, INF), (-40, -38), (38, 40), (50, 51), (-60, -50), (200, INF), (-0.01, 0.02), (-9, 9), (-30, 31)]),
    # Narrow: around 0, in the tails, one unit in the last place.
    ("normal", [0, 1], [(-1e-12, 1e-12), (0.1, 0.1 + 1e-9), (5, 5.000001), (-7.5, -7.49999999), (39, 39.00000000001), (1, 1 + 2**-52), (-1e-300, 1e-300)]),
    # Rounded data at an offset: 0.01, 0.5 and a few doubles wide.
    ("normal", [1e9, 3.5], [(1e9 + 2.005, 1e9 + 2.015), (1e9 - 0.005, 1e9 + 0.005), (1e9 + 20.005, 1e9 + 20.015), (1e9 - 150.5, 1e9 - 149.5), (1e9 + 1, 1e9 + 1.0000002)]),
    ("normal", [1e9, 0.2], [(1e9 + 0.495, 1e9 + 0.505), (1e9 + 1.995, 1e9 + 2.005), (1e9 - 0.00005, 1e9 + 0.00005)]),
    ("gamma", [2.5, 0.7], [(0, 1e-5), (1, 2), (3.495, 3.505), (100, 101), (1e-200, 2e-200), (0.5, INF), (900, 900.0001), (1500, INF)]),
    ("gamma", [0.05, 3], [(0, 1e-300), (1e-20, 1.01e-20), (1e-6, 1.000001e-6), (0.2, 0.2001), (0.1, 4)]),
    ("gamma", [4000, 2], [(1999.995, 2000.005), (1500, 1500.01), (2500, 2600), (100, 110)]),
    ("logistic", [-3, 2], [(-3.0001, -2.9999), (-1700, -1600), (800, INF), (1.5, 1.5000001), (1500, 1500.5)]),
    # A kink inside a narrow interval.
    ("laplace", [0.3, 2], [(0.2999, 0.3003), (0.29, 0.3000001), (0.1, 0.11), (500, 500.001), (-4000, -3000)]),
    ("studentT", [1, 2, 3], [(0.9, 1.1), (1e8, 2e8), (-1e60, -1e59), (4, 4.0001), (-1e12, -0.999999999e12), (0.9999999, 1.0000001)]),
    ("studentT", [0, 1, 0.4], [(1e200, 1e210), (-5, 7), (1e100, 1.0000001e100)]),
    ("lognormal", [0.5, 1.3], [(0, 1e-8), (1.645, 1.655), (1e-30, 1e-29), (1e12, INF), (1e20, 1.00001e20), (0.1, 40)]),
    ("poisson", [3.7], [(-1, 0), (2, 3), (1.5, 6.2), (40, INF), (150, 200)]),
    ("poisson", [1e6], [(999999, 1000000), (1000000, 1000010), (990000, 990001), (1010000, 1010500), (985000, 1015000)]),
]


def main():
    rows = []
    for family, theta, intervals in ROWS:
        between = FAMILIES[family](*[mpf(float(t)) for t in theta])
        for a, b in intervals:
            low, high = mpf(float(a)), mpf(float(b))
            log_p = log(between(low if a > -INF else -inf, high if b < INF else inf))
            ends = [None if abs(end) == INF else float(end) for end in (a, b)]
            rows.append({"distribution": family, "theta": theta, "a": ends[0], "b": ends[1], "logP": mp.nstr(log_p, 25)})
    print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")


main()
