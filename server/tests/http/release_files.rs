//! The files of a release: all of them, the same every time, whole or in parts, and never half.

use std::{collections::BTreeMap, io::Read as _, path::PathBuf};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use partake_core::disclosure::Parameters;
use partake_server::{
    config::DatabaseArgs,
    release::{CutError, Outcome, Publisher},
    storage::FileStorage,
};
use partake_store::{Content, NewFile, NewRelease, Store, backup::restore};
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

use crate::support::{
    TestSite,
    people::{self, publisher, released, submit},
};

const SURVEY: &str = "partake_core";

async fn filled() -> TestSite {
    let site = TestSite::new().await;
    submit(&site, 700, 4).await;
    site
}

async fn with_release() -> TestSite {
    let site = filled().await;
    released(&site, 7, &Parameters::default(), false).await;
    site
}

async fn attempt(publisher: &Publisher, seed: u64) -> Result<Outcome, CutError> {
    people::attempt(publisher, seed, &Parameters::default(), false).await
}

async fn ask(
    site: &TestSite,
    method: Method,
    name: &str,
    more: &[(header::HeaderName, &str)],
) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/api/v1/releases/1/files/{name}"))
        .header(header::ACCEPT_ENCODING, "gzip, br");
    for (name, value) in more {
        request = request.header(name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    let answer = site
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status, parts.headers, body.to_vec())
}

async fn whole(site: &TestSite, name: &str) -> Vec<u8> {
    let (status, _, body) = ask(site, Method::GET, name, &[]).await;
    assert_eq!(status, StatusCode::OK, "{name}");
    body
}

fn hash(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn sums(publisher: &Publisher, number: i64) -> BTreeMap<String, String> {
    let files = publisher.store.release_files(SURVEY, number).await;
    let files = files.expect("files").into_iter();
    files.map(|file| (file.name, file.sha256)).collect()
}

/// Where the site keeps its files.
fn folder(site: &TestSite) -> PathBuf {
    site.state.files.folder().expect("a folder").to_owned()
}

fn files_in(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_in(&path));
        } else if path.file_name().is_some_and(|name| name != "lock") {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn a_release_carries_every_form_and_the_archive_holds_all_of_them() {
    let site = with_release().await;
    let sums = String::from_utf8(whole(&site, "SHA256SUMS").await).expect("UTF-8");
    let named: BTreeMap<&str, &str> = sums
        .lines()
        .map(|line| line.split_once("  ").expect("a sum and a name"))
        .map(|(sum, name)| (name, sum))
        .collect();
    for name in [
        "responses.csv",
        "responses.excel.csv",
        "responses.jsonl",
        "responses.xlsx",
        "responses.parquet",
        "responses.sav",
        "load.do",
        "load.R",
        "load.py",
        "tables/employment.csv",
        "datapackage.json",
        "codebook.xml",
        "codebook.zh.html",
        "codebook.en.html",
        "README.zh.md",
        "README.en.md",
        "CITATION.cff",
        "datacite.json",
        "audit.json",
        "utility.json",
        "aggregates.json",
        "release.json",
    ] {
        assert!(named.contains_key(name), "{name} is missing");
    }
    let archive = whole(&site, "partake-core-release-1.zip").await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("a zip");
    assert_eq!(archive.len(), named.len() + 1, "all files and the sums");
    for (name, sum) in named {
        let body = whole(&site, name).await;
        assert_eq!(hash(&body), sum, "{name}");
        let mut packed = Vec::new();
        let mut file = archive.by_name(name).expect("it is in the archive");
        assert_eq!(
            file.last_modified()
                .map(|day| (day.year(), day.month(), day.day())),
            Some((2026, 11, 30))
        );
        file.read_to_end(&mut packed).expect("it is whole");
        assert_eq!(packed, body, "{name}");
    }
}

#[tokio::test]
async fn the_same_answers_and_the_same_draw_give_the_same_bytes() {
    let site = filled().await;
    let folder = tempfile::TempDir::new().expect("a folder");
    let copy = folder.path().join("copy.db");
    site.state.store.backup(&copy).await.expect("a backup");
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("other.db").display()
    );
    restore(&url, &copy).await.expect("restored");
    let files = FileStorage::open(&DatabaseArgs {
        database_url: url.clone(),
        files: None,
    });
    let other = Publisher {
        store: Store::connect(&url).await.expect("a database"),
        files: files.expect("a folder"),
        ..publisher(&site)
    };
    let first = publisher(&site);
    attempt(&first, 5).await.expect("a release");
    attempt(&other, 5).await.expect("a release");
    let (one, two) = (sums(&first, 1).await, sums(&other, 1).await);
    assert!(one.len() > 40, "{} files", one.len());
    for (name, sum) in &one {
        assert_eq!(Some(sum), two.get(name), "{name}");
    }
}

#[tokio::test]
async fn a_file_comes_whole_or_in_parts_and_says_its_true_length() {
    let site = with_release().await;
    for name in ["responses.csv", "aggregates.json"] {
        let (status, headers, body) = ask(&site, Method::GET, name, &[]).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(
            headers[header::CONTENT_LENGTH],
            body.len().to_string().as_str()
        );
        assert_eq!(headers[header::ACCEPT_RANGES], "bytes");
        assert!(!headers.contains_key(header::CONTENT_ENCODING));
        let etag = headers[header::ETAG].to_str().expect("ASCII").to_owned();
        assert_eq!(etag, format!("\"{}\"", hash(&body)));

        let (status, head, nothing) = ask(&site, Method::HEAD, name, &[]).await;
        assert_eq!((status, nothing.len()), (StatusCode::OK, 0));
        assert_eq!(
            head[header::CONTENT_LENGTH],
            headers[header::CONTENT_LENGTH]
        );

        let (status, headers, part) =
            ask(&site, Method::GET, name, &[(header::RANGE, "bytes=5-14")]).await;
        assert_eq!(status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(part, &body[5..15]);
        assert_eq!(
            headers[header::CONTENT_RANGE],
            format!("bytes 5-14/{}", body.len()).as_str()
        );
        assert_eq!(headers[header::CONTENT_LENGTH], "10");

        let (status, headers, _) = ask(
            &site,
            Method::GET,
            name,
            &[(header::RANGE, "bytes=999999999-")],
        )
        .await;
        assert_eq!(status, StatusCode::RANGE_NOT_SATISFIABLE);
        assert_eq!(
            headers[header::CONTENT_RANGE],
            format!("bytes */{}", body.len()).as_str()
        );

        let same = [
            (header::RANGE, "bytes=5-"),
            (header::IF_RANGE, etag.as_str()),
        ];
        let (status, _, part) = ask(&site, Method::GET, name, &same).await;
        assert_eq!(
            (status, part.as_slice()),
            (StatusCode::PARTIAL_CONTENT, &body[5..])
        );
        let other = [(header::RANGE, "bytes=5-"), (header::IF_RANGE, "\"0\"")];
        let (status, _, all) = ask(&site, Method::GET, name, &other).await;
        assert_eq!((status, all.len()), (StatusCode::OK, body.len()));

        let (status, _, nothing) =
            ask(&site, Method::GET, name, &[(header::IF_NONE_MATCH, &etag)]).await;
        assert_eq!((status, nothing.len()), (StatusCode::NOT_MODIFIED, 0));
    }
}

#[tokio::test]
async fn what_an_attempt_left_that_was_broken_off_is_gone_after_the_next() {
    let site = filled().await;
    let files = publisher(&site).files;
    let owner = files.owner(&site.state.store).await.expect("an owner");
    let folder = folder(&site);
    let left = folder
        .join(&owner)
        .join("partake_core/1/dead/responses.csv");
    let staged = folder.join("staging/dead/responses.csv");
    let foreign = folder.join("another-site/responses.csv");
    for path in [&left, &staged, &foreign] {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, "id,cohort\r\nhalf").expect("a file");
    }
    let (status, _, _) = ask(&site, Method::GET, "responses.csv", &[]).await;
    assert_eq!(
        status,
        StatusCode::NOT_FOUND,
        "nothing half-made is published"
    );
    attempt(&publisher(&site), 1).await.expect("a release");
    assert!(!left.exists() && !staged.exists());
    assert!(foreign.exists(), "the files of another site");
    let stored = site.state.store.stored_files().await.expect("files").len();
    assert_eq!(files_in(&folder.join(&owner)).len(), stored);
}

#[tokio::test]
async fn a_release_whose_files_cannot_be_kept_is_not_recorded_and_the_next_attempt_makes_it() {
    let site = filled().await;
    let publisher = publisher(&site);
    let owner = publisher
        .files
        .owner(&site.state.store)
        .await
        .expect("an owner");
    // A file where a folder has to be: as a full disk does, it refuses what is to be kept.
    let obstacle = folder(&site).join(&owner);
    std::fs::write(&obstacle, "").expect("a file");
    let refused = attempt(&publisher, 1).await;
    assert!(matches!(refused, Err(CutError::Storage(_))), "{refused:?}");
    let none = site.state.store.releases(SURVEY).await.expect("releases");
    assert!(none.is_empty(), "nothing is half-published");
    std::fs::remove_file(&obstacle).expect("it is there");
    let made = attempt(&publisher, 1).await.expect("a release");
    assert!(matches!(made, Outcome::Cut(cut) if cut.release == 1));
    assert!(!whole(&site, "responses.csv").await.is_empty());
}

#[tokio::test]
async fn a_file_that_the_storage_does_not_give_is_a_clear_failure_and_the_pages_stand() {
    let site = with_release().await;
    std::fs::remove_dir_all(folder(&site)).expect("the storage is gone");
    let path = "/api/v1/releases/1/files/responses.csv";
    let answer = site.visitor().get(path).await;
    answer.assert_status(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.json()["error"], "busy");
    assert!(!answer.body.contains("responses.csv"), "{}", answer.body);
    for page in ["/en/data", "/zh/results", "/api/v1/releases/1/aggregates"] {
        site.visitor().get(page).await.assert_status(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_release_from_before_the_storage_of_files_is_served_from_the_database() {
    let site = filled().await;
    let wave = site
        .state
        .surveys
        .featured()
        .expect("a survey")
        .version
        .clone();
    let snapshot = site
        .state
        .store
        .snapshot(SURVEY, &wave)
        .await
        .expect("a snapshot");
    let body = b"id,cohort\r\n".to_vec();
    let old = NewRelease {
        survey: SURVEY.to_owned(),
        number: 1,
        day: "2026-11-23".to_owned(),
        wave,
        n: 480,
        params: serde_json::to_string(&Parameters::default()).expect("JSON"),
        sha256: "a".repeat(64),
        files: vec![NewFile {
            name: "responses.csv".to_owned(),
            media_type: "text/csv".to_owned(),
            sha256: hash(&body),
            content: Content::Here(body.clone()),
        }],
        responses: Vec::new(),
        votes: Vec::new(),
        texts: Vec::new(),
        open_texts_from: 10,
        cohort: Vec::new(),
    };
    site.state
        .store
        .record_release(old, &snapshot)
        .await
        .expect("recorded");
    assert_eq!(whole(&site, "responses.csv").await, body);
    let (status, _, part) = ask(
        &site,
        Method::GET,
        "responses.csv",
        &[(header::RANGE, "bytes=-4")],
    )
    .await;
    assert_eq!(
        (status, part.as_slice()),
        (StatusCode::PARTIAL_CONTENT, &body[7..])
    );
}
