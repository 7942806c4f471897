//! Three questions that show that somebody has read what was missed.

pub struct Question {
    pub key: &'static str,
    pub words: &'static str,
    pub options: [(&'static str, &'static str); 3],
    pub right: &'static str,
    /// What is said to a wrong answer.
    pub hint: &'static str,
}

pub const QUESTIONS: [Question; 3] = [
    Question {
        key: "first",
        words: "Who writes first, and who arranges the meetings after that?",
        options: [
            ("liaison", "The liaison writes first and arranges the meetings."),
            ("mentor", "The mentor says hello first; from then on the mentee invites."),
            ("mentee", "The mentee writes first; the mentor arranges the meetings."),
        ],
        right: "mentor",
        hint: "Not quite: the lesson on logistics says who says hello and who invites.",
    },
    Question {
        key: "liaison",
        words: "What may your liaison learn, and what not?",
        options: [
            ("dates", "When you met and what you write in check-ins; not what you talk about."),
            ("all", "Everything, so that help comes in time."),
            ("none", "Nothing at all."),
        ],
        right: "dates",
        hint: "Not quite: your liaison sees dates and counts, and reads what you write to them.",
    },
    Question {
        key: "ending",
        words: "What do you do if it does not work?",
        options: [
            ("wait", "Wait until the end of the session."),
            ("reason", "Give the committee a written reason first."),
            ("tell", "Tell your liaison; a duo can end at any time, without fault and without a reason."),
        ],
        right: "tell",
        hint: "Not quite: nobody has to hold out, and no reason is asked.",
    },
];

/// What stands in the way of counting it as attended: field and sentence.
pub fn check(answer: impl Fn(&str) -> String, has_read: bool) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    for question in &QUESTIONS {
        match answer(question.key).as_str() {
            "" => faults.push((question.key, format!("Choose an answer: {}", question.words))),
            given if given != question.right => faults.push((question.key, question.hint.to_owned())),
            _ => {}
        }
    }
    if !has_read {
        faults.push(("read", "Tick that you have read the running order and the lessons.".to_owned()));
    }
    faults
}
