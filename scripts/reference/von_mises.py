"""Reference rows of angles known by arcs: python3 scripts/reference/von_mises.py; its rows stand last in test/data/reference/vonMises.json.

Wind by sectors of the compass (the last of which crosses the cut at pi), and angles seen through a window only. The probability of an arc
is summed by its Fourier series, the likelihood maximised by Newton's method in 50-digit arithmetic. Nothing here comes from this project's
code.
"""

import json
import random

import mpmath as mp

mp.mp.dps = 50


def arc(a, b, mu, kappa):
    total = (b - a) / 2
    j = 0
    while True:
        j += 1
        ratio = mp.besseli(j, kappa) / j
        total += ratio / mp.besseli(0, kappa) * (mp.sin(j * (b - mu)) - mp.sin(j * (a - mu)))
        if ratio < mp.mpf(10) ** -50:
            return mp.log(total / mp.pi)


def log_density(x, mu, kappa):
    return kappa * mp.cos(x - mu) - mp.log(2 * mp.pi * mp.besseli(0, kappa))


def maximise(loglik, start):
    at = [mp.mpf(value) for value in start]
    h = mp.mpf(10) ** -12
    for _ in range(40):
        score = [mp.diff(loglik, tuple(at), n) for n in ((1, 0), (0, 1))]
        second = [mp.diff(loglik, tuple(at), n, h=h) for n in ((2, 0), (1, 1), (0, 2))]
        information = -mp.matrix([[second[0], second[1]], [second[1], second[2]]])
        step = mp.lu_solve(information, mp.matrix(score))
        at = [value + step[i] for i, value in enumerate(at)]
        if max(abs(step[0]), abs(step[1])) < mp.mpf(10) ** -22:
            return at, information
    raise ArithmeticError("no convergence")


def row(name, source, data, n, loglik, start):
    at, information = maximise(loglik, start)
    covariance = information**-1
    top = loglik(*at)
    return {
        "id": name,
        "source": f"{source}; scripts/reference/von_mises.py",
        "distribution": "vonMises",
        **data,
        "expected": {
            "exists": True,
            "nobs": n,
            "estimates": {"mu": float(at[0]), "kappa": float(at[1])},
            "se": {"mu": float(mp.sqrt(covariance[0, 0])), "kappa": float(mp.sqrt(covariance[1, 1]))},
            "loglik": float(top),
            "aic": float(4 - 2 * top),
            "bic": float(2 * mp.log(n) - 2 * top),
        },
        "tolerance": {"estimates_rel": 1e-8, "estimates_se": 1e-6, "loglik_abs": float(f"{1e-10 * max(1, abs(float(top))):.2g}")},
    }


def sectors():
    source = random.Random(1)
    x = [source.vonmisesvariate(2.6, 1.4) for _ in range(120)]
    width = 0.7853981633974483
    lower = [width * (value // width) for value in x]
    upper = [a + width for a in lower]
    counts = {}
    for pair in zip(lower, upper):
        counts[pair] = counts.get(pair, 0) + 1
    known = [(mp.mpf(a), mp.mpf(b), k) for (a, b), k in counts.items()]
    loglik = lambda mu, kappa: mp.fsum(k * arc(a, b, mu, kappa) for a, b, k in known)
    return row("mp-von-mises-sectors", "simulated, mu 2.6, kappa 1.4, seed 1, by sectors of 45 degrees", {"x": None, "censored": {"lower": lower, "upper": upper}}, 120, loglik, (2.6, 1.4))


def window():
    source = random.Random(2)
    low, high = -2.0, 1.5
    x = []
    while len(x) < 60:
        value = source.vonmisesvariate(0.5, 0.8)
        value = value - 2 * 3.141592653589793 if value > 3.141592653589793 else value
        if low < value <= high:
            x.append(value)
    rows = [mp.mpf(value) for value in x]
    loglik = lambda mu, kappa: mp.fsum(log_density(value, mu, kappa) for value in rows) - len(rows) * arc(mp.mpf(low), mp.mpf(high), mu, kappa)
    return row("mp-von-mises-window", "simulated, mu 0.5, kappa 0.8, seed 2, seen in (-2, 1.5] only", {"x": x, "truncated": {"lower": low, "upper": high}}, 60, loglik, (0.5, 0.8))


if __name__ == "__main__":
    print(",\n".join(json.dumps(case(), separators=(",", ":")) for case in (sectors, window)))
