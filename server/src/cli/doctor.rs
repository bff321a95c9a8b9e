//! `partake doctor`.

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::{connect, print_line};
use crate::{bootstrap, config::DatabaseArgs, storage::FileStorage, surveys::Surveys};

/// Options of `doctor`.
#[derive(Args, Debug)]
pub struct DoctorCommand {
    /// Ask a running server at HOST:PORT whether it is ready, and nothing else
    #[arg(long, value_name = "HOST:PORT")]
    server: Option<String>,
}

impl DoctorCommand {
    pub async fn run(self, database: &DatabaseArgs) -> anyhow::Result<()> {
        match self.server {
            Some(server) => ask(&server).await,
            None => examine(database).await,
        }
    }
}

async fn ask(server: &str) -> anyhow::Result<()> {
    let answer = timeout(Duration::from_secs(5), async {
        let mut stream = TcpStream::connect(server).await?;
        let request = format!("GET /readyz HTTP/1.0\r\nHost: {server}\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    })
    .await
    .with_context(|| format!("{server} did not answer within 5 s"))?
    .with_context(|| format!("{server} cannot be reached: is the server running?"))?;
    let status = answer.lines().next().unwrap_or_default();
    if !status.contains(" 200 ") {
        bail!("{server} is not ready: {status}");
    }
    print_line(&format!("{server} is ready"))
}

async fn examine(database: &DatabaseArgs) -> anyhow::Result<()> {
    let store = connect(database).await?;
    print_line("database: reachable")?;
    let pending = bootstrap::pending_migrations(&store).await?.len();
    if pending > 0 {
        bail!("{pending} migrations are pending: run `partake migrate`");
    }
    print_line("schema: up to date")?;
    let surveys = Surveys::default();
    surveys.reload(&store).await?;
    let Some(wave) = surveys.featured() else {
        bail!("no instrument is published: run `partake instrument publish FILE`");
    };
    print_line(&format!("survey: {} {}", wave.survey, wave.version))?;
    if !store.any_owner_exists().await? {
        bail!("there is no owner account: run `partake account create --handle NAME --role owner`");
    }
    print_line("owner: present")?;
    let files = FileStorage::open(database)?;
    let stored = store.stored_files().await?;
    let mut wrong = Vec::new();
    for file in &stored {
        if !files.holds(file).await? {
            wrong.push(file.place.as_str());
        }
    }
    if let Some(first) = wrong.first() {
        bail!(
            "{} of {} files of releases are missing from {} or have another length, {first} among \
             them: put them back from a backup",
            wrong.len(),
            stored.len(),
            files.name()
        );
    }
    print_line(&format!(
        "files of releases: {}, in {}",
        stored.len(),
        files.name()
    ))?;
    for name in [
        "PARTAKE_OPERATOR_NAME",
        "PARTAKE_OPERATOR_CONTACT",
        "PARTAKE_HOSTING_PLACE",
    ] {
        if std::env::var_os(name).is_none() {
            print_line(&format!(
                "notice: {name} is not set; the consent text says so to people"
            ))?;
        }
    }
    Ok(())
}
