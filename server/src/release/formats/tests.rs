//! Labels that are unkind to a format come out whole, and run nowhere.

use std::{
    fs::File,
    io::{Cursor, Write as _},
    path::Path,
};

use partake_core::{
    lang::{Lang, Text},
    open_data::{
        Code, Format, Role, Study, Values, Variable, codebook_html, codebook_xml, datapackage_json,
        load_r, load_stata,
    },
};
use tempfile::TempDir;

use super::{Form, Table, xlsx::most_bytes};

fn unkind() -> Vec<String> {
    vec![
        "say \"yes\", or 'no'".to_owned(),
        "two\nlines\r\nand more".to_owned(),
        "=HYPERLINK(\"http://evil\")".to_owned(),
        "+1; @SUM(A1) -2".to_owned(),
        "`=1' $HOME \\ </td><script>alert(1)</script> ]]>".to_owned(),
        "长".repeat(300),
        "参与 mixed 文字 العربية".to_owned(),
    ]
}

fn variables() -> Vec<Variable> {
    let codes: Vec<Code> = unkind()
        .into_iter()
        .enumerate()
        .map(|(at, label)| Code {
            code: format!("c{at}"),
            label: Text::new(label.clone(), label),
            missing: false,
        })
        .collect();
    let of = |name: &str, values| Variable {
        name: name.to_owned(),
        question: name.to_owned(),
        part: None,
        title: Text::new("题 \"甲\", 乙", "=A question, \"quoted\"\nin two lines"),
        part_label: None,
        role: Role::Plain,
        values,
    };
    vec![
        of("one", Values::Codes(codes.clone())),
        of("many", Values::Sets(codes)),
    ]
}

fn study() -> Study {
    Study {
        survey: "s".to_owned(),
        title: Text::new("题", "T & <b>"),
        release: 1,
        date: "2026-11-30".to_owned(),
        wave: "1".to_owned(),
        n: 40,
        rows: unkind().len(),
        publisher: None,
        url: None,
    }
}

fn written(folder: &Path, form: Form) -> Vec<u8> {
    let variables = variables();
    let csv = folder.join("codes.csv");
    let lines = Format::Csv.lines(&variables);
    let mut text = lines.begin();
    for at in 0..unkind().len() {
        let (one, many) = (format!("c{at}"), format!("c{at};c0"));
        lines.push(&mut text, ["id", "1", &one, &many]);
    }
    std::fs::write(&csv, text).expect("a file");
    let table = Table::new(variables, &csv, unkind().len());
    let path = folder.join("out");
    let mut out = File::create(&path).expect("a file");
    form.write(&mut out, &table, "2026-11-30")
        .expect("it is written");
    out.flush().expect("it is written");
    std::fs::read(path).expect("a file")
}

#[test]
fn spreadsheets_get_every_label_and_run_none() {
    let folder = TempDir::new().expect("a folder");
    let bytes = written(folder.path(), Form::Spreadsheet);
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("the mark");
    let mut reader = csv::Reader::from_reader(text);
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), unkind().len());
    for (row, label) in rows.iter().zip(unkind()) {
        let cell = &row[2];
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), label);
        assert!(row[3].contains(&label));
    }
}

/// A sheet that turns out larger than was said before it was begun could not be written.
#[test]
fn the_sheet_of_rows_is_never_larger_than_was_reckoned() {
    let folder = TempDir::new().expect("a folder");
    let book = Cursor::new(written(folder.path(), Form::Xlsx));
    let mut book = zip::ZipArchive::new(book).expect("a workbook");
    let sheet = book.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
    let table = Table::new(
        variables(),
        &folder.path().join("codes.csv"),
        unkind().len(),
    );
    let reckoned = most_bytes(&table).expect("a size");
    assert!(sheet.size() <= reckoned, "{} {reckoned}", sheet.size());
}

#[test]
fn every_other_form_is_written_whatever_the_labels() {
    let folder = TempDir::new().expect("a folder");
    for form in Form::ALL {
        let again = written(folder.path(), form);
        assert_eq!(
            written(folder.path(), form),
            again,
            "{form:?} differs when made again"
        );
        assert!(!again.is_empty());
    }
    let lines = String::from_utf8(written(folder.path(), Form::JsonLines)).expect("UTF-8");
    for line in lines.lines() {
        let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(object["many"].as_array().map(Vec::len), Some(2));
    }
}

#[test]
fn documents_and_loaders_hold_the_labels_as_text() {
    let (study, variables) = (study(), variables());
    for lang in Lang::ALL {
        let page = codebook_html(lang, &study, &variables, &[]);
        assert!(!page.contains("<script") && page.contains("&lt;script"));
    }
    let xml = codebook_xml(&study, &variables);
    assert!(!xml.contains("<script") && !xml.contains("]]>"));
    let json = datapackage_json(&study, &variables, "responses.csv", &[], &[]);
    let json = json.expect("JSON");
    serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
    let stata = load_stata(&study, &variables);
    for line in stata
        .lines()
        .filter(|line| line.starts_with("label define"))
    {
        assert_eq!(line.matches('"').count(), 2, "{line}");
        assert!(!line.contains(['`', '$', '\\']), "{line}");
    }
    let r = load_r(&study, &variables);
    for line in r.lines().filter(|line| line.starts_with("    \"")) {
        let inside = line.trim().trim_end_matches([',', ')']);
        let inside = inside.replace("\\\\", "").replace("\\\"", "");
        assert_eq!(inside.matches('"').count(), 2, "{line}");
    }
}
