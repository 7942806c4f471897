//! A PostgreSQL of our own, as long as the tests run: no password, no durability, no trace.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
};

use anyhow::{Context, Result, ensure};

use crate::machine;

/// The programs of PostgreSQL; installs them where they are missing.
pub fn ensure_installed() -> Result<PathBuf> {
    if let Some(programs) = programs() {
        return Ok(programs);
    }
    machine::install(&["postgresql"], "so that every test also runs on PostgreSQL")?;
    programs().context("apt installed PostgreSQL, but `initdb` is not where Debian puts it")
}

/// The newest in Debian's folder, or whatever is on the path.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, programs)| programs.join("initdb").is_file() && programs.join("pg_ctl").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, programs)| programs).or_else(|| Some(machine::find(&["initdb"])?.parent()?.to_path_buf()))
}

/// Stops and leaves nothing behind when it is dropped.
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    /// PostgreSQL does not serve root.
    user: Option<&'static str>,
    /// Whether a commit waits for the disk: for the bench alone.
    durable: bool,
    watch: Option<Child>,
}

impl Postgres {
    pub fn start(programs: &Path) -> Result<Postgres> {
        Postgres::start_as(programs, false)
    }

    /// One that keeps what it has said yes to, as people run it.
    pub fn start_durable(programs: &Path) -> Result<Postgres> {
        Postgres::start_as(programs, true)
    }

    fn start_as(programs: &Path, durable: bool) -> Result<Postgres> {
        let user = machine::is_root().then(|| if known("postgres") { "postgres" } else { "nobody" });
        let folder = env::temp_dir().join(format!("duology-postgres-{}", id()));
        fs::create_dir(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let port = free_port()?;
        let mut postgres = Postgres { programs: programs.to_owned(), folder, port, user, durable, watch: None };
        if let Some(user) = user {
            machine::says(Command::new("chown").arg(user).arg(&postgres.folder))?;
        }
        let data = postgres.data();
        let mut initdb = postgres.program("initdb");
        initdb.args(["--auth=trust", "--username=duology", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
        machine::says(initdb.arg(&data))?;
        postgres.watch = Some(postgres.watch()?);
        postgres.serve()?;
        println!("   {} answers at {}", postgres.version()?, postgres.url());
        Ok(postgres)
    }

    /// Where a test finds it.
    pub fn url(&self) -> String {
        format!("postgres://duology@127.0.0.1:{}", self.port)
    }

    /// Makes an empty database and says where it is.
    pub fn database(&self, name: &str) -> Result<String> {
        machine::says(self.client("createdb").arg(name))?;
        Ok(format!("{}/{name}", self.url()))
    }

    /// Gathers the statistics that the server would gather by itself some minutes later.
    pub fn analyze(&self, database: &str) -> Result<()> {
        machine::says(self.client("vacuumdb").args(["--quiet", "--analyze", database])).map(|_| ())
    }

    /// The process that all others of this server belong to.
    pub fn process(&self) -> Result<u32> {
        let file = self.data().join("postmaster.pid");
        let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        text.lines().next().and_then(|line| line.trim().parse().ok()).context("postmaster.pid names no process")
    }

    fn serve(&self) -> Result<()> {
        let mut settings = vec!["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=400"];
        if !self.durable {
            settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        }
        let settings: Vec<String> = settings.iter().map(|it| format!("-c '{it}'")).collect();
        let options = settings.join(" ") + &format!(" -p {}", self.port);
        let mut start = self.program("pg_ctl");
        start.arg("start").arg("--wait").arg("--silent").arg("-D").arg(self.data());
        start.arg("-l").arg(self.folder.join("log")).arg("-o").arg(options);
        // A server that keeps our output open would keep us waiting for its end.
        let started = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        ensure!(started.success(), "PostgreSQL did not start: {}", log.lines().last().unwrap_or("it left no word"));
        Ok(())
    }

    /// Ends the server when this process is killed and cannot do so itself.
    fn watch(&self) -> Result<Child> {
        let script =
            "while kill -0 \"$1\" 2>/dev/null; do sleep 1; done; shift; folder=$1; shift; \"$@\"; rm -rf \"$folder\"";
        let stop = self.stop();
        let mut watch = Command::new("sh");
        watch.arg("-c").arg(script).arg("watch").arg(id().to_string()).arg(&self.folder);
        watch.arg(stop.get_program()).args(stop.get_args());
        watch.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/").process_group(0);
        watch.spawn().context("sh cannot be started")
    }

    fn stop(&self) -> Command {
        let mut stop = self.program("pg_ctl");
        stop.arg("stop").args(["--mode=immediate", "--wait", "--silent", "-D"]).arg(self.data());
        stop
    }

    pub fn version(&self) -> Result<String> {
        machine::says(self.program("postgres").arg("--version"))
    }

    fn client(&self, name: &str) -> Command {
        let mut client = self.program(name);
        client.args(["--host=127.0.0.1", "--username=duology", "--port"]).arg(self.port.to_string());
        client
    }

    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = match self.user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.current_dir(&self.folder);
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.data().join("postmaster.pid").exists()
            && let Err(failure) = machine::says(&mut self.stop())
        {
            eprintln!("   PostgreSQL in {} could not be stopped: {failure:#}", self.folder.display());
        }
        if let Some(mut watch) = self.watch.take() {
            let _ = watch.kill().and_then(|()| watch.wait());
        }
        if let Err(failure) = fs::remove_dir_all(&self.folder) {
            eprintln!("   {} could not be removed: {failure}", self.folder.display());
        }
    }
}

fn known(user: &str) -> bool {
    machine::says(Command::new("id").arg("-u").arg(user)).is_ok()
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use std::{io::Write, net::TcpStream};

    use super::*;

    #[test]
    fn our_postgres_answers_while_it_is_held_and_leaves_nothing_behind() {
        let Some(programs) = programs() else {
            let target = machine::target(&crate::root());
            fs::create_dir_all(&target).unwrap();
            let file = env::var_os("SKIPPED_TESTS").map_or_else(|| target.join("skipped.txt"), Into::into);
            let mut skipped = fs::File::options().create(true).append(true).open(file).unwrap();
            writeln!(skipped, "our_postgres_answers_while_it_is_held_and_leaves_nothing_behind").unwrap();
            return;
        };
        let postgres = Postgres::start(&programs).unwrap();
        let (folder, address) = (postgres.folder.clone(), format!("127.0.0.1:{}", postgres.port));
        assert!(TcpStream::connect(&address).is_ok());
        assert!(postgres.url().ends_with(&address));
        drop(postgres);
        assert!(TcpStream::connect(&address).is_err());
        assert!(!folder.exists());
    }
}
