//! A server of our own and many clients, as the network sees them.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

const START: Duration = Duration::from_secs(60);
const ANSWER: Duration = Duration::from_secs(30);

/// The binary: the one that was built with the tests, or the one that is named.
pub(crate) fn partake() -> Command {
    let path = std::env::var("PARTAKE_BIN");
    Command::new(path.unwrap_or_else(|_| env!("CARGO_BIN_EXE_partake").to_owned()))
}

pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    pub(crate) fn start(folder: &Path, database: &str) -> Self {
        Self::start_with(folder, database, &[])
    }

    /// The same with more options of `partake serve`.
    pub(crate) fn start_with(folder: &Path, database: &str, options: &[&str]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("its number");
        drop(free);
        let child = partake()
            .args(["serve", "--submissions-per-minute", "0", "--addr"])
            .arg(address.to_string())
            .args(options)
            .env("DATABASE_URL", database)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let server = Self { child, address };
        let since = Instant::now();
        while get(address, "/readyz") != Some(200) {
            assert!(since.elapsed() < START, "the server is not ready");
            std::thread::park_timeout(Duration::from_millis(20));
        }
        server
    }

    /// Ends it as a power cut would: no signal handler runs.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it is running");
        self.child.wait().expect("it has ended");
    }

    /// Resident memory in megabytes.
    pub(crate) fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        number.unwrap_or_default() / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

fn get(address: SocketAddr, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}

/// A submission as bytes, made before the clock runs.
pub(crate) fn request(address: SocketAddr, json: &str) -> Vec<u8> {
    format!(
        "POST /zh/survey/receipt HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n\r\n{json}",
        json.len()
    )
    .into_bytes()
}

/// What came of sending.
pub(crate) struct Sent {
    /// Places in the list of those that were acknowledged.
    pub(crate) acknowledged: Vec<usize>,
    pub(crate) latencies: Vec<Duration>,
}

/// Sends the numbered requests by `clients` at once, each on a connection of its own, until all
/// are acknowledged or the server is gone. `each` hears the number acknowledged so far.
pub(crate) fn send(
    address: SocketAddr,
    list: &[(usize, Vec<u8>)],
    clients: usize,
    each: impl Fn(usize) + Sync,
) -> Sent {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let all = Mutex::new((Vec::new(), Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                let Some(mut connection) = Connection::open(address) else {
                    return;
                };
                let (mut acknowledged, mut latencies) = (Vec::new(), Vec::new());
                while let Some((number, request)) = list.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let since = Instant::now();
                    let Some(status) = connection.ask(request) else {
                        break;
                    };
                    assert_eq!(status, 200, "a plausible response is taken");
                    latencies.push(since.elapsed());
                    acknowledged.push(*number);
                    each(done.fetch_add(1, Ordering::Relaxed) + 1);
                }
                let mut all = all.lock().expect("no client panicked");
                all.0.extend(acknowledged);
                all.1.extend(latencies);
            });
        }
    });
    let (acknowledged, latencies) = all.into_inner().expect("no client panicked");
    Sent {
        acknowledged,
        latencies,
    }
}

/// A whole answer.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    /// Name and value of the cookie that is set.
    pub(crate) cookie: Option<String>,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Option<Self> {
        let stream = TcpStream::connect(address).ok()?;
        stream.set_nodelay(true).ok()?;
        stream.set_read_timeout(Some(ANSWER)).ok()?;
        Some(Self(BufReader::new(stream)))
    }

    /// The status of a whole answer; `None` when the connection ended before it was complete.
    fn ask(&mut self, request: &[u8]) -> Option<u16> {
        Some(self.answer(request)?.status)
    }

    /// The next line of an answer that has no end, as long as the connection lasts.
    pub(crate) fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        (self.0.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_owned())
    }

    pub(crate) fn send(&mut self, request: &[u8]) -> Option<()> {
        self.0.get_mut().write_all(request).ok()
    }

    /// A whole answer; `None` when the connection ended before it was complete.
    pub(crate) fn answer(&mut self, request: &[u8]) -> Option<Answer> {
        self.send(request)?;
        let mut answer = Answer::default();
        let mut length = 0;
        // Shares two cores with the server that it measures: nothing is copied that nobody reads.
        let mut line = String::new();
        loop {
            line.clear();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let read = line.trim_end();
            if read.is_empty() {
                break;
            }
            let Some((name, value)) = read.split_once(": ") else {
                answer.status = read.split(' ').nth(1)?.parse().ok()?;
                continue;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.parse().ok()?;
            } else if name.eq_ignore_ascii_case("location") {
                value.clone_into(&mut answer.location);
            } else if name.eq_ignore_ascii_case("set-cookie") {
                answer.cookie = value.split(';').next().map(str::to_owned);
            }
        }
        answer.body = vec![0; length];
        self.0.read_exact(&mut answer.body).ok()?;
        Some(answer)
    }
}
