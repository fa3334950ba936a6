"""Profile likelihood intervals on 50 digits: python3 scripts/reference/profiles.py > test/data/profiles.json, with mpmath.

The likelihood is written from density and distribution function as they stand, row by row. A function of the parameters is made a parameter
by substitution (the mean of a gamma: rate = shape / mean), so that no constraint and no formula is shared with src/optimize/ridge.ts. The
maximum, and the maximum over the other parameters at each value, come from Newton's method with central differences of 1e-15; the ends
from Newton's method on l(value) = l - q/2, whose slope is the score of the parameter, until the step is below 1e-25.

Data are those of test/data/reference, by the case's id; a row tells the case, the parameter or function, and the interval (null: infinite).
"""

import json
import pathlib

from mpmath import beta as beta_function
from mpmath import erfc, erfinv, exp, fabs, log, loggamma, matrix, mp, mpc, mpf, pi, sqrt

mp.dps = 50
STEP = mpf(10) ** -15
HALF = erfinv(mpf(95) / 100) ** 2  # half the 0.95 quantile of chi-squared with one degree of freedom
FOLDER = pathlib.Path(__file__).parents[2] / "test/data/reference"


def case(family, name):
    return next(row for row in json.loads((FOLDER / f"{family}.json").read_text()) if row["id"] == name)


def newton(f, theta, free):
    """The maximum of f over the free coordinates, with the value there."""
    theta = list(theta)
    for _ in range(200):
        steps = {i: STEP * (fabs(theta[i]) + mpf(10) ** -3) for i in free}

        def at(*moves):
            moved = list(theta)
            for i, sign in moves:
                moved[i] += sign * steps[i]
            return f(moved)

        value = at()
        if not free:
            return theta, value
        up = {i: at((i, 1)) for i in free}
        down = {i: at((i, -1)) for i in free}
        k = len(free)
        score = matrix([(up[i] - down[i]) / (2 * steps[i]) for i in free])
        hessian = matrix(k, k)
        for a, i in enumerate(free):
            hessian[a, a] = (up[i] - 2 * value + down[i]) / steps[i] ** 2
            for b, j in enumerate(free[:a]):
                cross = at((i, 1), (j, 1)) + at((i, -1), (j, -1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1))
                hessian[a, b] = hessian[b, a] = cross / (4 * steps[i] * steps[j])
        move = -(hessian**-1) * score
        decrement = (score.T * move)[0]
        share = mpf(1)
        # Downhill, or out of the domain: a shorter step.
        while decrement > mpf(10) ** -12 and share > mpf(10) ** -6:
            try:
                if f([t + share * move[free.index(i)] if i in free else t for i, t in enumerate(theta)]) > value:
                    break
            except (ValueError, ZeroDivisionError, TypeError):
                pass
            share /= 2
        theta = [t + share * move[free.index(i)] if i in free else t for i, t in enumerate(theta)]
        if fabs(decrement) < mpf(10) ** -44:
            return theta, f(theta)
    raise RuntimeError("no maximum")


def ends(f, start, sides=(-1, 1), top=None):
    """Where the profile of the first coordinate has fallen by HALF; `top` is the supremum where that is no maximum inside."""
    theta, best = newton(f, start, list(range(len(start))))
    best = best if top is None else top
    h = mpf(10) ** -8 * (fabs(theta[0]) + mpf(10) ** -3)
    others = list(range(1, len(start)))
    lower, upper = (newton(f, [theta[0] + s * h] + theta[1:], others)[1] for s in (-1, 1))
    centre = newton(f, theta, others)[1]
    error = sqrt(-(h**2) / (upper - 2 * centre + lower))
    found = []
    for side in (-1, 1):
        if side not in sides:
            found.append(None)
            continue
        at, value = list(theta), best
        # On foot until the likelihood has fallen far enough, then Newton's method.
        stride = error / 4
        while value > best - HALF:
            try:
                at, value = newton(f, [at[0] + side * stride] + at[1:], others)
            except ValueError:
                stride /= 2
        for _ in range(60):
            step = STEP * (fabs(at[0]) + mpf(10) ** -3)
            slope = (f([at[0] + step] + at[1:]) - f([at[0] - step] + at[1:])) / (2 * step)
            move = (best - HALF - value) / slope
            at[0] += move
            at, value = newton(f, at, others)
            if fabs(move) < mpf(10) ** -25 * error:
                break
        found.append(float(at[0]))
    return found


def phi(z):
    return erfc(-z / sqrt(mpf(2))) / 2


LOG = {
    "exponential": lambda x, rate: log(rate) - rate * x,
    "normal": lambda x, mean, sd: -log(sd) - log(2 * pi) / 2 - ((x - mean) / sd) ** 2 / 2,
    "lognormal": lambda x, m, s: -log(x * s) - log(2 * pi) / 2 - ((log(x) - m) / s) ** 2 / 2,
    "gamma": lambda x, a, r: a * log(r) - loggamma(a) + (a - 1) * log(x) - r * x,
    "weibull": lambda x, k, s: log(k / s) + (k - 1) * log(x / s) - (x / s) ** k,
    "gumbel": lambda x, m, s: -log(s) - (x - m) / s - exp(-(x - m) / s),
    "generalizedExtremeValue": lambda x, m, s, k: -log(s) - (1 + 1 / k) * log(1 + k * (x - m) / s) - (1 + k * (x - m) / s) ** (-1 / k),
    "generalizedPareto": lambda x, s, k: -log(s) - (1 + 1 / k) * log(1 + k * x / s),
    "logistic": lambda x, m, s: -(x - m) / s - log(s) - 2 * log(1 + exp(-(x - m) / s)),
    "cauchy": lambda x, m, s: -log(pi * s) - log(1 + ((x - m) / s) ** 2),
    "inverseGaussian": lambda x, m, l: log(l / (2 * pi * x**3)) / 2 - l * (x - m) ** 2 / (2 * m**2 * x),
    "beta": lambda x, a, b: (a - 1) * log(x) + (b - 1) * log(1 - x) - log(beta_function(a, b)),
    "poisson": lambda x, l: x * log(l) - l - loggamma(x + 1),
    "negativeBinomial": lambda x, k, m: loggamma(x + k) - loggamma(k) - loggamma(x + 1) + k * log(k / (k + m)) + x * log(m / (k + m)),
    "studentT": lambda x, m, s, v: loggamma((v + 1) / 2) - loggamma(v / 2) - log(v * pi) / 2 - log(s) - (v + 1) / 2 * log(1 + ((x - m) / s) ** 2 / v),
}
CDF = {
    "exponential": lambda x, rate: 1 - exp(-rate * x),
    "weibull": lambda x, k, s: 1 - exp(-((x / s) ** k)),
    "normal": lambda x, mean, sd: phi((x - mean) / sd),
    "lognormal": lambda x, m, s: phi((log(x) - m) / s) if x > 0 else mpf(0),
}


def number(value):
    """Of the reference cases, which write infinities as text or null."""
    return mpf(value) if isinstance(value, (int, float)) else None


def loglik(family, row):
    """The log-likelihood of natural parameters: exact values with weights; or censored and truncated rows."""
    logs = LOG[family]
    truncated = row.get("truncated")
    if "censored" in row:
        pairs = list(zip(row["censored"]["lower"], row["censored"]["upper"]))
    else:
        pairs = [(x, x) for x in row["x"]]
    weights = [mpf(w) for w in row.get("weights", [1] * len(pairs))]
    known = {}
    for (a, b), w in zip(pairs, weights):
        known[(a, b)] = known.get((a, b), mpf(0)) + w
    total = sum(weights)

    def value(theta):
        def contribution(a, b):
            low, high = number(a), number(b)
            if low is not None and low == high:
                return logs(low, *theta)
            upper = mpf(1) if high is None else CDF[family](high, *theta)
            lower = mpf(0) if low is None else CDF[family](low, *theta)
            return log(upper - lower)

        found = sum(w * contribution(a, b) for (a, b), w in known.items())
        if truncated:
            low, high = number(truncated.get("lower")), number(truncated.get("upper"))
            seen = (mpf(1) if high is None else CDF[family](high, *theta)) - (mpf(0) if low is None else CDF[family](low, *theta))
            found -= total * log(seen)
        if isinstance(found, mpc):
            raise ValueError("outside the support")
        return found

    return value


# Family, case, parameter or function, what the natural parameters are in coordinates whose first is it, a start in those.
PARAMETER = [
    ("exponential", "uni-exponential-aircondit", "rate"),
    ("exponential", "trunc-exponential-upper", "rate"),
    ("normal", "uni-grid-normal-n40", "mean"),
    ("normal", "uni-grid-normal-n40", "sd"),
    ("normal", "trunc-normal-0-3", "mean"),
    ("gamma", "uni-gamma-aircondit", "shape"),
    ("gamma", "uni-gamma-aircondit", "rate"),
    ("gamma", "uni-weights-gamma", "shape"),
    ("weibull", "uni-grid-weibull-n40", "shape"),
    ("weibull", "uni-grid-weibull-n40", "scale"),
    ("weibull", "cens-weibull-lung", "shape"),
    ("weibull", "ltrc-weibull-sim", "scale"),
    ("lognormal", "cens-lognormal-smokedfish", "sdlog"),
    ("gumbel", "uni-gumbel-portpirie", "location"),
    ("generalizedExtremeValue", "uni-gev-portpirie", "shape"),
    ("generalizedExtremeValue", "uni-gev-portpirie", "location"),
    ("generalizedExtremeValue", "uni-gev-portpirie", "scale"),
    ("generalizedPareto", "uni-gpd-ozone-exceed-30", "shape"),
    ("generalizedPareto", "uni-grid-gpd-n40", "shape"),
    ("logistic", "uni-logistic-nhtemp", "scale"),
    ("cauchy", "uni-cauchy-morley", "location"),
    ("inverseGaussian", "uni-grid-inverse-gaussian-n40", "mu"),
    ("beta", "uni-grid-beta-n40", "shape1"),
    ("poisson", "uni-poisson-discoveries", "lambda"),
    ("negativeBinomial", "uni-negbin-toxocara", "size"),
    ("negativeBinomial", "uni-negbin-toxocara", "mu"),
    ("studentT", "uni-student-t-abbey", "df"),
]


def parameters():
    for family, name, of in PARAMETER:
        row = case(family, name)
        if isinstance(row.get("truncated", {}).get("lower"), list):
            yield delayed(family, row, of)
            continue
        names = list(row["expected"]["estimates"])
        order = [of] + [other for other in names if other != of]
        f = loglik(family, row)
        natural = lambda psi: f([psi[order.index(n)] for n in names])
        yield {"case": name, "of": of, "interval": ends(natural, [mpf(row["expected"]["estimates"][n]) for n in order])}


def delayed(family, row, of):
    """Rows with a truncation of their own."""
    names = list(row["expected"]["estimates"])
    order = [of] + [other for other in names if other != of]
    lower, upper, after = row["censored"]["lower"], row["censored"]["upper"], row["truncated"]["lower"]

    def f(psi):
        theta = [psi[order.index(n)] for n in names]
        sf = lambda t: log(1 - CDF[family](mpf(t), *theta))
        known = lambda a, b: LOG[family](mpf(a), *theta) if a == b else sf(a)
        return sum(known(a, b) - (sf(t) if number(t) is not None and t > 0 else 0) for a, b, t in zip(lower, upper, after))

    return {"case": row["id"], "of": of, "interval": ends(f, [mpf(row["expected"]["estimates"][n]) for n in order])}


def functions():
    row = case("gamma", "uni-gamma-aircondit")
    f, at = loglik("gamma", row), row["expected"]["estimates"]
    yield {"case": row["id"], "of": "mean", "interval": ends(lambda p: f([p[1], p[1] / p[0]]), [mpf(at["shape"]) / mpf(at["rate"]), mpf(at["shape"])])}
    row = case("lognormal", "uni-lognormal-islands")
    f, at = loglik("lognormal", row), row["expected"]["estimates"]
    start = [exp(mpf(at["meanlog"]) + mpf(at["sdlog"]) ** 2 / 2), mpf(at["sdlog"])]
    yield {"case": row["id"], "of": "mean", "interval": ends(lambda p: f([log(p[0]) - p[1] ** 2 / 2, p[1]]), start)}
    p9 = -log(1 - mpf(0.9))
    for name in ("uni-grid-weibull-n40", "cens-weibull-lung"):
        row = case("weibull", name)
        f, at = loglik("weibull", row), row["expected"]["estimates"]
        start = [mpf(at["scale"]) * p9 ** (1 / mpf(at["shape"])), mpf(at["shape"])]
        yield {"case": name, "of": "quantile", "p": 0.9, "interval": ends(lambda p: f([p[1], p[0] * p9 ** (-1 / p[1])]), start)}
    y = -log(mpf(0.99))
    row = case("generalizedExtremeValue", "uni-gev-portpirie")
    f, at = loglik("generalizedExtremeValue", row), row["expected"]["estimates"]
    m, s, k = (mpf(at[n]) for n in ("location", "scale", "shape"))
    level = lambda s, k: s * (y**-k - 1) / k
    yield {"case": row["id"], "of": "quantile", "p": 0.99, "interval": ends(lambda p: f([p[0] - level(p[1], p[2]), p[1], p[2]]), [m + level(s, k), s, k])}
    row = case("generalizedPareto", "uni-gpd-ozone-exceed-30")
    f, at = loglik("generalizedPareto", row), row["expected"]["estimates"]
    s, k = (mpf(at[n]) for n in ("scale", "shape"))
    factor = lambda k: ((1 - mpf(0.99)) ** -k - 1) / k
    yield {"case": row["id"], "of": "quantile", "p": 0.99, "interval": ends(lambda p: f([p[0] / factor(p[1]), p[1]]), [s * factor(k), k])}


def open_ended():
    """One side: the likelihood of Student's t rises to the normal's; no event, or events only, are closed forms."""
    row = case("studentT", "nomle-t-df-infinite-normal-quantiles")
    x = [mpf(v) for v in row["x"]]
    mean = sum(x) / len(x)
    sd = sqrt(sum((v - mean) ** 2 for v in x) / len(x))
    top = sum(LOG["normal"](v, mean, sd) for v in x)
    f = loglik("studentT", row)
    best = lambda v, at: newton(lambda p: f([p[0], p[1], v]), at, [0, 1])
    low, high, at = mpf(1), mpf(10) ** 4, [mean, sd]
    for _ in range(130):
        middle = sqrt(low * high)
        at, value = best(middle, at)
        low, high = (middle, high) if top - value > HALF else (low, middle)
    yield {"case": row["id"], "of": "df", "interval": [float(low), None]}
    row = case("binomial", "binomial-all-zero")
    trials = row["constants"]["size"] * len(row["x"]) if not isinstance(row["constants"]["size"], list) else sum(row["constants"]["size"])
    yield {"case": row["id"], "of": "prob", "interval": [0, float(1 - exp(-HALF / trials))]}
    row = case("uniform", "nonreg-uniform-randu")
    n, low, high = len(row["x"]), mpf(min(row["x"])), mpf(max(row["x"]))
    wide = (high - low) * exp(HALF / n)
    yield {"case": row["id"], "of": "max", "interval": [float(high), float(low + wide)]}
    yield {"case": row["id"], "of": "min", "interval": [float(high - wide), float(low)]}


if __name__ == "__main__":
    separator = "[\n"
    for part in (parameters, functions, open_ended):
        for row in part():
            print(separator + json.dumps(row, separators=(",", ":")), end="", flush=True)
            separator = ",\n"
    print("\n]")
