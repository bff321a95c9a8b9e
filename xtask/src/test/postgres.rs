//! A PostgreSQL of our own for the length of a test run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{apt, process, say};

const PACKAGE: &str = "postgresql-15";
const START_LIMIT: Duration = Duration::from_secs(30);
const ROLE: &str = "partake";

/// A running cluster; stopped and removed when dropped.
pub(crate) struct Cluster {
    server: Child,
    folder: PathBuf,
    port: u16,
    programs: PathBuf,
}

impl Cluster {
    pub(crate) fn start() -> Result<Self> {
        let programs = programs()?;
        say::step("starting a PostgreSQL of our own", None, || {
            Self::start_with(programs)
        })
    }

    fn start_with(programs: PathBuf) -> Result<Self> {
        let port = process::free_port()?;
        let folder = std::env::temp_dir().join(format!("partake-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let user = unprivileged_user()?;
        if let Some(user) = &user {
            process::output(Command::new("chown").arg(user).arg(&folder))?;
        }
        let data = folder.join("data");
        let mut cluster = Uninitialised {
            folder: Some(folder),
        };
        process::output(
            as_user(user.as_deref(), &programs.join("initdb"))
                .args([
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                ])
                .arg(format!("--username={ROLE}"))
                .arg("--pgdata")
                .arg(&data),
        )?;
        let folder = cluster
            .folder
            .take()
            .context("the folder is there until here")?;
        let server = as_user(user.as_deref(), &programs.join("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder)
            .args(["-p", &port.to_string(), "-h", "127.0.0.1"])
            // What is thrown away after the run need not survive a power cut.
            .args([
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_connections=200",
                // As the operator's guide asks, so that the attacks find what it promises.
                "-c",
                "wal_recycle=off",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.join("log"))?)
            .spawn()
            .context("starting postgres")?;
        let mut cluster = Self {
            server,
            folder,
            port,
            programs,
        };
        cluster.wait()?;
        say::note(format_args!("PostgreSQL listens on 127.0.0.1:{port}"));
        Ok(cluster)
    }

    fn wait(&mut self) -> Result<()> {
        let mut ready = Command::new(self.programs.join("pg_isready"));
        ready.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
        process::wait_for("PostgreSQL", &mut self.server, START_LIMIT, || {
            process::output(&mut ready).ok()
        })?;
        Ok(())
    }

    /// Where its files lie, under `data`.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://{ROLE}@127.0.0.1:{}/{database}", self.port)
    }

    /// A search path on which `psql` is found, though Debian may keep it elsewhere.
    pub(crate) fn on_path(&self) -> Result<OsString> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain([self.programs.clone()]);
        Ok(std::env::join_paths(folders)?)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: it ends the sessions and its own children.
        let id = self.server.id().to_string();
        let asked = process::output(Command::new("kill").args(["-INT", &id])).is_ok();
        let ended = if asked {
            self.server.wait()
        } else {
            self.server.kill().and(self.server.wait())
        };
        if let Err(error) = ended.and(std::fs::remove_dir_all(&self.folder)) {
            say::note(format_args!(
                "{} may be left: {error}",
                self.folder.display()
            ));
        }
    }
}

/// Removes the folder of a cluster that never came to life.
struct Uninitialised {
    folder: Option<PathBuf>,
}

impl Drop for Uninitialised {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder
            && let Err(error) = std::fs::remove_dir_all(folder)
        {
            say::note(format_args!("{} may be left: {error}", folder.display()));
        }
    }
}

fn programs() -> Result<PathBuf> {
    if let Some(folder) = installed() {
        return Ok(folder);
    }
    apt::install(&[PACKAGE], "testing the store on PostgreSQL")?;
    installed().with_context(|| format!("{PACKAGE} is installed, but initdb is nowhere"))
}

/// Debian keeps the server's programs off the path.
fn installed() -> Option<PathBuf> {
    let debian = PathBuf::from("/usr/lib/postgresql/15/bin");
    if debian.join("initdb").is_file() {
        return Some(debian);
    }
    process::find("initdb")?.parent().map(Path::to_path_buf)
}

/// PostgreSQL refuses to run as root.
fn unprivileged_user() -> Result<Option<String>> {
    if !process::is_root() {
        return Ok(None);
    }
    for user in ["postgres", "nobody"] {
        if process::output(Command::new("id").args(["-u", user])).is_ok() {
            return Ok(Some(user.to_owned()));
        }
    }
    bail!("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}

fn as_user(user: Option<&str>, program: &Path) -> Command {
    let mut command = match user {
        None => Command::new(program),
        Some(user) => {
            let mut command = Command::new("setpriv");
            // The last: should this program be killed, the server does not stay behind.
            command.args(["--reuid", user, "--regid", &group_of(user), "--init-groups"]);
            command.args(["--pdeathsig", "INT"]).arg(program);
            command
        }
    };
    command.current_dir("/");
    command
}

fn group_of(user: &str) -> String {
    let group = process::output(Command::new("id").args(["-g", user])).unwrap_or_default();
    group.trim().to_owned()
}
