"""Writes test/data/generative.json: generative classifiers by R (generative.R), and in 60-digit arithmetic from their definitions.

    python3 scripts/reference/generative.py
"""

import json
import subprocess
from pathlib import Path

from mpmath import digamma, findroot, gamma, log, matrix, mp, mpf, pi

mp.dps = 60
FAR = {"Sepal.Length": 5e6, "Sepal.Width": -3e6, "Petal.Length": 1e6, "Petal.Width": 7e6}


def mean(values):
    return sum(values) / len(values)


def spread(values):
    m = mean(values)
    return mean([(x - m) ** 2 for x in values])


def covariance(rows, means):
    d = len(means)
    return matrix(d, d) + matrix(
        [[mean([(r[i] - means[i]) * (r[j] - means[j]) for r in rows]) for j in range(d)] for i in range(d)]
    )


def normal_log(x, m, s):
    d = len(m)
    z = matrix([a - b for a, b in zip(x, m)])
    return -(d * log(2 * pi) + log(mp.det(s)) + (z.T * (s**-1) * z)[0]) / 2


def gaussian(rows, labels, classes, shared):
    own = {c: [r for r, label in zip(rows, labels) if label == c] for c in classes}
    means = {c: [mean(column) for column in zip(*own[c])] for c in classes}
    each = {c: covariance(own[c], means[c]) for c in classes}
    pooled = sum((each[c] * (mpf(len(own[c])) / len(rows)) for c in classes), matrix(4, 4))
    return lambda x, c: log(mpf(len(own[c])) / len(rows)) + normal_log(x, means[c], pooled if shared else each[c])


def normals(rows, labels, classes):
    own = {c: [r for r, label in zip(rows, labels) if label == c] for c in classes}
    at = {c: [(mean(column), spread(column)) for column in zip(*own[c])] for c in classes}

    def joint(x, c):
        terms = [-(log(2 * pi * v) + (value - m) ** 2 / v) / 2 for value, (m, v) in zip(x, at[c])]
        return log(mpf(len(own[c])) / len(rows)) + sum(terms)

    return joint


def answers(joint, rows, labels, classes, asked):
    logs = []
    for x in asked:
        scores = [joint(x, c) for c in classes]
        most = max(scores)
        total = most + log(sum(mp.exp(s - most) for s in scores))
        logs.append([float(s - total) for s in scores])
    return {"logLik": float(sum(joint(x, c) for x, c in zip(rows, labels))), "logPosterior": logs}


def births(data):
    """Low birth weight: age normal, lwt gamma, race categorical, ftv Poisson within each class."""
    n = len(data["low"])
    classes = [0, 1]
    at = {}
    for c in classes:
        own = [i for i in range(n) if data["low"][i] == c]
        age, lwt, ftv = ([mpf(data[name][i]) for i in own] for name in ("age", "lwt", "ftv"))
        gap = log(mean(lwt)) - mean([log(x) for x in lwt])
        shape = findroot(lambda a: log(a) - digamma(a) - gap, 1 / (2 * gap))
        race = {r: mpf(sum(data["race"][i] == r for i in own)) / len(own) for r in ("black", "other", "white")}
        at[c] = (mpf(len(own)) / n, mean(age), spread(age), shape, shape / mean(lwt), race, mean(ftv))

    def joint(i, c):
        p, m, v, shape, rate, race, rates = at[c]
        age, lwt, ftv = (mpf(data[name][i]) for name in ("age", "lwt", "ftv"))
        terms = [
            -(log(2 * pi * v) + (age - m) ** 2 / v) / 2,
            shape * log(rate) - log(gamma(shape)) + (shape - 1) * log(lwt) - rate * lwt,
            log(race[data["race"][i]]),
            ftv * log(rates) - rates - log(gamma(ftv + 1)),
        ]
        return log(p) + sum(terms)

    rows = list(range(n))
    estimates = {}
    for c in classes:
        p, m, v, shape, rate, race, rates = at[c]
        estimates |= {f"prior[{c}]": p, f"{c}:age:mean": m, f"{c}:age:sd": mp.sqrt(v), f"{c}:lwt:shape": shape, f"{c}:lwt:rate": rate}
        estimates |= {f"{c}:race:prob[{r}]": share for r, share in race.items()} | {f"{c}:ftv:lambda": rates}
    found = answers(joint, rows, data["low"], classes, rows[:20])
    return found | {"estimates": {name: float(value) for name, value in estimates.items()}}


r = json.loads(subprocess.run(["Rscript", "scripts/reference/generative.R"], check=True, capture_output=True, text=True).stdout)
names = ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"]
r["far"] = {name: [value] for name, value in FAR.items()}
rows = [[mpf(x) for x in row] for row in zip(*(r["iris"][name] for name in names))]
asked = [[mpf(x) for x in row] for row in zip(*(r["fresh"][name] for name in names))] + [[mpf(FAR[name]) for name in names]]
labels = r["iris"]["Species"]
classes = ["setosa", "versicolor", "virginica"]
models = {
    "lda": gaussian(rows, labels, classes, True),
    "qda": gaussian(rows, labels, classes, False),
    "naiveBayes": normals(rows, labels, classes),
}
r["exact"] = {name: answers(joint, rows, labels, classes, asked) for name, joint in models.items()}
r["births"] = {"data": r["births"], **births(r["births"])}
Path("test/data/generative.json").write_text(json.dumps(r) + "\n")
