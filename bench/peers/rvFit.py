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
    fit(x)
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
    family, file, n, seconds, *numbers = sys.argv[1:]
    main(family, file, int(n), float(seconds), *map(int, numbers))
