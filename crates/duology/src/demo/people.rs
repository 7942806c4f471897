//! Invented people: names, careers and how they behave. Drawn from a seed, so that the
//! same seed gives the same people.

use rand::{Rng, RngExt, rngs::StdRng, seq::IndexedRandom};

/// What somebody is in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Chair,
    Deputy,
    Liaison,
    Council,
    Staff,
    Board,
    Mentor,
    Mentee,
}

/// How somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Answers at once, meets often.
    Eager,
    /// Answers within days.
    Steady,
    /// Answers late, sometimes not.
    Busy,
    /// Falls silent.
    Silent,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub part: Part,
    pub manner: Manner,
    pub role: String,
    pub employer: String,
    pub kind: &'static str,
    pub city: &'static str,
    pub zone: &'static str,
    pub number: String,
    pub joined: i16,
    /// A member in good standing; otherwise someone who must promise to join.
    pub member: bool,
    pub topics: Vec<&'static str>,
    /// Ends the duo early.
    pub leaves: bool,
}

impl Person {
    pub fn first_name(&self) -> &str {
        self.name.split(' ').next().unwrap_or(&self.name)
    }

    /// A sentence of one's own, long enough for the rule.
    pub fn password(&self) -> String {
        format!("quiet reading rooms {}", self.number)
    }
}

const FIRST: &[&str] = &[
    "Amara",
    "Beatriz",
    "Chen",
    "Deepa",
    "Elif",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jamal",
    "Kofi",
    "Lena",
    "Maya",
    "Nadia",
    "Omar",
    "Priya",
    "Quinn",
    "Rosa",
    "Sana",
    "Tariq",
    "Uma",
    "Vera",
    "Wei",
    "Ximena",
    "Yusuf",
    "Zoë",
    "Anneliese",
    "Bao",
    "Camila",
    "Dmitri",
    "Esther",
    "Fumiko",
    "Gabriel",
    "Hannah",
    "Imani",
    "Jonas",
    "Keiko",
    "Liam",
    "Marisol",
    "Nils",
    "Olivia",
    "Pedro",
    "Rania",
    "Stellan",
    "Thandiwe",
    "Ulrike",
    "Valentina",
    "William",
    "Yara",
    "Zeynep",
];

const LAST: &[&str] = &[
    "Okafor",
    "Castillo",
    "Nakamura",
    "Lindgren",
    "Haddad",
    "Rossi",
    "Abbott",
    "Petrov",
    "Quintero",
    "Weber",
    "Eriksen",
    "Fischer",
    "Ibrahim",
    "Schmidt",
    "Vargas",
    "Tanaka",
    "Zielinski",
    "Dubois",
    "Kowalski",
    "Jensen",
    "Garcia",
    "Martinez",
    "Yamamoto",
    "Ångström",
    "Bennett",
    "Chaudhry",
    "Delacroix",
    "Espinoza",
    "Fitzgerald",
    "Greenberg",
    "Hoang",
    "Iyer",
    "Johansson",
    "Kaplan",
    "Larkin",
    "Mbeki",
    "Novak",
    "O'Connor",
    "Park",
    "Reyes",
    "Sandoval",
    "Thompson",
    "Underwood",
    "Villanueva",
    "Whitfield",
    "Youssef",
    "Zimmermann",
    "Achterberg",
    "Montgomery-Hale",
    "Sørensen",
];

const PLACES: &[(&str, &str)] = &[
    ("Riverside", "America/Los_Angeles"),
    ("Northfield", "America/Chicago"),
    ("Hillcrest", "America/New_York"),
    ("Lakewood", "America/Denver"),
    ("Fairhaven", "America/New_York"),
    ("Cedar Falls", "America/Chicago"),
    ("Brookline", "America/New_York"),
    ("Santa Rosa", "America/Los_Angeles"),
    ("Duluth", "America/Chicago"),
    ("Asheville", "America/New_York"),
    ("Tucson", "America/Denver"),
    ("Eugene", "America/Los_Angeles"),
    ("Madison", "America/Chicago"),
    ("Burlington", "America/New_York"),
    ("Galveston", "America/Chicago"),
    ("Spokane", "America/Los_Angeles"),
    ("Toledo", "America/New_York"),
    ("Omaha", "America/Chicago"),
];

/// A kind of organisation of the preset, how such places are called, and who works there.
const WORK: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "public: urban",
        "{} Public Library",
        &["Branch Manager", "Deputy Director", "Head of Adult Services"],
        &["Children's Librarian", "Library Assistant", "Reference Librarian"],
    ),
    (
        "public: rural",
        "{} County Library",
        &["Director", "Regional Manager"],
        &["Outreach Librarian", "Library Assistant"],
    ),
    (
        "academic: research",
        "University of {} Library",
        &["Associate Dean", "Head of Collections", "Head of Digital Projects"],
        &["Metadata Librarian", "Subject Librarian", "Resident Librarian"],
    ),
    (
        "academic: college",
        "{} College Library",
        &["Library Director", "Instruction Coordinator"],
        &["Instruction Librarian", "Access Services Librarian"],
    ),
    (
        "academic: community college",
        "{} Community College",
        &["Dean of Learning Resources", "Library Director"],
        &["Reference Librarian", "Learning Commons Librarian"],
    ),
    ("school", "{} School District", &["District Library Lead"], &["School Librarian"]),
    ("special: medical", "{} Medical Center", &["Director of the Health Library"], &["Clinical Librarian"]),
    ("special: law", "{} Law Library", &["Head of Research Services"], &["Legal Information Librarian"]),
    ("special: museum or archive", "{} City Archives", &["Chief Archivist"], &["Processing Archivist"]),
];

const TOPICS: &[&str] = &[
    "career planning",
    "first leadership role",
    "managing people",
    "projects",
    "budget and fundraising",
    "strategy and assessment",
    "change",
    "conflict and difficult talks",
    "communication and presenting",
    "writing and publishing",
    "teaching and learning",
    "digital services",
    "outreach and partnerships",
    "advocacy and policy",
    "work-life balance",
    "job search and interviews",
    "negotiation",
    "association involvement",
    "succession and legacy",
];

/// How many of each there are for a cohort of so many duos.
pub fn cast(rng: &mut StdRng, duos: usize, year: i16) -> Vec<Person> {
    let mut people = Vec::new();
    let mut add = |part, rng: &mut StdRng| {
        let number = people.len();
        let person = person(rng, number, part, year);
        people.push(person);
    };
    add(Part::Chair, rng);
    add(Part::Deputy, rng);
    for _ in 0..duos.div_ceil(5).max(3) {
        add(Part::Liaison, rng);
    }
    add(Part::Council, rng);
    add(Part::Staff, rng);
    add(Part::Board, rng);
    add(Part::Board, rng);
    // Mentors are asked for first, and there are a few more of them than places.
    for _ in 0..duos + duos.div_ceil(8) + 1 {
        add(Part::Mentor, rng);
    }
    // More mentees apply than have a place.
    for _ in 0..duos + duos.div_ceil(5) {
        add(Part::Mentee, rng);
    }
    people
}

/// Names of members who never take part, for the roster.
pub fn names(many: usize) -> Vec<String> {
    let name = |number: usize| {
        format!("{} {}", FIRST[(number * 3 + 11) % FIRST.len()], LAST[(number * 11 + number / 50 + 29) % LAST.len()])
    };
    (0..many).map(name).collect()
}

fn person(rng: &mut StdRng, number: usize, part: Part, year: i16) -> Person {
    // Names do not repeat until all pairs of them have been used.
    let first = FIRST[number % FIRST.len()];
    let last = LAST[(number * 7 + number / FIRST.len() * 3 + 5) % LAST.len()];
    let name = format!("{first} {last}");
    let round = number / (FIRST.len() * LAST.len());
    let suffix = if number >= FIRST.len() { format!(".{number}") } else { String::new() };
    let address: String = name.to_lowercase().replace(' ', ".").chars().filter_map(ascii).collect();
    let (kind, place, seniors, juniors) = *WORK.choose(rng).unwrap_or(&WORK[0]);
    let (city, zone) = *PLACES.choose(rng).unwrap_or(&PLACES[0]);
    let junior = part == Part::Mentee;
    let role = (if junior { juniors } else { seniors }).choose(rng).copied().unwrap_or("Librarian");
    let manner = match rng.random_range(0..20) {
        0..9 => Manner::Eager,
        9..16 => Manner::Steady,
        16..19 => Manner::Busy,
        _ => Manner::Silent,
    };
    let committee = !matches!(part, Part::Mentor | Part::Mentee);
    Person {
        name: if round == 0 { name } else { format!("{name} {}", roman(round + 1)) },
        email: format!("{address}{suffix}@example.org"),
        part,
        manner: if committee { Manner::Eager } else { manner },
        role: role.to_owned(),
        employer: place.replace("{}", city),
        kind,
        city,
        zone,
        number: format!("M{:05}", 10_000 + number * 37 % 89_000 + number / 2000),
        joined: if junior { year - i16::from(rng.random_ratio(1, 4)) } else { year - rng.random_range(4..22) },
        member: !junior || rng.random_ratio(9, 10),
        topics: rng_topics(rng),
        leaves: junior && rng.random_ratio(1, 14),
    }
}

fn roman(number: usize) -> String {
    if number == 2 { "II".to_owned() } else { "I".repeat(number.min(3)) }
}

fn rng_topics(rng: &mut StdRng) -> Vec<&'static str> {
    let count = rng.random_range(3..6);
    TOPICS.sample(rng, count).copied().collect()
}

/// Letters of names as addresses write them.
fn ascii(letter: char) -> Option<char> {
    match letter {
        'å' | 'ä' => Some('a'),
        'ö' | 'ø' => Some('o'),
        'ë' => Some('e'),
        '\'' => None,
        it if it.is_ascii() => Some(it),
        _ => None,
    }
}

/// Chance of "out of a hundred".
pub fn happens(rng: &mut impl Rng, percent: u32) -> bool {
    rng.random_range(0..100) < percent
}
