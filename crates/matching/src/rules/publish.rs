//! When a draft may go out: those who were asked to look at it have said yes to it as it is.

/// What one who was asked has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Nothing,
    Yes,
    No,
    /// Said something, and the draft has changed since.
    OfEarlier,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PublishRefusal {
    #[error("There is no draft to send.")]
    NoDraft,
    #[error(
        "Somebody who looked at the draft says no. Change the draft, or tick that you send it all the same; the journal keeps that you did."
    )]
    SaidNo,
    #[error(
        "Not everybody who was asked has looked at the draft as it is now. Wait for them, or tick that you send it all the same; the journal keeps that you did."
    )]
    NotLooked,
}

/// Whether a draft of so many pairs may be sent. `anyway` sets the reviews aside.
pub(crate) fn publish(pairs: usize, verdicts: &[Verdict], anyway: bool) -> Result<(), PublishRefusal> {
    if pairs == 0 {
        return Err(PublishRefusal::NoDraft);
    }
    if anyway {
        return Ok(());
    }
    if verdicts.contains(&Verdict::No) {
        return Err(PublishRefusal::SaidNo);
    }
    if verdicts.iter().any(|it| *it != Verdict::Yes) {
        return Err(PublishRefusal::NotLooked);
    }
    Ok(())
}

/// What the chair reads after sending: how many pairs, and which were dropped and why.
pub(crate) fn sent_words(sent: usize, dropped: &[String]) -> String {
    let sent = match sent {
        0 => "No proposal is on its way.".to_owned(),
        1 => "One proposal is on its way to both people.".to_owned(),
        many => format!("{many} proposals are on their way to both people each."),
    };
    if dropped.is_empty() {
        return sent;
    }
    let names = dropped.join("; ");
    format!("{sent} Dropped, for one of the two waits for an answer or has a partner by now: {names}.")
}

/// A number that changes when a pair of the draft does, whatever the order (FNV-1a over the sorted ids).
pub(crate) fn mark(pairs: &[(u128, u128)]) -> i64 {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let bytes = sorted.iter().flat_map(|(one, other)| one.to_le_bytes().into_iter().chain(other.to_le_bytes()));
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    i64::from_le_bytes(hash.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_was_dropped_is_named() {
        assert_eq!(sent_words(1, &[]), "One proposal is on its way to both people.");
        assert_eq!(sent_words(4, &[]), "4 proposals are on their way to both people each.");
        let words = sent_words(0, &["Ana and Li".to_owned(), "Eva and Kim".to_owned()]);
        assert!(words.starts_with("No proposal") && words.ends_with("by now: Ana and Li; Eva and Kim."), "{words}");
    }

    // ALG7
    #[test]
    fn a_draft_goes_out_when_everybody_asked_has_said_yes_to_it_as_it_is() {
        use Verdict::{No, Nothing, OfEarlier, Yes};
        assert_eq!(publish(0, &[Yes], true), Err(PublishRefusal::NoDraft));
        for (verdicts, expected) in [
            (vec![], Ok(())),
            (vec![Yes, Yes], Ok(())),
            (vec![Yes, Nothing], Err(PublishRefusal::NotLooked)),
            (vec![OfEarlier], Err(PublishRefusal::NotLooked)),
            (vec![Yes, No, Nothing], Err(PublishRefusal::SaidNo)),
        ] {
            assert_eq!(publish(2, &verdicts, false), expected, "{verdicts:?}");
            assert_eq!(publish(2, &verdicts, true), Ok(()));
        }
    }

    #[test]
    fn the_mark_of_a_draft_hangs_on_its_pairs_and_not_on_their_order() {
        assert_eq!(mark(&[(1, 2), (3, 4)]), mark(&[(3, 4), (1, 2)]));
        assert_ne!(mark(&[(1, 2), (3, 4)]), mark(&[(1, 4), (3, 2)]));
        assert_ne!(mark(&[(1, 2)]), mark(&[(2, 1)]));
    }
}
