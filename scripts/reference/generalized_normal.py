"""Reference rows of the generalised normal: maxima in 60-digit arithmetic.

Data are seeded and rounded to four decimals. For shape > 1 Newton's method on the exact log-likelihood in (location, scale, shape) with
derivatives in closed form; for shape < 1 the location is tried at every observation, scale and shape solved there. Prints the rows of
test/data/reference/generalizedNormal.json.
"""

import json
import random

from mpmath import digamma, findroot, log, loggamma, matrix, mp, mpf

mp.dps = 60


def loglik(x, m, s, b):
    return len(x) * (log(b) - log(2) - loggamma(1 / b) - log(s)) - sum((abs(v - m) / s) ** b for v in x)


def score(x, m, s, b):
    z = [(v - m) / s for v in x]
    u = [abs(v) ** b for v in z]
    n = len(x)
    return (
        sum(b * p / v for p, v in zip(u, z)) / s,
        (b * sum(u) - n) / s,
        n * (1 / b + digamma(1 / b) / b**2) - sum(p * log(abs(v)) for p, v in zip(u, z)),
    )


def interior(x, start):
    found = findroot(lambda m, s, b: score(x, m, s, b), start, tol=mpf(10) ** -100, maxsteps=200)
    point = [found[0], found[1], found[2]]
    h = mpf(10) ** -20
    information = matrix(3)
    for j in range(3):
        ahead = [v + (h if k == j else 0) for k, v in enumerate(point)]
        behind = [v - (h if k == j else 0) for k, v in enumerate(point)]
        for i in range(3):
            information[i, j] = -(score(x, *ahead)[i] - score(x, *behind)[i]) / (2 * h)
    covariance = information**-1
    return point, covariance


def at_observation(x):
    best = None
    for m in sorted(set(x)):
        away = [abs(v - m) for v in x if v != m]
        n = len(x)

        def slope(b):
            power = [v**b for v in away]
            total = sum(power)
            # d/db of the profile, scale^b = b total / n.
            return (
                n * digamma(1 + 1 / b) / b**2
                + n * (log(b * total / n) + 1) / b**2
                - n * (1 / b + sum(p * log(v) for p, v in zip(power, away)) / total) / b
            )

        grid = [mpf(2) ** (mpf(i) / 8) for i in range(-24, 9)]
        signs = [slope(b) for b in grid]
        for lower, upper, below, above in zip(grid, grid[1:], signs, signs[1:]):
            if below > 0 >= above:
                b = findroot(slope, (lower, upper), solver="anderson", tol=mpf(10) ** -80)
                s = (b * sum(v**b for v in away) / n) ** (1 / b)
                value = loglik(x, m, s, b)
                if best is None or value > best[0]:
                    best = (value, m, s, b)
    return best


def variate(source, shape):
    size = source.gammavariate(1 / shape, 1) ** (1 / shape)
    return size if source.random() < 0.5 else -size


def row(name, x, expected):
    return {
        "id": f"generalized-normal-{name}",
        "source": "simulated, scripts/reference/generalized_normal.py",
        "distribution": "generalizedNormal",
        "x": x,
        "expected": expected,
        "tolerance": {"estimates_rel": 1e-8, "estimates_se": 1e-6, "loglik_abs": 1e-8},
    }


NAMES = ("location", "scale", "shape")
rows = []
for name, shape, scale, location, n, seed in (("1.6", 1.6, 2, 5, 60, 1), ("3", 3, 1.5, -2, 200, 2), ("6", 6, 10, 100, 120, 3)):
    source = random.Random(seed)
    x = [round(location + scale * variate(source, shape), 4) for _ in range(n)]
    exact = [mpf(v) for v in x]
    centre = sorted(exact)[n // 2] + mpf("0.01234567")
    point, covariance = interior(exact, (centre, mpf(scale), mpf(shape)))
    value = loglik(exact, *point)
    rows.append(
        row(
            name,
            x,
            {
                "exists": True,
                "nobs": n,
                "estimates": {k: float(v) for k, v in zip(NAMES, point)},
                "se": {k: float(covariance[i, i] ** 0.5) for i, k in enumerate(NAMES)},
                "loglik": float(value),
                "aic": float(6 - 2 * value),
                "bic": float(3 * log(n) - 2 * value),
                "vcov": [[float(covariance[i, j]) for j in range(3)] for i in range(3)],
            },
        )
    )
source = random.Random(4)
x = [round(3 + 2 * variate(source, 0.7), 4) for _ in range(150)]
value, m, s, b = at_observation([mpf(v) for v in x])
rows.append(
    row(
        "cusp",
        x,
        {
            "exists": True,
            "nobs": 150,
            "estimates": {"location": float(m), "scale": float(s), "shape": float(b)},
            "loglik": float(value),
            "aic": float(6 - 2 * value),
            "bic": float(3 * log(150) - 2 * value),
        },
    )
)
print("[\n" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]")
