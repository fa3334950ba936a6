"""Rows of test/data/regression: regressions at their maximum in 60-digit arithmetic, rounded to doubles, one file per family.

    python3 scripts/reference/regression.py FOLDER

FOLDER holds the collection that the rows are taken from: NIST's linear data sets with their certified values, and regressions of R's and
textbooks' data, each polished by Newton's method in mpmath. Formulas become design matrices by R (regression.R); what R, statsmodels and
MASS answered comes along. The inverse Gaussian's dispersion is written as lambda = 1/dispersion. Levels of a response are numbered from 1, and
polr's cut-points are zeta1, zeta2, …. Cox's model and conditional logistic regression keep their formula and its columns, where they have them. Of
models with two designs the coefficients are count:name and zero:name, or mu:name and phi:name.
"""

import json
import math
import subprocess
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
TARGET = Path("test/data/regression")
KINDS = {"lm", "glm", "negbin", "ridge", "firth"}
PENALISED = {"ridge", "firth"}
# Kinds of responses that are levels, and what fits them.
LEVELS = {"ordinal": "ordinal", "polr": "ordinal", "multinomial": "multinomial", "multinom": "multinomial"}
COMPARED = {"cox", "clogit"}
# Fitted by a function of their own; from the formula, where there is one over raw columns.
MODELS = {"survreg": "survreg", "tobit": "survreg", "distreg": "distreg", "treg": "treg"}
# Kinds of two designs, and what fits them.
TWO = {"zero_inflated": "zeroInflated", "zip": "zeroInflated", "zinb": "zeroInflated", "hurdle": "hurdle", "betareg": "betareg"}
FAMILIES = {
    "normal": "gaussian",
    "Gamma": "gamma",
    "inverse.gaussian": "inverseGaussian",
    "negative_binomial": "negativeBinomial",
    "negbin": "negativeBinomial",
}


def read(name):
    return json.loads((FOLDER / f"{name}.json").read_text())["cases"]


def designs(cases):
    """The design matrices of those cases that have only a formula."""
    asked = [
        {
            "id": c["id"],
            "formula": c["model"]["formula"],
            "columns": c["data"]["columns"],
            "factors": c["data"].get("factors", {}),
        }
        for c in cases
    ]
    found = subprocess.run(
        ["Rscript", "scripts/reference/regression.R"], input=json.dumps(asked), capture_output=True, text=True, check=True
    ).stdout
    return {d["id"]: d for d in json.loads(found)}


def halves(case):
    """A case of two designs as one or two of one design each."""
    response, right = case["model"]["formula"].split(" ~ ")
    parts = [{**case["model"], "formula": f"{response} ~ {part.strip()}"} for part in right.split("|")]
    return [{**case, "id": f"{case['id']}#{k}", "model": model} for k, model in enumerate(parts)]


def second(design):
    return {"names": design["names"], "columns": design["columns"]}


def in_two(name, kind):
    """R's name of a coefficient in this collection's own."""
    if name in ("(phi)", "Log(theta)"):
        return {"(phi)": "phi", "Log(theta)": "theta"}[name]
    for given, own in (("count_", "count:"), ("zero_", "zero:"), ("(phi)_", "phi:")):
        if name.startswith(given):
            return own + name[len(given):]
    return name if kind != "betareg" or name.startswith(("mu:", "phi:")) else f"mu:{name}"


def with_two(kept, kind):
    """Estimates by these names, theta itself instead of its logarithm; errors from the expected information are left out."""
    theta = math.exp(kept["estimates"].get("Log(theta)", 0))
    for values in ("estimates", "se"):
        taken = kept[values]
        if "Log(theta)" in taken:
            taken = {**taken, "Log(theta)": theta if values == "estimates" else theta * taken["Log(theta)"]}
        kept[values] = {in_two(name, kind): value for name, value in taken.items()}
    kept.pop("se_expected", None)
    return kept


def nist(case):
    data, powers = case["data"], case["model"]["powers"]
    n = len(data["y"])
    if powers is None:
        predictors = sorted(k for k in data if k != "y")
        columns = [[1] * n] + [data[k] for k in predictors]
    else:
        columns = [[x**p for x in data["x"]] for p in powers]
    return {"names": case["model"]["parameterisation"]["names"][: len(columns)], "columns": columns, "y": data["y"]}


def listed(case):
    data = case["data"]
    return {
        "names": data["design"]["names"],
        "columns": [list(column) for column in zip(*data["design"]["rows"])],
        "y": data["y"],
        "trials": data.get("trials"),
        "offset": case.get("options", {}).get("offset"),
        "second": data.get("design2") and {
            "names": data["design2"]["names"],
            "columns": [list(column) for column in zip(*data["design2"]["rows"])],
        },
    }


def by_levels(case, design):
    """The design of a response of levels, which are numbered from 1."""
    levels = case["model"]["parameterisation"].get("response_levels") or case["data"]["levels"]
    y = case["data"].get("y")
    if y is None:
        y = [levels.index(str(level)) + 1 for level in case["data"]["columns"][case["model"]["formula"].split(" ~ ")[0]]]
    return {**design, "y": y, "responseLevels": levels}


def renamed(values, case):
    """Estimates with polr's cut-points as zeta1, zeta2, …"""
    names = [name for name in case["model"]["parameterisation"]["names"] if "|" in name]
    new = {name: f"zeta{k + 1}" for k, name in enumerate(names)}
    if isinstance(values, dict):
        return {new.get(name, name): value for name, value in values.items()}
    return [new.get(name, name) for name in values]


def compared(case):
    """A row of Cox's model or of conditional logistic regression: by its formula, or with a design."""
    model, data, options = case["model"], case["data"], case.get("options", {})
    ties = options.get("ties", model["link"] if model["kind"] == "cox" else None)
    kept = {name: data[name] for name in ("time", "status", "strata", "y") if name in data}
    if "start_time" in data:
        kept["start"] = data["start_time"]
    if "design" in data:
        kept |= {"names": data["design"]["names"], "columns": [list(column) for column in zip(*data["design"]["rows"])]}
    else:
        kept |= {"formula": model["formula"], "data": data["columns"]}
        kept["levels"] = {name: factor["levels"] for name, factor in data.get("factors", {}).items()}
    return {
        "id": case["id"],
        "source": case["source"],
        "model": {"cox": "coxph"}.get(model["kind"], model["kind"]),
        **({"ties": ties} if model["kind"] == "cox" else {}),
        **kept,
        **({"weights": weights(case)} if weights(case) else {}),
        **verdicts(case),
    }


EXPECTED = [
    "exists", "unique", "nobs", "estimates", "se", "loglik", "aic", "bic", "deviance", "null_deviance", "dispersion", "pearson_chi2", "aliased",
    "se_classical", "se_expected", "loglik_unpenalised", "residual_sd", "rss", "r_squared", "supremum_loglik", "loglik_supremum", "limit",
    "limit_estimates", "diverging", "direction_of_recession", "max_loglik", "fitted", "rank", "loglik_null", "n_events",
]


def expected(case):
    given = case["expected"]
    kept = {name: given[name] for name in EXPECTED if given.get(name) is not None}
    if LEVELS.get(case["model"]["kind"]) == "ordinal":
        for name in ("estimates", "se", "diverging", "direction_of_recession"):
            if name in kept:
                kept[name] = renamed(kept[name], case)
    if "null_loglik" in given:
        kept["loglik_null"] = given["null_loglik"]
    if given.get("vcov"):
        kept["vcov"] = given["vcov"]["matrix"]
    for values, power in (("estimates", 1), ("se", 2)):
        if "dispersion" in kept.get(values, {}):
            phi = given["estimates"]["dispersion"]
            kept[values] = dict(kept[values])
            kept[values]["lambda"] = (1 if values == "estimates" else kept[values]["dispersion"]) / phi**power
            del kept[values]["dispersion"]
    if "dispersion_pearson" in given:
        kept["dispersion"] = given["dispersion_pearson"]
    # Of a penalised log-likelihood, and by all coefficients.
    if case["model"]["kind"] in PENALISED:
        del kept["aic"]
    if case["model"]["kind"] in TWO:
        return with_two(kept, case["model"]["kind"])
    return kept


def weights(case):
    given = case.get("options", {}).get("weights")
    return case["data"]["columns"][given] if isinstance(given, str) else given


def by_scale(case, given):
    """Log(scale) as scale, mean_x as mean:x."""
    kept = dict(given)

    def name_of(name):
        name = name.replace("Log(scale)", "scale")
        return name.replace("_", ":", 1) if case["model"]["kind"] == "distreg" else name

    def value_of(values, name):
        value = given[values][name]
        if not name.startswith("Log(scale)"):
            return value
        return math.exp(value) if values != "se" else value * math.exp(given["estimates"][name])

    for values in ("estimates", "limit_estimates", "se"):
        if values in given:
            kept[values] = {name_of(name): value_of(values, name) for name in given[values]}
    return kept


def modelled(case):
    """A case of a model with a function of its own."""
    data, options = case["data"], case.get("options", {})
    more = "design" not in data
    rows = (
        {"formula": case["model"]["formula"], "data": data["columns"], **({"levels": {name: factor["levels"] for name, factor in data["factors"].items()}} if data.get("factors") else {})}
        if more
        else {
            "names": data["design"]["names"],
            "columns": [list(column) for column in zip(*data["design"]["rows"])],
            "lower": data["left"],
            "upper": data["right"],
        }
    )
    chosen = {name: value for name, value in options.items() if name in ("df", "scale") and value != "free"}
    return {
        "id": case["id"],
        "source": case["source"],
        "model": MODELS[case["model"]["kind"]],
        "family": case["model"]["family"],
        "link": case["model"]["link"],
        **rows,
        **({"options": chosen} if chosen else {}),
        **verdicts(case),
        "expected": by_scale(case, expected(case)),
    }


def row(case, design):
    model = case["model"]
    family = FAMILIES.get(model.get("family"), model.get("family"))
    return {
        "id": case["id"],
        "source": case["source"],
        "model": (LEVELS | TWO).get(model["kind"], model["kind"] if model["kind"] in {"lm"} | PENALISED else "glm"),
        "family": family,
        "link": model["link"],
        **({"formula": model["formula"]} if model.get("formula") else {}),
        "names": design["names"],
        "columns": design["columns"],
        **({"second": design["second"]} if design.get("second") else {}),
        "y": design["y"],
        **({"responseLevels": design["responseLevels"]} if design.get("responseLevels") else {}),
        **({"trials": design["trials"]} if design.get("trials") else {}),
        **({"offset": design["offset"]} if design.get("offset") else {}),
        **({"weights": weights(case)} if weights(case) else {}),
        **({"lambda": case["options"]["lambda"]} if model["kind"] == "ridge" else {}),
        **verdicts(case),
    }


def verdicts(case):
    """What is expected, how close, and what other packages answered."""
    return {
        "expected": expected(case),
        "tolerance": {name.replace("_units", ""): value for name, value in case["tolerance"].items()},
        "peers": [
            {"package": p["package"], "ok": p.get("ok", "error" not in p), "max_rel_error": p.get("max_rel_error")}
            for p in case.get("package_results", [])
            if "comparison only" not in p.get("command", "")
        ],
    }


more = [c for c in read("regression_more") if c["model"]["kind"] in KINDS | LEVELS.keys()]
matrices = designs(more)
rows = [row(c, nist(c)) for c in read("nist_linear")]
rows += [row(c, listed(c)) for c in read("regression_lm") + read("regression_glm")]
rows += [row(c, by_levels(c, matrices[c["id"]]) if c["model"]["kind"] in LEVELS else matrices[c["id"]]) for c in more]
rows += [row(c, by_levels(c, listed(c))) for c in read("regression_categorical") if c["model"]["kind"] in LEVELS]
rows += [row(c, listed(c)) for c in read("no_mle") if c["model"]["kind"] in KINDS]

two = [c for c in read("regression_more") if c["model"]["kind"] in TWO]
matrices = designs([half for c in two for half in halves(c)])
for c in two:
    first, *rest = (matrices[half["id"]] for half in halves(c))
    rows.append(row(c, {**first, "second": second(rest[0]) if rest else None}))
rows += [row(c, listed(c)) for c in read("regression_other") if c["model"]["kind"] in TWO]

rows += [modelled(c) for c in read("regression_survival") + read("regression_more") if c["model"]["kind"] in MODELS]
for name in ("regression_survival", "regression_categorical", "regression_more", "no_mle"):
    rows += [compared(c) for c in read(name) if c["model"]["kind"] in COMPARED]


def file_of(r):
    return r["family"] if r["model"] == "glm" else r["model"]


for key in sorted({file_of(r) for r in rows}):
    own = [r for r in rows if file_of(r) == key]
    lines = ",\n".join(json.dumps(r, separators=(",", ":")) for r in own)
    (TARGET / f"{key}.json").write_text(f"[\n{lines}\n]\n")
    print(key, len(own))
