//! `README.zh.md` and `README.en.md`.

use crate::{lang::Lang, open_data::datapackage::Study};

/// What is in the folder, what was done to the data, and what may be done with it. `k` is the
/// smallest group in the file of single answers, if there is one.
#[must_use]
pub fn readme(lang: Lang, study: &Study, k: Option<usize>) -> String {
    match lang {
        Lang::Zh => zh(study, k),
        Lang::En => en(study, k),
    }
}

fn zh(study: &Study, k: Option<usize>) -> String {
    let title = study.title.get(Lang::Zh);
    let (release, date, n) = (study.release, &study.date, study.n);
    let mut text = format!(
        "# {title}：第 {release} 次公布\n\n\
         {date}，问卷版本 {wave}，约 {n} 人作答（取整到 5）。\n\n\
         答卷的人是自己来的，不是抽样来的：数字说的是回答了的人，不代表公众。\n\n",
        wave = study.wave
    );
    if let Some(k) = k {
        text.push_str(&format!(
            "## 单份回答\n\n\
             `responses.csv` 有 {rows} 行，每行是一位同意公开并被抽中的人；抽没抽中，没有人知道。\
             背景分成较粗的组，每一种背景组合至少有 {k} 行，每个敏感问题在组里至少有两种回答。\
             不符合的格子写成 `*`。文字、时间、顺序都不在文件里，`id` 是随机的。\n\n\
             k-匿名不是保证：知道得比这些列更多的人，仍有可能认出某个人。\
             **请不要设法查出任何人是谁；转给别人时，也附上这个条件。**\n\n\
             三种状态：`skipped` 看到了没有回答，`not_asked` 没有问到，`*` 为保护匿名而不公开。\n\n\
             | 文件 | 给谁用 |\n|---|---|\n\
             | `responses.csv` | 程序：代码，UTF-8，无 BOM |\n\
             | `responses.excel.csv`、`responses.xlsx` | 电子表格 |\n\
             | `responses.jsonl`、`responses.parquet` | 程序 |\n\
             | `responses.sav` | SPSS，带中英文标签和缺失值 |\n\
             | `load.do`、`load.R`、`load.py` | 把 `responses.csv` 连标签读进 Stata、R、Python |\n\
             | `datapackage.json`、`codebook.xml` | 各列的说明：Data Package 2.0，DDI-Codebook 2.6 |\n\
             | `utility.json` | 匿名化保留了什么、失去了什么 |\n\
             | `relations.json` | 登记过的假设要看的相关和斜率，由这些行算出 |\n\n\
             表格文件放不下的行数（1048575 行以上）不做 `responses.xlsx`。\n\n",
            rows = study.rows
        ));
    }
    text.push_str(
        "## 汇总表\n\n\
         `tables/` 里每个问题一个文件，`aggregates.csv` 和 `aggregates.json` 是全部。\
         少于 10 的数写成 `fewer_than_10`，其余取整到 5；为了不让隐藏的数被算出来，有的格子也不公开（`withheld`）。\
         `audit.json` 写明每个隐藏的数还可能是多少，`release.json` 写明规则。\n\n\
         ## 其余\n\n\
         - `codebook.zh.html`、`codebook.en.html`：可以直接读的编码手册\n\
         - `instrument.json`：问卷全文\n\
         - `CITATION.cff`、`datacite.json`：怎么引用\n\
         - `SHA256SUMS`：运行 `sha256sum --check SHA256SUMS` 核对全部文件\n\n\
         ## 许可\n\n\
         CC BY 4.0：注明出处即可使用。",
    );
    if let Some(url) = &study.url {
        text.push_str(&format!("出处：{url}"));
    }
    text.push('\n');
    text
}

fn en(study: &Study, k: Option<usize>) -> String {
    let title = study.title.get(Lang::En);
    let (release, date, n) = (study.release, &study.date, study.n);
    let mut text = format!(
        "# {title}: release {release}\n\n\
         {date}, questionnaire version {wave}, about {n} people (rounded to 5).\n\n\
         Those who answered chose themselves; they were not sampled. The numbers tell of those who \
         answered, not of the public.\n\n",
        wave = study.wave
    );
    if let Some(k) = k {
        text.push_str(&format!(
            "## Single answers\n\n\
             `responses.csv` holds {rows} rows. Each is a person who agreed to it and was drawn by \
             lot; who was drawn is known to nobody. Background is told in coarse groups: every \
             combination of it stands in at least {k} rows, with at least two different answers to \
             each sensitive question among them. What would break that is `*`. There are no texts, \
             no times and no order, and `id` is random.\n\n\
             k-anonymity is not a guarantee: whoever knows more than these columns may still \
             recognise somebody. **Do not try to find out who anybody is, and pass the file on \
             only under this condition.**\n\n\
             Three states: `skipped` was left blank, `not_asked` did not come up, `*` is not told, \
             to protect anonymity.\n\n\
             | File | For |\n|---|---|\n\
             | `responses.csv` | programs: codes, UTF-8 without a byte order mark |\n\
             | `responses.excel.csv`, `responses.xlsx` | spreadsheets |\n\
             | `responses.jsonl`, `responses.parquet` | programs |\n\
             | `responses.sav` | SPSS, with labels in both languages and user-missing values |\n\
             | `load.do`, `load.R`, `load.py` | reading `responses.csv` with labels into Stata, R, Python |\n\
             | `datapackage.json`, `codebook.xml` | its columns: Data Package 2.0, DDI-Codebook 2.6 |\n\
             | `utility.json` | what anonymising kept and what it cost |\n\
             | `relations.json` | correlations and slopes that registered hypotheses ask for, from these rows |\n\n\
             With more rows than a sheet can hold (1,048,575) there is no `responses.xlsx`.\n\n",
            rows = study.rows
        ));
    }
    text.push_str(
        "## Tables\n\n\
         `tables/` has a file for each question; `aggregates.csv` and `aggregates.json` hold all \
         of them. Counts below 10 are `fewer_than_10`, others are rounded to 5; some cells are \
         `withheld` so that hidden ones cannot be computed. `audit.json` says what each hidden \
         count can still be, `release.json` under which rules.\n\n\
         ## The rest\n\n\
         - `codebook.en.html`, `codebook.zh.html`: the codebook to read\n\
         - `instrument.json`: the questionnaire in full\n\
         - `CITATION.cff`, `datacite.json`: how to cite\n\
         - `SHA256SUMS`: run `sha256sum --check SHA256SUMS` to check every file\n\n\
         ## Licence\n\n\
         CC BY 4.0: use it for anything, and name the source.",
    );
    if let Some(url) = &study.url {
        text.push_str(&format!(" It is {url}"));
    }
    text.push('\n');
    text
}
