"""The published tables, audited by an engine of statistical offices.

The same question as in tables.py (what do the published numbers leave open of a hidden one?), put
to the audit of Tau-Argus (through pytauargus), and compared with what audit.json claims.

    tauargus.py ORIGIN [--splits N]

Ends with 1 and a list of what differs, or with 0 and a line of figures.
"""

import argparse
import json
import math
import os
import random
import sys
import tempfile

import numpy as np
from pytauargus._tauargus import audit_jj
from scipy.optimize import LinearConstraint, milp

import tables

SLACK = 1e-4


def agreeing(program):
    """Whole numbers that agree with everything published."""
    rows = []
    for terms, low in [(t, 0) for t in program.equal] + [(t, -np.inf) for t in program.at_most]:
        row = np.zeros(len(program.bounds))
        for variable, factor in terms:
            row[variable] += factor
        rows.append(LinearConstraint(row, low, 0))
    low, high = zip(*program.bounds)
    found = milp(np.zeros(len(low)), constraints=rows, bounds=(low, high),
                 integrality=np.ones(len(low)))
    return None if found.x is None else [round(x) for x in found.x]


def jj(program, values):
    """The program as a file of that engine: every count is open within its bounds, and the room
    below a sum that is not reached is a count of its own."""
    cells = [(value, low, high) for value, (low, high) in zip(values, program.bounds)]
    relations = [list(terms) for terms in program.equal]
    for terms in program.at_most:
        room = -sum(factor * values[variable] for variable, factor in terms)
        most = sum(abs(f) * program.bounds[v][1] for v, f in terms)
        relations.append(terms + [(len(cells), 1)])
        cells.append((room, 0, most))
    lines = ["0", str(len(cells))]
    lines += [f"{i} {value} 1 u {low} {high} 0 0 0" for i, (value, low, high) in enumerate(cells)]
    lines.append(str(len(relations)))
    for terms in relations:
        summed = {}
        for variable, factor in terms:
            summed[variable] = summed.get(variable, 0) + factor
        parts = " ".join(f"{variable} ({factor})" for variable, factor in summed.items())
        lines.append(f"0.0 {len(summed)} : {parts}")
    return "\n".join(lines) + "\n"


def audited(program):
    values = agreeing(program)
    if values is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.jj")
        with open(path, "w", encoding="ascii") as file:
            file.write(jj(program, values))
        return {row["cell"]: (math.ceil(row["min"] - SLACK), math.floor(row["max"] + SLACK))
                for row in audit_jj(path)}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("origin")
    options.add_argument("--splits", type=int, default=20)
    options = options.parse_args()
    listed = json.loads(tables.fetch(options.origin, "/api/v1/releases"))["releases"]
    newest = max(listed, key=lambda r: r["release"])["release"]
    path = f"/api/v1/releases/{newest}"
    release = json.loads(tables.fetch(options.origin, path + "/aggregates"))
    audit = json.loads(tables.fetch(options.origin, path + "/files/audit.json"))
    rules, by_id = audit["parameters"], {t["id"]: t for t in release["tables"]}
    shown = [t for t in release["tables"] if t["base"] is not None and tables.hidden(t)]
    whole = [t for t in shown if not t["by"]]
    splits = [t for t in shown if t["by"]]
    chosen = whole + random.Random(11).sample(splits, min(options.splits, len(splits)))
    claimed = {t["id"]: {(c["code"], c["by_code"]): (c["low"], c["high"]) for c in t["cells"]}
               for t in audit["tables"]}
    faults, cells, narrowest = [], 0, math.inf
    for table in chosen:
        program = tables.Program()
        own = tables.add(program, table, rules)
        tables.link(program, table, own, by_id, rules)
        found = audited(program)
        if found is None:
            faults.append(f"{table['id']}: no table agrees with what is published")
            continue
        for cell in tables.hidden(table):
            low, high = found[own[1][cell]]
            cells, narrowest = cells + 1, min(narrowest, high - low)
            if high - low < tables.WIDTH:
                faults.append(f"{table['id']} {cell}: only {low} to {high} is possible")
            if claimed[table["id"]].get(cell) != (low, high):
                faults.append(f"{table['id']} {cell}: {low} to {high}, the audit says "
                              f"{claimed[table['id']].get(cell)}")
    for fault in faults[:40]:
        print(fault, file=sys.stderr)
    if faults or not cells:
        print(f"{len(faults)} faults, {cells} cells", file=sys.stderr)
        return 1
    print(f"release {newest}: {len(whole)} one-way tables and {len(chosen) - len(whole)} splits, "
          f"{cells} hidden counts audited by Tau-Argus as audit.json says, the narrowest "
          f"{narrowest} wide")
    return 0


if __name__ == "__main__":
    sys.exit(main())
