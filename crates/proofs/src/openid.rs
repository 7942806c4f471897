//! The association's own sign-in by OpenID Connect: the code flow with PKCE, state and
//! nonce. Blocks, so it belongs before a unit of work.
//!
//! # Design
//! State, nonce and verifier follow from one secret in a cookie of the browser that began,
//! so nothing is kept here until it comes back. Who somebody is there is the pair of issuer
//! and subject; an address is only what the provider says about them.

use std::{io::Read, time::Duration};

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims,
        CoreJwsSigningAlgorithm, CoreProviderMetadata,
    },
};
use sha2::{Digest, Sha256};

/// How long one answer of the provider may take, and how long it may be.
const PATIENCE: Duration = Duration::from_secs(5);
const MOST_BYTES: u64 = 1024 * 1024;
/// How old an answer may be, and how much clocks may differ, in seconds.
const FRESH: i64 = 600;
const CLOCKS_DIFFER: i64 = 60;

/// Only signatures that the provider alone can make: none with a shared secret, and never none.
const SIGNATURES: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The provider as the configuration names it.
#[derive(Clone, Debug)]
pub struct Provider {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
}

/// What the provider says about somebody, once it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    pub issuer: String,
    pub subject: String,
    pub name: String,
    pub email: Option<String>,
    pub email_is_verified: bool,
    /// Whether the provider says that it asked for more than a password.
    pub has_two_factors: bool,
}

/// What the browser brings back from the provider.
#[derive(Clone, Debug, Default)]
pub struct Return {
    pub code: String,
    pub state: String,
    /// Who says so, where the provider names itself (RFC 9207).
    pub issuer: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The provider does not answer as one should; the words are for the log.
    #[error("the provider cannot be reached or does not answer as it should: {0}")]
    Provider(String),
    #[error("this answer belongs to another sign-in")]
    State,
    #[error("this answer comes from another provider")]
    Mixed,
    #[error("the provider did not take the code: {0}")]
    Code(String),
    #[error("what the provider says about the person does not hold: {0}")]
    Claims(String),
}

/// What one attempt to sign in is bound to; all of it follows from the browser's secret.
pub struct Attempt {
    pub state: String,
    nonce: String,
    verifier: String,
}

impl Attempt {
    pub fn of(secret: &str) -> Self {
        let one = |what: &str| hex(&Sha256::digest(format!("openid {what} of {secret}").as_bytes()));
        Self { state: one("state"), nonce: one("nonce"), verifier: one("verifier") }
    }
}

/// Where the browser goes to sign in.
pub fn begin(provider: &Provider, attempt: &Attempt, back: &str) -> Result<String, Refusal> {
    let client = client(provider, back)?;
    let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
    let (state, nonce) = (CsrfToken::new(attempt.state.clone()), Nonce::new(attempt.nonce.clone()));
    let (address, _, _) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
        .add_scopes([Scope::new("email".to_owned()), Scope::new("profile".to_owned())])
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .url();
    Ok(address.to_string())
}

/// Takes the code to the provider, and judges what it says.
pub fn finish(
    provider: &Provider,
    attempt: &Attempt,
    back: &str,
    brought: &Return,
    now: Timestamp,
) -> Result<Claims, Refusal> {
    if brought.state != attempt.state {
        return Err(Refusal::State);
    }
    if !brought.issuer.is_empty() && brought.issuer != provider.issuer {
        return Err(Refusal::Mixed);
    }
    let client = client(provider, back)?;
    let asked = client.exchange_code(AuthorizationCode::new(brought.code.clone()));
    let asked = asked.map_err(|error| Refusal::Provider(error.to_string()))?;
    let tokens = asked
        .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()))
        .request(&|request| ask(provider, request))
        .map_err(|error| Refusal::Code(error.to_string()))?;
    let token = tokens.id_token().ok_or_else(|| Refusal::Claims("it says nothing about the person".to_owned()))?;
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(SIGNATURES)
        .set_time_fn(move || time(now))
        .set_issue_time_verifier_fn(move |issued| is_fresh(issued, now));
    let claims = token
        .claims(&verifier, &Nonce::new(attempt.nonce.clone()))
        .map_err(|error| Refusal::Claims(error.to_string()))?;
    belongs_to_access(&tokens, token, claims, &client)?;
    if claims.subject().is_empty() {
        return Err(Refusal::Claims("it names nobody".to_owned()));
    }
    Ok(read(claims))
}

fn client(provider: &Provider, back: &str) -> Result<Client, Refusal> {
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| Refusal::Provider(error.to_string()))?;
    let metadata = CoreProviderMetadata::discover(&issuer, &|request| ask(provider, request))
        .map_err(|error| Refusal::Provider(error.to_string()))?;
    let basic = CoreClientAuthMethod::ClientSecretBasic;
    let by_header = metadata.token_endpoint_auth_methods_supported().is_none_or(|known| known.contains(&basic));
    let back = RedirectUrl::new(back.to_owned()).map_err(|error| Refusal::Provider(error.to_string()))?;
    let (id, secret) = (provider.client_id.clone(), provider.client_secret.clone());
    let client = CoreClient::from_provider_metadata(metadata, ClientId::new(id), Some(ClientSecret::new(secret)));
    let how = if by_header { AuthType::BasicAuth } else { AuthType::RequestBody };
    Ok(client.set_redirect_uri(back).set_auth_type(how))
}

/// One request to the provider: no redirects, no proxy of the environment, no plain HTTP
/// unless the provider stands on this machine.
fn ask(provider: &Provider, request: HttpRequest) -> Result<HttpResponse, Unreached> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .https_only(provider.issuer.starts_with("https://"))
        .proxy(None)
        .user_agent("Duology")
        .build();
    let response = ureq::Agent::new_with_config(config).run(request).map_err(|error| Unreached(error.to_string()))?;
    let (parts, body) = response.into_parts();
    if parts.status.is_redirection() {
        return Err(Unreached("it sends elsewhere".to_owned()));
    }
    let mut bytes = Vec::new();
    let read = body.into_reader().take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| Unreached(error.to_string()))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Unreached("its answer is longer than a megabyte".to_owned()));
    }
    Ok(HttpResponse::from_parts(parts, bytes))
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unreached(String);

fn time(now: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp(now.as_second(), 0).unwrap_or_default()
}

fn is_fresh(issued: DateTime<Utc>, now: Timestamp) -> Result<(), String> {
    let age = now.as_second() - issued.timestamp();
    if (-CLOCKS_DIFFER..=FRESH).contains(&age) { Ok(()) } else { Err(format!("it was issued {age} seconds ago")) }
}

/// Where the answer says to which access it belongs, it must be this one.
fn belongs_to_access(
    tokens: &impl OAuth2TokenResponse,
    token: &CoreIdToken,
    claims: &CoreIdTokenClaims,
    client: &Client,
) -> Result<(), Refusal> {
    let Some(said) = claims.access_token_hash() else { return Ok(()) };
    let refused = |error: String| Refusal::Claims(error);
    let verifier = client.id_token_verifier();
    let signed = token.signing_alg().map_err(|error| refused(error.to_string()))?;
    let key = token.signing_key(&verifier).map_err(|error| refused(error.to_string()))?;
    let right = AccessTokenHash::from_token(tokens.access_token(), signed, key);
    if right.map_err(|error| refused(error.to_string()))? == *said {
        Ok(())
    } else {
        Err(refused("it belongs to another access".to_owned()))
    }
}

fn read(claims: &CoreIdTokenClaims) -> Claims {
    let name = claims.name().and_then(|name| name.get(None)).map_or_else(String::new, |it| it.to_string());
    let email = claims.email().map(|it| it.to_string());
    let methods = claims.auth_method_refs().map_or(&[][..], Vec::as_slice);
    Claims {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        name,
        email_is_verified: email.is_some() && claims.email_verified() == Some(true),
        email,
        has_two_factors: methods.iter().any(|it| it.as_str() == "mfa"),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
