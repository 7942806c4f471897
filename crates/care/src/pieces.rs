//! How a signal looks, wherever it is shown.

use platform::prelude::*;
use shell::Tone;

use crate::rules::signal::{Signal, State, Word};

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
    html! {
        ul.reasons role="list" {
            @for fact in facts {
                li {
                    @match fact.light {
                        State::Red => { strong { (fact.words) } }
                        _ => { (fact.words) }
                    }
                }
            }
        }
    }
}
