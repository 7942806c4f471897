//! Who asks.

/// What a person can be in a program. A right follows from a confirmed membership,
/// never from a name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Applicant,
    Mentee,
    Mentor,
    Liaison,
    Council,
    Chair,
    Deputy,
    Staff,
    Board,
    Alumna,
}

impl Role {
    pub const ALL: [Self; 10] = [
        Self::Applicant,
        Self::Mentee,
        Self::Mentor,
        Self::Liaison,
        Self::Council,
        Self::Chair,
        Self::Deputy,
        Self::Staff,
        Self::Board,
        Self::Alumna,
    ];

    /// The word that the database and addresses use.
    pub fn key(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::Mentee => "mentee",
            Self::Mentor => "mentor",
            Self::Liaison => "liaison",
            Self::Council => "council",
            Self::Chair => "chair",
            Self::Deputy => "deputy",
            Self::Staff => "staff",
            Self::Board => "board",
            Self::Alumna => "alumna",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The word that people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Applicant => "Applicant",
            Self::Mentee => "Mentee",
            Self::Mentor => "Mentor",
            Self::Liaison => "Liaison",
            Self::Council => "Council member",
            Self::Chair => "Chair",
            Self::Deputy => "Deputy chair",
            Self::Staff => "Office staff",
            Self::Board => "Board reader",
            Self::Alumna => "Alumna or alumnus",
        }
    }
}

/// One confirmed membership: of one cohort, or of the program as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    pub role: Role,
    pub cohort: Option<u128>,
}

/// A person with the memberships that are confirmed at this moment. Nobody, for a stranger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    pub person: Option<u128>,
    pub memberships: Vec<Membership>,
    /// Cohorts in which the person was a mentee or mentor and no longer is: what their duo
    /// wrote stays theirs to read until it is deleted.
    pub former: Vec<u128>,
}

impl Subject {
    pub fn holds(&self, role: Role) -> bool {
        self.memberships.iter().any(|it| it.role == role)
    }

    pub fn holds_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.holds(*role))
    }

    /// Whether one of the roles is held: in this cohort or in the whole program, or
    /// anywhere where no cohort is named.
    pub fn reaches(&self, roles: &[Role], cohort: Option<u128>) -> bool {
        let covers = |of: Option<u128>| cohort.is_none() || of.is_none() || of == cohort;
        self.memberships.iter().any(|it| roles.contains(&it.role) && covers(it.cohort))
    }

    /// Whether the person is or was in a duo's place: mentee, mentor, or a former one.
    pub fn takes_part(&self) -> bool {
        !self.former.is_empty() || self.holds_any(&[Role::Mentee, Role::Mentor, Role::Alumna])
    }

    /// Whether the role is held in this cohort, or in the program as a whole.
    pub fn holds_in(&self, role: Role, cohort: u128) -> bool {
        self.memberships.iter().any(|it| it.role == role && it.cohort.is_none_or(|of| of == cohort))
    }
}
