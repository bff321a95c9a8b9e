"""Turns exported worksheets into XForms, as ODK's own converter does, and passes cases through.

    python3 xforms.py cases.jsonl > forms.jsonl
"""

import io
import json
import sys

from openpyxl import Workbook
from pyxform.xls2xform import convert


def workbook(sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out


for line in open(sys.argv[1], encoding="utf-8"):
    value = json.loads(line)
    if "sheets" in value:
        form = convert(workbook(value["sheets"]), file_type=".xlsx")
        if form.warnings:
            sys.exit(f"{value['name']}: {form.warnings}")
        del value["sheets"]
        line = json.dumps(value | {"xform": form.xform}) + "\n"
    sys.stdout.write(line)
