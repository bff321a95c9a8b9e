//! Where a response can be, and where a section can lead.

/// Where the response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Answering,
    /// On its way; whether it is sent again while the page says that it has not arrived.
    Sending {
        again: bool,
    },
    /// Not known to have arrived; whether sending again may help.
    Unsent {
        passes: bool,
    },
    Sent,
}

/// Where a section leads.
pub(super) enum Way {
    /// Nowhere yet.
    Stay,
    /// To another screen of it, which is shown.
    Screen,
    Section(String),
    End,
}
