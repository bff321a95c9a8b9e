//! The release binary, started in an empty folder and asked over HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{files, process, say};

const START_LIMIT: Duration = Duration::from_secs(30);
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
const REST: Duration = Duration::from_secs(1);

/// A folder that is gone when dropped.
pub(crate) struct EmptyFolder(PathBuf);

impl EmptyFolder {
    pub(crate) fn new(purpose: &str) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("partake-{purpose}-{}", std::process::id()));
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn sqlite(&self) -> String {
        format!("sqlite://{}?mode=rwc", self.0.join("partake.db").display())
    }
}

impl Drop for EmptyFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            say::note(format_args!("{} may be left: {error}", self.0.display()));
        }
    }
}

/// The release binary with one database, ready for a subcommand.
pub(crate) fn partake(folder: &Path, database: &str) -> Command {
    let mut command = Command::new(files::binary());
    process::forget_cargo_environment(&mut command);
    command
        .current_dir(folder)
        .env("DATABASE_URL", database)
        .stdin(Stdio::null());
    command
}

/// A server that ends when dropped.
pub(crate) struct Server {
    child: Child,
    port: u16,
}

impl Server {
    pub(crate) fn start(folder: &Path, database: &str) -> Result<Self> {
        Self::start_with(folder, database, "0")
    }

    /// The same, told that a proxy in front says where requests come from.
    pub(crate) fn start_behind_a_proxy(folder: &Path, database: &str) -> Result<Self> {
        Self::start_with(folder, database, "1")
    }

    fn start_with(folder: &Path, database: &str, hops: &str) -> Result<Self> {
        let port = process::free_port()?;
        let log = folder.join("log");
        let child = partake(folder, database)
            .args(["serve", "--addr", &format!("127.0.0.1:{port}")])
            .args(["--trusted-hops", hops])
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&log)?)
            .spawn()
            .context("starting the server")?;
        let mut server = Self { child, port };
        let ready = process::wait_for("the server", &mut server.child, START_LIMIT, || {
            get(port, "/readyz").ok().filter(|status| *status == 200)
        });
        match ready {
            Ok(_) => Ok(server),
            Err(error) => bail!("{error}: {}", std::fs::read_to_string(log)?.trim()),
        }
    }

    /// The address it listens on.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// Asks for a page and expects it to be there.
    pub(crate) fn visit(&self, path: &str) -> Result<()> {
        match get(self.port, path)? {
            200 => Ok(()),
            status => bail!("GET {path} answered {status}"),
        }
    }

    /// Resident memory in bytes, as the kernel counts it.
    pub(crate) fn resident(&self) -> Result<u64> {
        memory(self.child.id(), "VmRSS:")
    }

    /// The same once nothing has been given back for a second: what an idle server holds.
    pub(crate) fn resident_at_rest(&self) -> Result<u64> {
        let mut least = self.resident()?;
        let mut since = Instant::now();
        while since.elapsed() < REST {
            std::thread::sleep(Duration::from_millis(50));
            let now = self.resident()?;
            if now < least {
                (least, since) = (now, Instant::now());
            }
        }
        self.resident()
    }
}

/// The most memory in bytes that a process held so far.
pub(crate) fn peak(process: u32) -> Result<u64> {
    memory(process, "VmHWM:")
}

fn memory(process: u32, which: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix(which))
        .and_then(|value| value.trim().strip_suffix("kB"))
        .context("the kernel does not say how much memory the process holds")?;
    Ok(kilobytes.trim().parse::<u64>()? * 1024)
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and(self.child.wait()) {
            say::note(format_args!("the server may be left running: {error}"));
        }
    }
}

/// One GET without keeping the connection; the status is what counts here.
fn get(port: u16, path: &str) -> Result<u16> {
    Ok(fetch(port, path, "identity")?.0)
}

/// Status and body, as they are sent.
pub(crate) fn fetch(port: u16, path: &str, encoding: &str) -> Result<(u16, Vec<u8>)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(ANSWER_LIMIT))?;
    write!(
        stream,
        "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: {encoding}\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n");
    let body = answer.split_off(end.context("no HTTP answer")? + 4);
    let head = String::from_utf8_lossy(&answer);
    let status = head.split(' ').nth(1).context("no HTTP answer")?;
    Ok((status.parse()?, body))
}
