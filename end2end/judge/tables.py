"""An independent reader of the published tables.

Nothing here comes from Partake's own code: from the JSON that a running site publishes, and from
nothing else, it bounds every hidden cell and every increment between releases by linear
programming (HiGHS, through scipy), and compares that with what audit.json claims.

    tables.py ORIGIN [--sample N]

Ends with 1 and a list of what it found, or with 0 and a line of figures.
"""

import argparse
import hashlib
import json
import math
import random
import sys
import urllib.request

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

SLACK = 1e-6
# What is promised, whatever a release says of itself.
WIDTH = 5


def fetch(origin, path):
    with urllib.request.urlopen(origin + path, timeout=60) as answer:
        return answer.read()


class Program:
    """Counts within bounds, and linear relations between them."""

    def __init__(self):
        self.bounds, self.equal, self.at_most = [], [], []

    def count(self, low, high):
        self.bounds.append((low, high))
        return len(self.bounds) - 1

    def matrix(self, rows):
        if not rows:
            return None, None
        data, at, columns = [], [], []
        for i, terms in enumerate(rows):
            for variable, factor in terms:
                data.append(factor)
                at.append(i)
                columns.append(variable)
        shape = (len(rows), len(self.bounds))
        return csr_matrix((data, (at, columns)), shape=shape), np.zeros(len(rows))

    def reach(self, targets, enough=None):
        """The interval of each target; with `enough`, only until it is that wide."""
        a_eq, b_eq = self.matrix(self.equal)
        a_ub, b_ub = self.matrix(self.at_most)
        found = [[math.inf, -math.inf] for _ in targets]

        def learn(point):
            for interval, terms in zip(found, targets):
                value = sum(f * point[v] for v, f in terms)
                interval[0] = min(interval[0], value)
                interval[1] = max(interval[1], value)

        def trivial(terms):
            low = sum(f * self.bounds[v][0 if f > 0 else 1] for v, f in terms)
            high = sum(f * self.bounds[v][1 if f > 0 else 0] for v, f in terms)
            return low, high

        for interval, terms in zip(found, targets):
            least, most = trivial(terms)
            for sign in (1, -1):
                if enough is not None and interval[1] - interval[0] >= enough - SLACK:
                    break
                if sign == 1 and interval[0] <= least + SLACK:
                    continue
                if sign == -1 and interval[1] >= most - SLACK:
                    continue
                goal = np.zeros(len(self.bounds))
                for variable, factor in terms:
                    goal[variable] += sign * factor
                answer = linprog(goal, A_ub=a_ub, b_ub=b_ub, A_eq=a_eq, b_eq=b_eq,
                                 bounds=self.bounds, method="highs")
                if answer.status == 2:
                    return None
                if answer.status != 0:
                    raise RuntimeError(answer.message)
                learn(answer.x)
        return [(math.ceil(l - SLACK), math.floor(h + SLACK)) for l, h in found]


def rounding(count, rules):
    step = rules["round_to"]
    return (count - step // 2, count + step - 1 - step // 2) if step else (count, count)


def add(program, table, rules):
    """The variables of a published table: its base, and one for each cell."""
    low, high = rounding(table["base"], rules)
    base = program.count(max(low, 0), high)
    most = high * len(table["cells"]) if table["sum"] == "own" else high
    cells = {}
    for cell in table["cells"]:
        key = (cell["code"], cell["by_code"])
        if cell["status"] == "shown" and cell["count"] == 0:
            limits = (0, 0)
        elif cell["status"] == "shown":
            least, greatest = rounding(cell["count"], rules)
            limits = (max(least, rules["min_cell"]), greatest)
        elif cell["status"] == "fewer_than_10":
            limits = (0, rules["min_cell"] - 1)
        elif not table["by"] and cell["reason"] == "complementary":
            # What is smaller would be called so.
            limits = (min(rules["min_cell"], most), most)
        else:
            limits = (0, most)
        cells[key] = program.count(*limits)
    groups = {by for _, by in cells}
    totals = []
    for group in groups:
        parts = [(v, 1) for (code, by), v in cells.items() if by == group and code is not None]
        total = cells.get((None, group), base)
        if table["by"]:
            totals.append((total, 1))
        if table["sum"] == "base":
            program.equal.append(parts + [(total, -1)])
        elif table["sum"] == "free":
            program.at_most += [[(v, 1), (total, -1)] for v, _ in parts]
    if totals:
        program.equal.append(totals + [(base, -1)])
    return base, cells


def link(program, table, own, tables, rules):
    """A split counts some of the people that its one-way tables count."""
    base, cells = own
    if not table["by"]:
        return
    whole = tables[table["id"].removesuffix("__by_" + table["by"])]
    if whole["base"] is not None:
        whole_base, whole_cells = add(program, whole, rules)
        for (code, _), total in whole_cells.items():
            row = [(v, 1) for (c, _), v in cells.items() if c == code]
            # Only a split by attention, which is called by a matrix row, leaves nobody out.
            everyone = tables[table["by"]]["question"] != table["by"]
            (program.equal if everyone else program.at_most).append(row + [(total, -1)])
        program.at_most.append([(base, 1), (whole_base, -1)])
    background = tables[table["by"]]
    if background["base"] is not None:
        _, groups = add(program, background, rules)
        for (code, _), total in groups.items():
            if (None, code) in cells:
                program.at_most.append([(cells[(None, code)], 1), (total, -1)])


def hidden(table):
    return [(c["code"], c["by_code"]) for c in table["cells"] if c["status"] != "shown"]


def one_release(release, audit, chosen, faults):
    rules = audit["parameters"]
    tables = {t["id"]: t for t in release["tables"]}
    claimed = {t["id"]: {(c["code"], c["by_code"]): (c["low"], c["high"]) for c in t["cells"]}
               for t in audit["tables"]}
    count, narrowest = 0, math.inf
    for table in release["tables"]:
        where = f"release {release['release']}, {table['id']}"
        if table["base"] is None:
            if table["id"] in claimed:
                faults.append(f"{where}: audited, but withheld")
            continue
        if set(claimed.get(table["id"], {})) != set(hidden(table)):
            faults.append(f"{where}: the audit names other cells than those hidden")
            continue
        if table["id"] not in chosen:
            continue
        program = Program()
        own = add(program, table, rules)
        link(program, table, own, tables, rules)
        cells = hidden(table)
        intervals = program.reach([[(own[1][cell], 1)] for cell in cells])
        if intervals is None:
            faults.append(f"{where}: no table agrees with what is published")
            continue
        for cell, interval in zip(cells, intervals):
            count += 1
            narrowest = min(narrowest, interval[1] - interval[0])
            if interval[1] - interval[0] < WIDTH:
                faults.append(f"{where}, {cell}: only {interval} is possible")
            if claimed[table["id"]][cell] != interval:
                faults.append(f"{where}, {cell}: {interval}, the audit says "
                              f"{claimed[table['id']][cell]}")
    return count, narrowest


def history(releases, audits, name, faults):
    """All publications of one table together: people join, and nobody is counted twice."""
    rules = audits[0]["parameters"]
    program, stages = Program(), []
    for release in releases:
        table = next(t for t in release["tables"] if t["id"] == name)
        if table["base"] is not None:
            stages.append((release["release"], table, add(program, table, rules)))
    targets, names = [], []
    for (number, table, own), (since, _, before) in zip(stages[1:], stages):
        for cell, variable in own[1].items():
            earlier = before[1][cell]
            program.at_most.append([(earlier, 1), (variable, -1)])
            shown = {(c["code"], c["by_code"]): c for c in table["cells"]}[cell]
            if shown["count"] != 0:
                targets.append([(variable, 1), (earlier, -1)])
                names.append((f"{name} {cell}, {since} to {number}", WIDTH - 1))
        program.at_most.append([(before[0], 1), (own[0], -1)])
        targets.append([(own[0], 1), (before[0], -1)])
        names.append((f"{name} base, {since} to {number}", WIDTH - 1))
    for number, table, own in stages:
        for cell in hidden(table):
            targets.append([(own[1][cell], 1)])
            names.append((f"{name} {cell}, release {number}", WIDTH))
    intervals = program.reach(targets, enough=WIDTH)
    if intervals is None:
        return 0
    for (what, width), interval in zip(names, intervals):
        if interval[1] - interval[0] < width:
            faults.append(f"{what}: only {interval} is possible")
    return len(targets)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("origin")
    options.add_argument("--sample", type=int, default=40,
                         help="split tables looked at, beside all one-way tables")
    options = options.parse_args()
    faults, releases, audits = [], [], []
    listed = json.loads(fetch(options.origin, "/api/v1/releases"))["releases"]
    for entry in sorted(listed, key=lambda r: r["release"]):
        path = f"/api/v1/releases/{entry['release']}"
        body = fetch(options.origin, path + "/aggregates")
        if hashlib.sha256(body).hexdigest() != entry["sha256"]:
            faults.append(f"release {entry['release']}: the digest is not that of the aggregates")
        releases.append(json.loads(body))
        audits.append(json.loads(fetch(options.origin, path + "/files/audit.json")))
    if not releases:
        faults.append("nothing is released")
    names = [t["id"] for t in releases[0]["tables"]] if releases else []
    splits = [t["id"] for t in releases[0]["tables"] if t["by"]] if releases else []
    chosen = set(names) - set(splits)
    chosen |= set(random.Random(7).sample(splits, min(options.sample, len(splits))))
    cells, narrowest, increments = 0, math.inf, 0
    for release, audit in zip(releases, audits):
        count, width = one_release(release, audit, chosen, faults)
        cells, narrowest = cells + count, min(narrowest, width)
    if len(releases) > 1:
        for name in sorted(chosen):
            increments += history(releases, audits, name, faults)
    for fault in faults[:40]:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults)} faults", file=sys.stderr)
        return 1
    print(f"{len(releases)} releases, {len(chosen)} tables: {cells} hidden cells bounded as the "
          f"audit says, the narrowest {narrowest} wide; {increments} increments and cells over "
          "all releases together wide enough")
    return 0


if __name__ == "__main__":
    sys.exit(main())
