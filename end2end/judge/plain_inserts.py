"""Inserts the submissions of a finished database again, into a fresh file, by hand.

Prints two rates, in submissions a second: each in a transaction of its own, and 100 to a
transaction. Both are durable: WAL with synchronous=FULL and secure_delete, as the program has it.
A submission is its sheet with its texts and votes; which belong together is not stored, so they
are dealt out evenly, which makes no difference to the rate.
"""

import pathlib
import random
import sqlite3
import sys
import tempfile
import time

TABLES = ("response", "free_text", "vote_sheet")
GROUP = 100
ONE_BY_ONE = 3000


def read(path):
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    schema = source.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN (?, ?, ?)", TABLES
    ).fetchall()
    rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    for table in TABLES:
        random.Random(1).shuffle(rows[table])
    return [sql for (sql,) in schema], rows


def submissions(rows):
    total = len(rows["response"])
    for number in range(total):
        parts = [("response", rows["response"][number])]
        for table in TABLES[1:]:
            count = len(rows[table])
            for at in range(number * count // total, (number + 1) * count // total):
                parts.append((table, rows[table][at]))
        yield parts


def rate(schema, parcels, group):
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(pathlib.Path(folder) / "plain.db", isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA secure_delete=ON")
        for sql in schema:
            db.execute(sql)
        begun = time.perf_counter()
        for start in range(0, len(parcels), group):
            db.execute("BEGIN IMMEDIATE")
            for parts in parcels[start : start + group]:
                for table, row in parts:
                    marks = ",".join("?" * len(row))
                    db.execute(f"INSERT INTO {table} VALUES ({marks})", row)
            db.execute("COMMIT")
        return len(parcels) / (time.perf_counter() - begun)


def main():
    schema, rows = read(sys.argv[1])
    parcels = list(submissions(rows))
    print(f"{rate(schema, parcels[:ONE_BY_ONE], 1):.0f} {rate(schema, parcels, GROUP):.0f}")


if __name__ == "__main__":
    main()
