//! Passkeys: a key that a device keeps, and opens with a finger, a face or a number of its
//! own. One is two factors by itself; it belongs to this house's host and works nowhere else.

use serde_json::Value;
use url::Url;
use uuid::Uuid;
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration},
};
use webauthn_rs_proto::{PublicKeyCredential, RegisterPublicKeyCredential, ResidentKeyRequirement};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This house cannot take passkeys: they need a name as its address, not a number.")]
    NoName,
    #[error("The passkey was not accepted. Please try again.")]
    NotAccepted,
    #[error("Something went wrong on our side. Please try again.")]
    Broken,
}

/// What a browser is asked, and what has to be remembered until it answers.
pub struct Question {
    pub options: Value,
    pub state: String,
}

/// A passkey as it is kept: which one, and its public half.
#[derive(Debug)]
pub struct Kept {
    pub credential: Vec<u8>,
    pub key: String,
}

/// The house as passkeys know it.
pub struct Site(Webauthn);

impl Site {
    /// From the address where people reach the house. Passkeys belong to a name: a house at
    /// a bare number has none.
    pub fn new(base_url: &str, name: &str) -> Result<Self, Refusal> {
        let origin = Url::parse(base_url).map_err(|_| Refusal::NoName)?;
        let host = origin.domain().ok_or(Refusal::NoName)?.to_owned();
        let builder = WebauthnBuilder::new(&host, &origin).map_err(|_| Refusal::NoName)?;
        builder.rp_name(name).build().map(Self).map_err(|_| Refusal::NoName)
    }

    /// Asks a browser for a new passkey of this person, other than those they have.
    pub fn ask_for_new(&self, person: Uuid, email: &str, name: &str, known: &[Vec<u8>]) -> Result<Question, Refusal> {
        let known: Vec<CredentialID> = known.to_vec();
        let asked = self.0.start_passkey_registration(person, email, name, Some(known));
        let (mut options, state) = asked.map_err(|_| Refusal::Broken)?;
        // A device must find it without being told whose it is.
        if let Some(wish) = &mut options.public_key.authenticator_selection {
            wish.resident_key = Some(ResidentKeyRequirement::Required);
            wish.require_resident_key = true;
        }
        question(&options.public_key, &state)
    }

    pub fn add(&self, answer: &str, state: &str) -> Result<Kept, Refusal> {
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let state: PasskeyRegistration = read(state)?;
        let passkey = self.0.finish_passkey_registration(&answer, &state).map_err(|_| Refusal::NotAccepted)?;
        let key = serde_json::to_string(&passkey).map_err(|_| Refusal::Broken)?;
        Ok(Kept { credential: passkey.cred_id().to_vec(), key })
    }

    /// Asks a browser for any passkey of this house.
    pub fn ask(&self) -> Result<Question, Refusal> {
        let (options, state) = self.0.start_discoverable_authentication().map_err(|_| Refusal::Broken)?;
        question(&options.public_key, &state)
    }

    /// Whose passkey an answer claims to be, and which; nothing is proved by it yet.
    pub fn claimed(&self, answer: &str) -> Result<(Uuid, Vec<u8>), Refusal> {
        let answer: PublicKeyCredential = read(answer)?;
        let (person, credential) =
            self.0.identify_discoverable_authentication(&answer).map_err(|_| Refusal::NotAccepted)?;
        Ok((person, credential.to_vec()))
    }

    /// Judges an answer against the key that is kept. The key comes back when its counter moved.
    pub fn judge(&self, answer: &str, state: &str, key: &str) -> Result<Option<String>, Refusal> {
        let answer: PublicKeyCredential = read(answer)?;
        let state: DiscoverableAuthentication = read(state)?;
        let mut passkey: Passkey = serde_json::from_str(key).map_err(|_| Refusal::Broken)?;
        let done = self.0.finish_discoverable_authentication_v2(&answer, state, &passkey);
        let done = done.map_err(|_| Refusal::NotAccepted)?;
        if !done.user_verified() {
            return Err(Refusal::NotAccepted);
        }
        match passkey.update_credential(&done) {
            Some(true) => serde_json::to_string(&passkey).map(Some).map_err(|_| Refusal::Broken),
            _ => Ok(None),
        }
    }
}

fn question(options: &impl serde::Serialize, state: &impl serde::Serialize) -> Result<Question, Refusal> {
    let options = serde_json::to_value(options).map_err(|_| Refusal::Broken)?;
    let state = serde_json::to_string(state).map_err(|_| Refusal::Broken)?;
    Ok(Question { options, state })
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|_| Refusal::NotAccepted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_at_a_number_has_no_passkeys() {
        assert_eq!(Site::new("http://127.0.0.1:8080", "A").err(), Some(Refusal::NoName));
        assert_eq!(Site::new("http://[::1]:8080", "A").err(), Some(Refusal::NoName));
        assert!(Site::new("http://localhost:8080", "A").is_ok());
        assert!(Site::new("https://mentoring.example.org", "A").is_ok());
    }

    #[test]
    fn a_new_passkey_is_one_that_a_device_finds_by_itself_and_opens_for_its_owner_alone() {
        let site = Site::new("https://mentoring.example.org", "Formal Mentoring").unwrap();
        let asked = site.ask_for_new(Uuid::from_u128(7), "anna@example.org", "Anna", &[vec![1, 2, 3]]).unwrap();
        assert_eq!(asked.options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(asked.options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(asked.options["rp"]["id"], "mentoring.example.org");
        assert_eq!(asked.options["excludeCredentials"][0]["id"], "AQID");
        let asked = site.ask().unwrap();
        assert_eq!(asked.options["userVerification"], "required");
        assert_eq!(asked.options["allowCredentials"], serde_json::json!([]));
    }

    #[test]
    fn an_answer_that_is_none_is_not_accepted() {
        let site = Site::new("https://mentoring.example.org", "Formal Mentoring").unwrap();
        let state = site.ask().unwrap().state;
        for answer in ["", "{}", "null", "[1]", "{\"id\":\"a\",\"rawId\":\"YQ\",\"type\":\"public-key\"}"] {
            assert_eq!(site.claimed(answer).unwrap_err(), Refusal::NotAccepted);
            assert_eq!(site.judge(answer, &state, "{}").unwrap_err(), Refusal::NotAccepted);
            assert_eq!(site.add(answer, &state).unwrap_err(), Refusal::NotAccepted);
        }
    }
}
