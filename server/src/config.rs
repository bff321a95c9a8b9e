//! What an operator can set. Every field is a command-line option or an environment variable.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

use crate::{mail::MailArgs, release::RuleArgs};

/// Where the data is; every command that touches it takes this.
#[derive(Args, Clone, Debug)]
pub struct DatabaseArgs {
    /// SQLite file or PostgreSQL server
    #[arg(
        long,
        global = true,
        env = "DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite://data/partake.db?mode=rwc"
    )]
    pub database_url: String,
    /// Folder for the files of releases, or s3://BUCKET/PREFIX; by default the folder `files`
    /// beside the database
    #[arg(long, global = true, env = "PARTAKE_FILES")]
    pub files: Option<String>,
}

/// What the site says about who runs it, and how it is reached.
#[derive(Args, Clone, Debug)]
pub struct SiteArgs {
    /// Address to listen on
    #[arg(long, env = "PARTAKE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Address under which people reach the site, http:// and the address listened on unless
    /// given; https makes cookies secure
    #[arg(long, env = "PARTAKE_BASE_URL")]
    pub base_url: Option<String>,
    /// Number of reverse proxies in front that append to X-Forwarded-For
    #[arg(long, env = "PARTAKE_TRUSTED_HOPS", default_value_t = 0)]
    pub trusted_hops: usize,
    /// Instrument file published at start instead of the built-in one
    #[arg(long, env = "PARTAKE_INSTRUMENT")]
    pub instrument: Option<PathBuf>,
    /// Owner and moderators act as members until they have set up a second step for signing in
    #[arg(long, env = "PARTAKE_REQUIRE_SECOND_STEP")]
    pub require_second_step: bool,
    /// Who runs this site, for the consent text and the privacy notice
    #[arg(long, env = "PARTAKE_OPERATOR_NAME")]
    pub operator_name: Option<String>,
    /// How to reach them
    #[arg(long, env = "PARTAKE_OPERATOR_CONTACT")]
    pub operator_contact: Option<String>,
    /// Country and provider where the data is kept
    #[arg(long, env = "PARTAKE_HOSTING_PLACE")]
    pub hosting_place: Option<String>,
    /// Days for which the proxy in front keeps its access log
    #[arg(long, env = "PARTAKE_LOG_DAYS")]
    pub log_days: Option<u32>,
    /// Day on which the data set is frozen, as YYYY-MM-DD
    #[arg(long, env = "PARTAKE_FREEZE_DATE")]
    pub freeze_date: Option<String>,
    /// Days between attempts of a release, counted from a Monday; 0 leaves them to
    /// `partake release cut`
    #[arg(long, env = "PARTAKE_RELEASE_EVERY", default_value_t = 7)]
    pub release_every: u32,
    /// Submissions taken from one address in a minute; 0 for any number
    #[arg(long, env = "PARTAKE_SUBMISSIONS_PER_MINUTE", default_value_t = 120)]
    pub submissions_per_minute: u32,
    #[command(flatten)]
    pub rules: RuleArgs,
    #[command(flatten)]
    pub mail: MailArgs,
}

/// The settings of a running server.
#[derive(Clone, Debug)]
pub struct Config {
    pub site: SiteArgs,
    base_url: String,
}

impl Config {
    #[must_use]
    pub fn new(site: SiteArgs) -> Self {
        let base_url = match &site.base_url {
            Some(given) => given.trim_end_matches('/').to_owned(),
            None => format!("http://{}", reachable(site.addr)),
        };
        Self { site, base_url }
    }

    /// True when people reach the site over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The base URL without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Name of the session cookie.
    #[must_use]
    pub fn session_cookie(&self) -> &'static str {
        if self.is_https() {
            "__Host-partake"
        } else {
            "partake"
        }
    }
}

/// Listening on every interface is not an address that a browser can open.
fn reachable(addr: SocketAddr) -> SocketAddr {
    if addr.ip().is_unspecified() {
        SocketAddr::from(([127, 0, 0, 1], addr.port()))
    } else {
        addr
    }
}
