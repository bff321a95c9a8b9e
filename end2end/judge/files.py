"""An independent reader of the published single answers.

Nothing here comes from Partake's own code. From a folder into which `partake export` wrote every
format of one release, it checks that

- every checksum holds and the Data Package is valid, and that a changed byte is noticed;
- k, l and t, computed by pycanon from responses.csv alone, are what utility.json claims;
- every format tells the same answers;
- the DDI codebook names every column, and is valid where a schema is given.

    files.py FOLDER [--ddi-schema codebook.xsd]

Ends with 1 and a list of what it found, or with 0 and a line of figures.
"""

import argparse
import hashlib
import json
import pathlib
import sys
import zipfile

import openpyxl
import pandas as pd
import pyarrow.parquet as parquet
import pyreadstat
from frictionless import Package
from lxml import etree
from pycanon import anonymity

BACKGROUND = ["employment", "occupation", "age_band", "education", "region"]
ANY = "*"
# What is promised, whatever a release says of itself.
K, L, SUPPRESSED = 10, 2, 0.05
NAMESPACE = "{ddi:codebook:2_6}"

found = []


def expect(holds, what):
    if not holds:
        found.append(what)


def cell(value):
    """A value of another format, as the CSV writes it."""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, (int, float)):
        return f"{value:g}"
    return "" if value is None else value


def unpacked(folder):
    package = folder / "package"
    package.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "release.package") as archive:
        archive.extractall(package)
    return package


def checksums(package):
    named = set()
    for line in (package / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ", 1)
        named.add(name)
        body = (package / name).read_bytes()
        expect(hashlib.sha256(body).hexdigest() == digest, f"checksum of {name}")
    there = {path.name for path in package.iterdir()} - {"SHA256SUMS"}
    expect(named == there, f"files without a checksum: {sorted(there - named)}")


def valid(package):
    report = Package(str(package / "datapackage.json")).validate()
    return report.valid, report.flatten(["type", "message"])[:5]


def data_package(package):
    holds, errors = valid(package)
    expect(holds, f"data package: {errors}")
    responses = package / "responses.csv"
    body = responses.read_bytes()
    responses.write_bytes(body.replace(b"working", b"warking", 1))
    expect(not valid(package)[0], "a changed byte goes unnoticed")
    responses.write_bytes(body)


def anonymous(rows, utility):
    told = rows[~(rows[BACKGROUND] == ANY).all(axis=1)].reset_index(drop=True)
    suppressed = len(rows) - len(told)
    expect(suppressed == utility["suppressed_rows"], "suppressed rows")
    expect(suppressed <= SUPPRESSED * len(rows), f"{suppressed} rows suppressed")
    k = anonymity.k_anonymity(told, BACKGROUND)
    expect(k == utility["k"] and k >= K, f"k is {k}, claimed {utility['k']}")
    expect(suppressed == 0 or suppressed >= K, "suppressed rows stand out")
    for column, claimed in utility["l"].items():
        l = anonymity.l_diversity(told, BACKGROUND, [column])
        expect(l == claimed and l >= L, f"l of {column} is {l}, claimed {claimed}")
        t = anonymity.t_closeness(told, BACKGROUND, [column])
        expect(abs(t - utility["t"][column]) < 1e-9, f"t of {column} is {t}")
    expect(rows["id"].is_unique, "an id stands twice")
    return k


def same_everywhere(folder, package, rows):
    names, cells = list(rows.columns), rows.values.tolist()
    expect(
        (folder / "release.csv").read_bytes() == (package / "responses.csv").read_bytes(),
        "the exported CSV is not the published one",
    )
    table = parquet.read_table(folder / "release.parquet").to_pandas()
    expect(list(table.columns) == names and table.values.tolist() == cells, "parquet")
    sheet = openpyxl.load_workbook(folder / "release.xlsx", read_only=True)["responses"]
    lines = [[cell(c) for c in line] for line in sheet.iter_rows(values_only=True)]
    expect(lines == [names, *cells], "xlsx")
    for path in (folder / "release.jsonl", package / "responses.jsonl"):
        objects = map(json.loads, path.read_text().splitlines())
        expect([[cell(o[n]) for n in names] for o in objects] == cells, path.name)


def beginning(label):
    """As much of a label as every reader of .sav keeps."""
    return label.encode()[:110].decode(errors="ignore")


def spss(folder, rows):
    """Decodes the .sav by its own labels and by the workbook's codebook."""
    workbook = openpyxl.load_workbook(folder / "release.xlsx", read_only=True)
    code_of = {}
    for name, _, _, code, zh, en, _ in workbook["codebook"].iter_rows(min_row=2, values_only=True):
        label = zh if zh == en else f"{zh} / {en}"
        code_of[name, beginning(label)] = code
    told, meta = pyreadstat.read_sav(str(folder / "release.sav"), user_missing=True)
    expect(len(told) == len(rows) and list(told["id"]) == list(rows["id"]), "rows of the sav")
    states = {-1: "skipped", -2: "not_asked", -3: ANY}
    for name in rows.columns[2:]:
        if name in told.columns:
            labels = meta.variable_value_labels[name]
            expect(meta.missing_ranges[name][0]["hi"] == -1, f"missing values of {name}")
            decoded = [
                states.get(v) or code_of.get((name, beginning(labels.get(v, "")))) or f"{v:g}"
                for v in told[name]
            ]
            expect(decoded == list(rows[name]), f"{name} in the sav")
        else:
            options = [c for c in told.columns if c.startswith(name + "__")]
            expect(options, f"{name} is not in the sav")
            for row, cell_of_csv in enumerate(rows[name]):
                values = {c: told[c].iat[row] for c in options}
                chosen = ";".join(c[len(name) + 2 :] for c, v in values.items() if v == 1)
                state = states.get(next(iter(values.values())))
                expect((state or chosen) == cell_of_csv, f"{name}, row {row}, in the sav")


def codebook(folder, names, schema):
    document = etree.parse(folder / "release.ddi")
    variables = document.findall(f".//{NAMESPACE}var")
    expect([v.get("name") for v in variables] == names[2:], "columns of the codebook")
    if schema:
        checker = etree.XMLSchema(etree.parse(schema))
        expect(checker.validate(document), f"DDI: {checker.error_log.last_error}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--ddi-schema")
    given = arguments.parse_args()
    package = unpacked(given.folder)
    rows = pd.read_csv(package / "responses.csv", dtype=str, keep_default_na=False)
    utility = json.loads((package / "utility.json").read_text())
    checksums(package)
    data_package(package)
    k = anonymous(rows, utility)
    same_everywhere(given.folder, package, rows)
    spss(given.folder, rows)
    codebook(given.folder, list(rows.columns), given.ddi_schema)
    if found:
        print("\n".join(found))
        sys.exit(1)
    print(f"{len(rows)} rows, {len(rows.columns)} columns, k = {k}: as claimed, in every format")


main()
