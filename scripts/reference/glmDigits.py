"""Regressions whose digits are hard to come by, at their maximum in 50-digit arithmetic: python3 scripts/reference/glmDigits.py

Reads and writes test/data/glmDigits.json. A row has its data and estimates; Newton's method on the whole log-likelihood takes these to the
maximum, whatever they were, and puts estimates, standard errors of the observed information and the log-likelihood in their place, as the
nearest doubles. Derivatives are central differences with steps of 1e-14, good to 1e-22. The own parameter is searched for on its logarithm.
Needs the package mpmath.
"""

import json
from pathlib import Path

from mpmath import atan, erfc, exp, expm1, inverse, log, log1p, loggamma, lu_solve, matrix, mp, mpf, pi, sqrt

mp.dps = 50
FILE = Path("test/data/glmDigits.json")
STEP = mpf(10) ** -14

MEANS = {"identity": lambda e: e, "log": exp, "inverse": lambda e: 1 / e, "1/mu^2": lambda e: 1 / sqrt(e), "sqrt": lambda e: e * e}


def cauchy(t):
    return atan(-1 / t) / pi if t < -1 else mpf(1) / 2 + atan(t) / pi


# log mu and log(1 - mu)
UNIT = {
    "logit": lambda e: (-log1p(exp(-e)), -log1p(exp(e))),
    "probit": lambda e: (log(erfc(-e / sqrt(mpf(2))) / 2), log(erfc(e / sqrt(mpf(2))) / 2)),
    "cloglog": lambda e: (log(-expm1(-exp(e))), -exp(e)),
    "loglog": lambda e: (-exp(-e), log(-expm1(-exp(-e)))),
    "cauchit": lambda e: (log(cauchy(e)), log(cauchy(-e))),
    "log": lambda e: (e, log(-expm1(e))),
    "identity": lambda e: (log(e), log1p(-e)),
}


def row(case, y, n, w):
    """A row's log-likelihood by its predictor and the logarithm of the own parameter."""
    family, link = case["family"], case["link"]
    mean = MEANS.get(link)
    if family == "binomial":
        ways = loggamma(n + 1) - loggamma(y + 1) - loggamma(n - y + 1)

        def mass(e, t):
            success, failure = UNIT[link](e)
            return w * (ways + (y * success if y else 0) + ((n - y) * failure if n - y else 0))

        return mass
    if family == "poisson":
        return lambda e, t: w * (y * log(mean(e)) - mean(e) - loggamma(y + 1))
    if family == "gaussian":
        return lambda e, t: log(w / (2 * pi)) / 2 - t - w * (y - mean(e)) ** 2 / (2 * exp(2 * t))
    if family == "gamma":
        return lambda e, t: w * (exp(t) * (t - log(mean(e)) - y / mean(e)) + (exp(t) - 1) * log(y) - loggamma(exp(t)))
    if family == "inverseGaussian":
        return lambda e, t: w * ((t - log(2 * pi * y**3)) / 2 - exp(t) * (y - mean(e)) ** 2 / (2 * mean(e) ** 2 * y))

    def negative(e, t):
        theta, mu = mpf(case["theta"]) if t is None else exp(t), mean(e)
        return w * (loggamma(y + theta) - loggamma(theta) - loggamma(y + 1) + theta * log(theta / (theta + mu)) + y * log(mu / (theta + mu)))

    return negative


def polish(case):
    columns = [[mpf(x) for x in column] for column in case["columns"]]
    p, n = len(columns), len(case["y"])
    given = lambda name, default: [mpf(v) for v in case.get(name) or [default] * n]
    offset = given("offset", 0)
    rows = [row(case, *values) for values in zip(given("y", 0), given("trials", 1), given("weights", 1))]
    names = case["names"] + [name for name in case["estimates"] if name not in case["names"]]
    own = len(names) > p
    at = matrix([mpf(case["estimates"][name]) for name in names])
    if own:
        at[p] = log(at[p])

    def evaluate(at):
        t = at[p] if own else None
        value, score, information = mpf(0), matrix(len(names), 1), matrix(len(names), len(names))
        for i, f in enumerate(rows):
            x = [column[i] for column in columns]
            e = offset[i] + sum(x[j] * at[j] for j in range(p))
            h = STEP * max(abs(e), mpf(10) ** -6)
            here, up, down = f(e, t), f(e + h, t), f(e - h, t)
            value += here
            for a in range(p):
                score[a] += x[a] * (up - down) / (2 * h)
                for b in range(p):
                    information[a, b] -= x[a] * x[b] * (up - 2 * here + down) / (h * h)
            if not own:
                continue
            more, less = f(e, t + STEP), f(e, t - STEP)
            score[p] += (more - less) / (2 * STEP)
            information[p, p] -= (more - 2 * here + less) / STEP**2
            cross = (f(e + h, t + STEP) - f(e + h, t - STEP) - f(e - h, t + STEP) + f(e - h, t - STEP)) / (4 * h * STEP)
            for a in range(p):
                information[a, p] -= x[a] * cross
                information[p, a] -= x[a] * cross
        return value, score, information

    for _ in range(50):
        value, score, information = evaluate(at)
        step = lu_solve(information, score)
        decrement = sqrt(abs((step.T * score)[0]))
        at += step
        if decrement < mpf(10) ** -20:
            break
    else:
        raise RuntimeError(f"{case['id']}: decrement {decrement}")
    covariance = inverse(information)
    errors = [sqrt(covariance[j, j]) for j in range(len(names))]
    if own:
        at[p] = exp(at[p])
        errors[p] *= at[p]
    found = {"estimates": dict(zip(names, map(float, at))), "errors": dict(zip(names, map(float, errors))), "logLik": float(value)}
    return {**case, **found}


cases = [polish(case) for case in json.loads(FILE.read_text())]
FILE.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
