//! Where invented people work, and as what.

use rand::{Rng, RngExt, seq::IndexedRandom};

/// A kind of organisation of the preset, how such places are called, and who works there.
struct Place {
    kind: &'static str,
    name: &'static str,
    /// With how far one has come in such a post: 1 leads a few, 3 leads a house.
    seniors: &'static [(&'static str, u8)],
    juniors: &'static [&'static str],
}

/// Somebody's post.
pub struct Post {
    pub kind: &'static str,
    pub role: &'static str,
    pub employer: String,
    /// Years in the profession, and in leadership; as the preset's lists have them.
    pub years: &'static str,
    pub years_leading: &'static str,
    /// About how many years it has been.
    pub about: i16,
}

const PLACES: &[Place] = &[
    Place {
        kind: "public: urban",
        name: "{} Public Library",
        seniors: &[("Branch Manager", 2), ("Deputy Director", 3), ("Head of Adult Services", 2), ("Director", 3)],
        juniors: &["Children’s Librarian", "Library Assistant", "Reference Librarian", "Teen Services Librarian"],
    },
    Place {
        kind: "public: rural",
        name: "{} County Library",
        seniors: &[("Director", 3), ("Regional Manager", 2), ("Head of Outreach", 2)],
        juniors: &["Outreach Librarian", "Library Assistant", "Bookmobile Librarian"],
    },
    Place {
        kind: "public: suburban",
        name: "{} Area Library",
        seniors: &[("Assistant Director", 3), ("Head of Youth Services", 2)],
        juniors: &["Youth Services Librarian", "Circulation Assistant"],
    },
    Place {
        kind: "academic: research",
        name: "University of {} Library",
        seniors: &[("Associate Dean", 3), ("Head of Collections", 2), ("Head of Digital Projects", 2)],
        juniors: &["Metadata Librarian", "Subject Librarian", "Resident Librarian"],
    },
    Place {
        kind: "academic: college",
        name: "{} College Library",
        seniors: &[("Library Director", 3), ("Instruction Coordinator", 1), ("Head of Access Services", 2)],
        juniors: &["Instruction Librarian", "Access Services Librarian"],
    },
    Place {
        kind: "academic: community college",
        name: "{} Community College",
        seniors: &[("Dean of Learning Resources", 3), ("Library Director", 3)],
        juniors: &["Reference Librarian", "Learning Commons Librarian"],
    },
    Place {
        kind: "school",
        name: "{} School District",
        seniors: &[("District Library Lead", 2), ("Coordinator of School Libraries", 1)],
        juniors: &["School Librarian", "Library Media Teacher"],
    },
    Place {
        kind: "special: medical",
        name: "{} Medical Center",
        seniors: &[("Director of the Health Library", 3)],
        juniors: &["Clinical Librarian", "Health Information Librarian"],
    },
    Place {
        kind: "special: law",
        name: "{} Law Library",
        seniors: &[("Head of Research Services", 2), ("Law Library Director", 3)],
        juniors: &["Legal Information Librarian"],
    },
    Place {
        kind: "special: museum or archive",
        name: "{} City Archives",
        seniors: &[("Chief Archivist", 3), ("Head of Public Programs", 2)],
        juniors: &["Processing Archivist", "Assistant Archivist"],
    },
];

/// A post that somebody could be a mentor from.
pub fn senior(rng: &mut impl Rng, city: &str) -> Post {
    let place = of(rng);
    let (role, rank) = place.seniors.choose(rng).copied().unwrap_or(("Library Director", 3));
    let (years, years_leading, about) = match rank {
        1 => ("11 or more", "3–5", rng.random_range(11..15)),
        2 => ("11 or more", "6–10", rng.random_range(12..20)),
        _ => ("11 or more", "11 or more", rng.random_range(18..30)),
    };
    Post { kind: place.kind, role, employer: place.name.replace("{}", city), years, years_leading, about }
}

/// A post of the first years, or the last one of one's studies.
pub fn junior(rng: &mut impl Rng, city: &str) -> Post {
    if rng.random_ratio(1, 14) {
        let employer = format!("{city} School of Information");
        let (kind, role) = ("school of information", "Graduate Student");
        return Post { kind, role, employer, years: "student", years_leading: "none yet", about: 0 };
    }
    let place = of(rng);
    let role = place.juniors.choose(rng).copied().unwrap_or("Library Assistant");
    let (years, about) = if rng.random_ratio(3, 5) { ("0–2", 1) } else { ("3–5", 4) };
    let employer = place.name.replace("{}", city);
    Post { kind: place.kind, role, employer, years, years_leading: "none yet", about }
}

/// The kind of organisation somebody would like to work in next: mostly the present one.
pub fn next_kind(rng: &mut impl Rng, kind: &'static str) -> &'static str {
    if kind != "school of information" && rng.random_ratio(3, 5) { kind } else { of(rng).kind }
}

fn of(rng: &mut impl Rng) -> &'static Place {
    PLACES.choose(rng).unwrap_or(&PLACES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_every_length_of_time_is_one_of_the_presets() {
        let kinds = program::preset::list("organisations");
        assert!(PLACES.iter().all(|place| kinds.iter().any(|kind| kind == place.kind)));
        let mut rng = <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(1);
        for _ in 0..200 {
            for post in [senior(&mut rng, "Duluth"), junior(&mut rng, "Duluth")] {
                assert!(program::preset::list("years").iter().any(|it| it == post.years), "{}", post.years);
                assert!(program::preset::list("years_leading").iter().any(|it| it == post.years_leading));
                assert!(kinds.iter().any(|kind| kind == post.kind));
            }
        }
    }
}
