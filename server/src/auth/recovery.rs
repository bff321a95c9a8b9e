//! Recovery codes on their way to the person: shown once, on one page.
//!
//! The store keeps hashes, so the codes travel from the form to the page that shows them in a
//! sealed cookie of ten minutes, which that page takes away.

use axum::http::{HeaderMap, HeaderValue, header};
use partake_core::forum::{RecoveryCode, recovery::BYTES, recovery::COUNT};
use partake_store::Store;
use serde::{Deserialize, Serialize};
use tower_sessions::cookie::{Cookie, SameSite};

use crate::{config::Config, entropy, error::PageError, sealed::SealKey};

const PURPOSE: &[u8] = b"partake recovery codes 1";
const MINUTES: i64 = 10;

/// A set of codes for one account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshCodes {
    account: String,
    codes: Vec<String>,
}

impl FreshCodes {
    /// Draws a new set, which voids the old one.
    pub async fn draw(store: &Store, account: &str) -> Result<Self, PageError> {
        let mut codes = Vec::new();
        for _ in 0..COUNT {
            let bytes = entropy::bytes::<BYTES>().map_err(PageError::internal)?;
            codes.push(RecoveryCode::from_bytes(bytes));
        }
        let hashes: Vec<_> = codes.iter().map(|code| code.hash(account)).collect();
        store.replace_recovery_codes(account, &hashes).await?;
        Ok(Self {
            account: account.to_owned(),
            codes: codes.iter().map(ToString::to_string).collect(),
        })
    }

    /// The cookie that takes them to the page.
    pub fn send(&self, seal: &SealKey, config: &Config) -> Result<HeaderValue, PageError> {
        let plain = serde_json::to_vec(self).map_err(PageError::internal)?;
        let sealed = seal
            .seal_bytes(PURPOSE, &plain)
            .map_err(PageError::internal)?;
        cookie(config, &sealed, MINUTES * 60)
    }

    /// The codes that came with a request of `account`.
    #[must_use]
    pub fn received(
        headers: &HeaderMap,
        seal: &SealKey,
        config: &Config,
        account: &str,
    ) -> Option<Vec<String>> {
        let sealed = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| Cookie::split_parse(value.to_owned()))
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == name(config))?;
        let plain = seal.open_bytes(PURPOSE, sealed.value()).ok()?;
        let fresh: Self = serde_json::from_slice(&plain).ok()?;
        (fresh.account == account).then_some(fresh.codes)
    }

    /// Takes the cookie away.
    pub fn forget(config: &Config) -> Result<HeaderValue, PageError> {
        cookie(config, "", 0)
    }
}

fn name(config: &Config) -> &'static str {
    if config.is_https() {
        "__Host-partake-codes"
    } else {
        "partake-codes"
    }
}

fn cookie(config: &Config, value: &str, seconds: i64) -> Result<HeaderValue, PageError> {
    let cookie = Cookie::build((name(config), value))
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Strict)
        .max_age(time::Duration::seconds(seconds));
    HeaderValue::from_str(&cookie.to_string()).map_err(PageError::internal)
}
