//! Why these two, or why not.

use serde::Serialize;

use crate::{
    Input, Lists, Locked, Mentee, Mentor, Objective, Plan, Points, Reason, Refusal, Score, check::check, excluded,
    exclusions::broken, plan, pool::Pool, score,
};

/// What speaks for and against one pair, whatever the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    pub mentee: String,
    pub mentor: String,
    /// The hard rule that keeps them apart, if no override sets it aside.
    pub excluded: Option<Reason>,
    /// The score they have or would have.
    pub score: Score,
    /// The whole in sentences.
    pub words: Vec<String>,
}

/// Explains one pair by the ids of the two.
pub fn explain(input: &Input, mentee: &str, mentor: &str) -> Result<Explanation, Refusal> {
    check(input)?;
    let (mentee, mentor) = find(input, mentee, mentor)?;
    let (excluded, score) = (kept_apart(input, mentee, mentor), score_of(input, mentee, mentor));
    let mut words: Vec<String> = excluded.iter().map(Reason::words).collect();
    words.push(format!("They fit with {} of 100 points.", score.total));
    words.extend(score.parts.iter().flat_map(|part| [part.words.clone(), part.aside.clone()].concat()));
    if excluded.is_none() && score.total < Points::new(input.least) {
        words.push(format!("That is under the least score of {}.", Points::new(input.least)));
    }
    Ok(Explanation { mentee: mentee.id.clone(), mentor: mentor.id.clone(), excluded, score, words })
}

/// Why this plan does not pair these two, and what it would cost: the same plan is made again with the pair locked.
/// Sealed wishes are never told: what two people read here is the same whichever of them it was that wished.
pub fn why_not(input: &Input, made: &Plan, mentee: &str, mentor: &str) -> Result<Vec<String>, Refusal> {
    check(input)?;
    let (mentee, mentor) = find(input, mentee, mentor)?;
    let (ana, li) = (mentee.called(), mentor.called());
    if made.pairs.iter().any(|pair| pair.mentee == mentee.id && pair.mentor == mentor.id) {
        return Ok(vec![format!("The plan pairs {ana} with {li}.")]);
    }
    if let Some(reason) = kept_apart(input, mentee, mentor) {
        return Ok(vec![reason.words()]);
    }
    let mut words = where_they_are(input, made, mentee, mentor);
    if made.objective == Objective::Stable {
        words.extend(who_would_not(input, made, mentee, mentor)?);
        return Ok(words);
    }
    let mut forced = input.clone();
    forced.locked.retain(|pair| pair.mentee != mentee.id);
    forced.locked.push(Locked { mentee: mentee.id.clone(), mentor: mentor.id.clone() });
    match plan(&forced, made.objective, made.seed) {
        Err(refusal) => words.push(refusal.to_string()),
        Ok(forced) => words.push(cost(made, &forced, ana, li)),
    }
    Ok(words)
}

/// The rule that keeps two people apart, if no override sets it aside.
fn kept_apart(input: &Input, mentee: &Mentee, mentor: &Mentor) -> Option<Reason> {
    let is_both = |a: &str, b: &str| a == mentee.id && b == mentor.id;
    let by_committee = || input.exclusions.iter().find(|it| is_both(&it.mentee, &it.mentor));
    let reason = excluded(mentee, mentor)
        .or_else(|| by_committee().map(|it| Reason::Committee(it.why.clone())))
        .or_else(|| broken(&input.must, mentee, mentor))?;
    // A person cannot be their own mentor whatever the chair records.
    let is_set_aside = reason != Reason::SamePerson && input.overrides.iter().any(|it| is_both(&it.mentee, &it.mentor));
    (!is_set_aside).then_some(reason)
}

fn score_of(input: &Input, mentee: &Mentee, mentor: &Mentor) -> Score {
    match input.scores.iter().find(|it| it.mentee == mentee.id && it.mentor == mentor.id) {
        Some(given) => score::given(Points::new(given.points)),
        None => score::score(mentee, mentor, &input.weights),
    }
}

fn find<'a>(input: &'a Input, mentee: &str, mentor: &str) -> Result<(&'a Mentee, &'a Mentor), Refusal> {
    let unknown = |role, id: &str| Refusal::NotInPool { role, id: id.to_string() };
    let found = input.mentees.iter().find(|entry| entry.id == mentee).ok_or_else(|| unknown("mentee", mentee))?;
    let other = input.mentors.iter().find(|entry| entry.id == mentor).ok_or_else(|| unknown("mentor", mentor))?;
    Ok((found, other))
}

fn where_they_are(input: &Input, made: &Plan, mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let mentor_named = |id: &str| input.mentors.iter().find(|entry| entry.id == id).map_or("", Mentor::called);
    let mentee_named = |id: &str| input.mentees.iter().find(|entry| entry.id == id).map_or("", Mentee::called);
    let mut words = Vec::new();
    if let Some(pair) = made.pairs.iter().find(|pair| pair.mentee == mentee.id) {
        words.push(format!("{} is paired with {}.", mentee.called(), mentor_named(&pair.mentor)));
    }
    let holders: Vec<&str> =
        made.pairs.iter().filter(|pair| pair.mentor == mentor.id).map(|pair| mentee_named(&pair.mentee)).collect();
    if !holders.is_empty() {
        words.push(format!("{} is paired with {}.", mentor.called(), holders.join(", ")));
    }
    words
}

/// In a stable plan there is always one side that prefers what it has, or never listed the other.
fn who_would_not(input: &Input, made: &Plan, mentee: &Mentee, mentor: &Mentor) -> Result<Vec<String>, Refusal> {
    let (ana, li) = (mentee.called(), mentor.called());
    let mut words = Vec::new();
    for (who, whom, list, id) in [(ana, li, &mentee.ranked, &mentor.id), (li, ana, &mentor.ranked, &mentee.id)] {
        if input.lists != Lists::First && !list.is_empty() && !list.contains(id) {
            words.push(format!("{whom} is not on {who}'s list."));
        }
    }
    if !words.is_empty() {
        return Ok(words);
    }
    let pool = Pool::new(input, made.seed, Objective::Stable)?;
    let row = pool.mentees.iter().position(|entry| entry.id == mentee.id).unwrap_or_default();
    let column = pool.mentors.iter().position(|entry| entry.id == mentor.id).unwrap_or_default();
    let own = made.pairs.iter().find(|pair| pair.mentee == mentee.id);
    let own = own.and_then(|pair| pool.mentors.iter().position(|entry| entry.id == pair.mentor));
    let points = pool.points(row, column);
    let wish = |column: usize| pool.mentee_wants(row, column, pool.points(row, column));
    let sentence = if points < Points::new(input.least).micro() as i32 {
        format!("Their score is under the least score of {}.", Points::new(input.least))
    } else if pool.table.get(row, column).is_none() {
        format!("The committee gave no score to {ana} and {li}.")
    } else if pool.locked[row].is_some() {
        format!("{ana} is in a pair that is locked.")
    } else if pool.places[column] == 0 {
        format!("{li} has no place that is not locked.")
    } else if own.is_some_and(|own| wish(own) < wish(column)) {
        format!("{ana} prefers the mentor whom the plan gives.")
    } else {
        format!("{li} prefers whom the plan gives to {ana}.")
    };
    Ok(vec![sentence])
}

fn cost(made: &Plan, forced: &Plan, ana: &str, li: &str) -> String {
    let pairs = match (made.pairs.len(), forced.pairs.len()) {
        (now, then) if then < now => format!(" and leave {} more without a mentor", now - then),
        (now, then) if then > now => format!(" and pair {} more", then - now),
        _ => String::new(),
    };
    let (now, then) = (made.total, forced.total);
    match then.cmp(&now) {
        std::cmp::Ordering::Equal if pairs.is_empty() => {
            format!("Pairing {ana} with {li} would be just as good; the tie was decided by lot.")
        }
        std::cmp::Ordering::Less => {
            format!("Pairing {ana} with {li} would lower the total from {now} to {then}{pairs}.")
        }
        _ => format!("Pairing {ana} with {li} would change the total from {now} to {then}{pairs}."),
    }
}
