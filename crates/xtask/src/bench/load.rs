//! Many requests over a few connections that stay open, as browsers keep theirs.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

/// A request as it goes over the wire.
#[derive(Clone)]
pub struct Request {
    bytes: Vec<u8>,
}

impl Request {
    pub fn get(path: &str, token: &str) -> Self {
        let cookie = cookie(token);
        Self { bytes: format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{cookie}\r\n").into_bytes() }
    }

    pub fn post(path: &str, body: &str, token: &str) -> Self {
        let (cookie, length) = (cookie(token), body.len());
        let kind = "application/x-www-form-urlencoded";
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\nsec-fetch-site: same-origin\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{cookie}\r\n"
        );
        Self { bytes: (head + body).into_bytes() }
    }

    /// From a place on the network that a trusted proxy names.
    pub fn post_from(path: &str, body: &str, visitor: &str) -> Self {
        let Self { bytes } = Self::post(path, body, "");
        let text = String::from_utf8_lossy(&bytes);
        let told = text.replacen("\r\nhost: ", &format!("\r\nx-forwarded-for: {visitor}\r\nhost: "), 1);
        Self { bytes: told.into_bytes() }
    }
}

fn cookie(token: &str) -> String {
    if token.is_empty() { String::new() } else { format!("cookie: duology={token}\r\n") }
}

pub struct Answer {
    pub status: u16,
    /// Where it leads, for an answer that leads elsewhere.
    pub to: String,
    /// All headers in their order, but those that differ each time: the date and the number
    /// of the request.
    pub headers: String,
    pub body: Vec<u8>,
}

pub struct Load<'a> {
    requests: &'a [Request],
    /// The status that every answer must have.
    status: u16,
    connections: usize,
    many: usize,
    pub warm_up: usize,
    /// Whether each request may be sent only once.
    pub once: bool,
}

impl<'a> Load<'a> {
    /// `many` requests, these in turn, after some to warm up.
    pub fn of(requests: &'a [Request], status: u16, connections: usize, many: usize) -> Self {
        Self { requests, status, connections, many, warm_up: many / 10, once: false }
    }
}

pub struct Measured {
    pub connections: usize,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// Of all processes of the server, for one request.
    pub cpu_ms: f64,
    /// What an answer weighs on average.
    pub kilobytes: f64,
}

/// Sends the load and measures it; `cpu` gives the processor time so far in seconds.
pub fn run(address: SocketAddr, load: &Load, cpu: impl Fn() -> Result<f64>) -> Result<Measured> {
    ensure!(!load.requests.is_empty(), "there is nothing to send");
    ensure!(!load.once || load.requests.len() >= load.many, "there are too few requests to send each once");
    let (warmed, sent) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (ready, go) = (Barrier::new(load.connections + 1), Barrier::new(load.connections + 1));
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..load.connections)
            .map(|_| {
                scope.spawn(|| {
                    let warm = Connection::open(address).and_then(|mut connection| {
                        connection.send_all(load, &warmed, load.warm_up).map(|_| connection)
                    });
                    ready.wait();
                    go.wait();
                    warm?.send_all(load, &sent, load.many)
                })
            })
            .collect();
        ready.wait();
        let (cpu_before, began) = (cpu()?, Instant::now());
        go.wait();
        let mut times = Vec::new();
        let mut bytes = 0;
        for one in running {
            let (took, weight) = one.join().map_err(|_| anyhow::anyhow!("a connection broke"))??;
            times.extend(took);
            bytes += weight;
        }
        let (seconds, cpu_seconds) = (began.elapsed().as_secs_f64(), cpu()? - cpu_before);
        times.sort_unstable();
        let at =
            |part: f64| times.get((times.len() as f64 * part) as usize).map_or(0.0, |it| it.as_secs_f64() * 1000.0);
        let many = times.len() as f64;
        Ok(Measured {
            connections: load.connections,
            per_second: many / seconds,
            p50_ms: at(0.5),
            p99_ms: at(0.99),
            cpu_ms: cpu_seconds * 1000.0 / many,
            kilobytes: bytes as f64 / many / 1024.0,
        })
    })
}

/// Sends each request once over four connections and keeps the answers, in their order.
pub fn collect(address: SocketAddr, requests: &[Request], status: u16) -> Result<Vec<Answer>> {
    let share = requests.len().div_ceil(4).max(1);
    std::thread::scope(|scope| {
        let running: Vec<_> = requests
            .chunks(share)
            .map(|share| {
                scope.spawn(move || {
                    let mut connection = Connection::open(address)?;
                    share.iter().map(|request| connection.send(request, status)).collect::<Result<Vec<_>>>()
                })
            })
            .collect();
        let mut answers = Vec::new();
        for one in running {
            answers.extend(one.join().map_err(|_| anyhow::anyhow!("a connection broke"))??);
        }
        Ok(answers)
    })
}

pub struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self { stream: BufReader::with_capacity(128 * 1024, stream) })
    }

    /// Asks, whatever the answer is.
    pub fn ask(&mut self, request: &Request) -> Result<Answer> {
        self.stream.get_mut().write_all(&request.bytes)?;
        self.answer()
    }

    pub fn send(&mut self, request: &Request, status: u16) -> Result<Answer> {
        let answer = self.ask(request)?;
        if answer.status != status {
            let asked = String::from_utf8_lossy(&request.bytes);
            let words = String::from_utf8_lossy(&answer.body);
            bail!("{} answered {}, not {status}:\n{words}", asked.lines().next().unwrap_or_default(), answer.status);
        }
        Ok(answer)
    }

    /// Takes the next request whoever is free, until `many` are sent.
    fn send_all(&mut self, load: &Load, next: &AtomicUsize, many: usize) -> Result<(Vec<Duration>, usize)> {
        let mut times = Vec::with_capacity(many / load.connections + 1);
        let mut bytes = 0;
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= many {
                return Ok((times, bytes));
            }
            let began = Instant::now();
            let answer = self.send(&load.requests[place % load.requests.len()], load.status)?;
            times.push(began.elapsed());
            bytes += answer.body.len();
        }
    }

    fn answer(&mut self) -> Result<Answer> {
        let mut answer = Answer { status: 0, to: String::new(), headers: String::new(), body: Vec::new() };
        let (mut line, mut length) = (String::new(), None);
        loop {
            line.clear();
            ensure!(self.stream.read_line(&mut line)? > 0, "the server hung up");
            let words = line.trim_end();
            if words.is_empty() {
                break;
            }
            if answer.status == 0 {
                answer.status = words.split(' ').nth(1).and_then(|it| it.parse().ok()).context("no status")?;
            } else if let Some((name, value)) = words.split_once(": ") {
                match name {
                    "content-length" => length = value.parse().ok(),
                    "location" => value.clone_into(&mut answer.to),
                    _ => {}
                }
                if !["date", "x-request-id", "content-length"].contains(&name) {
                    answer.headers.push_str(&format!("{name}: {value}\n"));
                }
            }
        }
        answer.body = vec![0; length.context("an answer did not say its length")?];
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// Answers every request of one connection after the other.
    fn small_server() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                std::thread::spawn(move || {
                    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                    let mut stream = stream;
                    while let Some(Ok(line)) = lines.next() {
                        if line.is_empty() {
                            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello").unwrap();
                        }
                    }
                });
            }
        });
        address
    }

    #[test]
    fn every_request_is_sent_and_measured_once() {
        let requests = [Request::get("/", ""), Request::get("/a", "token")];
        let load = Load::of(&requests, 200, 3, 50);
        let measured = run(small_server(), &load, || Ok(0.0)).unwrap();
        assert!(measured.per_second > 0.0 && measured.p50_ms <= measured.p99_ms);
        assert!((measured.kilobytes * 1024.0 - 5.0).abs() < 0.01);
    }

    #[test]
    fn an_answer_that_was_not_expected_ends_the_bench() {
        let requests = [Request::get("/", "")];
        let load = Load::of(&requests, 303, 2, 10);
        let failure = run(small_server(), &load, || Ok(0.0)).err().unwrap();
        assert!(failure.to_string().contains("answered 200, not 303"), "{failure}");
    }
}
