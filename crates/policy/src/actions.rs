//! What may be asked, and who may ask it: one line per action.

use crate::{
    Record::{self, self as On},
    Role::{self, Alumna, Applicant, Board, Chair, Council, Deputy, Liaison, Mentee, Mentor, Staff},
    facts::{Bound, Verb},
};

/// Who may come in at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anyone, signed in or not.
    Public,
    /// Anyone who has signed in.
    SignedIn,
    /// Those who hold one of these roles at this moment.
    Roles(&'static [Role]),
    /// Mentees, mentors and those who were: their own duo stays theirs to read.
    Participants,
    /// A program of the association that bears a token of this scope; no person at all.
    Token(&'static str),
}

/// What an action does with which record, and how whoever does it stands to it. The
/// matrix must give this to everyone in the audience; a test holds the two together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    pub record: Record,
    pub verb: Verb,
    pub bound: Bound,
}

const fn need(record: Record, verb: Verb, bound: Bound) -> Option<Need> {
    Some(Need { record, verb, bound })
}

const COMMITTEE: &[Role] = &[Chair, Deputy, Liaison, Council];
const CHAIRS: &[Role] = &[Chair, Deputy];
const CHAIRS_AND_STAFF: &[Role] = &[Chair, Deputy, Staff];

/// One line per action: its name, who comes in, and what it does with which record.
macro_rules! actions {
    ($($(#[$meta:meta])* $action:ident => $audience:expr $(, $record:ident $verb:ident $bound:ident)?;)+) => {
        /// One per use case; a door names exactly one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$meta])* $action),+ }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$action),+];

            pub fn audience(self) -> Audience {
                use Audience::{Participants, Public, Roles, SignedIn, Token};
                match self { $(Self::$action => $audience),+ }
            }

            /// What it does with what is kept about people; nothing, for a sign-in or a lesson.
            pub fn need(self) -> Option<Need> {
                match self {
                    $(Self::$action => actions!(@need $($record $verb $bound)?)),+
                }
            }

            pub fn name(self) -> &'static str {
                match self { $(Self::$action => stringify!($action)),+ }
            }
        }
    };
    (@need) => { None };
    (@need $record:ident $verb:ident $bound:ident) => { need(On::$record, Verb::$verb, Bound::$bound) };
}

actions! {
    // Open to all.
    ReadProgramPage => Public;
    ReadCalendar => Public;
    /// What the chair has published; judged at each record as for a stranger.
    ReadPublished => Public;
    ReadAsset => Public;
    ReadHealth => Public;
    ChangeTheme => Public;
    SignIn => Public;
    Recover => Public;
    Register => Public;
    /// Opens a one-time link from a letter; the link itself is the right.
    FollowLink => Public;
    SetUp => Public;
    Nominate => Public;
    VerifyCertificate => Public;
    ReadApiDescription => Public;
    Unsubscribe => Public;
    /// Doors of the demo and of development; the house has none of them otherwise.
    PlayDemo => Public;

    // One's own.
    ReadHome => SignedIn;
    SignOut => SignedIn;
    /// Sets up a second factor, or shows anew that it is you.
    SecureSignIn => SignedIn, AccountSession Write Own;
    ReadOwnAccount => SignedIn, AccountSession Read Own;
    WriteOwnAccount => SignedIn, AccountSession Write Own;
    ReadOwnLetters => SignedIn, SentMail Read Own;
    Apply => SignedIn, Application Write Own;
    ReadOwnApplication => SignedIn, Application Read Own;
    /// A file of an answer: one's own, or one that its question lets one read.
    ReadFile => SignedIn, Application Read Own;
    /// Who has read what is one's own.
    ReadOwnReadings => SignedIn, AuditLog Read Own;
    /// What one told one's liaison: empty for who never took part, and judged at each answer.
    ReadOwnCheckIns => SignedIn;
    /// Everything of one's own in one file.
    TakeOwnAlong => SignedIn, BackupExport Export Own;
    /// Asks to be forgotten, or no longer does.
    BeForgotten => SignedIn, AccountSession Write Own;
    ReadLessons => SignedIn;
    ReadEvents => SignedIn;
    AnswerEvent => SignedIn;
    /// Tells somebody of one's choice in confidence; who reads it then is judged at the record.
    RaiseConcern => SignedIn, Escalation Write Own;
    SignPledge => SignedIn;
    AnswerSurvey => SignedIn;

    // Matching.
    ReadDirectory => Roles(&[Mentee, Chair, Deputy, Liaison, Council]), ProfileMentor Read Whole;
    /// The other mentees of one's cohort as cards, where the committee shows them.
    ReadFellows => Roles(&[Mentee]), ProfileMentee Status Whole;
    AskMentor => Roles(&[Mentee]), MatchRequest Write Own;
    RankMentors => Roles(&[Mentee]), RankList Write Own;
    ReadOwnRequests => Roles(&[Mentee, Mentor]), MatchRequest Read Own;
    AnswerRequest => Roles(&[Mentor]), MatchRequest Write Own;
    WriteOwnProfile => Roles(&[Mentor]), ProfileMentor Write Own;
    AnswerProposal => Roles(&[Mentee, Mentor]), Proposal Write Own;
    ReadMatching => Roles(CHAIRS), MatchRequest Status Whole;
    ReadPlans => Roles(CHAIRS), Proposal Read Whole;
    /// Whom the chair named looks at the draft of pairs.
    ReviewPlan => Roles(COMMITTEE), Proposal Read Whole;
    Propose => Roles(CHAIRS), Proposal Write Whole;

    // Duos.
    ReadDuo => Participants, DuoGoals Read Duo;
    WriteAgreement => Roles(&[Mentee, Mentor]), Agreement Write Duo;
    WriteGoals => Roles(&[Mentee, Mentor]), DuoGoals Write Duo;
    LogMeeting => Roles(&[Mentee, Mentor]), MeetingLog Write Duo;
    ReadNotebook => Participants, DuoMessage Read Duo;
    WriteNotebook => Roles(&[Mentee, Mentor]), DuoMessage Write Duo;
    EndDuo => Roles(&[Mentee, Mentor]), Agreement Write Duo;
    AnswerCheckIn => Roles(&[Mentee, Mentor]), CheckinAnswer Write Own;

    // Care.
    ReadLiaisonDesk => Roles(&[Liaison]), CheckinAnswer Read Assigned;
    ReadDuoStatus => Roles(&[Liaison, Chair, Deputy]), MeetingLog Status Assigned;
    WriteTask => Roles(&[Liaison, Chair, Deputy]), Task Write Assigned;
    WriteContact => Roles(&[Liaison]), ContactNote Write Assigned;
    AppointLiaison => Roles(CHAIRS), Appointment Write Whole;
    /// The list of duos with their liaisons, as a file that says whose copy it is.
    TakeDuosAlong => Roles(CHAIRS), BackupExport Export Whole;
    /// Opens the check-in answers of one duo: of chair and deputy one asks, the other confirms.
    BreakGlass => Roles(CHAIRS), CheckinAnswer Status Whole;

    // The committee's side.
    ReadDashboard => Roles(&[Chair, Deputy, Council, Liaison, Staff]), CohortOverview Read Whole;
    RunProgram => Roles(CHAIRS), ProgramSettings Write Whole;
    EditForms => Roles(CHAIRS), ProgramSettings Write Whole;
    EditPages => Roles(CHAIRS), ProgramSettings Write Whole;
    ReadCommittee => Roles(&[Chair, Deputy, Liaison, Council, Staff]), Committee Read Whole;
    AppointCommittee => Roles(CHAIRS), Committee Write Whole;
    /// Steps aside from somebody, and takes it back; the chairs see who does.
    DeclareConflict => Roles(&[Chair, Deputy, Liaison, Council, Staff]), Conflict Write Own;
    /// The office may ask somebody for the chair: never itself, and with a week in which the
    /// chair can call it off. Whom it names still has to say yes.
    HandOverChair => Roles(CHAIRS_AND_STAFF), Committee Write Whole;
    ReadRoster => Roles(CHAIRS_AND_STAFF), MembershipRoster Status Whole;
    ImportRoster => Roles(CHAIRS_AND_STAFF), MembershipRoster Status Whole;
    /// The lines of the roster themselves; the chairs see eligible or not, and until when.
    ReadRosterLines => Roles(&[Staff]), MembershipRoster Read Whole;
    CorrectRoster => Roles(&[Staff]), MembershipRoster Write Whole;
    /// The association's membership system delivers its list.
    PutRoster => Token("roster"), MembershipRoster Write Whole;
    RunTokens => Roles(CHAIRS_AND_STAFF), ProgramSettings Write Whole;
    WriteEligibility => Roles(CHAIRS), ProgramSettings Write Whole;
    ReadApplications => Roles(&[Chair, Deputy, Council, Liaison, Staff]), Application Status Whole;
    ReadApplication => Roles(&[Chair, Deputy, Council, Liaison]), Application Read Whole;
    DecideApplications => Roles(CHAIRS), Application Write Whole;
    /// The list of who applied, as a file that says whose copy it is.
    TakeApplicationsAlong => Roles(CHAIRS_AND_STAFF), BackupExport Export Whole;
    /// What one thinks of an application oneself; what others think is read after that.
    ScoreApplications => Roles(COMMITTEE), ApplicationScore Write Own;
    OpenSealedWishes => Roles(CHAIRS), RankList Read Whole;
    RunEvents => Roles(COMMITTEE), Event Write Whole;
    ReadLetters => Roles(CHAIRS), ProgramSettings Write Whole;
    ReadSurveyResults => Roles(&[Chair, Deputy, Council, Liaison, Staff]), SurveyAggregate Read Whole;
    RunSurveys => Roles(CHAIRS), ProgramSettings Write Whole;
    ReadJournal => Roles(CHAIRS), AuditLog Read Whole;
    /// Ends sign-ins of somebody and sends the letter anew; never sets a password.
    HelpAccount => Roles(CHAIRS_AND_STAFF), AccountSession Write Whole;
    /// Takes away a second factor that is lost, and closes an account.
    EndAccount => Roles(CHAIRS), AccountSession Write Whole;
    ReadAccountEvents => Roles(&[Staff]), AuditLog Read Whole;

    // Reports.
    ReadReportDraft => Roles(&[Chair, Deputy, Council, Liaison, Staff]), ReportDraft Read Whole;
    WriteReport => Roles(&[Chair, Deputy, Council]), ReportDraft Write Whole;
    SubmitReport => Roles(CHAIRS), ReportDraft Write Whole;
    /// Opens totals of a survey or figures of a report to everyone, and closes them again.
    Publish => Roles(CHAIRS), ProgramSettings Write Whole;
    /// A board reader sees a report once it is submitted, and nothing before.
    ReadReport => Roles(&[Board, Chair, Deputy, Council, Liaison, Staff]), ReportDraft Read Whole;

    // After.
    ReadOwnCertificate => SignedIn;
    JoinAlumni => SignedIn;
    ReadAlumni => Roles(&[Alumna, Chair, Deputy]), AlumniGroup Read Whole;
    WriteAlumniLetter => Roles(CHAIRS), AlumniGroup Write Whole;
    /// Everyone who takes part reads the guides; applicants do too.
    ReadGuides => Roles(&[Applicant, Mentee, Mentor, Alumna, Liaison, Council, Chair, Deputy]), Guide Read Whole;
}
