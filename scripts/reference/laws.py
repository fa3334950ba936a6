"""Log-densities and their derivatives in a regression's coordinates, in 60 digits: test/data/laws.json.

    python3 scripts/reference/laws.py > test/data/laws.json
"""
import json

from mpmath import diff, erfc, exp, log, loggamma, mp, mpf, pi, sqrt

mp.dps = 60


def reduced(z, k):
    """log(1 + k z)/k, by its series near 0 where differences of it are taken."""
    if abs(k * z) < mpf(10) ** -8:
        return sum((-k) ** j * z ** (j + 1) / (j + 1) for j in range(40))
    return log(1 + k * z) / k


def extreme_value(x, location, log_scale, shape):
    l = reduced((x - location) * exp(-log_scale), shape)
    return -log_scale - (1 + shape) * l - exp(-l)


def pareto_tail(x, log_scale, shape):
    return -log_scale - (1 + shape) * reduced(x * exp(-log_scale), shape)


def stacy(x, log_scale, log_shape, log_power):
    w = exp(log_power) * (log(x) - log_scale)
    return log_power + exp(log_shape) * w - exp(w) - loggamma(exp(log_shape)) - log(x)


def skew_normal(x, xi, log_omega, alpha):
    z = (x - xi) * exp(-log_omega)
    return log(2) - log_omega - log(2 * pi) / 2 - z * z / 2 + log(erfc(-alpha * z / sqrt(mpf(2))) / 2)


LAWS = {
    "generalizedExtremeValue": (
        extreme_value,
        [
            (x, location, log_scale, shape)
            for location, log_scale in [(0.0, 0.0), (12.5, -1.25)]
            for shape in [0.0, 1e-9, -1e-4, 0.03125, -0.0625, 0.25, -0.375, 1.5]
            for x in [location + z * 2.0 ** round(log_scale * 1.44) for z in (-0.5, 0.125, 2.0)]
        ],
    ),
    "generalizedPareto": (
        pareto_tail,
        [
            (x, log_scale, shape)
            for log_scale in [0.0, 3.5]
            for shape in [0.0, 1e-9, -1e-4, 0.03125, -0.0625, 0.25, 1.5]
            for x in [y * 2.0 ** round(log_scale * 1.44) for y in (1e-6, 0.75, 6.0)]
        ],
    ),
    "generalizedGamma": (
        stacy,
        [
            (x, log_scale, log_shape, log_power)
            for log_scale, log_shape, log_power in [
                (0.0, 0.0, 0.0),
                (1.5, -2.0, 0.5),
                (-0.5, 1.0, 1.25),
                (-10.0, 8.0, -0.25),
                (2.0, -6.0, 2.0),
            ]
            for x in [float(exp(log_scale + exp(-log_power) * (log_shape + d))) for d in (-1.5, -0.01, 0.75)]
        ],
    ),
    "skewNormal": (
        skew_normal,
        [
            (x, xi, log_omega, alpha)
            for xi, log_omega in [(0.0, 0.0), (30.0, -1.25)]
            for alpha in [0.0, 0.5, -3.0, 40.0]
            for x in [xi + z * 2.0 ** round(log_omega * 1.44) for z in (-1.5, 0.125, 3.0)]
        ],
    ),
}


def row(density, x, *c):
    c = [mpf(value) for value in c]
    x = mpf(x)
    count = len(c)
    order = lambda *places: tuple(places.count(k) for k in range(count))
    at = lambda *coordinates: density(x, *coordinates)
    derivative = lambda *places: diff(at, tuple(c), order(*places))
    return {
        "x": float(x),
        "coordinates": [float(value) for value in c],
        "value": mp.nstr(at(*c), 25),
        "first": [mp.nstr(derivative(k), 25) for k in range(count)],
        "second": [mp.nstr(-derivative(k, j), 25) for k in range(count) for j in range(k + 1)],
    }


print(json.dumps({name: [row(density, *point) for point in points] for name, (density, points) in LAWS.items()}, indent=1))
