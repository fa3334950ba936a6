# SciPy as documented: scipy.stats.<distribution>.fit(data), defaults otherwise. floc = 0 where the family has no location: without it
# SciPy fits a third parameter, which is another model with an unbounded likelihood. The protocol: protocol.ts.
# Not named scipy.py: Python would import that in SciPy's place.

import json
import re
import sys
import time

import numpy as np
from scipy import stats

# Where a fit of SciPy's own does not iterate over the data; gamma: brentq on log(shape) - digamma(shape) = log(mean) - mean(log).
SUMS_ONLY = {"normal": "closed form", "gamma": "equation of sums"}

# The distribution, what is fixed, and from SciPy's (shapes, loc, scale) to the engine's parameters.
COUNTERPARTS = {
    "normal": (stats.norm, {}, lambda loc, scale: (loc, scale)),
    "gamma": (stats.gamma, {"floc": 0}, lambda a, loc, scale: (a, 1 / scale)),
    "weibull": (stats.weibull_min, {"floc": 0}, lambda c, loc, scale: (c, scale)),
    "logistic": (stats.logistic, {}, lambda loc, scale: (loc, scale)),
    "studentT": (stats.t, {}, lambda df, loc, scale: (loc, scale, df)),
    "gumbel": (stats.gumbel_r, {}, lambda loc, scale: (loc, scale)),
    "beta": (stats.beta, {"floc": 0, "fscale": 1}, lambda a, b, loc, scale: (a, b)),
    "exponential": (stats.expon, {"floc": 0}, lambda loc, scale: (1 / scale,)),
    "shiftedExponential": (stats.expon, {}, lambda loc, scale: (loc, 1 / scale)),
    "lognormal": (stats.lognorm, {"floc": 0}, lambda s, loc, scale: (np.log(scale), s)),
    "inverseGaussian": (stats.invgauss, {"floc": 0}, lambda mu, loc, scale: (mu * scale, scale)),
    "inverseGamma": (stats.invgamma, {"floc": 0}, lambda a, loc, scale: (a, scale)),
    "loglogistic": (stats.fisk, {"floc": 0}, lambda c, loc, scale: (c, scale)),
    "burr12": (stats.burr12, {"floc": 0}, lambda c, d, loc, scale: (c, d, scale)),
    "generalizedGamma": (stats.gengamma, {"floc": 0}, lambda a, c, loc, scale: (scale, a, c)),
    "generalizedPareto": (stats.genpareto, {"floc": 0}, lambda c, loc, scale: (scale, c)),
    "lomax": (stats.lomax, {"floc": 0}, lambda c, loc, scale: (c, scale)),
    "nakagami": (stats.nakagami, {"floc": 0}, lambda nu, loc, scale: (nu, scale**2)),
    "rayleigh": (stats.rayleigh, {"floc": 0}, lambda loc, scale: (scale,)),
    "maxwell": (stats.maxwell, {"floc": 0}, lambda loc, scale: (scale,)),
    "halfNormal": (stats.halfnorm, {"floc": 0}, lambda loc, scale: (scale,)),
    "halfCauchy": (stats.halfcauchy, {"floc": 0}, lambda loc, scale: (scale,)),
    "frechet": (stats.invweibull, {"floc": 0}, lambda c, loc, scale: (c, scale)),
    "birnbaumSaunders": (stats.fatiguelife, {"floc": 0}, lambda c, loc, scale: (c, scale)),
    "chiSquared": (stats.chi2, {"floc": 0, "fscale": 1}, lambda df, loc, scale: (df,)),
    "f": (stats.f, {"floc": 0, "fscale": 1}, lambda dfn, dfd, loc, scale: (dfn, dfd)),
    "pareto": (stats.pareto, {"floc": 0}, lambda b, loc, scale: (scale, b)),
    "levy": (stats.levy, {"floc": 0}, lambda loc, scale: (scale,)),
    "gompertz": (stats.gompertz, {"floc": 0}, lambda c, loc, scale: (1 / scale, c / scale)),
    "cauchy": (stats.cauchy, {}, lambda loc, scale: (loc, scale)),
    "laplace": (stats.laplace, {}, lambda loc, scale: (loc, scale)),
    "generalizedNormal": (stats.gennorm, {}, lambda beta, loc, scale: (loc, scale, beta)),
    "generalizedExtremeValue": (stats.genextreme, {}, lambda c, loc, scale: (loc, scale, -c)),
    "skewNormal": (stats.skewnorm, {}, lambda a, loc, scale: (loc, scale, a)),
    "uniform": (stats.uniform, {}, lambda loc, scale: (loc, loc + scale)),
    "weibull3": (stats.weibull_min, {}, lambda c, loc, scale: (loc, c, scale)),
}
SKIPPED = {"negativeBinomial": "scipy.stats.nbinom has no fit"}


def reply(**message):
    print(json.dumps(message), flush=True)


def bytes_of(field):
    try:
        with open("/proc/self/status") as status:
            return 1024 * int(re.search(rf"^{field}:\s+(\d+) kB", status.read(), re.M)[1])
    except OSError:
        return None


def reset_peak():
    try:
        with open("/proc/self/clear_refs", "w") as refs:
            refs.write("5")
    except OSError:
        pass


def is_generic(fit, x):
    """Whether a fit ends in the generic optimizer: rv_continuous.fit, which some distributions override and some of those call."""
    calls = []
    generic = stats.rv_continuous.fit

    def watched(self, *args, **options):
        calls.append(self)
        return generic(self, *args, **options)

    stats.rv_continuous.fit = watched
    try:
        fit(x)
    except Exception:
        pass  # The fit of all rows will say so.
    stats.rv_continuous.fit = generic
    return bool(calls)


def main(family, file, n, seconds, warm_rows, most_runs):
    if family not in COUNTERPARTS:
        return reply(skip=SKIPPED.get(family, f"no counterpart of {family} is known"))
    distribution, fixed, converted = COUNTERPARTS[family]

    def fit(x):
        return distribution.fit(x, **fixed)

    x = np.fromfile(file, dtype="<f8", count=n)
    method = "generic optimizer" if is_generic(fit, x[:warm_rows]) else SUMS_ONLY.get(family, "own iteration")
    reset_peak()
    loaded = bytes_of("VmRSS")
    reply()
    ms, peak = [], None
    while not ms or (sum(ms) < 1000 * seconds and len(ms) < most_runs):
        start = time.perf_counter()
        found = fit(x)
        ms.append(1000 * (time.perf_counter() - start))
        peak = peak or bytes_of("VmHWM")
    memory = {"loadedBytes": loaded, "peakBytes": peak} if loaded and peak else {}
    reply(ms=ms, estimates=[float(value) for value in converted(*found)], method=method, **memory)


if __name__ == "__main__":
    if sys.argv[1:] == ["families"]:
        print(json.dumps(list(COUNTERPARTS)))
        sys.exit()
    family, file, n, seconds, *numbers = sys.argv[1:]
    main(family, file, int(n), float(seconds), *map(int, numbers))
