//! What somebody answered, by the fields' keys.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One line of an ordered wish: what it is, and under which topic.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Ranked {
    pub text: String,
    pub topic: String,
}

/// Only what was answered is in it. "Cannot say" is there as null.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Answers {
    map: Map<String, Value>,
}

impl Answers {
    pub fn new() -> Self {
        Self::default()
    }

    /// A text or a choice; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        self.map.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// All texts of an answer of several: picks, tags, free hours, and the texts of wishes.
    pub fn list(&self, key: &str) -> Vec<String> {
        match self.map.get(key) {
            Some(Value::Array(items)) => items.iter().filter_map(text_of).collect(),
            Some(Value::String(text)) if !text.is_empty() => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    pub fn number(&self, key: &str) -> Option<i64> {
        self.map.get(key).and_then(Value::as_i64)
    }

    /// The numbers of an answer of several: working styles. 0 stands for one left out.
    pub fn numbers(&self, key: &str) -> Vec<i64> {
        let Some(Value::Array(items)) = self.map.get(key) else { return Vec::new() };
        items.iter().map(|item| item.as_i64().unwrap_or(0)).collect()
    }

    /// Ordered wishes, each with its topic.
    pub fn ranked(&self, key: &str) -> Vec<Ranked> {
        let Some(Value::Array(items)) = self.map.get(key) else { return Vec::new() };
        let text = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        items.iter().map(|item| Ranked { text: text(item, "text"), topic: text(item, "topic") }).collect()
    }

    pub fn ticked(&self, key: &str) -> bool {
        self.map.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Whether there is an answer, be it "cannot say".
    pub fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.map.get(key)
    }

    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.map.insert(key.to_owned(), value.into());
    }

    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.map.remove(key)
    }

    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.map.keys().map(String::as_str)
    }

    /// Adds the answers of another, which win.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.map.extend(other.map);
        self
    }

    pub fn to_json(&self) -> String {
        Value::Object(self.map.clone()).to_string()
    }

    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

fn text_of(item: &Value) -> Option<String> {
    match item {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => fields.get("text").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

impl From<Ranked> for Value {
    fn from(ranked: Ranked) -> Self {
        serde_json::json!({ "text": ranked.text, "topic": ranked.topic })
    }
}
