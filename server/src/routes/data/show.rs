//! `GET /{lang}/data`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    charts::{date, grouped},
    i18n::t,
    pages::data::{DataPage, DataPageProps, DataView, Download, ReleaseFiles, SingleAnswers},
    shell::Nav,
};
use partake_core::disclosure::Parameters;
use partake_core::lang::Lang;
use partake_store::releases::{FileInfo, Release};

use crate::{
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
    release::{
        AGGREGATES, AGGREGATES_CSV, AUDIT, BACKGROUND, CODEBOOK, CODEBOOK_CSV, CODEBOOK_XML,
        DATAPACKAGE, INSTRUMENT, MANIFEST, RESPONSES, RESPONSES_LINES, RESPONSES_SPREADSHEET, SUMS,
        UTILITY,
    },
    state::AppState,
};

use super::single::single_answers;

/// Files that tell single answers.
const SINGLE: [&str; 3] = [RESPONSES, RESPONSES_SPREADSHEET, RESPONSES_LINES];

pub(super) async fn show(
    State(state): State<AppState>,
    page: PageContext,
    survey: CurrentSurvey,
) -> Result<Response, PageError> {
    let lang = page.lang;
    let wave = &survey.wave;
    let api_base = if survey.prefix.is_empty() {
        "/api/v1".to_owned()
    } else {
        format!("/api/v1/surveys/{}", wave.survey)
    };
    let mut releases = Vec::new();
    for (place, release) in state.store.releases(&wave.survey).await?.iter().enumerate() {
        let files = state
            .store
            .release_files(&wave.survey, release.number)
            .await?;
        let columns = place == 0;
        let single = single_answers(&state, lang, release, columns).await?;
        releases.push(files_of(lang, &api_base, release, files, single)?);
    }
    let view = DataView {
        lang,
        survey_base: survey.base(lang),
        survey_title: wave.instrument.title.get(lang).to_owned(),
        site: state.config.base_url().to_owned(),
        instrument: Download {
            name: format!("{}-{}.json", wave.survey, wave.version),
            about: t(lang, "results-instrument-about"),
            href: format!("{api_base}/instrument"),
            size: size(wave.json.len()),
            sha256: wave.sha256.clone(),
            terms: false,
        },
        version: wave.version.clone(),
        releases,
        api_base,
    };
    let shell = page.shell(
        format!("{}/data", survey.prefix),
        t(lang, "results-data-title"),
        Nav::Data,
    );
    Ok(page.respond(StatusCode::OK, shell, move || {
        DataPage(DataPageProps { view })
    }))
}

fn files_of(
    lang: Lang,
    api_base: &str,
    release: &Release,
    mut files: Vec<FileInfo>,
    single: Option<SingleAnswers>,
) -> Result<ReleaseFiles, PageError> {
    let rules: Parameters = serde_json::from_str(&release.params).map_err(PageError::internal)?;
    files.sort_by_key(|file| (place(&file.name), file.name.clone()));
    Ok(ReleaseFiles {
        looser: !rules.at_least_as_strict(&Parameters::default()),
        number: release.number,
        date: date(lang, &release.day),
        year: release.day.split('-').next().unwrap_or_default().to_owned(),
        n: grouped(u64::try_from(release.n).unwrap_or_default()),
        files: files
            .into_iter()
            .map(|file| Download {
                about: t(lang, about(&file.name)),
                href: format!("{api_base}/releases/{}/files/{}", release.number, file.name),
                size: size(usize::try_from(file.size).unwrap_or_default()),
                sha256: file.sha256,
                terms: SINGLE.contains(&file.name.as_str()),
                name: file.name,
            })
            .collect(),
        single,
    })
}

/// What most people want comes first.
fn place(name: &str) -> usize {
    [
        RESPONSES,
        RESPONSES_SPREADSHEET,
        RESPONSES_LINES,
        AGGREGATES_CSV,
        CODEBOOK_CSV,
        AGGREGATES,
        AUDIT,
        CODEBOOK,
        INSTRUMENT,
        CODEBOOK_XML,
        UTILITY,
        DATAPACKAGE,
        BACKGROUND,
        MANIFEST,
        SUMS,
    ]
    .iter()
    .position(|known| *known == name)
    .unwrap_or(usize::MAX)
}

fn about(name: &str) -> &'static str {
    match name {
        AGGREGATES => "results-file-aggregates-json",
        AUDIT => "results-file-audit-json",
        AGGREGATES_CSV => "results-file-aggregates-csv",
        CODEBOOK => "results-file-codebook-json",
        CODEBOOK_CSV => "results-file-codebook-csv",
        RESPONSES => "results-file-responses",
        RESPONSES_SPREADSHEET => "results-file-responses-excel",
        RESPONSES_LINES => "results-file-responses-jsonl",
        UTILITY => "results-file-utility",
        CODEBOOK_XML => "results-file-codebook-xml",
        DATAPACKAGE => "results-file-datapackage",
        INSTRUMENT => "results-file-instrument-json",
        BACKGROUND => "charts-file-background",
        MANIFEST => "results-file-release-json",
        SUMS => "results-file-sums",
        _ => "results-file-other",
    }
}

/// A size with the unit that keeps it short.
fn size(bytes: usize) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let tenths = bytes / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}
