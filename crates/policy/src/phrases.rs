//! What the phrases of the matrix mean that do not follow a fixed form.

use crate::{
    facts::{Bound, Condition, Verb, Verbs},
    matrix::Rule,
};

const M: Verbs = Verbs::none().with(Verb::Status);
const X: Verbs = Verbs::none().with(Verb::Count);
const R: Verbs = Verbs::none().with(Verb::Read);
const W: Verbs = Verbs::none().with(Verb::Write);
const E: Verbs = Verbs::none().with(Verb::Export);
const RW: Verbs = R.with(Verb::Write);
const RE: Verbs = R.with(Verb::Export);
const RWE: Verbs = RW.with(Verb::Export);
const RWD: Verbs = RW.with(Verb::Delete);
const RDE: Verbs = RE.with(Verb::Delete);
const RWDE: Verbs = RWE.with(Verb::Delete);

const fn own(verbs: Verbs) -> Rule {
    Rule::new(Bound::Own, verbs)
}

const fn duo(verbs: Verbs) -> Rule {
    Rule::new(Bound::Duo, verbs)
}

const fn assigned(verbs: Verbs) -> Rule {
    Rule::new(Bound::Assigned, verbs)
}

const fn whole(verbs: Verbs) -> Rule {
    Rule::new(Bound::Whole, verbs)
}

/// What a phrase gives. Nothing, for a phrase that only says what is not given.
pub(crate) fn phrase(words: &str) -> Option<&'static [Rule]> {
    PHRASES.iter().find(|(it, _)| *it == words).map(|(_, rules)| *rules)
}

use Condition::{
    Author, BothShare, DirectoryIsOpen, IsDraft, IsKept, IsPublished, IsSubmitted, ListIsOpen, ListsAreClosed,
    NomineeAccepted, NotSkipped, OptedIn, Received, Referred, SelectionRuns, Sent, WasAsked,
};

const PHRASES: &[(&str, &[Rule])] = &[
    // Profiles. An applicant who is admitted is a mentee from that moment, so the
    // applicant's rule has nobody left to serve.
    ("sp:R once admitted, matching open", &[]),
    ("s:R (matching open..session end)", &[whole(R).when(DirectoryIsOpen)]),
    // Hiding a profile is a decision about a place, and made there.
    ("s:R, W hide/unhide only", &[whole(R)]),
    ("s:m (identity, contact, membership)", &[whole(M)]),
    ("s:m (name, mail address)", &[whole(M)]),
    ("c:R opt-in alumni directory", &[whole(R).when(OptedIn)]),
    ("c:R opt-in", &[whole(R).when(OptedIn)]),
    ("s:card (name, workplace, interests; program setting)", &[whole(M).when(Condition::CardsAreShown)]),
    ("c:R of mentees who sent a request", &[whole(R).when(WasAsked)]),
    // Applications and nominations.
    ("o:RW until submit, then R + withdraw", &[own(RW)]),
    ("sp:R during selection", &[whole(R).when(SelectionRuns)]),
    ("o:RW during selection", &[own(RW).when(SelectionRuns)]),
    ("sp:R during selection, then m", &[whole(R).when(SelectionRuns), whole(M)]),
    ("s:R, W decision", &[whole(RW)]),
    ("s:m + eligibility fields RW", &[whole(M)]),
    ("o:RW as nominator", &[own(RW)]),
    ("o:R + accept/decline as nominee", &[own(RW)]),
    ("o", &[own(RW)]),
    ("c:R after nominee accepts", &[whole(R).when(NomineeAccepted)]),
    ("c:R after nominee accepts (before: m count)", &[whole(R).when(NomineeAccepted), whole(X)]),
    ("c:R when asked to look", &[whole(R).when(Condition::AskedToReview)]),
    // Ranked lists and requests.
    ("o:RW until close, then R", &[own(RW).when(ListIsOpen), own(R)]),
    ("p:R after close, assisted matching only, audited", &[whole(R).when(ListsAreClosed)]),
    ("x otherwise", &[whole(X)]),
    ("x (share with 1st/2nd/3rd choice)", &[whole(X)]),
    ("o:RWD (sent)", &[own(RWD).when(Sent)]),
    ("o:R + accept/decline (received)", &[own(RW).when(Received)]),
    ("s:m (state, dates)", &[whole(M)]),
    ("c: decline category", &[whole(M)]),
    // What a duo writes.
    ("c:R if both share", &[assigned(R).when(BothShare)]),
    ("d:RE until retention end", &[duo(RE).when(IsKept)]),
    ("a:m (last contact, count)", &[assigned(M)]),
    ("o:RWDE !partner", &[own(RWDE)]),
    ("o:RDE until retention end", &[own(RDE).when(IsKept)]),
    ("d:RWE, own:D", &[duo(RWE), Rule::new(Bound::Duo, RWDE).when(Author)]),
    ("c: excerpt attached to an escalation by a duo member", &[]),
    ("c: same", &[]),
    // Check-ins and concerns.
    ("partner ! (not even an average)", &[]),
    ("partner !", &[]),
    ("m (due, late, flag)", &[whole(M)]),
    ("a:R when acting liaison", &[assigned(R)]),
    ("m (response rate)", &[whole(X)]),
    ("a:RW unless named or skipped by the reporter", &[assigned(RW).when(NotSkipped)]),
    ("c:R on referral, no conflict", &[whole(R).when(Referred)]),
    ("s:RW unless named/conflicted (then deputy)", &[whole(RW)]),
    ("c:R on referral (ombuds role)", &[whole(R).when(Referred)]),
    ("x (count, '<5' below 5)", &[whole(X)]),
    // Surveys and reports.
    ("own draft only", &[own(RW).when(IsDraft)]),
    ("after submit !", &[]),
    ("free text only as a shuffled, detached list, n>=5", &[whole(R).when(Condition::Detached)]),
    ("quotes only by consent box + approval", &[]),
    ("c:R if published", &[whole(R).when(IsPublished)]),
    ("c:R inside the submitted report", &[whole(R).when(IsSubmitted)]),
    ("s:R, comment", &[whole(R)]),
    ("s:RW, submit", &[whole(RW)]),
    ("p:R once submitted", &[whole(R).when(IsSubmitted)]),
    // The house's own records.
    ("o:R 'who saw my data'", &[own(R)]),
    ("s:R program events", &[whole(R)]),
    ("s:R account events", &[whole(R)]),
    ("R + verify", &[whole(R)]),
    ("nobody W/D", &[]),
    ("o:R + ask correction", &[own(RW)]),
    ("m (eligible yes/no)", &[whole(M)]),
    ("m (eligible yes/no, expiry)", &[whole(M)]),
    ("s:RWE import", &[whole(RWE)]),
    ("receives", &[]),
    ("a:send (no addresses shown)", &[assigned(W)]),
    ("s:send, dry-run (names, no addresses)", &[whole(W), whole(M)]),
    ("s:RWE, bounces", &[whole(RWE)]),
    ("c: archive + opt-in member list", &[whole(R).when(OptedIn)]),
    ("m (template, state)", &[whole(M)]),
    ("m (template, count, state)", &[whole(M)]),
    ("m (+bounce)", &[whole(M)]),
    ("o:R revoke", &[own(RW)]),
    ("s: end sessions of a member", &[whole(W)]),
    ("s: end sessions, resend invite (never set a password)", &[whole(W)]),
    ("revoke", &[whole(W)]),
    ("own data export", &[own(E)]),
    ("s: list exports of records readable above, watermarked", &[whole(E)]),
    ("s: same", &[whole(E)]),
    ("ciphertext", &[]),
    ("keyring separate", &[]),
    ("published part", &[whole(R).when(IsPublished)]),
    ("RW (not confidentiality floor)", &[whole(RW)]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix;

    #[test]
    fn every_phrase_of_the_matrix_has_a_meaning() {
        let text = include_str!("../access-matrix.csv");
        for (record, column, cell) in matrix::cells(text) {
            let Some(column) = column else { continue };
            for segment in matrix::segments(&cell) {
                assert!(matrix::rules_of_segment(segment).is_some(), "{record:?} {column:?}: {segment:?}");
            }
        }
    }

    #[test]
    fn no_phrase_stands_here_that_the_matrix_does_not_use() {
        let text = include_str!("../access-matrix.csv");
        let cells = matrix::cells(text);
        let used: Vec<&str> = cells.iter().flat_map(|(_, _, cell)| matrix::segments(cell)).collect();
        let idle: Vec<&str> = PHRASES.iter().map(|(words, _)| *words).filter(|it| !used.contains(it)).collect();
        assert_eq!(idle, Vec::<&str>::new());
    }
}
