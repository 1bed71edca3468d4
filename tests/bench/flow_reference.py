"""Minimum cost flow by libraries a user of Python would pick. Prints one line of JSON for `cargo xtask bench --only flow`.

    flow_reference.py ortools|networkx FILE.min RUNS SECONDS

At most so many runs, none begun after so many seconds; without an optimum the objective is null. Reading the file is timed
nowhere: every solver is given numbers and builds its model of them.
"""

import json
import sys
from time import perf_counter

import numpy as np


def read(path):
    """Supplies by node and arcs (tail, head, capacity, cost) of a DIMACS file; nodes from 0."""
    with open(path, encoding="ascii") as file:
        lines = [line.split() for line in file if line[0] in "pna"]
    size = next(int(words[2]) for words in lines if words[0] == "p")
    supply = np.zeros(size, dtype=np.int64)
    for words in lines:
        if words[0] == "n":
            supply[int(words[1]) - 1] = int(words[2])
    tail, head, lower, capacity, cost = np.array([w[1:] for w in lines if w[0] == "a"], dtype=np.int64).T.copy()
    if lower.any():
        sys.exit(f"{path}: lower bounds other than 0 are not read here")
    return supply, (tail - 1, head - 1, capacity, cost)


def ortools(supply, arcs):
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    start = perf_counter()
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(*arcs)
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    built = perf_counter()
    status = flow.solve()
    solved = perf_counter()
    return built - start, solved - built, flow.optimal_cost() if status == flow.OPTIMAL else None


def networkx(supply, arcs):
    from networkx import MultiDiGraph, NetworkXUnfeasible, network_simplex

    start = perf_counter()
    graph = MultiDiGraph()
    graph.add_nodes_from((node, {"demand": -s}) for node, s in enumerate(supply.tolist()))
    graph.add_edges_from(
        (tail, head, {"capacity": capacity, "weight": cost})
        for tail, head, capacity, cost in zip(*(column.tolist() for column in arcs))
    )
    built = perf_counter()
    try:
        value, _ = network_simplex(graph)
    except NetworkXUnfeasible:
        value = None
    return built - start, perf_counter() - built, value


def main():
    name, path, runs, seconds = sys.argv[1:]
    solver = {"ortools": ortools, "networkx": networkx}[name]
    problem = read(path)
    begun = perf_counter()
    rows = []
    while len(rows) < int(runs) and perf_counter() - begun <= float(seconds):
        rows.append(solver(*problem))
    build, solve = ([1e3 * row[i] for row in rows] for i in range(2))
    value = rows[-1][2]
    print(json.dumps({"build_ms": build, "solve_ms": solve, "objective": None if value is None else str(value)}))


main()
