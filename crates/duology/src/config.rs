//! What `duology.toml` may say. An unknown key is an error with a suggestion.

use std::path::Path;

use anyhow::{Context, Result, bail};
use platform::post::{Security, Smtp};
use serde::Deserialize;

/// The configuration file of a data folder. Everything has a default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct File {
    pub listen: Option<String>,
    pub base_url: Option<String>,
    pub database: Option<String>,
    pub smtp: Option<SmtpFile>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct SmtpFile {
    pub host: String,
    pub port: Option<u16>,
    #[serde(default)]
    pub security: Option<String>,
    pub user: Option<String>,
    pub password: Option<String>,
    pub password_file: Option<String>,
    pub from: String,
}

/// Every key with what it means, for `duology config explain`.
pub const KEYS: &[(&str, &str)] = &[
    ("listen", "The address to listen on, such as 127.0.0.1:8080 (default) or 0.0.0.0:80."),
    (
        "base_url",
        "Where people reach the house, such as https://mentoring.example.org; links in letters begin with it. Default: http:// and the address listened on.",
    ),
    ("database", "postgres://user:password@host/name. Without it, SQLite in the data folder."),
    ("smtp.host", "The mail server. Without [smtp], letters stay in the house."),
    ("smtp.port", "Its port: 465 for tls (default), 587 for starttls, 25 for none."),
    ("smtp.security", "tls (default), starttls, or none for a server on the same machine."),
    ("smtp.user", "The name to sign in with at the mail server."),
    ("smtp.password", "The password for it; better kept in a file of its own."),
    ("smtp.password_file", "A file that holds the password and nothing else."),
    ("smtp.from", "The address that letters come from, such as mentoring@example.org."),
];

impl File {
    /// Reads `duology.toml` of a data folder; a folder without one has all defaults.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("duology.toml");
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        Self::parse(&text).with_context(|| format!("{}", path.display()))
    }

    pub fn parse(text: &str) -> Result<Self> {
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| anyhow::anyhow!("{}", error.message()))?;
        for (key, value) in &table {
            match value {
                toml::Value::Table(inner) => inner.keys().try_for_each(|it| known(&format!("{key}.{it}")))?,
                _ => known(key)?,
            }
        }
        let file: Self = table.try_into().map_err(|error: toml::de::Error| anyhow::anyhow!("{}", error.message()))?;
        if let Some(smtp) = &file.smtp {
            smtp.read()?;
        }
        Ok(file)
    }
}

impl SmtpFile {
    pub fn read(&self) -> Result<Smtp> {
        let security = match self.security.as_deref() {
            None | Some("tls") => Security::Tls,
            Some("starttls") => Security::StartTls,
            Some("none") => Security::None,
            Some(other) => bail!("smtp.security is `{other}`; it may be tls, starttls or none"),
        };
        let default_port = match security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::None => 25,
        };
        if !platform::identity::is_email(&self.from) {
            bail!("smtp.from is `{}`; it must be an address such as mentoring@example.org", self.from);
        }
        let password = match &self.password_file {
            Some(file) => Some(
                std::fs::read_to_string(file).with_context(|| format!("smtp.password_file {file}"))?.trim().to_owned(),
            ),
            None => self.password.clone(),
        };
        let (host, user, from) = (self.host.clone(), self.user.clone(), self.from.clone());
        Ok(Smtp { host, port: self.port.unwrap_or(default_port), security, user, password, from })
    }
}

fn known(key: &str) -> Result<()> {
    if KEYS.iter().any(|(it, _)| *it == key) {
        return Ok(());
    }
    match nearest(key) {
        Some(near) => bail!("`{key}` is not a key of duology.toml; did you mean `{near}`?"),
        None => bail!("`{key}` is not a key of duology.toml; `duology config explain` lists them all"),
    }
}

/// The key that was probably meant.
pub fn nearest(key: &str) -> Option<&'static str> {
    KEYS.iter()
        .map(|(it, _)| (*it, strsim::jaro_winkler(it, key)))
        .filter(|(_, likeness)| *likeness > 0.75)
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(it, _)| it)
}

#[cfg(test)]
mod tests {
    use super::*;

    // O-03
    #[test]
    fn an_unknown_key_is_refused_with_a_suggestion() {
        let error = File::parse("lisen = \"127.0.0.1:80\"").unwrap_err().to_string();
        assert_eq!(error, "`lisen` is not a key of duology.toml; did you mean `listen`?");
        let error = File::parse("[smtp]\nhots = \"a\"").unwrap_err().to_string();
        assert_eq!(error, "`smtp.hots` is not a key of duology.toml; did you mean `smtp.host`?");
    }

    #[test]
    fn a_mail_server_has_the_usual_port_of_its_security() {
        let file =
            File::parse("[smtp]\nhost = \"mail.example.org\"\nsecurity = \"starttls\"\nfrom = \"a@example.org\"")
                .unwrap();
        assert_eq!(file.smtp.unwrap().read().unwrap().port, 587);
        let wrong = File::parse("[smtp]\nhost = \"m\"\nsecurity = \"ssl\"\nfrom = \"a@example.org\"").unwrap_err();
        assert_eq!(wrong.to_string(), "smtp.security is `ssl`; it may be tls, starttls or none");
    }
}
