//! What `duology.toml` may say. An unknown key is an error with a suggestion.

use std::{net::SocketAddr, path::Path};

use anyhow::{Context, Result, bail};
use platform::{
    app::OpenId,
    network::Range,
    post::{Security, Smtp},
};
use serde::Deserialize;

/// The configuration file of a data folder. Everything has a default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct File {
    pub listen: Option<String>,
    pub base_url: Option<String>,
    pub database: Option<String>,
    pub keyring: Option<String>,
    pub key_command: Option<String>,
    pub smtp: Option<SmtpFile>,
    /// Proxies in front of the house, parted by commas.
    pub trusted_proxies: Option<String>,
    pub openid: Option<OpenIdFile>,
}

#[derive(Clone, Deserialize)]
pub struct OpenIdFile {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<String>,
    pub client_secret_file: Option<String>,
    pub label: Option<String>,
}

impl std::fmt::Debug for OpenIdFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpenIdFile {{ issuer: {:?}, … }}", self.issuer)
    }
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
    ("keyring", "The file of master keys, which only its owner may read. Default: keys/master.key in the data folder."),
    ("key_command", "A command that prints the keyring instead, such as one that asks a key service."),
    (
        "trusted_proxies",
        "Proxies in front of the house, such as 127.0.0.1 or 10.0.0.0/8, parted by commas; only they may say in X-Forwarded-For where a request comes from. Default: none.",
    ),
    ("smtp.host", "The mail server. Without [smtp], letters stay in the house."),
    ("smtp.port", "Its port: 465 for tls (default), 587 for starttls, 25 for none."),
    ("smtp.security", "tls (default), starttls, or none for a server on the same machine."),
    ("smtp.user", "The name to sign in with at the mail server."),
    ("smtp.password", "The password for it; better kept in a file of its own."),
    ("smtp.password_file", "A file that holds the password and nothing else."),
    ("smtp.from", "The address that letters come from, such as mentoring@example.org."),
    (
        "openid.issuer",
        "The association's own sign-in by OpenID Connect, such as https://login.example.org. It must know base_url/sign-in/openid/back as the address to come back to.",
    ),
    ("openid.client_id", "The name under which it knows this house."),
    ("openid.client_secret", "The secret for it; better kept in a file of its own, or in DUOLOGY_OPENID_SECRET."),
    ("openid.client_secret_file", "A file that holds the secret and nothing else."),
    ("openid.label", "What stands on the button; default: Sign in with the association."),
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
                toml::Value::Table(inner) => {
                    inner.iter().try_for_each(|(it, value)| sound(&format!("{key}.{it}"), value))?;
                }
                _ => sound(key, value)?,
            }
        }
        for (key, inner) in [("smtp", "host"), ("smtp", "from"), ("openid", "issuer"), ("openid", "client_id")] {
            if table.get(key).is_some_and(|it| it.get(inner).is_none()) {
                bail!("[{key}] needs `{inner}`; `duology config explain {key}.{inner}` says what it means");
            }
        }
        let file: Self = table.try_into().map_err(|error: toml::de::Error| anyhow::anyhow!("{}", error.message()))?;
        if let Some(smtp) = &file.smtp {
            smtp.read()?;
        }
        file.trusted_proxies()?;
        Ok(file)
    }
}

impl File {
    pub fn trusted_proxies(&self) -> Result<Vec<Range>> {
        let all = self.trusted_proxies.as_deref().unwrap_or_default();
        let range = |it: &str| {
            Range::parse(it).with_context(|| {
                format!(
                    "trusted_proxies names `{it}`; write an address such as 127.0.0.1 or a range such as 10.0.0.0/8"
                )
            })
        };
        all.split(',').map(str::trim).filter(|it| !it.is_empty()).map(range).collect()
    }
}

impl OpenIdFile {
    pub fn read(&self) -> Result<OpenId> {
        let secret = match (&self.client_secret_file, &self.client_secret) {
            (Some(file), _) => std::fs::read_to_string(file)
                .with_context(|| format!("openid.client_secret_file {file}"))?
                .trim()
                .to_owned(),
            (None, Some(secret)) => secret.clone(),
            (None, None) => std::env::var("DUOLOGY_OPENID_SECRET").context(
                "[openid] needs `client_secret_file`, `client_secret` or DUOLOGY_OPENID_SECRET in the environment",
            )?,
        };
        let label = self.label.clone().unwrap_or_else(|| "Sign in with the association".to_owned());
        let (issuer, client_id) = (self.issuer.clone(), self.client_id.clone());
        Ok(OpenId { issuer, client_id, client_secret: secret, label })
    }
}

/// Over TLS, or on this machine alone.
fn is_issuer(words: &str) -> bool {
    let near = ["http://localhost", "http://127.0.0.1"]
        .iter()
        .filter_map(|it| words.strip_prefix(it))
        .any(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    near || words.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.contains(['?', '#', '@', ' ']))
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

/// Whether this is a key, with a value of its kind.
fn sound(key: &str, value: &toml::Value) -> Result<()> {
    known(key)?;
    let words = match (key, value) {
        ("smtp.port", value) => {
            if !value.as_integer().is_some_and(|port| (1..=65_535).contains(&port)) {
                bail!("smtp.port must be a number from 1 to 65535");
            }
            return Ok(());
        }
        (_, toml::Value::String(words)) => words.as_str(),
        _ => bail!("{key} must be a text in quotation marks, not {}", value.type_str()),
    };
    match key {
        "listen" if words.parse::<SocketAddr>().is_err() => {
            bail!("listen is `{words}`; write an address such as 127.0.0.1:8080")
        }
        "base_url" if !is_base(words) => {
            bail!(
                "base_url is `{words}`; it must begin with http:// or https:// and name a host, such as https://mentoring.example.org"
            )
        }
        "database" => database(words),
        "openid.issuer" if !is_issuer(words) => {
            bail!("openid.issuer is `{words}`; it must begin with https://, such as https://login.example.org")
        }
        _ => Ok(()),
    }
}

/// A scheme, a host, and nothing that links would have to carry along.
fn is_base(words: &str) -> bool {
    let host = words.strip_prefix("https://").or_else(|| words.strip_prefix("http://")).unwrap_or_default();
    let host = host.trim_end_matches('/');
    !host.is_empty() && !host.contains(['/', '?', '#', '@', ' '])
}

/// Whether the house can stand on this database.
pub fn database(url: &str) -> Result<()> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(());
    }
    bail!(
        "the database `{}` is not one we know; write postgres://user@host/name, or leave it away for SQLite",
        hidden(url)
    )
}

/// An address of a database without its password.
fn hidden(url: &str) -> String {
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (_, host))) => format!("{scheme}://…@{host}"),
        None => url.to_owned(),
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

    // O-03
    #[test]
    fn a_value_that_cannot_be_is_refused_by_the_name_of_its_key() {
        let refusal = |text: &str| File::parse(text).unwrap_err().to_string();
        for (text, key) in [
            ("base_url = \"ftp://x\"", "base_url"),
            ("base_url = \"https://x/mentoring\"", "base_url"),
            ("listen = \"abc\"", "listen"),
            ("listen = 5", "listen"),
            ("database = \"sqlite://x\"", "database"),
            ("[smtp]\nhost = \"m\"\nfrom = \"a@example.org\"\nport = 0", "smtp.port"),
            ("[smtp]\nhost = 5\nfrom = \"a@example.org\"", "smtp.host"),
            ("[smtp]\nfrom = \"a@example.org\"", "`host`"),
        ] {
            assert!(refusal(text).contains(key), "{text}: {}", refusal(text));
        }
        let refused = refusal("database = \"mysql://me:secret@host/db\"");
        assert!(refused.contains("mysql://…@host/db") && !refused.contains("secret"), "{refused}");
        assert!(File::parse("base_url = \"https://mentoring.example.org/\"\nlisten = \"[::1]:80\"").is_ok());
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
