//! Who asks, as the rules of discussion see it.

use partake_core::forum::{Actor, Restriction};

use crate::extract::ViewerAccount;

/// The actor that a viewer is.
#[must_use]
pub fn actor(viewer: Option<&ViewerAccount>) -> Actor<'_> {
    match viewer {
        None => Actor::Visitor,
        Some(account) if account.suspended => Actor::Restricted {
            id: &account.id,
            by: Restriction::Suspended,
        },
        Some(ViewerAccount {
            id,
            restriction: Some(by),
            ..
        }) => Actor::Restricted { id, by: *by },
        Some(account) => Actor::Account {
            id: &account.id,
            role: account.role,
        },
    }
}
