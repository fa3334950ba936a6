# scikit-learn's newton-cholesky and statsmodels' GLM on the rows of a file, timed: glm.py FILE ROWS COLUMNS, the file as glm.R reads it. Prints who,
# model, elapsed seconds, iterations, first coefficients. What is not installed is left out.
import sys
import time

import numpy as np

path, n, p = sys.argv[1], int(float(sys.argv[2])), int(sys.argv[3])
numbers = np.fromfile(path)
x = np.ones((n, p))
x[:, 1:] = numbers[: n * (p - 1)].reshape(p - 1, n).T
responses = dict(zip(["logit", "poisson"], numbers[n * (p - 1) :].reshape(-1, n)))


def report(who, model, fit):
    start = time.perf_counter()
    iterations, coefficients = fit()
    print(who, model, time.perf_counter() - start, iterations, *(repr(float(b)) for b in coefficients[:3]), flush=True)


try:
    from sklearn.linear_model import LogisticRegression

    def sklearn():
        try:
            model = LogisticRegression(penalty=None, solver="newton-cholesky", fit_intercept=False, tol=1e-8)
            found = model.fit(x, responses["logit"])
        except Exception:
            model = LogisticRegression(penalty="none", solver="newton-cholesky", fit_intercept=False, tol=1e-8)
            found = model.fit(x, responses["logit"])
        return int(found.n_iter_[0]), found.coef_[0]

    report("scikit-learn", "logit", sklearn)
except ImportError:
    pass

try:
    import statsmodels.api as sm

    for name, family in [("logit", sm.families.Binomial()), ("poisson", sm.families.Poisson())]:

        def fit(name=name, family=family):
            found = sm.GLM(responses[name], x, family=family).fit()
            return found.fit_history["iteration"], found.params

        report("statsmodels", name, fit)
except ImportError:
    pass
