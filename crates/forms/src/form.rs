//! A form as data: the preset writes it in TOML, a committee's own version is kept as JSON.

use program::preset;
use serde::{Deserialize, Serialize};

use crate::answers::Answers;

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub name: String,
    /// The preset's is 1; each edit by the committee is one more.
    #[serde(default)]
    pub version: i64,
    pub title: String,
    #[serde(default)]
    pub intro: String,
    /// What is said once it is sent.
    #[serde(default)]
    pub done: String,
    /// Who reads the answers and what becomes of them; shown above the first question.
    #[serde(default)]
    pub notice: String,
    /// How long it takes; 0 where nobody measured.
    #[serde(default)]
    pub minutes: i64,
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub key: String,
    pub title: String,
    #[serde(default)]
    pub intro: String,
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub key: String,
    pub label: String,
    pub kind: Kind,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub help: String,
    #[serde(default)]
    pub options: Vec<String>,
    /// The preset's list that the options come from.
    #[serde(default)]
    pub list: String,
    /// Codes of who can read the answer; `readers.rs` has the words.
    #[serde(default)]
    pub readers: Vec<String>,
    /// The most characters a text may have.
    #[serde(default)]
    pub max: Option<usize>,
    #[serde(default)]
    pub max_picks: Option<usize>,
    /// How many of the picks may be marked as strong.
    #[serde(default)]
    pub max_strong: Option<usize>,
    /// The least and greatest number, the earliest and latest day.
    #[serde(default)]
    pub least: Option<String>,
    #[serde(default)]
    pub most: Option<String>,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub sealed: bool,
    /// The text that a tick accepts: `pledge`, `privacy`.
    #[serde(default)]
    pub accepts: String,
    /// Asked only of those who answered another question so; nothing where all are asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_if: Option<OnlyIf>,
}

/// One of these answers to an earlier question.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OnlyIf {
    pub question: String,
    pub answers: Vec<String>,
}

/// What a tick answers, where a condition asks for it.
pub const TICKED: &str = "yes";

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Text,
    Long,
    Email,
    Phone,
    Number,
    Date,
    Choice,
    Multi,
    Rank3,
    Tick,
    Tz,
    Tags,
    Grid,
    Pairs,
    Agree5,
    Skill5,
    Quality4,
    Score10,
    Goal5,
    /// A file, or a link to something that stands elsewhere.
    File,
}

impl Form {
    /// All fields in the order they are asked.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key == key)
    }

    /// Whether a question is asked at all of somebody who answered so. A condition on a
    /// question that is not asked either does not hold.
    pub fn asks(&self, field: &Field, answers: &Answers) -> bool {
        let Some(only_if) = &field.only_if else { return true };
        let Some(earlier) = self.before(field).find(|it| it.key == only_if.question) else { return false };
        let said = match earlier.kind {
            Kind::Tick if answers.ticked(&earlier.key) => vec![TICKED.to_owned()],
            _ => answers.list(&earlier.key),
        };
        self.asks(earlier, answers) && said.iter().any(|it| only_if.answers.contains(it))
    }

    /// The questions that come before one, which are the ones it may depend on.
    pub fn before<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Field> {
        self.fields().take_while(|it| it.key != field.key)
    }

    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// The form with `{{org}}`, `{{end_date}}` … filled in wherever people read it.
    #[must_use]
    pub fn filled(&self, values: &[(&str, &str)]) -> Self {
        let fill = |text: &String| preset::fill(text, values);
        let field = |field: &Field| Field { label: fill(&field.label), help: fill(&field.help), ..field.clone() };
        let section = |section: &Section| Section {
            title: fill(&section.title),
            intro: fill(&section.intro),
            fields: section.fields.iter().map(field).collect(),
            ..section.clone()
        };
        Self {
            title: fill(&self.title),
            intro: fill(&self.intro),
            done: fill(&self.done),
            notice: fill(&self.notice),
            sections: self.sections.iter().map(section).collect(),
            ..self.clone()
        }
    }

    /// The form with one of its questions put in place of the one that has its key.
    #[must_use]
    pub(crate) fn with_field(&self, after: &Field) -> Self {
        let mut changed = self.clone();
        for field in changed.sections.iter_mut().flat_map(|section| &mut section.fields) {
            if field.key == after.key {
                *field = after.clone();
            }
        }
        changed
    }

    /// Puts the preset's lists where fields choose from one.
    pub(crate) fn with_lists(mut self) -> Self {
        for field in self.sections.iter_mut().flat_map(|section| &mut section.fields) {
            if field.options.is_empty() && !field.list.is_empty() {
                field.options = preset::list(&field.list).to_vec();
            }
        }
        self
    }
}

impl Field {
    /// A question of which nothing is said yet.
    pub(crate) fn blank(key: &str, kind: Kind) -> Self {
        Self {
            key: key.to_owned(),
            label: String::new(),
            kind,
            required: false,
            help: String::new(),
            options: Vec::new(),
            list: String::new(),
            readers: Vec::new(),
            max: None,
            max_picks: None,
            max_strong: None,
            least: None,
            most: None,
            unit: String::new(),
            sealed: false,
            accepts: String::new(),
            only_if: None,
        }
    }

    /// The most characters this text may have, also where the form does not say.
    pub fn longest(&self) -> usize {
        self.max.unwrap_or(match self.kind {
            Kind::Long => 3000,
            Kind::Phone => 40,
            Kind::Email => 254,
            Kind::Tags => 100,
            _ => 300,
        })
    }

    /// Whether another question may depend on the answer to this one.
    pub fn decides(&self) -> bool {
        matches!(self.kind, Kind::Choice | Kind::Multi | Kind::Tick)
    }

    /// The answers a condition may name.
    pub fn answers_to_name(&self) -> Vec<String> {
        if self.kind == Kind::Tick { vec![TICKED.to_owned()] } else { self.options.clone() }
    }

    /// Whether topics are picked from a list and some of them marked as strong.
    pub fn picks_strong(&self) -> bool {
        self.kind == Kind::Tags && !self.options.is_empty()
    }

    /// Where the picks marked as strong are kept.
    pub fn strong_key(&self) -> String {
        format!("{}_strong", self.key)
    }

    /// Under which names a file is sent, one from before is kept, and it is taken away.
    pub fn file_key(&self) -> String {
        format!("{}_file", self.key)
    }

    pub fn kept_key(&self) -> String {
        format!("{}_kept", self.key)
    }

    pub fn away_key(&self) -> String {
        format!("{}_away", self.key)
    }

    /// The numbers that a scale offers; nothing for what is no scale.
    pub fn points(&self) -> &'static [(i64, &'static str)] {
        match self.kind {
            Kind::Agree5 => {
                &[(1, "strongly disagree"), (2, "disagree"), (3, "neither"), (4, "agree"), (5, "strongly agree")]
            }
            Kind::Skill5 => &[(1, "not at all"), (2, "a little"), (3, "fairly"), (4, "well"), (5, "very well")],
            Kind::Quality4 => &[(1, "poor"), (2, "fair"), (3, "good"), (4, "excellent")],
            Kind::Goal5 => &[
                (-2, "much less than hoped"),
                (-1, "somewhat less"),
                (0, "as hoped"),
                (1, "better"),
                (2, "much better"),
            ],
            Kind::Score10 => &[
                (0, "not at all"),
                (1, ""),
                (2, ""),
                (3, ""),
                (4, ""),
                (5, ""),
                (6, ""),
                (7, ""),
                (8, ""),
                (9, ""),
                (10, "certainly"),
            ],
            _ => &[],
        }
    }
}
