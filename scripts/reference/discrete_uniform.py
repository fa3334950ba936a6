"""Reference rows for discreteUniform: the likelihood (max - min + 1)^-n is highest at the extreme observations.

The data are seeded draws; log-likelihoods are computed in 60 digits with mpmath, AIC and BIC from them, and rounded to doubles.
Run: python3 scripts/reference/discrete_uniform.py > test/data/reference/discreteUniform.json
"""

import json
import random

from mpmath import log, mp, mpf

mp.dps = 60


def row(name, low, high, n, weights=None):
    source = random.Random(name)
    x = [source.randint(low, high) for _ in range(n)]
    w = [source.randint(0, 4) for _ in range(n)] if weights else [1] * n
    kept = [value for value, weight in zip(x, w) if weight > 0]
    smallest, largest, nobs = min(kept), max(kept), sum(w)
    value = -nobs * log(mpf(largest) - smallest + 1)
    return {
        "id": name,
        "source": f"simulated: Python random.Random('{name}'), whole numbers from {low} to {high}",
        "distribution": "discreteUniform",
        "x": x,
        **({"weights": w} if weights else {}),
        "expected": {
            "exists": True,
            "nobs": nobs,
            "estimates": {"min": smallest, "max": largest},
            "loglik": float(value),
            "aic": float(4 - 2 * value),
            "bic": float(2 * log(mpf(nobs)) - 2 * value),
        },
        "tolerance": {"estimates_rel": 0, "loglik_abs": float(abs(value)) * 1e-14},
    }


rows = [
    row("discrete-uniform-die", 1, 6, 60),
    row("discrete-uniform-signed", -40, 1000, 200),
    row("discrete-uniform-weights", -3, 9, 50, weights=True),
]
print("[\n" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]")
