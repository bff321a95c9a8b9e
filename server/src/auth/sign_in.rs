//! Making accounts, and starting and ending their sessions.

use std::net::IpAddr;

use partake_core::forum::{Handle, Role, handle::fold, password::normalise};
use partake_store::{
    ACCOUNT_KEY, Store, StoreError,
    accounts::{Account, NewAccount},
};
use tower_sessions::Session;

use super::{HashError, Limit};
use crate::{entropy, error::PageError, state::AppState};

/// Session key of an account that has to choose its own password before it is signed in.
const PENDING_KEY: &str = "pending_account";

/// Why somebody was not signed in.
#[derive(Debug)]
pub enum SignInFault {
    /// No such account or another password; which of the two is not said.
    Wrong,
    /// Tried too often; seconds until the next try.
    TooMany(u64),
    /// The site's own failure.
    Page(PageError),
}

impl From<PageError> for SignInFault {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

impl From<StoreError> for SignInFault {
    fn from(error: StoreError) -> Self {
        Self::Page(error.into())
    }
}

impl From<HashError> for PageError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Failed(_) => Self::internal(error),
        }
    }
}

/// Compares a handle and password with what is stored.
pub async fn sign_in(
    state: &AppState,
    address: Option<IpAddr>,
    handle: &str,
    password: &str,
) -> Result<Account, SignInFault> {
    let now = state.clock.now_ms();
    let folded = fold(handle);
    let limits = &state.auth.limits;
    if let Some(address) = address {
        limits
            .take(Limit::SignInAddress, address, now)
            .map_err(SignInFault::TooMany)?;
    }
    limits
        .take(Limit::SignInAccount, folded.as_str(), now)
        .map_err(SignInFault::TooMany)?;
    let account = state.store.account_by_handle(&folded).await?;
    // Longer than any password can be: no need to spend time on it.
    let typed = normalise(password);
    let typed = if typed.chars().count() > partake_core::forum::password::LENGTH.1 {
        String::new()
    } else {
        typed
    };
    let stored = account.as_ref().map(|a| a.password_hash.as_str());
    let right = state
        .auth
        .passwords
        .verify(typed, stored)
        .await
        .map_err(PageError::from)?;
    match account {
        Some(account) if right => {
            limits.forgive(Limit::SignInAccount, folded.as_str());
            Ok(account)
        }
        _ => Err(SignInFault::Wrong),
    }
}

/// Starts a session under a new id; an id that somebody planted before is worth nothing then.
/// Says whether the account is signed in: it is not while its password was set by somebody else.
pub async fn start_session(
    store: &Store,
    session: &Session,
    account: &str,
) -> Result<bool, PageError> {
    let due = store.is_password_due(account).await?;
    session.cycle_id().await.map_err(PageError::internal)?;
    let key = if due { PENDING_KEY } else { ACCOUNT_KEY };
    if !due {
        session
            .remove_value(PENDING_KEY)
            .await
            .map_err(PageError::internal)?;
    }
    session
        .insert(key, account)
        .await
        .map_err(PageError::internal)?;
    Ok(!due)
}

/// The account that has to choose its own password first.
pub async fn pending(session: &Session) -> Result<Option<String>, PageError> {
    session.get(PENDING_KEY).await.map_err(PageError::internal)
}

/// Ends the session.
pub async fn sign_out(session: &Session) -> Result<(), PageError> {
    session.flush().await.map_err(PageError::internal)
}

/// Makes an account with a password that has been through the rules, and gives its id.
pub async fn new_account(
    store: &Store,
    handle: &Handle,
    password_hash: String,
    role: Role,
    created_ms: i64,
) -> Result<String, PageError> {
    let id = hex(&entropy::bytes::<16>().map_err(PageError::internal)?);
    let new = NewAccount {
        id: id.clone(),
        handle: handle.as_str().to_owned(),
        handle_folded: handle.key().to_owned(),
        password_hash,
        role,
        created_ms,
    };
    match store.create_account(new).await {
        Ok(()) => Ok(id),
        Err(StoreError::HandleTaken) => Err(PageError::Conflict),
        Err(error) => Err(error.into()),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String does not fail.
        _ = write!(out, "{byte:02x}");
        out
    })
}
