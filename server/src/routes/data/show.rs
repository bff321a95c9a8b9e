//! `GET /{lang}/data`.

use axum::{extract::State, http::StatusCode, response::Response};
use partake_app::{
    charts::{date, grouped},
    i18n::t,
    pages::data::{DataPage, DataPageProps, DataView, Download, ReleaseFiles, SingleAnswers},
    shell::{Module, Nav},
};
use partake_core::disclosure::Parameters;
use partake_core::lang::Lang;
use partake_store::releases::{FileInfo, Release};

use crate::{
    error::PageError,
    extract::CurrentSurvey,
    page::PageContext,
    release::{ARCHIVE, SINGLE, TABLES},
    state::AppState,
};

use super::{
    groups::{about, grouped_files},
    single::single_answers,
};

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
            size: size(wave.json.len() as u64),
            sha256: wave.sha256.clone(),
            terms: false,
        },
        version: wave.version.clone(),
        releases,
        api_base,
    };
    let mut shell = page.shell(
        format!("{}/data", survey.prefix),
        t(lang, "results-data-title"),
        Nav::Data,
    );
    if !view.releases.is_empty() {
        shell.module = Some(Module::Islands);
    }
    Ok(page.respond(StatusCode::OK, shell, move || {
        DataPage(DataPageProps { view })
    }))
}

fn files_of(
    lang: Lang,
    api_base: &str,
    release: &Release,
    files: Vec<FileInfo>,
    single: Option<SingleAnswers>,
) -> Result<ReleaseFiles, PageError> {
    let rules: Parameters = serde_json::from_str(&release.params).map_err(PageError::internal)?;
    let of_people = files
        .iter()
        .any(|file| SINGLE.contains(&file.name.as_str()));
    let mut archive = None;
    let mut tables = Vec::new();
    let mut others = Vec::new();
    for file in files {
        let ends_it = file.name.ends_with(ARCHIVE);
        let download = Download {
            about: t(lang, about(&file.name)),
            href: format!("{api_base}/releases/{}/files/{}", release.number, file.name),
            size: size(u64::try_from(file.size).unwrap_or_default()),
            sha256: file.sha256,
            terms: SINGLE.contains(&file.name.as_str()) || (ends_it && of_people),
            name: file.name,
        };
        if ends_it {
            archive = Some(download);
        } else if download.name.starts_with(TABLES) {
            tables.push(download);
        } else {
            others.push(download);
        }
    }
    let year = release.day.split('-').next().unwrap_or_default();
    Ok(ReleaseFiles {
        looser: !rules.at_least_as_strict(&Parameters::default()),
        number: release.number,
        date: date(lang, &release.day),
        year: year.to_owned(),
        cite_key: format!("{}_{year}_{}", release.survey, release.number),
        n: grouped(u64::try_from(release.n).unwrap_or_default()),
        archive,
        groups: grouped_files(others),
        tables,
        single,
    })
}

/// A size with the unit that keeps it short.
fn size(bytes: u64) -> String {
    let mut tenths = bytes.saturating_mul(10);
    let mut units = ["B", "kB", "MB", "GB", "TB"].into_iter();
    let mut unit = units.next().unwrap_or_default();
    while tenths >= 10_000 {
        let Some(next) = units.next() else { break };
        tenths /= 1000;
        unit = next;
    }
    if unit == "B" || tenths >= 1000 {
        format!("{} {unit}", tenths / 10)
    } else {
        format!("{}.{} {unit}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_has_the_unit_that_keeps_it_short() {
        let sizes = [999, 1000, 34_567, 456_789, 1_234_567_890].map(size);
        assert_eq!(sizes, ["999 B", "1.0 kB", "34.5 kB", "456 kB", "1.2 GB"]);
    }
}
