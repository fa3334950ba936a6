"""Reference rows for test/data/reference/birnbaumSaunders.json: python3 scripts/reference/birnbaumSaunders.py > that file.

Samples of seeded normal variates, rounded to doubles; the exact log-likelihood of those doubles is maximised by Newton's method in
60-digit arithmetic, with derivatives that mpmath takes of the log-density itself. Nothing here comes from this project's code.
"""

import json
import random

import mpmath as mp

mp.mp.dps = 60


def log_density(x, shape, scale):
    xi = (mp.sqrt(x / scale) - mp.sqrt(scale / x)) / shape
    jacobian = (mp.sqrt(x / scale) + mp.sqrt(scale / x)) / (2 * shape * x)
    return mp.log(jacobian) - xi**2 / 2 - mp.log(2 * mp.pi) / 2


def sample(n, shape, scale, seed):
    source = random.Random(seed)
    rows = []
    for _ in range(n):
        h = shape * source.gauss(0, 1) / 2
        rows.append(scale * (h + (1 + h * h) ** 0.5) ** 2)
    return rows


def maximise(x, shape, scale):
    rows = [mp.mpf(value) for value in x]

    def loglik(a, b):
        return mp.fsum(log_density(value, a, b) for value in rows)

    def derivative(point, orders):
        # Central differences of order 2 with a step of 1e-15: 1e-30 of truncation, 1e-30 of rounding.
        return mp.diff(loglik, point, orders, h=mp.mpf(10) ** -15)

    point = (mp.mpf(shape), mp.mpf(scale))
    for _ in range(60):
        gradient = mp.matrix([derivative(point, (1, 0)), derivative(point, (0, 1))])
        aa, ab, bb = (derivative(point, orders) for orders in ((2, 0), (1, 1), (0, 2)))
        information = -mp.matrix([[aa, ab], [ab, bb]])
        step = mp.lu_solve(information, gradient)
        length = max(abs(step[0] / point[0]), abs(step[1] / point[1]))
        if length > mp.mpf("0.3"):
            step *= mp.mpf("0.3") / length
        point = (point[0] + step[0], point[1] + step[1])
        if length < mp.mpf(10) ** -24:
            return point, information**-1, loglik(*point)
    raise ArithmeticError("no convergence")


def case(name, n, shape, scale, seed):
    x = sample(n, shape, scale, seed)
    (a, b), covariance, loglik = maximise(x, shape, scale)
    value = lambda number: float(number)
    return {
        "id": name,
        "source": f"simulated, shape {shape}, scale {scale}, seed {seed}; scripts/reference/birnbaumSaunders.py",
        "distribution": "birnbaumSaunders",
        "x": x,
        "expected": {
            "exists": True,
            "nobs": n,
            "estimates": {"shape": value(a), "scale": value(b)},
            "se": {"shape": value(mp.sqrt(covariance[0, 0])), "scale": value(mp.sqrt(covariance[1, 1]))},
            "loglik": value(loglik),
            "aic": value(4 - 2 * loglik),
            "bic": value(2 * mp.log(n) - 2 * loglik),
            "vcov": [[value(covariance[i, j]) for j in range(2)] for i in range(2)],
        },
        "tolerance": {"estimates_rel": 1e-8, "estimates_se": 1e-6, "loglik_abs": float(f"{1e-10 * max(1, abs(value(loglik))):.2g}")},
    }


CASES = [("mp-birnbaum-saunders-n60", 60, 0.5, 2.0, 1), ("mp-birnbaum-saunders-narrow", 40, 0.002, 1e4, 2), ("mp-birnbaum-saunders-wide", 80, 3.0, 0.1, 3)]

if __name__ == "__main__":
    print("[\n" + ",\n".join(json.dumps(case(*row), separators=(",", ":")) for row in CASES) + "\n]")
