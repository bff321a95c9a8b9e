//! A whole site in memory of one test: a fresh SQLite file, the real router, no socket.

pub(crate) mod people;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use clap::Parser;
use partake_server::{
    bootstrap,
    clock::Clock,
    config::{Config, DatabaseArgs, SiteArgs},
    error::percent_encode,
    router::router,
    state::AppState,
    storage::FileStorage,
};
use partake_store::Store;
use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// 2026-11-23T12:00:00Z.
pub(crate) const START_MS: i64 = 1_795_435_200_000;

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    site: SiteArgs,
}

pub(crate) struct TestSite {
    pub state: AppState,
    pub router: Router,
    now: Arc<AtomicI64>,
    folder: TempDir,
    url: String,
    /// The server and the name of the database, on PostgreSQL.
    postgres: Option<(String, String)>,
}

/// An answer, read whole.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .expect("a redirect")
            .to_str()
            .expect("ASCII")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    #[track_caller]
    pub(crate) fn assert_status(&self, status: StatusCode) -> &Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
}

impl TestSite {
    /// A site with the built-in survey published and nobody on it.
    pub(crate) async fn new() -> Self {
        Self::with_options(&[]).await
    }

    /// The same with options of `partake serve`.
    pub(crate) async fn with_options(options: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite://{}/partake.db?mode=rwc", folder.path().display());
        Self::over(&url, folder, options).await
    }

    /// A site on a database of its own on the PostgreSQL server of `PARTAKE_TEST_POSTGRES`; none
    /// where `PARTAKE_TEST_SKIP_POSTGRES=1` says that there is no server.
    pub(crate) async fn on_postgres() -> Option<Self> {
        let set = |name| std::env::var(name).ok();
        let Some(server) = set("PARTAKE_TEST_POSTGRES") else {
            let skip = set("PARTAKE_TEST_SKIP_POSTGRES");
            assert_eq!(
                skip.as_deref(),
                Some("1"),
                "PARTAKE_TEST_POSTGRES is not set"
            );
            return None;
        };
        let folder = TempDir::new().expect("a temporary folder");
        let unique = folder.path().file_name().expect("a name").to_string_lossy();
        let name = format!(
            "http_{}_{}",
            std::process::id(),
            unique.trim_start_matches('.').to_lowercase()
        );
        let admin = Store::connect(&server).await.expect("the server");
        let create = format!("CREATE DATABASE {name}");
        admin
            .connection()
            .execute_unprepared(&create)
            .await
            .expect("a database");
        let (base, _) = server.rsplit_once('/').expect("an address with a database");
        let mut site = Self::over(&format!("{base}/{name}"), folder, &[]).await;
        site.postgres = Some((server, name));
        Some(site)
    }

    /// Removes the database of [`Self::on_postgres`].
    pub(crate) async fn drop_database(self) {
        let Some((server, name)) = self.postgres else {
            return;
        };
        let admin = Store::connect(&server).await.expect("the server");
        let drop = format!("DROP DATABASE {name} WITH (FORCE)");
        admin
            .connection()
            .execute_unprepared(&drop)
            .await
            .expect("it is gone");
    }

    async fn over(url: &str, folder: TempDir, options: &[&str]) -> Self {
        let store = Store::connect(url).await.expect("a database");
        bootstrap::migrate(&store).await.expect("migrations apply");
        Self::begin(store, url, folder, options, START_MS).await
    }

    /// Another instance on the same database, whose clock is so many milliseconds behind.
    pub(crate) async fn instance(&self, behind: i64) -> Self {
        let store = Store::connect(&self.url).await.expect("a database");
        let folder = TempDir::new().expect("a temporary folder");
        let now = self.now.load(Ordering::Relaxed) - behind;
        Self::begin(store, &self.url, folder, &[], now).await
    }

    async fn begin(store: Store, url: &str, folder: TempDir, options: &[&str], now: i64) -> Self {
        let now = Arc::new(AtomicI64::new(now));
        let clock = Clock::from_fn({
            let now = Arc::clone(&now);
            move || now.load(Ordering::Relaxed)
        });
        bootstrap::publish_builtin(&store, &clock)
            .await
            .expect("the instrument is published");
        let site = Defaults::parse_from(["partake"].iter().chain(options)).site;
        let files = FileStorage::open(&DatabaseArgs {
            database_url: url.to_owned(),
            files: Some(folder.path().join("files").display().to_string()),
        })
        .expect("a folder for files");
        let state = bootstrap::state(store, files, Arc::new(Config::new(site)), clock)
            .await
            .expect("state");
        let router = router(state.clone()).expect("a router");
        Self {
            state,
            router,
            now,
            folder,
            url: url.to_owned(),
            postgres: None,
        }
    }

    /// Lets time pass.
    pub(crate) fn advance(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::Relaxed);
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        }
    }

    /// Every byte of the database's files, its log included, after the log was folded in.
    pub(crate) async fn bytes(&self) -> Vec<u8> {
        self.state.store.truncate_log().await.expect("a short log");
        let mut bytes = Vec::new();
        for file in std::fs::read_dir(self.folder.path()).expect("a folder") {
            let path = file.expect("a file").path();
            if path.is_file() {
                bytes.extend(std::fs::read(path).expect("its content"));
            }
        }
        bytes
    }

    /// A visitor without cookies.
    pub(crate) fn visitor(&self) -> Visitor<'_> {
        Visitor {
            site: self,
            cookies: BTreeMap::new(),
        }
    }
}

/// A browser without JavaScript: it keeps cookies and sends forms.
pub(crate) struct Visitor<'a> {
    site: &'a TestSite,
    cookies: BTreeMap<String, String>,
}

impl Visitor<'_> {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.request(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.request(Method::POST, path, Some(form_body(fields)))
            .await
    }

    /// Sends a form and follows the redirect.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        answer.assert_status(StatusCode::SEE_OTHER);
        let location = answer.location().to_owned();
        self.get(&location).await
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.get(name).cloned()
    }

    /// The same browser, whose requests another instance answers.
    pub(crate) fn at<'b>(&self, site: &'b TestSite) -> Visitor<'b> {
        Visitor {
            site,
            cookies: self.cookies.clone(),
        }
    }

    pub(crate) fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    async fn request(&mut self, method: Method, path: &str, form: Option<String>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path.split('#').next().unwrap_or(path))
            .header(header::HOST, "127.0.0.1:3000");
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self
                .cookies
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let body = match form {
            Some(form) => {
                request = request
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .header("sec-fetch-site", "same-origin");
                Body::from(form)
            }
            None => Body::empty(),
        };
        let answer = self.site.send(request.body(body).expect("a request")).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("ASCII");
            let pair = cookie.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                if value.is_empty() || cookie.contains("Max-Age=0") {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        answer
    }
}

/// Fields as a form sends them.
pub(crate) fn form_body(fields: &[(&str, &str)]) -> String {
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn encode(text: &str) -> String {
    percent_encode(text).replace('/', "%2F")
}
