"""Writes test/data/special/{inverseMills,inverseMillsSlope,normalQuantileOfLog}.json, 40-digit references. Needs mpmath; run from the root."""
import json
import random
import struct
from mpmath import mp, mpf, erfc, exp, expm1, log, log1p, pi, sqrt

mp.prec = 2400


def double(x):
    return struct.pack(">d", float(x)).hex()


def hazard(x):
    # Past 1e4 the sum of the asymptotic series is exact to 1000 bits; erfc itself would need x^2 bits of range.
    if x > -1e4:
        return sqrt(2 / pi) * exp(-x * x / 2) / erfc(-x / sqrt(2))
    term = total = mpf(1)
    for n in range(1, 40):
        term *= -(2 * n - 1) / (x * x)
        total += term
    return -x / total


def slope(x):
    h = hazard(x)
    return -h * (x + h)


def log_upper(t):
    """log of Φ(-t) and its derivative."""
    if t > 1e4:
        h = hazard(-t)
        return -t * t / 2 - log(2 * pi) / 2 - log(h), -h
    q = erfc(t / sqrt(2)) / 2
    return log(q), -exp(-t * t / 2) / sqrt(2 * pi) / q


def quantile_of_log(x):
    if x > -log(2):
        return -quantile_of_log(log1p(-exp(x)) if x < -0.1 else log(-expm1(x)))
    t = sqrt(-2 * x) if x < -2 else mpf(1) / 2
    for _ in range(60):
        value, slope = log_upper(t)
        step = (x - value) / slope
        t += step
        if abs(step) < abs(t) * mpf(2) ** -400:
            break
    return -t


def quantile_arguments(rng):
    edges = [-5e-324, -1e-300, -1e-16, -0.134, -0.6931471805599453, -0.6931471805599454, -2.079, -1024, -1e10, -1e100, -1.7e308]
    near = [e * (1 + k * 2.0**-40) for e in (-0.134, -log(2), -2.079, -1024) for k in (-3, -1, 1, 3)]
    spread = [-rng.uniform(0, 2) for _ in range(100)] + [-rng.uniform(0, 1100) for _ in range(60)]
    sizes = [-(10 ** rng.uniform(-320, 308)) for _ in range(90)]
    return sorted(set(float(x) for x in edges + near + spread + sizes))


def arguments(rng):
    edges = [-8, 4, 0.0625, 0, 1e-300, -1e-300, 5e-324, 38.5, -1e10, -1e16, -1e150, -1e300]
    near = [e * (1 + k * 2.0**-40) for e in (-8, 4, 0.0625, -0.0625, 38) for k in (-3, -1, 1, 3)]
    spread = [rng.uniform(-8, 4) for _ in range(90)] + [rng.uniform(-40, 38.4) for _ in range(90)]
    sizes = [-(10 ** rng.uniform(0.9, 300)) for _ in range(40)] + [rng.choice((-1, 1)) * 10 ** rng.uniform(-300, 0) for _ in range(30)]
    return sorted(set(edges + near + spread + sizes))


def write(name, f, arguments=arguments):
    rows = []
    for x in arguments(random.Random(name)):
        exact = f(mpf(x))
        high = float(exact)
        rows.append([[double(x)], double(high), double(exact - mpf(high))])
    with open(f"test/data/special/{name}.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n")


write("inverseMills", hazard)
write("inverseMillsSlope", slope)
write("normalQuantileOfLog", quantile_of_log, quantile_arguments)
