"""Answers questions of assignment with SciPy, so that pairing has somebody else to agree with.

A JSON list of questions on standard input: `rows`, the `places` of each column, and `cells`, each a row, a column and
its points. A JSON list of answers on standard output: `most`, the most pairs that can be made; `lexicographic`, the
most pairs and then the highest total; `best`, the highest total.
"""

import json
import sys

import numpy
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching


def answer(question):
    column_of_place = [column for column, places in enumerate(question["places"]) for _ in range(places)]
    rows, places = question["rows"], len(column_of_place)
    points = numpy.full((rows, max(1, len(question["places"]))), -1, dtype=numpy.int64)
    for row, column, worth in question["cells"]:
        points[row, column] = worth
    if rows == 0 or places == 0:
        return {"most": 0, "lexicographic": [0, 0], "best": 0}
    points = points[:, column_of_place]
    may = points >= 0
    most = int((maximum_bipartite_matching(csr_array(may.astype(numpy.int8)), perm_type="column") >= 0).sum())
    # One more pair outweighs all points together; below 2^53, so doubles are exact.
    pair = 100_000_000 * (rows + 1)
    assert pair * (rows + 1) < 2**53
    chosen = linear_sum_assignment(numpy.where(may, points + pair, 0).astype(float), maximize=True)
    made = may[chosen]
    best = linear_sum_assignment(numpy.where(may, points, 0).astype(float), maximize=True)
    return {
        "most": most,
        "lexicographic": [int(made.sum()), int(points[chosen][made].sum())],
        "best": int(numpy.where(may, points, 0)[best].sum()),
    }


json.dump([answer(question) for question in json.load(sys.stdin)], sys.stdout)
