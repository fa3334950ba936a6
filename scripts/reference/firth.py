"""Rows of test/data/firth.json: profiles of Firth's penalised log-likelihood for the data of test/data/regression/firth.json, and its maximum for links
that are not canonical, in 30 digits, by differences of the function alone.

    python3 scripts/reference/firth.py > test/data/firth.json
"""

import json
import sys
from pathlib import Path

from mpmath import erfc, exp, expm1, inverse, log, matrix, mp, mpf, sqrt

mp.dps = 30
STEP = mpf(10) ** -8


def unit(link, eta):
    """mean, 1 - mean, d mean / d eta."""
    if link == "logit":
        return 1 / (1 + exp(-eta)), 1 / (1 + exp(eta)), 1 / (2 + exp(eta) + exp(-eta))
    if link == "probit":
        return erfc(-eta / sqrt(2)) / 2, erfc(eta / sqrt(2)) / 2, exp(-eta * eta / 2) / sqrt(2 * mp.pi)
    return -expm1(-exp(eta)), exp(-exp(eta)), exp(eta - exp(eta))  # cloglog


def objective(case, link):
    y = [mpf(v) for v in case["y"]]
    rows = [[mpf(column[i]) for column in case["columns"]] for i in range(len(y))]
    p = len(rows[0])
    constant = sum(mp.loggamma(v + 1) for v in y) if case["family"] == "poisson" else 0

    def value(b):
        total = -constant
        information = matrix(p, p)
        for row, t in zip(rows, y):
            eta = sum(x * c for x, c in zip(row, b))
            if case["family"] == "poisson":
                mean = exp(eta) if link == "log" else eta * eta
                total += t * log(mean) - mean
                weight = mean if link == "log" else mpf(4)
            else:
                mean, rest, slope = unit(link, eta)
                total += log(mean) if t == 1 else log(rest)
                weight = slope * slope / (mean * rest)
            for i in range(p):
                for j in range(i + 1):
                    information[i, j] += weight * row[i] * row[j]
        for i in range(p):
            for j in range(i):
                information[j, i] = information[i, j]
        return total + log(mp.det(information)) / 2

    return value


def derivatives(value, b, free, sizes):
    """Gradient and second derivatives in the free coefficients, by central differences."""
    def at(*moves):
        moved = list(b)
        for j, times in moves:
            moved[j] += times * STEP * sizes[j]
        return value(moved)

    m = len(free)
    here = value(b)
    plus, minus = [at((j, 1)) for j in free], [at((j, -1)) for j in free]
    gradient = matrix([(plus[k] - minus[k]) / (2 * STEP * sizes[free[k]]) for k in range(m)])
    hessian = matrix(m, m)
    for k in range(m):
        hessian[k, k] = (plus[k] - 2 * here + minus[k]) / (STEP * sizes[free[k]]) ** 2
        for l in range(k):
            j, i = free[k], free[l]
            mixed = at((j, 1), (i, 1)) - plus[k] - plus[l] + 2 * here - minus[k] - minus[l] + at((j, -1), (i, -1))
            hessian[k, l] = hessian[l, k] = mixed / (2 * STEP * STEP * sizes[j] * sizes[i])
    return gradient, hessian


def maximum(value, b, free, sizes):
    b = list(b)
    for _ in range(60):
        gradient, hessian = derivatives(value, b, free, sizes)
        step = mp.lu_solve(-hessian, gradient)
        here = value(b)
        size = mpf(1)
        while size > 1e-6:
            moved = list(b)
            for k, j in enumerate(free):
                moved[j] += size * step[k]
            if value(moved) >= here - mpf(10) ** -25:
                break
            size /= 2
        b = moved
        if max(abs(step[k]) / sizes[j] for k, j in enumerate(free)) < mpf(10) ** -11:
            break
    return b


def errors(value, b, sizes):
    _, hessian = derivatives(value, b, list(range(len(b))), sizes)
    inverted = inverse(-hessian)
    return [sqrt(inverted[j, j]) for j in range(len(b))]


def profile(value, best, se, j):
    """Ends of the 95 % interval and the statistic of the test that coefficient j is 0."""
    free = [k for k in range(len(best)) if k != j]
    top = value(best)
    reach = sqrt(2) * mp.erfinv(mpf(95) / 100)
    last = {"b": best}

    def root(at):
        start = list(last["b"])
        start[j] = at
        last["b"] = maximum(value, start, free, se) if free else start
        return sqrt(2 * (top - value(last["b"])))

    ends = []
    for side in (-1, 1):
        last["b"] = best
        a, b = best[j] + side * reach * se[j], best[j] + side * reach * se[j] * mpf("1.1")
        fa, fb = root(a) - reach, root(b) - reach
        for _ in range(30):
            a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
            fb = root(b) - reach
            if abs(fb) < mpf(10) ** -12:
                break
        ends.append(b)
    last["b"] = best
    return ends, root(mpf(0)) ** 2


def rows():
    for case in json.loads(Path("test/data/regression/firth.json").read_text()):
        names = case["names"]
        value = objective(case, case["link"])
        start = [mpf(case["expected"]["estimates"][name]) for name in names]
        se = [mpf(case["expected"]["se"][name]) for name in names]
        best = maximum(value, start, list(range(len(names))), se)
        found = [profile(value, best, se, j) for j in range(len(names))]
        yield {
            "id": case["id"],
            "link": case["link"],
            "lower": [float(ends[0]) for ends, _ in found],
            "upper": [float(ends[1]) for ends, _ in found],
            "statistic": [float(statistic) for _, statistic in found],
        }
        links = ["sqrt"] if case["family"] == "poisson" else ["probit", "cloglog"]
        for link in links:
            value = objective(case, link)
            if link == "sqrt":
                start = [mpf("1.6"), mpf("-1"), mpf("0.3")]
            else:
                start = [b / mpf("1.7") for b in best]
            sizes = se
            there = maximum(value, start, list(range(len(names))), sizes)
            own = errors(value, there, sizes)
            yield {
                "id": case["id"],
                "link": link,
                "estimates": [float(b) for b in there],
                "se": [float(s) for s in own],
                "penalised": float(value(there)),
            }
        print(case["id"], file=sys.stderr)


print("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows()) + "\n]")
