"""The one-to-one pairs with the greatest sum: the assignment problem, solved exactly."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Edge = tuple[int, int]


def best_assignment(worths: Mapping[Edge, float]) -> list[Edge]:
    """Pairs (row, column), each row and column in one at most, with the greatest sum.

    Rows and columns that no chain of pairs joins cannot be in each other's way, so each
    group is solved by itself; of clusters of a text most groups are tiny.

    Args:
        worths: How good each possible pair is, above 0; what is not in it is worth
            nothing and is never in the answer.

    >>> best_assignment({(0, 0): 0.8, (0, 1): 0.7, (1, 0): 0.6})
    [(0, 1), (1, 0)]
    """
    found: list[Edge] = []
    for group in _groups(worths):
        rows = sorted({row for row, _ in group})
        columns = sorted({column for _, column in group})
        table = np.zeros((len(rows), len(columns)))
        at_row, at_column = _numbers(rows), _numbers(columns)
        for row, column in group:
            table[at_row[row], at_column[column]] = worths[row, column]
        found += [
            (rows[i], columns[j]) for i, j in _solved(table) if (rows[i], columns[j]) in worths
        ]
    return sorted(found)


def _numbers(names: Sequence[int]) -> dict[int, int]:
    return {name: number for number, name in enumerate(names)}


def _groups(edges: Mapping[Edge, float]) -> Iterator[list[Edge]]:
    """Edges that hang together through rows and columns."""
    of_row: defaultdict[int, list[int]] = defaultdict(list)
    of_column: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in edges:
        of_row[row].append(column)
        of_column[column].append(row)
    seen: set[int] = set()
    for first in of_row:
        if first in seen:
            continue
        seen.add(first)
        waiting, group = [first], list[Edge]()
        while waiting:
            row = waiting.pop()
            for column in of_row[row]:
                group.append((row, column))
                new = [other for other in of_column.pop(column, ()) if other not in seen]
                seen.update(new)
                waiting += new
        yield group


def _solved(table: NDArray[np.float64]) -> list[Edge]:
    """The best pairs of a table, as many as its shorter side is long.

    After: Kuhn 1955, by shortest augmenting paths with potentials (Jonker & Volgenant
    1987): rows join one by one, each by the cheapest path to a free column.
    """
    if table.shape[0] > table.shape[1]:
        return [(i, j) for j, i in _solved(table.T)]
    costs = table.max() - table
    n_rows, n_columns = costs.shape
    row_potentials, column_potentials = np.zeros(n_rows), np.zeros(n_columns)
    row_of = np.full(n_columns, -1)
    for new in range(n_rows):
        _join(new, costs, row_potentials, column_potentials, row_of)
    return [(int(row_of[j]), j) for j in range(n_columns) if row_of[j] >= 0]


def _join(
    new: int,
    costs: NDArray[np.float64],
    row_potentials: NDArray[np.float64],
    column_potentials: NDArray[np.float64],
    row_of: NDArray[np.int_],
) -> None:
    """Give a row a column, moving others along the cheapest path; changes its arguments."""
    n_columns = costs.shape[1]
    distances = np.full(n_columns, np.inf)
    before = np.full(n_columns, -1)
    is_done = np.zeros(n_columns, dtype=bool)
    row, column, at = new, -1, 0.0
    while True:
        reduced = at + costs[row] - row_potentials[row] - column_potentials
        is_shorter = ~is_done & (reduced < distances)
        distances[is_shorter] = reduced[is_shorter]
        before[is_shorter] = column
        column = int(np.argmin(np.where(is_done, np.inf, distances)))
        at = float(distances[column])
        if row_of[column] < 0:
            break
        is_done[column] = True
        row = int(row_of[column])
    for done in np.flatnonzero(is_done):
        row_potentials[row_of[done]] += at - distances[done]
        column_potentials[done] -= at - distances[done]
    row_potentials[new] += at
    while column >= 0:
        other = int(before[column])
        row_of[column] = new if other < 0 else row_of[other]
        column = other
