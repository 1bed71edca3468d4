"""Location problems by libraries a user of Python would pick. Prints one line of JSON for `cargo xtask bench --only siting`.

    siting_reference.py highs|spopt KIND FORMAT FILE P RADIUS SECONDS      with - for a P or RADIUS that is not asked for

The strong formulations: a link x_ij <= y_j for every pair, and x need not be integer. Building the model is timed apart from
solving it, reading the file nowhere. An answer that is not proved within the seconds has no objective.
"""

import json
import sys
from time import perf_counter

import numpy as np


def shortest_ways(path, p):
    """Distances of all pairs of an OR-Library pmed file, and the number of sites."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    with open(path, encoding="ascii") as file:
        rows = [[int(w) for w in line.split()] for line in file if line.strip()]
    (n, _, own_p), edges = rows[0], {}
    for i, j, cost in rows[1:]:
        edges[min(i, j) - 1, max(i, j) - 1] = cost
    ends = np.array(list(edges))
    graph = csr_array((np.array(list(edges.values()), dtype=float), (ends[:, 0], ends[:, 1])), shape=(n, n))
    return dijkstra(graph, directed=False), own_p if p is None else p


def points(path):
    """Distances and weights of an SJC file."""
    with open(path, encoding="ascii") as file:
        rows = [line.split() for line in file if line.strip()]
    x, y, weight = np.array([[float(w) for w in row] for row in rows[1:]]).T
    square = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    return np.sqrt(square), weight


def sites_and_customers(path, layout):
    """Capacities, fixed costs, demands and costs by customer of an orlib-cap or a holmberg file."""
    with open(path, encoding="ascii") as file:
        words = file.read().split()
    m, n = int(words[0]), int(words[1])
    numbers = np.array([float(w) if w != "capacity" else np.inf for w in words[2:]])
    if layout == "orlib-cap":
        capacity, opening = numbers[: 2 * m].reshape(m, 2).T
        rest = numbers[2 * m :].reshape(n, m + 1)
        return capacity, opening, rest[:, 0], rest[:, 1:]
    capacity, opening, demand, rest = np.split(numbers, [m, 2 * m, 2 * m + n])
    return capacity, opening, demand, rest.reshape(n, m)


class Model:
    """A mixed-integer programme in coordinates; columns and rows are added in blocks."""

    def __init__(self):
        self.costs, self.whole, self.terms, self.lower, self.upper = [], [], [], [], []
        self.columns = self.rows = 0

    def add_columns(self, costs, whole):
        costs = np.ravel(costs).astype(float)
        self.costs.append(costs)
        self.whole.append(np.full(costs.size, whole))
        self.columns += costs.size
        return np.arange(self.columns - costs.size, self.columns)

    def add_rows(self, count, lower, upper, *terms):
        """`terms`: rows from 0, columns, values."""
        for row, column, value in terms:
            row, column, value = np.broadcast_arrays(row, column, np.asarray(value, dtype=float))
            self.terms.append((np.ravel(row) + self.rows, np.ravel(column), np.ravel(value)))
        self.lower.append(np.full(count, lower, dtype=float))
        self.upper.append(np.full(count, upper, dtype=float))
        self.rows += count

    def highs(self, seconds, maximise=False):
        row, column, value = (np.concatenate(part) for part in zip(*self.terms))
        matrix = csc_array((value, (row, column)), shape=(self.rows, self.columns))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, self.rows
        lp.col_cost_ = np.concatenate(self.costs)
        lp.col_lower_, lp.col_upper_ = np.zeros(self.columns), np.ones(self.columns)
        lp.row_lower_, lp.row_upper_ = np.concatenate(self.lower), np.concatenate(self.upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
        lp.integrality_ = [kinds[int(whole)] for whole in np.concatenate(self.whole)]
        lp.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        solver = highspy.Highs()
        # As close as ours is when it says Optimal; HiGHS would stop at a gap of 1e-4.
        for option, to in [("output_flag", False), ("time_limit", seconds), ("mip_rel_gap", 1e-6), ("threads", 1)]:
            solver.setOptionValue(option, to)
        solver.passModel(lp)
        built = perf_counter()
        solver.run()
        solved = perf_counter()
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return built, solved, solver.getObjectiveValue() if optimal else None


def assignment(costs, opening, count=None, demand=None, capacity=None):
    """Every customer from open sites: p-median and fixed charge."""
    n, m = costs.shape
    model = Model()
    x = model.add_columns(costs, False).reshape(n, m)
    y = model.add_columns(opening, True)
    customer, pair = np.arange(n)[:, None], np.arange(n * m).reshape(n, m)
    model.add_rows(n, 1, 1, (customer, x, 1))
    model.add_rows(n * m, -np.inf, 0, (pair, x, 1), (pair, y, -1))
    if count is not None:
        model.add_rows(1, count, count, (0, y, 1))
    if capacity is not None:
        model.add_rows(m, -np.inf, 0, (np.arange(m), x, demand[:, None]), (np.arange(m), y, -capacity))
    return model


def covering(distances, weights, radius, count):
    """MCLP: z_i <= sum of the sites within reach."""
    model = Model()
    n = len(weights)
    z = model.add_columns(weights, False)
    y = model.add_columns(np.zeros(n), True)
    near, site = np.nonzero(distances <= radius)
    model.add_rows(n, -np.inf, 0, (np.arange(n), z, 1), (near, y[site], -1))
    model.add_rows(1, count, count, (0, y, 1))
    return model


def highs(kind, layout, path, p, radius, seconds):
    # Importing is no part of building a model.
    global highspy, csc_array
    import highspy
    from scipy.sparse import csc_array

    if kind == "p-median":
        costs, p = shortest_ways(path, p)
        start = perf_counter()
        answer = assignment(costs, np.zeros(len(costs)), p).highs(seconds)
    elif kind == "mclp":
        distances, weights = points(path)
        start = perf_counter()
        answer = covering(distances, weights, radius, p).highs(seconds, maximise=True)
    else:
        capacity, opening, demand, costs = sites_and_customers(path, layout)
        start = perf_counter()
        model = assignment(costs, opening, demand=demand, capacity=None if kind == "uflp" else capacity)
        answer = model.highs(seconds)
    return start, *answer


def spopt(kind, _layout, path, p, radius, seconds):
    from pulp import PULP_CBC_CMD
    from spopt.locate import MCLP, PMedian

    if kind == "p-median":
        costs, p = shortest_ways(path, p)
        start = perf_counter()
        model = PMedian.from_cost_matrix(costs, np.ones(len(costs)), p_facilities=p)
    else:
        distances, weights = points(path)
        start = perf_counter()
        model = MCLP.from_cost_matrix(distances, weights, radius, p_facilities=p)
    built = perf_counter()
    model.solve(PULP_CBC_CMD(msg=False, timeLimit=seconds, threads=1), results=False)
    solved = perf_counter()
    value = model.problem.objective.value()
    # An answer at the time limit is feasible, not optimal.
    return start, built, solved, abs(value) if model.problem.sol_status == 1 else None


def main():
    name, kind, layout, path, p, radius, seconds = sys.argv[1:]
    solver = {"highs": highs, "spopt": spopt}[name]
    p, radius = (None if word == "-" else of(word) for word, of in ((p, int), (radius, float)))
    start, built, solved, value = solver(kind, layout, path, p, radius, float(seconds))
    print(json.dumps({"build_ms": 1e3 * (built - start), "solve_ms": 1e3 * (solved - built), "objective": value}))


main()
