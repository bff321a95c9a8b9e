//! Notices by mail, where the operator has set up a server for it. Nothing on the site needs it,
//! and nothing waits for it: what is due is read from the database in the background, and stays
//! due until a server has taken it.

mod letter;
mod link;

use std::{fmt, time::Duration};

use anyhow::{Context as _, bail};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::Args;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use partake_store::forum::ForumError;

pub(crate) use link::Link;

use self::letter::Letter;
use crate::{entropy, state::AppState};

/// For one message, from the first to the last word with the server.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where mail is handed in.
#[derive(Args, Clone, Debug, Default)]
pub struct MailArgs {
    /// Server that takes mail, as smtps://USER:PASSWORD@HOST or
    /// smtp://USER:PASSWORD@HOST:587?tls=required; without it no notices are mailed
    #[arg(
        long,
        env = "PARTAKE_SMTP_URL",
        hide_env_values = true,
        requires = "mail_from"
    )]
    pub smtp_url: Option<String>,
    /// Sender of the mail, as notices@example.org
    #[arg(long, env = "PARTAKE_MAIL_FROM", requires = "smtp_url")]
    pub mail_from: Option<String>,
}

/// Hands mail to a server.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").finish_non_exhaustive()
    }
}

impl Mailer {
    /// The mailer of these options; none where no server is named.
    pub fn of(args: &MailArgs) -> anyhow::Result<Option<Self>> {
        let (Some(url), Some(from)) = (&args.smtp_url, &args.mail_from) else {
            return Ok(None);
        };
        let secure = url.starts_with("smtps://") || url.contains("tls=required");
        if url.contains('@') && !secure {
            bail!(
                "PARTAKE_SMTP_URL would send its password in the clear: use smtps:// or add ?tls=required"
            );
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("PARTAKE_SMTP_URL is not the address of a server for mail")?
            .timeout(Some(PATIENCE))
            .build();
        let from = from
            .parse()
            .with_context(|| format!("{from} is not an address that mail can come from"))?;
        Ok(Some(Self { transport, from }))
    }

    async fn send(&self, to: &str, letter: Letter) -> Result<(), &'static str> {
        let header = |name: &'static str, value: String| {
            HeaderName::new_from_ascii(name.to_owned())
                .map(|name| HeaderValue::new(name, value))
                .map_err(|_| "header")
        };
        let random = entropy::bytes::<15>().map_err(|_| "randomness")?;
        let name = URL_SAFE_NO_PAD.encode(random);
        let id = format!("<{name}@{}>", self.from.domain());
        let message = Message::builder()
            .from(Mailbox::new(Some(letter.from), self.from.clone()))
            .to(Mailbox::new(None, to.parse().map_err(|_| "address")?))
            .subject(letter.subject)
            .message_id(Some(id))
            // Machines that are away do not answer machines.
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned())?)
            .raw_header(header("List-Unsubscribe", format!("<{}>", letter.stop))?)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body)
            .map_err(|_| "message")?;
        // What a server says may repeat the address, so the log gets no more than its kind.
        let sent = tokio::time::timeout(PATIENCE, self.transport.send(message)).await;
        match sent {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => Err("refused for good"),
            Ok(Err(error)) if error.is_transient() => Err("refused for now"),
            Ok(Err(error)) if error.is_tls() => Err("no secure connection"),
            Ok(Err(_)) => Err("no connection"),
            Err(_) => Err("no answer in time"),
        }
    }
}

/// Sends what is due and gives the number of messages that were taken.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn deliver_due(state: &AppState) -> Result<usize, ForumError> {
    let Some(mailer) = &state.mail else {
        return Ok(0);
    };
    let mut sent = 0;
    for mail in state.store.take_due_mail(state.clock.now_ms()).await? {
        let outcome = match letter::of(state, &mail) {
            Ok(letter) => mailer.send(&mail.to.address, letter).await,
            Err(_) => Err("could not be written"),
        };
        let now_ms = state.clock.now_ms();
        match outcome {
            Ok(()) => {
                state.store.mail_sent(&mail, now_ms).await?;
                sent += 1;
            }
            Err(reason) => {
                tracing::warn!(reason, "a mail was not taken and will be tried again");
                state.store.mail_failed(&mail, now_ms).await?;
            }
        }
    }
    Ok(sent)
}
