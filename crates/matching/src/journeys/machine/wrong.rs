//! Rules that are not ours. A model that has one of them wrong must part from the program in
//! some of the cases: then the cases reach what the rule is about.

testing::wrong_rules! {
    OneMoreWaits "A fourth request may wait where three are the most."
    OneMoreOnAList "A list holds one more than it has room for."
    ADayMore "A mentor has eight days where seven are given."
    ALateAnswerCounts "An answer, a question or a reply counts after the last day."
    NothingLapses "A request without an answer waits for ever."
    SomebodyIsAskedTwice "A mentor who said no is asked again."
    TakenBackIsAskedOnce "A mentor from whom a request was taken back cannot be asked again."
    NothingLateIsTakenBack "After the last day a mentee cannot take a request back."
    TheNextWaitsForTheHouse "After a no the next is asked only when the house works."
    OthersStayWaiting "Whoever else asked a mentor who said yes goes on waiting."
    WhoIsAskedIsPassed "Another is moved up past the mentor who is asked."
    APauseIsNoPause "A mentor on pause is asked."
    APauseSendsPeopleAway "A pause ends the requests that wait."
    TwoQuestions "A mentor asks a second question."
    TwoReplies "A mentee replies a second time."
    AQuestionGivesNoDay "The last day stays where it is, whatever is asked."
    AQuestionTakesDays "The last day comes nearer by a question."
    WhoWaitsIsReminded "A mentor who waits for a reply is reminded."
    RemindersComeAtNoon "Reminders come at noon, not at nine."
    OneReminder "There is no second reminder."
    TheChairIsNeverLate "The chair says no for a mentor after the last day."
    TheChairTakesNothingBack "The chair cannot take a request back for a mentee."
    ItNeverCloses "Mentees choose after the last day of choosing."
}
