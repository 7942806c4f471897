//! Which of the published expectations have their evidence in this house, judged from what
//! is kept and never from anyone's opinion.

use platform::prelude::*;
use policy::{Opens, of};
use program::{Cohort, preset};

use crate::{
    facts::{Kind, Standard},
    figures::Figures,
    texts, words,
};

sql! {
    PLEDGES => "select count(*) as pledges from pledges where cohort = $1 and pledge = 'pledge'";
    LIAISON_LESSONS => "select count(*) as readings from lesson_readings where lesson = 'liaison'";
    CIRCLES => "select count(*) as circles from events where cohort = $1 and kind = 'circle'";
    CERTIFICATES => "select count(*) as certificates from certificates where cohort = $1";
    SIGNALS => "select count(*) as signals from signals where cohort = $1";
    LIAISONS => "select count(*) as liaisons from liaisons where cohort = $1";
    WISHES => "select count(*) as wishes from duo_wishes w join duos d on d.id = w.duo where d.cohort = $1";
    FORGOTTEN => "select count(*) as times from journal where what in ('survey answers forgotten', 'nomination deleted')";
    JOURNAL => "select count(*) as lines from journal where cohort = $1";
}

pub fn checked(
    tx: &mut Tx,
    _: &impl Opens<of::ReportDraft>,
    cohort: &Cohort,
    figures: &Figures,
) -> Result<Vec<Standard>, Failure> {
    let kept = kept(tx, cohort)?;
    let standard = |it: &texts::StandardText| Standard {
        id: it.id.clone(),
        requirement: it.requirement.clone(),
        evidence: it.evidence.clone(),
        is_there: is_there(&it.id, figures, &kept),
    };
    Ok(texts::standards().iter().map(standard).collect())
}

/// What stands in the house besides the figures.
struct Kept {
    pledges: bool,
    liaison_lessons: bool,
    circles: bool,
    certificates: bool,
    signals: bool,
    liaisons: bool,
    wishes: bool,
    forgotten: bool,
    journal: bool,
    conduct: bool,
    changes_written: bool,
    costs_written: bool,
    pairs_asked: bool,
}

fn kept(tx: &mut Tx, cohort: &Cohort) -> Result<Kept, Failure> {
    let mut there = |sql, all: bool| -> Result<bool, Failure> {
        let number: i64 = if all { tx.one(sql, values![])? } else { tx.one(sql, values![cohort.id])? };
        Ok(number > 0)
    };
    let (pledges, circles, certificates) =
        (there(&PLEDGES, false)?, there(&CIRCLES, false)?, there(&CERTIFICATES, false)?);
    let (signals, liaisons, wishes) = (there(&SIGNALS, false)?, there(&LIAISONS, false)?, there(&WISHES, false)?);
    let (journal, liaison_lessons, forgotten) =
        (there(&JOURNAL, false)?, there(&LIAISON_LESSONS, true)?, there(&FORGOTTEN, true)?);
    let matching = matching::figures(tx, cohort.id)?;
    Ok(Kept {
        pledges,
        liaison_lessons,
        circles,
        certificates,
        signals,
        liaisons,
        wishes,
        forgotten,
        journal,
        conduct: preset::text("pages", "conduct").is_some(),
        changes_written: words::is_own(tx, cohort, Kind::Interim, "changes")?,
        costs_written: words::is_own(tx, cohort, Kind::Final, "costs")?,
        pairs_asked: matching.requests + matching.proposals_formed > 0,
    })
}

/// What is not named here has no evidence in the house, and stays open.
fn is_there(id: &str, figures: &Figures, kept: &Kept) -> bool {
    match id {
        "E4" => kept.pledges,
        "P2" => figures.goals_set > 0,
        // Both are questions that no application can be submitted without; forms keep their version and day.
        "P3" | "R3" => figures.applied > 0,
        "R2" => figures.eligible > 0,
        "R4" => figures.placed > 0,
        "T1" => figures.people_lessons > 0,
        "T2" => !figures.changes.is_empty(),
        "T3" => figures.people_oriented > 0,
        "T4" => kept.liaison_lessons,
        "M1" | "M3" | "M5" => figures.duos > 0,
        "M2" => kept.pairs_asked,
        "M4" | "S2" => kept.signals,
        "M6" => figures.first_contacts > 0,
        "M7" => figures.agreements > 0,
        "S1" => figures.meetings > 0,
        "S3" => kept.changes_written,
        "S4" => kept.costs_written && figures.meetings > 0,
        "S5" => kept.circles,
        "S6" => kept.certificates,
        "E1" => true,
        "E2" => kept.conduct && kept.pledges,
        "E3" => kept.liaisons,
        "E5" => kept.forgotten,
        "C1" => figures.checkins.len() >= 6,
        "C2" => figures.ended > 0 && kept.wishes,
        "C3" => !figures.surveys.is_empty(),
        "A1" => kept.journal,
        "A2" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn in_an_empty_year_hardly_anything_is_proved() {
        let kept = Kept {
            pledges: false,
            liaison_lessons: false,
            circles: false,
            certificates: false,
            signals: false,
            liaisons: false,
            wishes: false,
            forgotten: false,
            journal: false,
            conduct: true,
            changes_written: false,
            costs_written: false,
            pairs_asked: false,
        };
        let there = |figures: &Figures| {
            texts::standards()
                .iter()
                .filter(|it| is_there(&it.id, figures, &kept))
                .map(|it| it.id.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(there(&samples::empty(Kind::Final)), ["E1", "A2"]);
        assert!(there(&samples::figures(Kind::Final)).len() > 15);
    }
}
