//! Whom hard rules keep apart, for all pairs of a pool at once. It answers as [`crate::excluded`] does for two people,
//! without comparing a word.

use crate::{
    Input, Must,
    check::Ids,
    exclusions::Reason,
    known::{KnownMentee, KnownMentor},
    people::plainly,
    quick::QuickMap,
};

/// The rules in the order in which they are named. The number of one is its place here.
pub(crate) fn rules(must: &[Must]) -> Vec<Reason> {
    use Reason::{Committee, Confidential, PastPartners, SameEmployer, SameMailDomain, SamePerson};
    let fixed = [SamePerson, SameEmployer, SameMailDomain, Confidential, PastPartners, Committee(String::new())];
    let own = Must::ALL.into_iter().filter(|it| must.contains(it)).map(Reason::Must);
    fixed.into_iter().chain(own).collect()
}

const SAME_PERSON: u8 = 0;
const SAME_EMPLOYER: u8 = 1;
const SAME_DOMAIN: u8 = 2;
const CONFIDENTIAL: u8 = 3;
const PAST_PARTNERS: u8 = 4;
const COMMITTEE: u8 = 5;
const OWN_RULES: usize = 6;
/// The chair set the rules aside for this pair.
const OVERRIDE: u8 = u8::MAX;

pub(crate) struct Apart {
    /// By mentee, in the order of mentors: pairs that somebody named. Of several rules the first counts, and an
    /// override before all but the first.
    named: Vec<Vec<(u32, u8)>>,
    pub(crate) rules: Vec<Reason>,
}

impl Apart {
    /// `rows` and `columns` give the canonical number of the person who stands at a place of the input.
    pub(crate) fn new(input: &Input, ids: &Ids, rows: &[u32], columns: &[u32]) -> Self {
        let (mentees, mentors) = (&input.mentees, &input.mentors);
        let mut named: Vec<Vec<(u32, u8)>> = vec![Vec::new(); mentees.len()];
        let mut keep = |mentee: usize, mentor: usize, rule: u8| {
            named[rows[mentee] as usize].push((columns[mentor], rule));
        };
        for mentee in mentees {
            if let Some((at, same)) = ids.both(&mentee.id, &mentee.id) {
                keep(at, same, SAME_PERSON);
            }
        }
        let wishes: Vec<Wishes<'_>> =
            mentees.iter().map(|it| [&it.supervised_by, &it.not_with, &it.past_partners]).collect();
        let others = mentors.iter().map(|it| (it.id.as_str(), it.name.as_str(), it.employer.as_deref()));
        each(&wishes, others, &mut keep);
        let wishes: Vec<Wishes<'_>> =
            mentors.iter().map(|it| [&it.supervised_by, &it.not_with, &it.past_partners]).collect();
        let others = mentees.iter().map(|it| (it.id.as_str(), it.name.as_str(), it.employer.as_deref()));
        each(&wishes, others, |mentor, mentee, rule| keep(mentee, mentor, rule));
        let excluded = input.exclusions.iter().map(|it| (&it.mentee, &it.mentor, COMMITTEE));
        let set_aside = input.overrides.iter().map(|it| (&it.mentee, &it.mentor, OVERRIDE));
        for (mentee, mentor, rule) in excluded.chain(set_aside) {
            if let Some((mentee, mentor)) = ids.both(mentee, mentor) {
                keep(mentee, mentor, rule);
            }
        }
        for list in &mut named {
            list.sort_unstable_by_key(|(column, rule)| (*column, order(*rule)));
            list.dedup_by_key(|(column, _)| *column);
        }
        Apart { named, rules: rules(&input.must) }
    }

    /// Asks about the mentors of one mentee, from the first on.
    pub(crate) fn of(&self, row: usize) -> Row<'_> {
        Row { named: &self.named[row], rules: &self.rules }
    }
}

pub(crate) struct Row<'a> {
    named: &'a [(u32, u8)],
    rules: &'a [Reason],
}

impl Row<'_> {
    /// The number of the rule that keeps the two apart. Columns must be asked in rising order.
    pub(crate) fn rule(&mut self, column: usize, mentee: &KnownMentee, mentor: &KnownMentor) -> Option<usize> {
        while self.named.first().is_some_and(|(named, _)| (*named as usize) < column) {
            self.named = &self.named[1..];
        }
        let named = self.named.first().filter(|(named, _)| *named as usize == column).map(|(_, rule)| *rule);
        let alike = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
        match named {
            Some(OVERRIDE) => None,
            Some(SAME_PERSON) => Some(SAME_PERSON.into()),
            _ if alike(mentee.both.employer, mentor.both.employer) => Some(SAME_EMPLOYER.into()),
            _ if alike(mentee.both.domain, mentor.both.domain) => Some(SAME_DOMAIN.into()),
            Some(rule) => Some(rule.into()),
            None => {
                let broken = |rule: &&Reason| matches!(rule, Reason::Must(must) if must.is_broken(mentee, mentor));
                let own = self.rules.get(OWN_RULES..).unwrap_or_default();
                own.iter().position(|rule| broken(&rule)).map(|at| OWN_RULES + at)
            }
        }
    }
}

fn order(rule: u8) -> u8 {
    match rule {
        SAME_PERSON => 0,
        OVERRIDE => 1,
        other => other + 1,
    }
}

/// Whom a person names: supervisors, those not to be paired with, earlier partners.
type Wishes<'a> = [&'a Vec<String>; 3];

/// Calls `keep` with the one who names, the one who is named and the rule.
fn each<'a>(
    wishes: &[Wishes<'_>],
    others: impl Iterator<Item = (&'a str, &'a str, Option<&'a str>)>,
    mut keep: impl FnMut(usize, usize, u8),
) {
    // In most pools nobody names anybody.
    if wishes.iter().flatten().all(|list| list.is_empty()) {
        return;
    }
    let mut by_id: QuickMap<String, Vec<usize>> = QuickMap::default();
    let mut by_any: QuickMap<String, Vec<usize>> = QuickMap::default();
    for ((id, name, employer), number) in others.zip(0..) {
        for called in [name, employer.unwrap_or_default()] {
            if !called.trim().is_empty() {
                by_any.entry(plainly(called)).or_default().push(number);
            }
        }
        by_id.entry(plainly(id)).or_default().push(number);
    }
    for ([supervised_by, not_with, past], who) in wishes.iter().zip(0..) {
        for (list, rule, is_any) in
            [(supervised_by, CONFIDENTIAL, false), (not_with, CONFIDENTIAL, true), (past, PAST_PARTNERS, false)]
        {
            for entry in *list {
                let entry = plainly(entry);
                let found = by_id.get(&entry).into_iter().chain(by_any.get(&entry).filter(|_| is_any));
                found.flatten().for_each(|number| keep(who, *number, rule));
            }
        }
    }
}
