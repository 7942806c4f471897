//! How a signal looks, wherever it is shown.

use platform::prelude::*;
use shell::Tone;

use crate::rules::signal::{About, Fact, Signal, State, Word};

/// The mood that goes with a word, for badges and pictures.
pub fn tone_of(word: Word) -> Tone {
    match word {
        Word::OnTrack => Tone::Good,
        Word::TooEarly => Tone::Plain,
        Word::NeedsAWord => Tone::Warn,
        Word::Silent => Tone::Bad,
    }
}

pub fn badge_of(signal: &Signal) -> Markup {
    shell::badge(tone_of(signal.word()), signal.word().words())
}

/// The facts behind a signal, those that matter most first. CHK2.
pub fn facts_list(signal: &Signal) -> Markup {
    let mut facts: Vec<_> = signal.facts.iter().collect();
    facts.sort_by_key(|it| std::cmp::Reverse(it.light));
    list(&facts)
}

/// The facts that speak for the signal, and none that can wait: for a list of many duos.
pub(crate) fn main_facts(signal: &Signal) -> Markup {
    let facts = signal.facts.iter();
    let mut main: Vec<_> = facts.clone().filter(|it| it.light >= State::Amber).collect();
    if main.is_empty() {
        main = facts.filter(|it| matches!(it.about, About::Meetings | About::CheckIns)).collect();
    }
    main.sort_by_key(|it| std::cmp::Reverse(it.light));
    list(&main)
}

fn list(facts: &[&Fact]) -> Markup {
    shell::prose(html! {
        ul {
            @for fact in facts {
                li {
                    @match fact.light {
                        State::Red => { strong { (fact.words) } }
                        _ => { (fact.words) }
                    }
                }
            }
        }
    })
}
