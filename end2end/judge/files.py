"""An independent reader of the published single answers.

Nothing here comes from Partake's own code. From a folder into which `partake export` wrote every
format of one release, it checks that

- every checksum holds, by sha256sum too, and the Data Package is valid, and that a changed byte
  is noticed;
- k, l and t, computed by pycanon from responses.csv alone, are what utility.json claims;
- what the registered hypotheses read off the rows is what pandas computes from them;
- every format tells the same answers;
- the DDI codebook names every column, and is valid where a schema is given;
- the DataCite record is valid, the codebooks load nothing, and the loaders give the answers with
  their labels (the ones for R and Stata where these programs are installed).

    files.py FOLDER [--ddi-schema codebook.xsd]

Ends with 1 and a list of what it found, or with 0 and a line of figures.
"""

import argparse
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import zipfile

import jsonschema
import numpy as np
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
    there = {str(path.relative_to(package)) for path in package.rglob("*") if path.is_file()}
    there -= {"SHA256SUMS"}
    expect(named == there, f"files without a checksum: {sorted(there ^ named)}")
    summed = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=package
    )
    expect(summed.returncode == 0, "sha256sum")


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
    for form in ("csv", "jsonl", "xlsx", "parquet", "sav"):
        exported, published = folder / f"release.{form}", package / f"responses.{form}"
        expect(exported.read_bytes() == published.read_bytes(), f"the exported {form}")
    table = parquet.read_table(folder / "release.parquet").to_pandas()
    expect(list(table.columns) == names and table.values.tolist() == cells, "parquet")
    sheet = openpyxl.load_workbook(folder / "release.xlsx", read_only=True)["responses"]
    lines = [[cell(c) for c in line] for line in sheet.iter_rows(values_only=True)]
    expect(lines == [names, *cells], "xlsx")
    objects = map(json.loads, (package / "responses.jsonl").read_text().splitlines())
    expect([[cell(o[n]) for n in names] for o in objects] == cells, "jsonl")
    labelled = (package / "responses.excel.csv").read_bytes()
    expect(labelled.startswith(b"\xef\xbb\xbf"), "the mark of the file for spreadsheets")
    words = pd.read_csv(package / "responses.excel.csv", dtype=str, keep_default_na=False)
    expect(list(words.columns) == names and list(words["id"]) == list(rows["id"]), "excel.csv")
    formulas = words.map(lambda text: text[:1] in set("=+-@") and not text[1:2].isdigit())
    expect(not formulas.any(axis=None), "a formula in the file for spreadsheets")


def relations(package, rows):
    """Recomputes what relations.json says, with the values that the questionnaire declares."""
    instrument = json.loads((package / "instrument.json").read_text())
    questions = {q["id"]: q["kind"] for s in instrument["sections"] for q in s["questions"]}

    def numbers(question):
        kind = questions[question]
        if kind["type"] == "slider":
            return pd.to_numeric(rows[question], errors="coerce")
        values = {o["code"]: o["value"] for o in kind["options"] if not o["missing"]}
        return rows[question].map(values).astype(float)

    scale = {
        "ai_use": numbers("ai_use"),
        "taking_part": numbers("taking_part"),
        "crumple_gap": numbers("blame_share") - numbers("control_share"),
        "automation_position": numbers("ai_mode"),
        "override_power": numbers("override_cost"),
    }
    said = {r["hypothesis"]: r for r in json.loads((package / "relations.json").read_text())}
    expect(set(said) == {"H0", "H3", "H5"}, f"hypotheses read off the rows: {sorted(said)}")
    for hypothesis, first, second in [
        ("H0", "ai_use", "taking_part"),
        ("H3", "crumple_gap", "automation_position"),
    ]:
        pair = pd.DataFrame([scale[first], scale[second]]).T.dropna()
        rho = pair.rank().corr().iat[0, 1]
        told = said[hypothesis]
        expect(told["n"] == len(pair), f"n of {hypothesis} is {len(pair)}")
        expect(abs(told["found"]["value"] - rho) < 1e-4, f"{hypothesis} is {rho}")
    model = pd.DataFrame({n: scale[n] for n in ("override_power", "ai_use", "taking_part")})
    model = model.dropna()
    between = model.corr().to_numpy()
    slopes = np.linalg.solve(between[:2, :2], between[:2, 2])
    told = said["H5"]
    expect(told["n"] == len(model), f"n of H5 is {len(model)}")
    expect(abs(told["found"]["value"] - (slopes[0] - slopes[1])) < 2e-4, f"H5 is {slopes}")


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


def citation(package):
    place = pathlib.Path(jsonschema.__file__).parent.parent / "datacite/schemas"
    schema = json.loads((place / "datacite-v4.5.json").read_text())
    record = json.loads((package / "datacite.json").read_text())
    for error in jsonschema.Draft7Validator(schema).iter_errors(record):
        expect(False, f"datacite.json: {error.message}")


def pages(package):
    for lang in ("zh", "en"):
        page = (package / f"codebook.{lang}.html").read_text()
        root = etree.HTML(page)
        expect(not root.xpath("//script | //link | //img | //iframe | //@src"), "a page loads")
        expect(not root.xpath("//@*[starts-with(name(), 'on')]"), "a page runs something")
        expect(len(root.xpath("//h3[@id]")) > 100, f"columns of codebook.{lang}.html")


def loaders(package, rows):
    """The loader for Python is run; it gives one row a person and labels that decode."""
    sys.path.insert(0, str(package))
    from load import load

    for lang in ("zh", "en"):
        answers = load(package, lang)
        expect(len(answers) == len(rows), "rows of load.py")
        numbers = [c for c in answers.columns if pd.api.types.is_numeric_dtype(answers[c])]
        expect(numbers, "load.py gives no numbers")
    options = [c for c in answers.columns if str(answers[c].dtype) == "boolean"]
    expect(options, "load.py gives no options of sets")
    for column in options:
        name, option = column.rsplit("__", 1)
        chosen = rows[name].str.split(";").map(lambda codes: option in codes)
        told = answers[column].fillna(False).astype(bool)
        expect(told.eq(chosen).all(), f"{column} in load.py")
    if shutil.which("Rscript"):
        script = (
            'source("load.R", encoding = "UTF-8"); a <- load_answers(lang = "zh");'
            f"stopifnot(nrow(a) == {len(rows)}, is.factor(a$employment), !anyNA(a$employment))"
        )
        done = subprocess.run(["Rscript", "--vanilla", "-e", script], cwd=package)
        expect(done.returncode == 0, "load.R")
    else:
        print("NOT run: load.R, because R is not installed")
    commands = (package / "load.do").read_text().splitlines()
    quotes = [line for line in commands if not line.startswith("*") and line.count('"') % 2]
    expect(not quotes, f"load.do: an open quotation mark: {quotes[:1]}")
    named = {line.split()[2] for line in commands if line.startswith("generate ")}
    expect(all(len(name) <= 32 for name in named), "load.do: a name is too long for Stata")
    wanted = {name for name in rows.columns[2:]}
    expect(len(named) >= len(wanted), "load.do leaves columns out")


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
    relations(package, rows)
    same_everywhere(given.folder, package, rows)
    spss(given.folder, rows)
    codebook(given.folder, list(rows.columns), given.ddi_schema)
    citation(package)
    pages(package)
    loaders(package, rows)
    if found:
        print("\n".join(found))
        sys.exit(1)
    print(f"{len(rows)} rows, {len(rows.columns)} columns, k = {k}: as claimed, in every format")


main()
