//! Files of releases in a bucket: `partake` as it is called, against a small server that speaks as
//! much S3 as it asks for.

use std::{
    collections::BTreeMap,
    process::{Command, Output},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

type Objects = Arc<Mutex<BTreeMap<String, Bytes>>>;

const BUCKET: &str = "/bucket";

/// A bucket that answers until it is dropped.
struct Bucket {
    objects: Objects,
    address: String,
    server: JoinHandle<()>,
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Bucket {
    async fn open() -> Self {
        let objects = Objects::default();
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&objects));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(async move {
            axum::serve(listener, app).await.expect("it serves");
        });
        Self {
            objects,
            address,
            server,
        }
    }

    fn names(&self) -> Vec<String> {
        self.objects
            .lock()
            .expect("whole")
            .keys()
            .cloned()
            .collect()
    }
}

async fn answer(State(objects): State<Objects>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .expect("a body");
    let query = head.uri.query().unwrap_or_default().to_owned();
    let key = head.uri.path().strip_prefix(BUCKET).unwrap_or_default();
    let key = key.trim_start_matches('/').to_owned();
    let mut objects = objects.lock().expect("whole");
    if head.headers.get(header::AUTHORIZATION).is_none() {
        return StatusCode::FORBIDDEN.into_response();
    }
    match (head.method, key.is_empty()) {
        (Method::GET, true) => {
            let prefix = query.split('&').find_map(|p| p.strip_prefix("prefix="));
            let prefix = prefix.unwrap_or_default().replace("%2F", "/");
            let found: String = objects
                .iter()
                .filter(|(name, _)| name.starts_with(&prefix))
                .map(|(name, body)| {
                    let size = body.len();
                    format!(
                        "<Contents><Key>{name}</Key><Size>{size}</Size><ETag>\"1\"</ETag>\
                         <LastModified>2020-01-01T00:00:00.000Z</LastModified></Contents>"
                    )
                })
                .collect();
            let all = format!("<ListBucketResult>{found}</ListBucketResult>");
            ([(header::CONTENT_TYPE, "application/xml")], all).into_response()
        }
        (Method::POST, true) => {
            let named = String::from_utf8_lossy(&body).into_owned();
            let mut gone = String::new();
            for part in named.split("<Key>").skip(1) {
                let name = part.split("</Key>").next().unwrap_or_default();
                objects.remove(name);
                gone.push_str(&format!("<Deleted><Key>{name}</Key></Deleted>"));
            }
            format!("<DeleteResult>{gone}</DeleteResult>").into_response()
        }
        (Method::PUT, false) => {
            objects.insert(key, body);
            [(header::ETAG, "\"1\"")].into_response()
        }
        (method @ (Method::GET | Method::HEAD), false) => {
            let Some(body) = objects.get(&key).cloned() else {
                return StatusCode::NOT_FOUND.into_response();
            };
            let range = head
                .headers
                .get(header::RANGE)
                .and_then(|r| r.to_str().ok());
            let range = range.and_then(|r| r.strip_prefix("bytes=")?.split_once('-'));
            let stamps = [
                (header::ETAG, "\"1\""),
                (header::LAST_MODIFIED, "Wed, 01 Jan 2020 00:00:00 GMT"),
            ];
            match range {
                Some((first, last)) => {
                    let first: usize = first.parse().expect("a number");
                    let last: usize = last.parse::<usize>().expect("a number").min(body.len() - 1);
                    let told = format!("bytes {first}-{last}/{}", body.len());
                    let part = body.slice(first..=last);
                    (
                        StatusCode::PARTIAL_CONTENT,
                        stamps,
                        [(header::CONTENT_RANGE, told)],
                        part,
                    )
                        .into_response()
                }
                None if method == Method::HEAD => {
                    (stamps, [(header::CONTENT_LENGTH, body.len().to_string())]).into_response()
                }
                None => (stamps, body).into_response(),
            }
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

fn partake(folder: &TempDir, address: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_partake"))
        .current_dir(folder.path())
        .args(arguments)
        .env("PARTAKE_FILES", "s3://bucket/some/place")
        .env("AWS_ENDPOINT", address)
        .env("AWS_ALLOW_HTTP", "true")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .output()
        .expect("it runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_goes_to_a_bucket_and_comes_back_and_a_bucket_that_is_down_is_named() {
    let folder = TempDir::new().expect("a folder");
    let bucket = Bucket::open().await;
    let left = "some/place/nobody/partake_core/1/dead/responses.csv".to_owned();
    bucket
        .objects
        .lock()
        .expect("whole")
        .insert(left.clone(), Bytes::from_static(b"x"));
    let run = |arguments: &[&str]| {
        let output = partake(&folder, &bucket.address, arguments);
        assert!(output.status.success(), "{output:?}");
    };
    run(&["simulate", "--responses", "700", "--seed", "3"]);
    run(&["release", "cut"]);
    let names = bucket.names();
    assert!(names.iter().all(|name| name.starts_with("some/place/")));
    assert!(
        names
            .iter()
            .any(|name| name.ends_with("/responses.parquet"))
    );
    assert!(
        names
            .iter()
            .any(|name| name.ends_with("/tables/employment.csv"))
    );
    assert!(names.contains(&left), "the files of another site stay");
    run(&[
        "export",
        "--release",
        "1",
        "--format",
        "sav",
        "--out",
        "a.sav",
    ]);
    let stored = names.iter().find(|name| name.ends_with("/responses.sav"));
    let stored = bucket.objects.lock().expect("whole")[stored.expect("a name")].clone();
    assert_eq!(
        std::fs::read(folder.path().join("a.sav")).expect("a file"),
        stored
    );
    let staged = folder.path().join("data/files/staging");
    let left: Vec<_> = std::fs::read_dir(staged)
        .expect("a folder")
        .flatten()
        .collect();
    assert!(left.iter().all(|entry| entry.path().is_file()), "{left:?}");

    let address = bucket.address.clone();
    drop(bucket);
    let down = partake(
        &folder,
        &address,
        &[
            "export",
            "--release",
            "1",
            "--format",
            "csv",
            "--out",
            "b.csv",
        ],
    );
    assert!(!down.status.success());
    let said = String::from_utf8(down.stderr).expect("UTF-8");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.contains("storage"), "{said}");
    assert!(!folder.path().join("b.csv").exists());
}
