"""Reference rows of the F distribution near its limits: python3 scripts/reference/f.py; its rows stand last in test/data/reference/f.json.

One number of degrees of freedom is fixed far up, the other maximises the exact log-likelihood of the doubles in 60-digit arithmetic, by
Newton's method with derivatives that mpmath takes of the log-density itself. Nothing here comes from this project's code.
"""

import json
import random

import mpmath as mp

mp.mp.dps = 60


def log_density(x, df1, df2):
    a, b = df1 / 2, df2 / 2
    beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return a * mp.log(a / b) - beta + (a - 1) * mp.log(x) - (a + b) * mp.log(1 + a * x / b)


def case(name, n, df1, df2, held, seed):
    source = random.Random(seed)
    chi = lambda df: 2 * source.gammavariate(df / 2, 1)
    x = [(chi(df1) / df1) / (chi(df2) / df2) for _ in range(n)]
    rows = [mp.mpf(value) for value in x]
    given = mp.mpf(df1 if held == "df1" else df2)
    free = "df2" if held == "df1" else "df1"

    def loglik(df):
        pair = (given, df) if held == "df1" else (df, given)
        return mp.fsum(log_density(value, *pair) for value in rows)

    step = mp.mpf(10) ** -15
    at = mp.mpf(df2 if held == "df1" else df1)
    for _ in range(60):
        information = -mp.diff(loglik, at, 2, h=step)
        move = mp.diff(loglik, at, 1, h=step) / information
        at += move
        if abs(move) < mp.mpf(10) ** -24:
            break
    else:
        raise ArithmeticError("no convergence")
    top = loglik(at)
    return {
        "id": name,
        "source": f"simulated, df1 {df1}, df2 {df2}, seed {seed}; scripts/reference/f.py",
        "distribution": "f",
        "x": x,
        "fixed": {held: float(given)},
        "expected": {
            "exists": True,
            "nobs": n,
            "estimates": {free: float(at)},
            "se": {free: float(1 / mp.sqrt(information))},
            "loglik": float(top),
            "aic": float(2 - 2 * top),
            "bic": float(mp.log(n) - 2 * top),
        },
        "tolerance": {"estimates_rel": 1e-8, "estimates_se": 1e-6, "loglik_abs": float(f"{1e-10 * max(1, abs(float(top))):.2g}")},
    }


CASES = [("mp-f-large-df1", 50, 900, 6, "df1", 1), ("mp-f-large-df2", 50, 5, 20000, "df2", 2), ("mp-f-both-large", 40, 2000, 700, "df1", 3)]

if __name__ == "__main__":
    print(",\n".join(json.dumps(case(*row), separators=(",", ":")) for row in CASES))
