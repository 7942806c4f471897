//! What may be asked, and who may ask it: one line per action.

use crate::Role::{self, Alumna, Applicant, Board, Chair, Council, Deputy, Liaison, Mentee, Mentor, Staff};

/// Who may come in at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anyone, signed in or not.
    Public,
    /// Anyone who has signed in.
    SignedIn,
    /// Those who hold one of these roles at this moment.
    Roles(&'static [Role]),
    /// A program of the association that bears a token of this scope; no person at all.
    Token(&'static str),
}

const COMMITTEE: &[Role] = &[Chair, Deputy, Liaison, Council];
const CHAIRS: &[Role] = &[Chair, Deputy];
const CHAIRS_AND_STAFF: &[Role] = &[Chair, Deputy, Staff];
const DUO: &[Role] = &[Mentee, Mentor, Alumna];

/// One line per action: its name, and who may do it.
macro_rules! actions {
    ($($(#[$meta:meta])* $action:ident => $audience:expr;)+) => {
        /// One per use case; a door names exactly one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$meta])* $action),+ }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$action),+];

            pub fn audience(self) -> Audience {
                use Audience::{Public, Roles, SignedIn, Token};
                match self { $(Self::$action => $audience),+ }
            }

            pub fn name(self) -> &'static str {
                match self { $(Self::$action => stringify!($action)),+ }
            }
        }
    };
}

actions! {
    // Open to all.
    ReadProgramPage => Public;
    ReadCalendar => Public;
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
    SecureSignIn => SignedIn;
    ReadOwnAccount => SignedIn;
    WriteOwnAccount => SignedIn;
    ReadOwnLetters => SignedIn;
    Apply => SignedIn;
    ReadOwnApplication => SignedIn;
    ReadLessons => SignedIn;
    ReadEvents => SignedIn;
    AnswerEvent => SignedIn;
    SignPledge => SignedIn;
    AnswerSurvey => SignedIn;

    // Matching.
    ReadDirectory => Roles(&[Mentee, Chair, Deputy, Liaison, Council]);
    AskMentor => Roles(&[Mentee]);
    ReadOwnRequests => Roles(&[Mentee, Mentor]);
    AnswerRequest => Roles(&[Mentor]);
    WriteOwnProfile => Roles(&[Mentor]);
    AnswerProposal => Roles(&[Mentee, Mentor]);
    ReadMatching => Roles(CHAIRS);
    Propose => Roles(CHAIRS);

    // Duos.
    ReadDuo => Roles(DUO);
    WriteAgreement => Roles(&[Mentee, Mentor]);
    WriteGoals => Roles(&[Mentee, Mentor]);
    LogMeeting => Roles(&[Mentee, Mentor]);
    ReadNotebook => Roles(DUO);
    WriteNotebook => Roles(&[Mentee, Mentor]);
    EndDuo => Roles(&[Mentee, Mentor]);

    // Care.
    ReadLiaisonDesk => Roles(&[Liaison]);
    ReadDuoStatus => Roles(&[Liaison, Chair, Deputy]);
    WriteContact => Roles(&[Liaison]);
    AppointLiaison => Roles(CHAIRS);

    // The committee's side.
    ReadDashboard => Roles(&[Chair, Deputy, Council, Liaison, Staff]);
    RunProgram => Roles(CHAIRS);
    EditPages => Roles(CHAIRS);
    ReadCommittee => Roles(COMMITTEE);
    AppointCommittee => Roles(CHAIRS);
    ReadRoster => Roles(CHAIRS_AND_STAFF);
    ImportRoster => Roles(CHAIRS_AND_STAFF);
    /// The lines of the roster themselves; the chairs see eligible or not, and until when.
    ReadRosterLines => Roles(&[Staff]);
    CorrectRoster => Roles(&[Staff]);
    /// The association's membership system delivers its list.
    PutRoster => Token("roster");
    RunTokens => Roles(CHAIRS_AND_STAFF);
    WriteEligibility => Roles(CHAIRS);
    ReadApplications => Roles(&[Chair, Deputy, Council, Liaison]);
    DecideApplications => Roles(CHAIRS);
    RunEvents => Roles(COMMITTEE);
    ReadLetters => Roles(CHAIRS);
    ReadSurveyResults => Roles(&[Chair, Deputy, Council, Liaison, Staff]);
    RunSurveys => Roles(CHAIRS);
    ReadJournal => Roles(CHAIRS);

    // Reports.
    ReadReportDraft => Roles(&[Chair, Deputy, Council, Liaison, Staff]);
    WriteReport => Roles(&[Chair, Deputy, Council]);
    SubmitReport => Roles(CHAIRS);
    /// A board reader sees a report once it is submitted, and nothing before.
    ReadReport => Roles(&[Board, Chair, Deputy, Council, Liaison, Staff]);

    // After.
    ReadOwnCertificate => SignedIn;
    JoinAlumni => SignedIn;
    ReadAlumni => Roles(&[Alumna, Chair, Deputy]);
    WriteAlumniLetter => Roles(CHAIRS);
    /// Everyone who takes part reads the guides; applicants do too.
    ReadGuides => Roles(&[Applicant, Mentee, Mentor, Alumna, Liaison, Council, Chair, Deputy]);
}
