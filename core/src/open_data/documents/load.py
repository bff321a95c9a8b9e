"""Reads responses.csv with its labels. Needs pandas.

    from load import load
    answers = load("folder of the release", lang="en")

Columns of codes become categories with their labels, columns of numbers become numbers (no answer
is missing), and a column in which several answers could be chosen becomes one column of true and
false for each of them.
"""

import json
import pathlib
import sys

import pandas as pd

STATES = ["skipped", "not_asked", "*"]


def load(folder=".", lang="en"):
    folder = pathlib.Path(folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    [table] = [r for r in package["resources"] if r["path"] == "responses.csv"]
    rows = pd.read_csv(folder / "responses.csv", dtype=str, keep_default_na=False)
    columns = {}
    for field in table["schema"]["fields"]:
        name, cells = field["name"], rows[field["name"]]
        labels = field.get("partake:labels")
        if labels is None:
            columns[name] = cells
        elif field["type"] == "number":
            columns[name] = pd.to_numeric(cells, errors="coerce")
        elif field["partake:set"]:
            told = ~cells.isin(STATES)
            chosen = cells.str.split(";").map(set)
            for label in labels:
                if label["value"] not in STATES:
                    value = label["value"]
                    answer = chosen.map(lambda codes: value in codes).astype("boolean")
                    columns[f"{name}__{value}"] = answer.where(told)
        else:
            codes = pd.Categorical(cells, [label["value"] for label in labels])
            columns[name] = pd.Series(codes).map(unique(labels, lang))
    return pd.DataFrame(columns)


def unique(labels, lang):
    """Label of each code; two codes with one label keep apart by their codes."""
    texts = [label[lang] for label in labels]
    return {
        label["value"]: text if texts.count(text) == 1 else f"{text} ({label['value']})"
        for label, text in zip(labels, texts)
    }


if __name__ == "__main__":
    print(load(*sys.argv[1:3]))
