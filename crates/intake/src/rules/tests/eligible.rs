//! Each rule of who may take part, by its strength.

use super::*;

// ELG5
#[test]
fn each_rule_stops_where_it_must_and_is_only_said_where_it_should() {
    let off = RoleRules::default();
    type Set = fn(&mut RoleRules, Strength);
    let standing: Set = |it, strength| it.standing = strength;
    let first_year: Set = |it, strength| it.first_year = strength;
    let not_before: Set = |it, strength| it.not_before = strength;
    let category: Set =
        |it, strength| (it.category, it.categories) = (strength, vec!["Student".to_owned(), "new".to_owned()]);
    // The rule, the facts, and whether they meet it.
    let cases: [(Set, Standing, &str, bool, bool); 11] = [
        (standing, MEMBER, "regular", false, true),
        (standing, Standing::Lapsed, "regular", false, false),
        (standing, Standing::Unknown, "", false, false),
        (first_year, NEW_MEMBER, "regular", false, true),
        (first_year, MEMBER, "regular", false, false),
        (first_year, Standing::Lapsed, "regular", false, false),
        (not_before, MEMBER, "regular", false, true),
        (not_before, MEMBER, "regular", true, false),
        (category, MEMBER, "student ", false, true),
        (category, MEMBER, "regular", false, false),
        (category, MEMBER, "", false, false),
    ];
    for (set, standing, category, was_mentee, met) in cases {
        for strength in Strength::ALL {
            let mut rules = off.clone();
            set(&mut rules, strength);
            let facts = Facts { category, was_mentee, ..facts(&rules, Role::Mentee, standing, false) };
            let verdict = eligibility(&facts);
            assert_eq!(verdict.eligible, met || strength != Strength::Must, "{facts:?}");
            let weights: Vec<Weight> = verdict.words.iter().map(|it| it.weight).collect();
            let lapsed_should =
                strength == Strength::Should && standing == Standing::Lapsed && rules.first_year == strength;
            match strength {
                Strength::Off => assert_eq!(weights, []),
                _ if lapsed_should => assert_eq!(weights, []),
                _ if met => assert_eq!(weights, [Weight::Met], "{facts:?}"),
                Strength::Must => assert_eq!(weights, [Weight::Unmet], "{facts:?}"),
                Strength::Should => assert_eq!(weights, [Weight::Note], "{facts:?}"),
            }
            assert_eq!(verdict.reasons().is_empty(), verdict.eligible);
        }
    }
}

// ELG6
#[test]
fn whoever_counts_as_eligible_is_and_reads_why() {
    let rules = preset_rules();
    let facts = Facts {
        counts_because: Some("Joined at the meeting."),
        ..facts(&rules.mentor, Role::Mentor, Standing::Unknown, false)
    };
    let verdict = eligibility(&facts);
    assert!(verdict.eligible && !verdict.by_promise);
    assert_eq!(verdict.short(), "counts as eligible");
    assert!(verdict.words.iter().any(|it| it.words == "The committee counts you as eligible: Joined at the meeting."));
}

#[test]
fn whoever_joins_now_will_be_in_their_first_year() {
    let rules = RoleRules { first_year: Strength::Must, ..preset_rules().mentee };
    assert!(judged_by(&rules, Role::Mentee, Standing::Unknown, true).eligible);
    assert!(!judged_by(&rules, Role::Mentee, Standing::Lapsed, true).eligible);
    assert!(!judged_by(&rules, Role::Mentee, MEMBER, false).eligible);
}
