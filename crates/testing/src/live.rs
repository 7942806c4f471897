//! A house at a real address: requests travel over TCP, as a browser's do, and answers are
//! read from the bytes that come back.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::http::Method;

use crate::{Answer, House};

/// A debug build on a busy machine may be slow; one that hangs is to be noticed.
const PATIENCE: Duration = Duration::from_mins(2);

/// Where a house listens, with the connections that are open to it.
pub struct Live {
    address: SocketAddr,
    lines: Mutex<Vec<BufReader<TcpStream>>>,
}

impl House {
    /// Lets this house listen at an address of its own, through the same server that
    /// people use.
    pub fn listen(&self) -> Live {
        let router = self.router.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let listener = self.runtime.block_on(platform::serve::bind(SocketAddr::from(([127, 0, 0, 1], 0))));
        let listener = listener.unwrap_or_else(|error| panic!("{error}"));
        let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
        self.runtime.spawn(platform::serve::listen(listener, router, std::future::pending()));
        Live::at(address)
    }
}

impl Live {
    /// A house that listens there already.
    pub fn at(address: SocketAddr) -> Self {
        Self { address, lines: Mutex::default() }
    }

    /// One request as a browser that is signed in, or not, would send it.
    pub fn knock(&self, method: &Method, path: &str, token: Option<&str>, kind: Option<&str>, body: &[u8]) -> Answer {
        let cookie = token.map(|it| format!("cookie: duology={it}\r\n")).unwrap_or_default();
        let kind = kind.map(|it| format!("content-type: {it}\r\n")).unwrap_or_default();
        self.send(method, path, &format!("{cookie}{kind}"), body)
    }

    /// One request of a program, with its token.
    pub fn bear(&self, method: &Method, path: &str, secret: &str) -> Answer {
        let head = format!("authorization: Bearer {secret}\r\n");
        self.send(method, path, &head, &[])
    }

    fn send(&self, method: &Method, path: &str, more: &str, body: &[u8]) -> Answer {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nsec-fetch-site: same-origin\r\n{more}content-length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        let bytes = [head.as_bytes(), body].concat();
        let kept = self.lines.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // A connection that was kept may have been closed at the other end meanwhile.
        let answer = kept.and_then(|line| self.ask(line, &bytes, *method == Method::HEAD).ok());
        answer.unwrap_or_else(|| {
            self.ask(self.dial(), &bytes, *method == Method::HEAD)
                .unwrap_or_else(|error| panic!("{method} {path} at {}: {error}", self.address))
        })
    }

    fn dial(&self) -> BufReader<TcpStream> {
        let stream = TcpStream::connect(self.address).unwrap_or_else(|error| panic!("{}: {error}", self.address));
        let _ = stream.set_nodelay(true);
        let _ = stream.set_read_timeout(Some(PATIENCE));
        BufReader::new(stream)
    }

    fn ask(&self, mut line: BufReader<TcpStream>, bytes: &[u8], is_head: bool) -> std::io::Result<Answer> {
        line.get_mut().write_all(bytes)?;
        let answer = read(&mut line, is_head)?;
        if answer.header("connection") != "close" {
            self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
        Ok(answer)
    }
}

fn read(line: &mut BufReader<TcpStream>, is_head: bool) -> std::io::Result<Answer> {
    let broken = || std::io::Error::new(std::io::ErrorKind::InvalidData, "that is no answer");
    let mut first = String::new();
    line.read_line(&mut first)?;
    let status = first.split(' ').nth(1).and_then(|it| it.parse().ok()).ok_or_else(broken)?;
    let mut headers: Vec<(String, String)> = Vec::new();
    loop {
        let mut text = String::new();
        line.read_line(&mut text)?;
        match text.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.to_owned())),
            None => break,
        }
    }
    let named = |name: &str| headers.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value).to_owned();
    let length: usize = named("content-length").parse().unwrap_or_default();
    let mut bytes = vec![0; if is_head { 0 } else { length }];
    line.read_exact(&mut bytes)?;
    let cookies = headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value.clone()).collect();
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Answer { status, to: named("location"), kind: named("content-type"), cookies, headers, body, bytes })
}
