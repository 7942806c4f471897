//! Pairs in a file: which columns name whom, and who is meant. Pure. ALG1.

use std::collections::HashMap;

use platform::{folding::folded, ids::Id};

/// Somebody who may be named, by what they may be named with.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: Id,
    pub(crate) names: Vec<String>,
    pub(crate) email: String,
    pub(crate) number: String,
}

/// A line that names two people of the cohort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) line: u64,
    pub(crate) mentee: Id,
    pub(crate) mentor: Id,
}

/// A line that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineFault {
    pub(crate) line: u64,
    pub(crate) words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PairFileRefusal {
    #[error("Line 1 must name the columns. We did not find one with “mentee” in its name.")]
    LacksMentee,
    #[error("Line 1 must name the columns. We did not find one with “mentor” in its name.")]
    LacksMentor,
    #[error("Line 1 names the columns, and there is no pair below it.")]
    Bare,
}

/// People by whatever may stand in a cell.
pub(crate) struct People<'a> {
    word: &'static str,
    by_key: HashMap<String, Vec<&'a Known>>,
}

impl<'a> People<'a> {
    pub(crate) fn new(word: &'static str, known: &'a [Known]) -> Self {
        let mut by_key: HashMap<String, Vec<&Known>> = HashMap::new();
        for person in known {
            let mut keys: Vec<String> = person.names.iter().map(|it| folded(it)).collect();
            keys.extend([folded(&person.email), folded(&person.number)]);
            keys.sort();
            keys.dedup();
            for key in keys.into_iter().filter(|it| !it.is_empty()) {
                by_key.entry(key).or_default().push(person);
            }
        }
        Self { word, by_key }
    }

    /// The one person whom all these cells mean.
    fn meant(&self, cells: &[&str]) -> Result<Id, String> {
        let word = self.word;
        let cells: Vec<&str> = cells.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
        let mut meant: Option<(Vec<Id>, &str)> = None;
        for cell in &cells {
            let shown: String = cell.chars().take(60).collect();
            let found: Vec<Id> = self.by_key.get(&folded(cell)).into_iter().flatten().map(|it| it.id).collect();
            if found.is_empty() {
                return Err(format!("no {word} of this cohort has the name, address or number “{shown}”."));
            }
            meant = Some(match meant {
                None => (found, cell),
                Some((before, first)) => {
                    let both: Vec<Id> = before.into_iter().filter(|it| found.contains(it)).collect();
                    if both.is_empty() {
                        return Err(format!("“{first}” and “{shown}” are not the same {word}."));
                    }
                    (both, first)
                }
            });
        }
        match meant {
            None => Err(format!("it names no {word}.")),
            Some((found, _)) if found.len() == 1 => Ok(found[0]),
            Some((_, cell)) => {
                Err(format!("there is more than one {word} called “{cell}”. Give the e-mail address or the number."))
            }
        }
    }
}

/// Reads every line below the first. A mentee stands in one pair, a mentor in as many as there is
/// room for.
pub(crate) fn read(
    lines: &[(u64, Vec<String>)],
    mentees: &People<'_>,
    mentors: &People<'_>,
    room: &impl Fn(Id) -> i64,
) -> Result<(Vec<Named>, Vec<LineFault>), PairFileRefusal> {
    let Some(((_, header), rest)) = lines.split_first() else { return Err(PairFileRefusal::LacksMentee) };
    let columns = |word: &str| -> Vec<usize> {
        header.iter().enumerate().filter(|(_, it)| folded(it).contains(word)).map(|(at, _)| at).collect()
    };
    let (of_mentee, of_mentor) = (columns("mentee"), columns("mentor"));
    if of_mentee.is_empty() {
        return Err(PairFileRefusal::LacksMentee);
    }
    if of_mentor.is_empty() {
        return Err(PairFileRefusal::LacksMentor);
    }
    if rest.is_empty() {
        return Err(PairFileRefusal::Bare);
    }
    let (mut named, mut faults): (Vec<Named>, Vec<LineFault>) = (Vec::new(), Vec::new());
    let mut mentee_lines = HashMap::new();
    let mut mentor_lines: HashMap<Id, (u64, i64)> = HashMap::new();
    for (line, cells) in rest {
        let of = |columns: &[usize]| -> Vec<&str> {
            columns.iter().filter_map(|at| cells.get(*at)).map(String::as_str).collect()
        };
        let line = *line;
        match (mentees.meant(&of(&of_mentee)), mentors.meant(&of(&of_mentor))) {
            (Ok(mentee), Ok(mentor)) => {
                let (last, held) = mentor_lines.get(&mentor).copied().unwrap_or_default();
                let room = room(mentor).max(1);
                let full = (held >= room).then_some(last);
                if let Some(other) = mentee_lines.get(&mentee).copied().or(full) {
                    let words = if room > 1 && full.is_some() {
                        format!("the lines above name the mentor in {held} pairs, and there is room for no more.")
                    } else {
                        format!("line {other} names one of the two already; nobody stands in two pairs.")
                    };
                    faults.push(LineFault { line, words });
                    continue;
                }
                mentee_lines.insert(mentee, line);
                mentor_lines.insert(mentor, (line, held + 1));
                named.push(Named { line, mentee, mentor });
            }
            (Err(words), _) | (_, Err(words)) => faults.push(LineFault { line, words }),
        }
    }
    Ok((named, faults))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: u128, name: &str, number: &str) -> Known {
        Known {
            id: Id::from(id),
            names: vec![name.to_owned()],
            email: format!("{}@example.org", name.split(' ').next().unwrap().to_lowercase()),
            number: number.to_owned(),
        }
    }

    fn lines(text: &str) -> Vec<(u64, Vec<String>)> {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        (1..).zip(text.lines().map(cells)).collect()
    }

    /// Lines with the two whom they name, and what is wrong with others.
    type Read = (Vec<(u64, u128, u128)>, Vec<String>);

    fn read_text(text: &str) -> Result<Read, PairFileRefusal> {
        let mentees = [known(1, "Ana Ruiz", "17"), known(2, "Zoë Ångström", ""), known(3, "Ana Ruiz", "")];
        let mentees =
            [mentees[0].clone(), mentees[1].clone(), Known { email: "other@example.org".into(), ..mentees[2].clone() }];
        let mentors = [known(11, "Li Chen", "4"), known(12, "Mo Adeyemi", "5")];
        // Li takes one mentee, Mo two.
        let room = |mentor: Id| if mentor.number() == 12 { 2 } else { 1 };
        let (named, faults) =
            read(&lines(text), &People::new("mentee", &mentees), &People::new("mentor", &mentors), &room)?;
        let named = named.into_iter().map(|it| (it.line, it.mentee.number(), it.mentor.number())).collect();
        Ok((named, faults.into_iter().map(|it| format!("Line {}: {}", it.line, it.words)).collect()))
    }

    // ALG1
    #[test]
    fn people_are_known_by_name_address_or_number_in_any_column_that_says_whose_it_is() {
        let (named, faults) =
            read_text("Mentor's number,MENTEE,mentee e-mail\n4,,ana@example.org\n5,zoe ANGSTROM,\n").unwrap();
        assert_eq!((named, faults.len()), (vec![(2, 1, 11), (3, 2, 12)], 0));
    }

    #[test]
    fn a_line_that_cannot_be_used_says_which_and_why() {
        let (named, faults) = read_text(
            "mentee,mentee mail,mentor\nAna Ruiz,,Li Chen\nNobody,,Li Chen\nAna Ruiz,zoë@example.org,Li Chen\n,,Li Chen\nzoë ångström,,\n17,,Li Chen\nZoë Ångström,,Li Chen\n",
        )
        .unwrap();
        assert_eq!(named, [(7, 1, 11)]);
        assert_eq!(
            faults,
            [
                "Line 2: there is more than one mentee called “Ana Ruiz”. Give the e-mail address or the number.",
                "Line 3: no mentee of this cohort has the name, address or number “Nobody”.",
                "Line 4: “Ana Ruiz” and “zoë@example.org” are not the same mentee.",
                "Line 5: it names no mentee.",
                "Line 6: it names no mentor.",
                "Line 8: line 7 names one of the two already; nobody stands in two pairs.",
            ]
        );
    }

    // ALG1, PRF5
    #[test]
    fn a_mentor_with_room_for_two_stands_in_two_pairs_and_in_no_third() {
        let (named, faults) =
            read_text("mentee,mentor\nana@example.org,Mo Adeyemi\nZoë Ångström,5\nother@example.org,5\n").unwrap();
        assert_eq!(named, [(2, 1, 12), (3, 2, 12)]);
        assert_eq!(faults, ["Line 4: the lines above name the mentor in 2 pairs, and there is room for no more."]);
    }

    #[test]
    fn a_file_of_the_wrong_shape_is_refused_with_its_line() {
        for (text, words) in [
            ("", "Line 1 must name the columns. We did not find one with “mentee” in its name."),
            ("name,mentor\nAna,Li\n", "Line 1 must name the columns. We did not find one with “mentee” in its name."),
            ("mentee,name\nAna,Li\n", "Line 1 must name the columns. We did not find one with “mentor” in its name."),
            ("mentee,mentor\n", "Line 1 names the columns, and there is no pair below it."),
        ] {
            assert_eq!(read_text(text).unwrap_err().to_string(), words, "{text}");
        }
    }
}
