"""Rows of test/data/weightedChiSquares.json: P(Σ weight χ²₁ > x) by mpmath, by Imhof's integral (1961, Biometrika 48, 419).

    python3 scripts/reference/weighted_chi_squares.py > test/data/weightedChiSquares.json

src/math/weightedChiSquares.ts inverts a Laplace transform along a parabola: another formula on another path.
"""

import json

from mpmath import atan, inf, mp, mpf, pi, quadosc, sin, quad, linspace

mp.dps = 25


def upper(x, weights):
    x = mpf(x)
    w = [mpf(v) for v in weights]

    def f(u):
        if u == 0:
            return (sum(w) - x) / 2
        theta = sum(atan(v * u) for v in w) / 2 - x * u / 2
        rho = mpf(1)
        for v in w:
            rho *= (1 + (v * u) ** 2) ** mpf("0.25")
        return sin(theta) / (u * rho)

    # After the first periods the sine turns with x / 2 alone.
    return mpf(1) / 2 + (quad(f, linspace(0, 40 * pi / x, 80)) + quadosc(f, [40 * pi / x, inf], omega=x / 2)) / pi


rows = []
for weights in ([1, 0.25], [2, 1, 0.5, 0.1], [1, 0.01, 0.0001], [5, 5, 1], [0.3, 0.2, 0.2, 0.1, 0.05]):
    for x in (0.05, 0.5, 2, 6, 15):
        rows.append({"weights": weights, "x": x, "upper": mp.nstr(upper(x, weights), 16)})
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
