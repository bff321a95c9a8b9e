//! One kept connection to the server, as a browser has it.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Read, Write as _},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

const PATIENCE: Duration = Duration::from_secs(40);

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub(super) path: String,
    /// Value of the session's cookie.
    pub(super) session: Option<String>,
    /// Fields that are sent, encoded; nothing for a GET.
    pub(super) form: Option<String>,
    /// Where the proxy in front says that it comes from.
    pub(super) address: Option<String>,
    /// As browsers do; otherwise the page comes as it is.
    pub(super) compressed: bool,
}

impl Request {
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..Self::default()
        }
    }

    pub(super) fn post(path: impl Into<String>, session: &str, form: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            session: Some(session.to_owned()),
            form: Some(form.into()),
            ..Self::default()
        }
    }
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The value of a text in a JSON object that has it once.
    pub(super) fn json_text(&self, name: &str) -> Option<String> {
        let body = String::from_utf8_lossy(&self.body);
        let (_, rest) = body.rsplit_once(&format!("\"{name}\":\""))?;
        Some(rest.split('"').next()?.to_owned())
    }
}

pub(super) struct Client {
    stream: BufReader<TcpStream>,
    port: u16,
}

impl Client {
    pub(super) fn connect(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream: BufReader::with_capacity(64 * 1024, stream),
            port,
        })
    }

    pub(super) fn ask(&mut self, request: &Request) -> Result<Answer> {
        let method = if request.form.is_some() {
            "POST"
        } else {
            "GET"
        };
        let mut text = format!(
            "{method} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n",
            request.path, self.port
        );
        let encoding = if request.compressed {
            "br, gzip"
        } else {
            "identity"
        };
        write!(text, "Accept-Encoding: {encoding}\r\n")?;
        if let Some(session) = &request.session {
            write!(text, "Cookie: partake={session}\r\n")?;
        }
        if let Some(address) = &request.address {
            write!(text, "X-Forwarded-For: {address}\r\n")?;
        }
        if let Some(form) = &request.form {
            text += "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n";
            write!(text, "Content-Length: {}\r\n\r\n{form}", form.len())?;
        } else {
            text += "\r\n";
        }
        self.stream.get_mut().write_all(text.as_bytes())?;
        self.answer()
    }

    /// Asks and expects one status.
    pub(super) fn expect(&mut self, request: &Request, status: u16) -> Result<Answer> {
        let answer = self.ask(request)?;
        if answer.status != status {
            bail!(
                "{} answered {}, not {status}: {}",
                request.path,
                answer.status,
                String::from_utf8_lossy(&answer.body)
                    .chars()
                    .take(600)
                    .collect::<String>()
            );
        }
        Ok(answer)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("the connection was closed");
        }
        Ok(line.trim_end().to_owned())
    }

    fn answer(&mut self) -> Result<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).context("no HTTP answer")?;
        let mut answer = Answer {
            status: status.parse()?,
            location: String::new(),
            body: Vec::new(),
        };
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").context("a header")?;
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => chunked = value == "chunked",
                "location" => value.clone_into(&mut answer.location),
                _ => {}
            }
        }
        if chunked {
            loop {
                let size = usize::from_str_radix(&self.line()?, 16)?;
                self.read(&mut answer.body, size)?;
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        } else {
            self.read(&mut answer.body, length)?;
        }
        Ok(answer)
    }

    fn read(&mut self, body: &mut Vec<u8>, size: usize) -> Result<()> {
        let read = Read::by_ref(&mut self.stream)
            .take(u64::try_from(size)?)
            .read_to_end(body)?;
        if read < size {
            bail!("the answer was cut off");
        }
        Ok(())
    }
}

/// A value of a form, encoded.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
