"""Answers one question of `cargo xtask bench --only pairing` with SciPy or with `matching`, and says how long it took.

`speed.py <scene> <people> <folder>`. Reading is not timed.
"""

import resource
import sys
import time

import numpy

scene, people, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def tell(seconds, cpu, pairs, **more):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    for key, value in {"seconds": seconds, "cpu": cpu, "memory": memory, "pairs": pairs, **more}.items():
        print(key, value)


def now():
    return numpy.array([time.perf_counter(), time.process_time()])


def read(name, kind):
    return numpy.fromfile(f"{folder}/{name}", dtype=kind)


def dense():
    from scipy.optimize import linear_sum_assignment

    points = read("points", "<i4").reshape(people, people).astype(float)
    began = now()
    chosen = linear_sum_assignment(points, maximize=True)
    tell(*(now() - began), len(chosen[0]), total=int(points[chosen].sum()))


def sparse():
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    points, columns = read("points", "<i4").astype(float), read("columns", "<i4")
    table = csr_array((points, columns, read("starts", "<i8").astype(numpy.int32)), shape=(people, people))
    began = now()
    chosen = min_weight_full_bipartite_matching(table, maximize=True)
    tell(*(now() - began), len(chosen[0]), total=int(table[chosen].sum()))


def stable():
    from matching.games import HospitalResident

    # It copies its people by recursion.
    sys.setrecursionlimit(10**8)
    mentees, mentors = {}, {}
    for line in open(f"{folder}/lists"):
        name, *ranked = line.split()
        (mentees if name[0] == "e" else mentors)[name] = ranked
    began = now()
    game = HospitalResident.create_from_dictionaries(mentees, mentors, dict.fromkeys(mentors, 1))
    made = now()
    solved = game.solve(optimal="resident")
    seconds = now() - made
    pairs = [(resident.name, hospital.name) for hospital, taken in solved.items() for resident in taken]
    total = sum((int(str(mentee)[1:]) + 1) * (int(str(mentor)[1:]) + 1) for mentee, mentor in pairs)
    tell(*seconds, len(pairs), sum=total, making=(made - began)[0])


{"random": dense, "complete": dense, "sparse": sparse, "stable": stable}[scene]()
