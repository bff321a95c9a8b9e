//! Many connections that ask for one page as fast as it is answered.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

/// What came of it.
pub(super) struct Measured {
    pub(super) per_second: f64,
    pub(super) p99: Duration,
}

/// Asks over `connections` kept connections for `time`.
pub(super) fn ask(
    port: u16,
    path: &str,
    encoding: &str,
    connections: usize,
    time: Duration,
) -> Result<Measured> {
    let start = Instant::now();
    let until = start + time;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: {encoding}\r\n\r\n"
    );
    let waits = std::thread::scope(|scope| {
        let running: Vec<_> = (0..connections)
            .map(|_| scope.spawn(|| one(port, request.as_bytes(), until)))
            .collect();
        let mut waits = Vec::new();
        for thread in running {
            match thread.join() {
                Ok(done) => waits.extend(done?),
                Err(_) => bail!("a connection broke off"),
            }
        }
        Ok(waits)
    })?;
    let spent = start.elapsed().as_secs_f64();
    let mut waits = waits;
    waits.sort_unstable();
    let asked = waits.len();
    let p99 = *waits
        .get(asked * 99 / 100)
        .context("nothing was answered")?;
    let asked = u32::try_from(asked).context("too many requests to count")?;
    Ok(Measured {
        per_second: f64::from(asked) / spent,
        p99,
    })
}

fn one(port: u16, request: &[u8], until: Instant) -> Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    let mut waits = Vec::new();
    let mut buffer = vec![0; 256 * 1024];
    while Instant::now() < until {
        let asked = Instant::now();
        stream.write_all(request)?;
        answer(&mut stream, &mut buffer)?;
        waits.push(asked.elapsed());
    }
    Ok(waits)
}

/// Reads one answer whose length is declared, and checks that it is the page.
fn answer(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<()> {
    let mut filled = 0;
    let (head_end, length) = loop {
        let free = buffer.get_mut(filled..).context("the head is too long")?;
        let read = stream.read(free)?;
        if read == 0 {
            bail!("the connection was closed");
        }
        filled += read;
        let so_far = buffer.get(..filled).unwrap_or_default();
        if let Some(end) = so_far.windows(4).position(|w| w == b"\r\n\r\n") {
            let head =
                String::from_utf8_lossy(so_far.get(..end).unwrap_or_default()).to_ascii_lowercase();
            if !head.starts_with("http/1.1 200") {
                bail!("not the page: {}", head.lines().next().unwrap_or_default());
            }
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .context("an answer without a declared length")?
                .trim()
                .parse()?;
            break (end + 4, length);
        }
    };
    let mut left = (head_end + length).saturating_sub(filled);
    while left > 0 {
        let size = left.min(buffer.len());
        let free = buffer.get_mut(..size).context("the buffer")?;
        let read = stream.read(free)?;
        if read == 0 {
            bail!("the page was cut off");
        }
        left -= read;
    }
    Ok(())
}
