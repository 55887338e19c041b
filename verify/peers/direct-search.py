"""Evaluations that NLopt's and SciPy's direct searches take to 1e-8, written to direct-search.json beside this file.

python direct-search.py, with nlopt, numpy and scipy installed. Eight starts for each dimension, uniform in [-4, 4]; first steps as
Zeroth takes them from that range: half a standard deviation for subplex, a whole one for Nelder-Mead. null: not reached.
"""
import json
from pathlib import Path

import nlopt
import numpy as np
import scipy
import scipy.optimize

most = 100_000
deviation = 8 / np.sqrt(12)


def rosenbrock(x):
    return float(np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2))


def ellipsoid(x):
    return float(np.sum(10 ** (6 * np.arange(len(x)) / (len(x) - 1)) * x**2))


class Reached(Exception):
    pass


class Counted:
    def __init__(self, f):
        self.f, self.count = f, 0

    def __call__(self, x, _gradient=None):
        self.count += 1
        value = self.f(np.asarray(x))
        if value <= 1e-8:
            raise Reached
        return value


def subplex(f, start):
    search = nlopt.opt(nlopt.LN_SBPLX, len(start))
    search.set_min_objective(f)
    search.set_maxeval(most)
    search.set_xtol_rel(1e-14)
    search.set_initial_step(deviation / 2)
    search.optimize(start)


def nelder_mead(f, start):
    simplex = np.vstack([start, start + deviation * np.eye(len(start))])
    options = dict(maxfev=most, maxiter=10**9, xatol=1e-14, fatol=1e-14, adaptive=True, initial_simplex=simplex)
    scipy.optimize.minimize(f, start, method="Nelder-Mead", options=options)


def evaluations(search, f, start):
    counted = Counted(f)
    try:
        search(counted, np.array(start))
    except Reached:
        return counted.count
    except Exception:  # NLopt ends with an error where steps are lost in rounding
        pass
    return None


starts = {d: [np.random.default_rng(100 + k).uniform(-4, 4, d).tolist() for k in range(8)] for d in (2, 5, 10)}
peers = {
    "subplex": (f"NLopt {nlopt.__version__}, LN_SBPLX", subplex),
    "nelder-mead": (f"SciPy {scipy.__version__}, adaptive Nelder-Mead", nelder_mead),
}
rows = [
    dict(strategy=name, peer=peer, function=f.__name__, dimension=d, evaluations=[evaluations(search, f, x) for x in starts[d]])
    for name, (peer, search) in peers.items()
    for f in (rosenbrock, ellipsoid)
    for d in starts
]
Path(__file__).with_suffix(".json").write_text(json.dumps(dict(most=most, starts=starts, rows=rows), indent=1) + "\n")
