//! What is kept about people, one word per kind: the rows of `access-matrix.csv`.

/// One line per record: its name here, and its key in the matrix. Each has a type of its
/// own in `of`, so that a grant for one record is no grant for another.
macro_rules! records {
    ($($record:ident => $key:literal;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Record { $($record),+ }

        impl Record {
            pub const ALL: &[Self] = &[$(Self::$record),+];

            /// The first column of the matrix.
            pub fn key(self) -> &'static str {
                match self { $(Self::$record => $key),+ }
            }
        }

        /// A record as a type: `Grant<of::DuoMessage>` opens duo messages and nothing else.
        pub mod of {
            $(
                #[derive(Debug)]
                pub enum $record {}
                impl super::Kind for $record {
                    const RECORD: super::Record = super::Record::$record;
                }
            )+
        }
    };
}

/// A record as a type.
pub trait Kind {
    const RECORD: Record;
}

records! {
    ProfileMentor => "profile_mentor";
    ProfileMentee => "profile_mentee";
    Application => "application";
    ApplicationScore => "application_score";
    Nomination => "nomination";
    RankList => "rank_list";
    MatchRequest => "match_request";
    DuoGoals => "duo_goals";
    MeetingLog => "meeting_log";
    PrivateNote => "private_note";
    DuoMessage => "duo_message";
    CheckinAnswer => "checkin_answer";
    Escalation => "escalation";
    SurveyAnswer => "survey_answer";
    SurveyAggregate => "survey_aggregate";
    ReportDraft => "report_draft";
    AuditLog => "audit_log";
    MembershipRoster => "membership_roster";
    MailingList => "mailing_list";
    Attachment => "attachment";
    SentMail => "sent_mail";
    AccountSession => "account_session";
    BackupExport => "backup_export";
    ProgramSettings => "program_settings";
    Agreement => "agreement";
    Proposal => "proposal";
    ContactNote => "contact_note";
    Task => "task";
    Appointment => "appointment";
    Committee => "committee";
    Conflict => "conflict";
    Opening => "opening";
    GoingOn => "going_on";
    LessonProgress => "lesson_progress";
    PersonDetails => "person_details";
    ExitAnswer => "exit_answer";
    CohortOverview => "cohort_overview";
    Event => "event";
    Guide => "guide";
    Certificate => "certificate";
    AlumniGroup => "alumni_group";
}

impl Record {
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|record| record.key() == key)
    }

    /// Never opened by breaking the glass, and by no other way either, for whom the
    /// matrix does not name: only these two may be.
    pub fn may_break_glass(self) -> bool {
        matches!(self, Self::CheckinAnswer | Self::Escalation)
    }
}
