//! What invented people say of themselves, in several voices. `{topic}`, `{second}`,
//! `{role}` and `{employer}` stand for their own.

/// The voices for a field; none for a field that has no text of its own.
pub fn voices(name: &str) -> &'static [&'static str] {
    let known = VOICES.iter().find(|(names, _)| names.contains(&name));
    known.map_or(&[], |(_, voices)| voices)
}

const VOICES: &[(&[&str], &[&str])] = &[
    (
        &["me_why"],
        &[
            "I have been a {role} for some years and feel at a turn in the road. I would like to think aloud about {topic} with somebody who has been there.",
            "A post above mine will fall free next year. Before I apply I want to know whether I want it, and what {topic} really asks of a person.",
            "I am the only one of my kind in a small place. I miss a colleague who knows {topic} and tells me when I am wrong.",
            "Three years in, I do my work well and do not know what comes after it. I would like to look at {second} and {topic} with someone patient.",
        ],
    ),
    (
        &["me_lead"],
        &[
            "For me leading means making it easier for others to do good work, in my library and in the association.",
            "Saying out loud what needs doing, and then staying until it is done.",
            "I lead story hour for forty toddlers. The rest, I hope, can be learned.",
        ],
    ),
    (
        &["me_offer"],
        &[
            "Curiosity, a fresh view on {second}, and honest questions.",
            "I know the tools that came up in the last five years, and I am glad to show them.",
            "Thirty patrons a day tell me what they think of us. I can pass that on.",
        ],
    ),
    (
        &["me_bio"],
        &[
            "{role} at {employer}. I came to libraries by a detour and stayed for the people. Outside work I garden, badly, and read maps.",
            "{role} at {employer}, before that a bookseller and for one winter a ferry guide. I sing in a choir and like lists.",
            "First in my family to work with books. {role} at {employer}; I care about {topic} and about being on time.",
        ],
    ),
    (
        &["mo_orgexp"],
        &[
            "Two committees, one task force on {topic}, and a term as section secretary. I know whom to ask.",
            "Program planning for three annual meetings, and the awards jury, where one learns to disagree kindly.",
            "Treasurer of a section, then its chair. I still answer its mail.",
        ],
    ),
    (
        &["mo_path"],
        &[
            "I began at the desk, moved to {second}, lost a job when a branch closed, and came back as {role}. The year without a title taught me most.",
            "Archives first, then teaching, then ten years of {topic}. I once said yes to a move for the money and went home after eight months. Now {role}.",
            "I wanted to be a cataloguer for life. A strike, a fire and a good boss made me a manager instead; today I am {role} at {employer}.",
            "Part-time for eight years with small children, passed over twice, then asked to lead {second}. I am {role} and no longer in a hurry.",
        ],
    ),
    (
        &["mo_can"],
        &[
            "Time to think, straight feedback on {topic}, and introductions where they help.",
            "I read drafts closely, practise hard conversations with you, and tell you how {topic} went wrong for me.",
            "A calm hour a month. I ask more than I advise, and I keep what I promise.",
            "I open doors in {second} and say plainly when an idea is not ready for them.",
        ],
    ),
    (
        &["mo_cannot"],
        &[
            "Promotion rules at research universities; ask somebody who lives with them.",
            "Anything with code in it.",
            "I am not the right person for last-minute help on the eve of an interview.",
        ],
    ),
    (
        &["mo_learn"],
        &[
            "How people at the start of their careers see our profession now.",
            "What I have stopped noticing.",
            "To listen longer before I answer.",
        ],
    ),
    (&["mo_value"], &["Patience", "Fairness", "Good questions"]),
    (&["mo_value_2"], &["Plain words", "Keeping one's word", "Humour"]),
    (
        &["note"],
        &[
            "Your path into {topic} looks like the one I hope to take. Would you have time for me this year?",
            "I liked what you wrote about the hard year. I would like to learn from how you got through it.",
            "I stand where you stood some years ago, and {topic} is what I would most like to talk about.",
        ],
    ),
    (
        &["question"],
        &[
            "What would make this a good year for you?",
            "How much time do you have each month, and do you prefer talking or writing?",
            "Which part of {topic} made you write to me?",
        ],
    ),
    (
        &["reply"],
        &[
            "One hour a month, and a clear next step after each. Talking is easier for me than writing.",
            "The part about people, more than the part about rules.",
        ],
    ),
    (
        &["words", "body", "text"],
        &[
            "Next time: bring the draft of the proposal and the one question that keeps me awake.",
            "Three people to talk to before March. Ask for twenty minutes, not an hour.",
        ],
    ),
    (
        &["purpose"],
        &[
            "To take the next step in {topic} with open eyes.",
            "To find out what {topic} asks of me, and whether I want it.",
        ],
    ),
    (
        &["t1", "t2", "t4", "t5", "t6"],
        &[
            "The regular dates helped most.",
            "More time at the orientation to talk in pairs.",
            "My partner asks better questions than I do.",
            "The topic letters came at the right moment.",
            "A list of good first questions would have helped.",
            "I would start with the goals earlier.",
            "Knowing that it stays between us.",
            "",
        ],
    ),
];

pub const GOALS: &[&str] = &[
    "Lead a small project from idea to report",
    "Prepare for a first supervisory role",
    "Speak at a state conference",
    "Write a budget request that is understood",
    "Find my way in the association and join a committee",
    "Hold difficult conversations earlier",
    "Decide between two career paths",
    "Publish a short article about our work",
    "Build a network outside my own library",
];
