"""Reference rows of logitNormal and levy: python3 scripts/reference/logit_normal.py, with mpmath.

The log-likelihood is written from the density as it stands and maximised in 60 digits by Newton's method with derivatives by central
differences of 1e-15 (their error is 1e-30), from a start by sample moments, until the decrement is below 1e-20 standard errors. Standard
errors are from the inverse of minus the second derivatives there. No closed form is used.
"""

import json
import random

from mpmath import exp, log, matrix, mp, mpf, pi, sqrt

mp.dps = 60
STEP = mpf(10) ** -15


def logit_normal(x, theta):
    mu, sigma = theta
    return sum(-log(sigma * sqrt(2 * pi) * v * (1 - v)) - ((log(v / (1 - v)) - mu) / sigma) ** 2 / 2 for v in x)


def levy(location):
    def loglik(x, theta):
        return sum(log(theta[0] / (2 * pi)) / 2 - theta[0] / (2 * (v - location)) - 3 * log(v - location) / 2 for v in x)

    return loglik


def maximise(loglik, theta):
    """Newton's method; returns the maximum, minus the Hessian's inverse and the value."""
    p = len(theta)
    steps = [STEP * (abs(t) + 1) for t in theta]

    def at(*moves):
        moved = list(theta)
        for i, sign in moves:
            moved[i] += sign * steps[i]
        return loglik(moved)

    for _ in range(100):
        value = at()
        score = matrix([(at((i, 1)) - at((i, -1))) / (2 * steps[i]) for i in range(p)])
        information = matrix(p, p)
        for i in range(p):
            for j in range(p):
                both = at((i, 1), (j, 1)) + at((i, -1), (j, -1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1))
                information[i, j] = -both / (4 * steps[i] * steps[j])
        vcov = information**-1
        step = vcov * score
        if sqrt((score.T * step)[0]) < mpf(10) ** -20:
            return theta, vcov, value
        theta = [t + s for t, s in zip(theta, step)]
    raise RuntimeError("no maximum")


def row(case, source, distribution, names, x, loglik, start, constants=None):
    exact = [mpf(v) for v in x]
    theta, vcov, value = maximise(lambda t: loglik(exact, t), [mpf(s) for s in start])
    p, n = len(names), len(x)
    expected = {
        "exists": True,
        "nobs": n,
        "estimates": {name: float(t) for name, t in zip(names, theta)},
        "se": {name: float(sqrt(vcov[i, i])) for i, name in enumerate(names)},
        "loglik": float(value),
        "aic": float(2 * p - 2 * value),
        "bic": float(p * log(n) - 2 * value),
        "vcov": [[float(vcov[i, j]) for j in range(p)] for i in range(p)],
    }
    tolerance = {"estimates_rel": 1e-8, "estimates_se": 1e-6, "loglik_abs": float(f"{1e-10 * (1 + abs(float(value))):.1e}")}
    given = {"id": case, "source": source, "distribution": distribution, "x": x}
    if constants:
        given["constants"] = constants
    return {**given, "expected": expected, "tolerance": tolerance, "peers": []}


def logit_normal_rows():
    names = ["mu", "sigma"]
    for seed, n, mu, sigma in [(11, 60, 0.4, 0.8), (12, 250, -2.5, 2), (13, 25, 6, 0.3)]:
        source = random.Random(seed)
        x = [float(1 / (1 + exp(-mpf(source.gauss(mu, sigma))))) for _ in range(n)]
        yield row(f"logit-normal-n{n}", f"simulated, mu = {mu}, sigma = {sigma}, seed {seed}", "logitNormal", names, x, logit_normal, [mu, sigma])


def levy_rows():
    for seed, n, location, scale in [(21, 60, -1.5, 2), (22, 200, 1e3, 0.25)]:
        source = random.Random(seed)
        x = [location + scale / source.gauss(0, 1) ** 2 for _ in range(n)]
        text = f"simulated, location = {location}, scale = {scale}, seed {seed}"
        yield row(f"levy-location-n{n}", text, "levy", ["scale"], x, levy(location), [scale], {"location": location})


if __name__ == "__main__":
    for rows in (logit_normal_rows(), levy_rows()):
        print("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in rows) + "\n]")
