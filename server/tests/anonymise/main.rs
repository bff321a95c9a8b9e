//! `partake anonymise` as it is called: files in, files out, one line when something is wrong.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{
    fs,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

const AGES: &str = "20;20-29;*\n25;20-29;*\n31;30-39;*\n38;30-39;*\n";
const SPEC: &str = "\
columns:
  id: {role: drop}
  age: {role: quasi_identifier, hierarchy: ages.csv}
  town: {role: insensitive}
  ill: {role: sensitive}
k: 2
suppression_limit: 0.5
method: full_domain
";
const TABLE: &str = "\
id,age,town,ill
1,20,\"Ulm, upper\",yes
2,25,Bonn,no
3,31,Köln,no
4,38,Ulm,yes
5,31,Bonn,no
";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.write("ages.csv", AGES);
        folder.write("spec.yaml", SPEC);
        folder.write("table.csv", TABLE);
        folder
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn run(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_partake"))
            .current_dir(self.0.path())
            .args(["anonymise", "--input", "table.csv", "--spec", "spec.yaml"])
            .args(["--out", "out.csv", "--report", "report.json"])
            .args(more)
            .output()
            .unwrap()
    }

    /// The line that says what is wrong; nothing may have been written.
    fn refused(&self, more: &[&str]) -> String {
        let output = self.run(more);
        assert!(!output.status.success());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        assert!(!self.0.path().join("out.csv").exists(), "{said}");
        assert!(!self.0.path().join("report.json").exists(), "{said}");
        said
    }
}

#[test]
fn the_output_keeps_columns_and_rows_and_the_report_says_what_it_cost() {
    let folder = Folder::new();
    let output = folder.run(&[]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        folder.read("out.csv").replace("\r\n", "\n"),
        "age,town,ill\n20-29,\"Ulm, upper\",yes\n20-29,Bonn,no\n30-39,Köln,no\n30-39,Ulm,yes\n30-39,Bonn,no\n"
    );
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(
        (&report["n"], &report["k"], &report["classes"]),
        (&5.into(), &2.into(), &2.into())
    );
    assert_eq!(report["node"]["age"], 1);
    assert_eq!(report["l"]["ill"], 2);
    assert_eq!(report["suppressed_rows"], 0);
    assert_eq!(report["discernibility"], 13);
    // One of three steps from a leaf to all four leaves.
    assert!((report["gcp"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-9);
    for field in ["t", "c_avg", "seconds"] {
        assert!(!report[field].is_null(), "{field}");
    }
}

#[test]
fn the_command_line_wins_over_the_specification() {
    let folder = Folder::new();
    assert!(folder.run(&["--k", "5"]).status.success());
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!((&report["k"], &report["classes"]), (&5.into(), &1.into()));
    assert!(folder.read("out.csv").contains("*,Bonn"));
}

#[test]
fn a_byte_order_mark_and_foreign_line_ends_change_nothing() {
    let folder = Folder::new();
    folder.run(&[]);
    let plain = folder.read("out.csv");
    folder.write(
        "table.csv",
        format!("\u{feff}{}", TABLE.replace('\n', "\r\n")),
    );
    assert!(folder.run(&[]).status.success());
    assert_eq!(folder.read("out.csv"), plain);
}

#[test]
fn a_seed_shuffles_the_rows_and_loses_none() {
    let folder = Folder::new();
    folder.run(&[]);
    let mut ordered: Vec<String> = folder.read("out.csv").lines().map(str::to_owned).collect();
    folder.run(&["--shuffle-seed", "4"]);
    let mut shuffled: Vec<String> = folder.read("out.csv").lines().map(str::to_owned).collect();
    assert_ne!(ordered, shuffled);
    ordered.sort();
    shuffled.sort();
    assert_eq!(ordered, shuffled);
}

#[test]
fn local_recoding_has_no_node() {
    let folder = Folder::new();
    folder.write("spec.yaml", SPEC.replace("full_domain", "local_recoding"));
    assert!(folder.run(&[]).status.success());
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert!(report["node"].is_null());
    assert_eq!(report["k"], 2);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    type Break = fn(&Folder);
    let cases: &[(Break, &str)] = &[
        (|f| f.write("table.csv", ""), "table.csv: the file is empty"),
        (
            |f| f.write("table.csv", "id,age,town,ill\n1,20,x\n"),
            "table.csv:2: ",
        ),
        (
            |f| f.write("table.csv", "age,age,town,ill\n20,20,x,no\n"),
            "`age` stands twice",
        ),
        (
            |f| f.write("table.csv", "id,age,town\n1,20,x\n"),
            "`ill` is missing",
        ),
        (
            |f| f.write("table.csv", "id,age,town,ill,name\n1,20,x,no,Ann\n"),
            "`name` is not named in spec.yaml",
        ),
        (
            |f| f.write("table.csv", TABLE.replace("38", "39")),
            "`39` is not among the values",
        ),
        (
            |f| f.write("table.csv", "id,age,town,ill\n1,20,\"x,no\n2,25,y,no\n"),
            "table.csv",
        ),
        (
            |f| f.write("table.csv", "id,age,town,ill\n1,20,x,no,more\n"),
            "table.csv:2: 5 columns where the header has 4",
        ),
        (|f| f.write("ages.csv", "20;*\n20;*\n"), "ages.csv"),
        (|f| f.write("ages.csv", "20;20-29;*\n25;*\n"), "ages.csv"),
        (|f| f.write("ages.csv", ""), "ages.csv"),
        (
            |f| f.write("spec.yaml", SPEC.replace("ages.csv", "none.csv")),
            "none.csv",
        ),
        (
            |f| f.write("spec.yaml", SPEC.replace(", hierarchy: ages.csv", "")),
            "spec.yaml:3:3: column `age` has no `hierarchy`",
        ),
        (
            |f| f.write("spec.yaml", SPEC.replace("role: drop", "role: key")),
            "spec.yaml:2:",
        ),
        (
            |f| f.write("table.csv", b"id,age,town,ill\n1,20,\xff,no\n"),
            "table.csv:2: ",
        ),
    ];
    for (spoil, said) in cases {
        let folder = Folder::new();
        spoil(&folder);
        let line = folder.refused(&[]);
        assert!(line.contains(said), "{line} does not say {said}");
    }
}

#[test]
fn quotation_marks_and_lines_inside_a_value_come_out_as_they_went_in() {
    let folder = Folder::new();
    let town = "\"Ulm, \"\"upper\"\"\r\npart\"";
    folder.write("table.csv", TABLE.replace("\"Ulm, upper\"", town));
    assert!(folder.run(&[]).status.success());
    assert!(folder.read("out.csv").contains(town));
}

#[test]
fn rules_that_cannot_be_kept_are_refused() {
    let folder = Folder::new();
    assert!(folder.refused(&["--k", "0"]).contains("k is 0"));
    assert!(folder.refused(&["--k", "6"]).contains("there are 5 rows"));
    assert!(folder.refused(&["--l", "3"]).contains("l is 3"));
}

#[test]
fn what_is_no_file_is_left_alone_and_a_link_is_followed() {
    let folder = Folder::new();
    let out = folder.0.path().join("out.csv");
    let _socket = std::os::unix::net::UnixListener::bind(&out).unwrap();
    let output = folder.run(&[]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("out.csv is not a file"), "{said}");
    assert!(!fs::metadata(&out).unwrap().is_file(), "it is what it was");

    fs::remove_file(&out).unwrap();
    folder.write("elsewhere.csv", "before");
    std::os::unix::fs::symlink("elsewhere.csv", &out).unwrap();
    assert!(folder.run(&[]).status.success());
    assert!(folder.read("elsewhere.csv").starts_with("age,town,ill"));
    assert!(fs::symlink_metadata(&out).unwrap().is_symlink());
}
