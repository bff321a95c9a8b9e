//! Making accounts, and starting and ending their sessions.

use std::net::IpAddr;

use partake_core::forum::{Handle, Role, handle::fold, password::normalise};
use partake_store::{
    ACCOUNT_KEY, Store, StoreError,
    accounts::{Account, NewAccount},
};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::{HashError, Limit, network};
use crate::{entropy, error::PageError, state::AppState};

/// Session key of an account that has to choose its own password before it is signed in.
const PENDING_KEY: &str = "pending_account";
/// Session key of an account whose second step is missing.
const STEP_KEY: &str = "pending_step";
/// How long the way in stays open half done.
const PATIENCE_MS: i64 = 15 * 60_000;

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
            .take(Limit::SignInAddress, network(address), now)
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
        .verify(typed.clone(), stored)
        .await
        .map_err(PageError::from)?;
    match account {
        Some(account) if right => {
            limits.forgive(Limit::SignInAccount, folded.as_str());
            if state.auth.passwords.is_outdated(&account.password_hash) {
                let hash = state.auth.passwords.hash(typed).await;
                let hash = hash.map_err(PageError::from)?;
                state.store.set_password(&account.id, &hash).await?;
            }
            Ok(account)
        }
        _ => Err(SignInFault::Wrong),
    }
}

/// Where somebody stands whose password was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// Signed in.
    SignedIn,
    /// Signed in, with less than the role allows until a second step is set up.
    StepMissing,
    /// The password was set by somebody else and has to be changed first.
    FirstPassword,
    /// A code of the authenticator is still missing.
    SecondStep,
}

/// An account that is not signed in yet: what it waits for, and since when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub account: String,
    since_ms: i64,
}

/// Goes on after the right password, under a new session id; an id that somebody planted before is
/// worth nothing then.
pub async fn enter(
    state: &AppState,
    session: &Session,
    account: &Account,
) -> Result<Entered, PageError> {
    let entered = if state.store.is_password_due(&account.id).await? {
        Entered::FirstPassword
    } else if state.store.second_step(&account.id).await?.is_some() {
        Entered::SecondStep
    } else {
        begin_session(session, &account.id).await?;
        let missing = state.config.site.require_second_step && account.role >= Role::Moderator;
        return Ok(if missing {
            Entered::StepMissing
        } else {
            Entered::SignedIn
        });
    };
    session.cycle_id().await.map_err(PageError::internal)?;
    let key = match entered {
        Entered::SecondStep => STEP_KEY,
        _ => PENDING_KEY,
    };
    let waiting = Waiting {
        account: account.id.clone(),
        since_ms: state.clock.now_ms(),
    };
    session
        .insert(key, waiting)
        .await
        .map_err(PageError::internal)?;
    Ok(entered)
}

/// Signs the account in, under a new session id.
pub async fn begin_session(session: &Session, account: &str) -> Result<(), PageError> {
    session.cycle_id().await.map_err(PageError::internal)?;
    for key in [PENDING_KEY, STEP_KEY] {
        session
            .remove_value(key)
            .await
            .map_err(PageError::internal)?;
    }
    session
        .insert(ACCOUNT_KEY, account)
        .await
        .map_err(PageError::internal)
}

/// The account that waits for `entered` in this session, unless it has waited too long.
pub async fn waiting(
    state: &AppState,
    session: &Session,
    entered: Entered,
) -> Result<Option<Waiting>, PageError> {
    let key = match entered {
        Entered::FirstPassword => PENDING_KEY,
        Entered::SecondStep => STEP_KEY,
        Entered::SignedIn | Entered::StepMissing => return Ok(None),
    };
    let found: Option<Waiting> = session.get(key).await.map_err(PageError::internal)?;
    let since = state.clock.now_ms() - PATIENCE_MS;
    Ok(found.filter(|waiting| waiting.since_ms > since))
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
