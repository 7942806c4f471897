//! What is true of a record and of the person who asks for it: gathered by the rooms,
//! judged here.

/// A small set of facts of one kind, named by its members.
macro_rules! set {
    ($(#[$meta:meta])* $set:ident of $member:ident { $($(#[$line:meta])* $name:ident),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $member { $($(#[$line])* $name),+ }

        impl $member {
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }

        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $set(u32);

        impl $set {
            pub const fn none() -> Self {
                Self(0)
            }

            #[must_use]
            pub const fn with(self, one: $member) -> Self {
                Self(self.0 | 1 << one as u32)
            }

            /// Adds a member where it is so.
            #[must_use]
            pub const fn when(self, is_so: bool, one: $member) -> Self {
                if is_so { self.with(one) } else { self }
            }

            pub const fn has(self, one: $member) -> bool {
                self.0 & (1 << one as u32) != 0
            }

            pub const fn meets(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }
        }
    };
}

set! {
    /// How the person who asks stands to a record. Everyone stands to it as `Whole`.
    Bounds of Bound {
        /// It is their own.
        Own,
        /// It belongs to their duo.
        Duo,
        /// It belongs to a duo that they accompany now.
        Assigned,
        /// It belongs to the cohort or program in which they hold a role.
        Whole,
    }
}

set! {
    Verbs of Verb {
        /// That it is there, its dates and its state; nothing of its content.
        Status,
        /// Totals of five or more.
        Count,
        Read,
        Write,
        Delete,
        Export,
    }
}

set! {
    /// What a rule of the matrix may depend on besides who stands how to a record.
    Conditions of Condition {
        /// Mentees choose, or the session runs.
        DirectoryIsOpen,
        /// The committee shows the mentees of the cohort to each other as cards.
        CardsAreShown,
        /// The person opted in, to the group of former participants.
        OptedIn,
        /// The mentee sent this mentor a request.
        WasAsked,
        /// Applications are being looked at: until the duos are confirmed.
        SelectionRuns,
        /// The nominee has accepted.
        NomineeAccepted,
        /// The chair asked them to look at the draft of pairs.
        AskedToReview,
        /// The ranked lists are closed, and the committee looks for pairs itself.
        ListsAreClosed,
        /// The list is still open to its author.
        ListIsOpen,
        /// The person who asks sent the request.
        Sent,
        /// The person who asks received it.
        Received,
        /// Both of the duo chose to share it.
        BothShare,
        /// It is not yet due to be deleted.
        IsKept,
        /// The person who asks wrote it.
        Author,
        /// The concern was referred to the person who asks.
        Referred,
        /// The reporter did not ask to leave this liaison out.
        NotSkipped,
        /// Not yet given: a draft of one's own.
        IsDraft,
        /// A shuffled list without authors, of five or more.
        Detached,
        IsPublished,
        IsSubmitted,
        /// Chair and deputy opened it together, for an hour at most.
        GlassIsBroken,
    }
}

/// The facts about one record, seen from the person who asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The cohort it belongs to; nothing for what belongs to the program as a whole.
    pub cohort: Option<u128>,
    pub bounds: Bounds,
    pub conditions: Conditions,
    /// Whether the person who asks is in the duo, is named, works for the same employer
    /// or declared a conflict: every right that follows from the committee is gone then.
    pub conflict: bool,
}

impl Facts {
    /// Something that belongs to a cohort.
    pub const fn in_cohort(cohort: u128) -> Self {
        Self { cohort: Some(cohort), bounds: Bounds::none(), conditions: Conditions::none(), conflict: false }
    }

    /// Something that belongs to the program as a whole.
    pub const fn of_program() -> Self {
        Self { cohort: None, bounds: Bounds::none(), conditions: Conditions::none(), conflict: false }
    }

    #[must_use]
    pub const fn own(self, is_so: bool) -> Self {
        Self { bounds: self.bounds.when(is_so, Bound::Own), ..self }
    }

    #[must_use]
    pub const fn duo(self, is_so: bool) -> Self {
        Self { bounds: self.bounds.when(is_so, Bound::Duo), ..self }
    }

    #[must_use]
    pub const fn assigned(self, is_so: bool) -> Self {
        Self { bounds: self.bounds.when(is_so, Bound::Assigned), ..self }
    }

    #[must_use]
    pub const fn when(self, is_so: bool, condition: Condition) -> Self {
        Self { conditions: self.conditions.when(is_so, condition), ..self }
    }

    #[must_use]
    pub const fn conflict(self, is_so: bool) -> Self {
        Self { conflict: self.conflict || is_so, ..self }
    }
}
