//! Rules that are not ours. A model that has one of them wrong must part from the program in
//! some of the cases: then the cases reach what the rule is about.

testing::wrong_rules! {
    OneMoreHasAPlace "One more has a place than there are."
    TheLastComesFirst "The last who came is the first in the line."
    TheCallNeverEnds "An application is taken after the call."
    NobodyComesBack "Whoever withdrew cannot apply again."
    APlaceIsGivenBackLate "A place is given back after the session began."
    NobodyIsOfferedIt "A place that was given back is offered only when the house works."
    ALateAnswerCounts "The answer to an offer counts after its hours."
    AnOfferStandsLonger "An offer stands for a day longer."
    NoOfferEnds "An offer without an answer stands for ever."
    WhatIsHeldIsFree "There may be fewer places than are taken and held."
    NewPlacesAreKept "New places go to nobody by themselves."
    KeptUnasked "Whoever was left out is kept for the next cohort without being asked."
    KeptForEver "Whoever was kept cannot take it back."
    WhoLeftIsKept "Whoever withdrew is kept for the next cohort."
}
