//! The crate `policy`, the way in, and who somebody is.

use super::{Guard, edit};

const POLICY_LIB: &str = "crates/policy/src/lib.rs";
const POLICY_SUBJECT: &str = "crates/policy/src/subject.rs";
const POLICY_GRANT: &str = "crates/policy/src/grant.rs";
const POLICY_SCOPE: &str = "crates/policy/src/scope.rs";
const POLICY_SIGN_IN: &str = "crates/policy/src/sign_in.rs";
const PLATFORM_ENTER: &str = "crates/platform/src/enter.rs";
const PLATFORM_IDENTITY: &str = "crates/platform/src/identity.rs";
const PLATFORM_TOKENS: &str = "crates/platform/src/tokens.rs";
const PLATFORM_LINKS: &str = "crates/platform/src/links.rs";
const PROGRAM_MEMBERSHIPS: &str = "crates/program/src/memberships.rs";

pub const GUARDS: &[Guard] = &[
    Guard {
        name: "door: signed in",
        keeps: "A door that is not open to all asks a stranger to sign in.",
        edits: &[edit(POLICY_LIB, "_ if ⟦subject.person.is_none()⟧ => Err(Refusal::SignInFirst)", "false")],
    },
    Guard {
        name: "door: roles",
        keeps: "A door for roles opens to those who hold one of them.",
        edits: &[edit(POLICY_LIB, "Audience::Roles(roles) if ⟦subject.reaches(roles, cohort)⟧", "true")],
    },
    Guard {
        name: "door: participants",
        keeps: "A door for participants opens to those who take part or did.",
        edits: &[edit(POLICY_LIB, "Audience::Participants if ⟦subject.takes_part()⟧", "true")],
    },
    Guard {
        name: "list: of its cohort",
        keeps: "A list, its number and its file look into the cohort for which the right was given.",
        edits: &[edit(POLICY_SCOPE, "Scope { proof, cohort: ⟦facts.cohort⟧ }", "None")],
    },
    Guard {
        name: "door: which role",
        keeps: "A role opens the doors that name it, and no other.",
        edits: &[edit(POLICY_SUBJECT, "⟦roles.contains(&it.role)⟧ && covers(it.cohort)", "true")],
    },
    Guard {
        name: "door: which cohort",
        keeps: "A role of one cohort opens no door of another.",
        edits: &[edit(
            POLICY_SUBJECT,
            "let covers = |of: Option<u128>| ⟦cohort.is_none() || of.is_none() || of == cohort⟧;",
            "true",
        )],
    },
    Guard {
        name: "held in a cohort",
        keeps: "A role is held in the cohort for which it was given.",
        edits: &[edit(POLICY_SUBJECT, "it.role == role && ⟦it.cohort.is_none_or(|of| of == cohort)⟧", "true")],
    },
    Guard {
        name: "grant: conflict",
        keeps: "Whoever has a conflict of interest has no right that follows from the committee.",
        edits: &[edit(POLICY_GRANT, ".filter(|(column, _)| ⟦!(conflict && column.is_of_the_committee())⟧)", "true")],
    },
    Guard {
        name: "grant: cohort",
        keeps: "A right reaches records of the cohort for which the role was given.",
        edits: &[edit(
            POLICY_GRANT,
            "let covers = |of: Option<u128>| ⟦of.is_none() || facts.cohort.is_none() || of == facts.cohort⟧;",
            "true",
        )],
    },
    Guard {
        name: "grant: condition",
        keeps: "A right that depends on a phase, on consent or on what was sent holds while that is so.",
        edits: &[edit(
            POLICY_GRANT,
            "let holds = ⟦rule.when.is_none_or(|condition| facts.conditions.has(condition))⟧;",
            "true",
        )],
    },
    Guard {
        name: "grant: open to all",
        keeps: "What is published is there for a stranger, too.",
        edits: &[edit(POLICY_GRANT, ".chain(⟦[(Column::Public, Reach::Full)]⟧)", "[(Column::Operator, Reach::Full)]")],
    },
    Guard {
        name: "grant: verb",
        keeps: "Who may see that something is there may not read it, and who may read may not write.",
        edits: &[edit(POLICY_GRANT, "(holds && ⟦rule.allows(verb)⟧)", "true")],
    },
    Guard {
        name: "sign-in: needs a second factor",
        keeps: "Who reads about many needs a second factor.",
        edits: &[edit(POLICY_SIGN_IN, "⟦self.holds_any(NEEDS_SECOND_FACTOR)⟧", "false")],
    },
    Guard {
        name: "sign-in: ends with the day",
        keeps: "A sign-in of those who work here ends after an hour in which nothing happens.",
        edits: &[edit(POLICY_SIGN_IN, "⟦self.holds_any(FOR_A_DAY)⟧", "false")],
    },
    Guard {
        name: "sign-in: before the second factor",
        keeps: "Without the second factor only the way to it is open.",
        edits: &[edit(POLICY_SIGN_IN, "⟦BEFORE_SECOND_FACTOR.contains(&self)⟧", "true")],
    },
    Guard {
        name: "enter: admitted first",
        keeps: "No page is asked before its door has let somebody in.",
        edits: &[edit(PLATFORM_ENTER, r#"⟦visit.admit(crate::ids::Id::parse(visit.param("cohort")))⟧"#, "Ok(())")],
    },
    Guard {
        name: "enter: the missing page",
        keeps: "What is refused is answered as if nothing were there.",
        edits: &[edit(
            PLATFORM_ENTER,
            "Failure::NotFound => ⟦return missing(app, visit).await⟧,",
            r#"return out::plain(StatusCode::FORBIDDEN, "This is not yours.")"#,
        )],
    },
    Guard {
        name: "enter: the same bytes",
        keeps: "A refusal does not tell where one is.",
        edits: &[edit(
            PLATFORM_ENTER,
            r#"⟦visit.path = "/nowhere".to_owned();⟧
    visit.here"#,
            "",
        )],
    },
    Guard {
        name: "enter: second factor",
        keeps: "A sign-in that lacks the second factor opens nothing else.",
        edits: &[edit(
            PLATFORM_ENTER,
            "if ⟦visit.lacks_second_factor && !door.action.opens_before_second_factor()⟧ {",
            "false",
        )],
    },
    Guard {
        name: "enter: asking again",
        keeps: "A door that asks again opens to a proof of the last minutes.",
        edits: &[edit(
            PLATFORM_ENTER,
            "if ⟦door.asks_again && !visit.sign_in.as_ref().is_some_and(|it| it.is_proved(now))⟧ {",
            "false",
        )],
    },
    Guard {
        name: "enter: over for today",
        keeps: "A sign-in that is over for today is none.",
        edits: &[edit(PLATFORM_ENTER, "if ⟦over && !visit.is_demo()⟧ {", "false")],
    },
    Guard {
        name: "sign-in: disabled account",
        keeps: "The sign-in of a disabled account is none.",
        edits: &[edit(
            PLATFORM_IDENTITY,
            "tx.row::<BearingRow>(⟦&BEARING⟧, values",
            r#"crate::sabotaged(&BEARING, " and a.disabled_at is null", "")"#,
        )],
    },
    Guard {
        name: "sign-in: expired",
        keeps: "A sign-in that has expired is none.",
        edits: &[edit(
            PLATFORM_IDENTITY,
            "tx.row::<BearingRow>(⟦&BEARING⟧, values",
            r#"crate::sabotaged(&BEARING, "s.expires_at > $2", "$2 is not null")"#,
        )],
    },
    Guard {
        name: "sign-in: ended by its owner",
        keeps: "One ends one's own sign-ins and nobody else's.",
        edits: &[edit(
            PLATFORM_IDENTITY,
            "tx.exec(⟦&END_ONE⟧, values![sign_in, account])",
            r#"crate::sabotaged(&END_ONE, "account = $2", "$2 is not null")"#,
        )],
    },
    Guard {
        name: "token: scope",
        keeps: "A token opens its one scope.",
        edits: &[edit(
            PLATFORM_TOKENS,
            "tx.row(⟦&OPEN⟧, values![token_hash(secret), scope, tx.now()])",
            r#"crate::sabotaged(&OPEN, "t.scope = $2", "$2 is not null")"#,
        )],
    },
    Guard {
        name: "token: ended",
        keeps: "A token that was ended opens nothing.",
        edits: &[edit(
            PLATFORM_TOKENS,
            "tx.row(⟦&OPEN⟧, values![token_hash(secret), scope, tx.now()])",
            r#"crate::sabotaged(&OPEN, " and t.ended_at is null", "")"#,
        )],
    },
    Guard {
        name: "link: purpose",
        keeps: "A link of a letter opens what it was made for.",
        edits: &[edit(
            PLATFORM_LINKS,
            "tx.row::<Link>(⟦&FIND⟧, values![token_hash(token), purpose])",
            r#"crate::sabotaged(&FIND, "purpose = $2", "$2 is not null")"#,
        )],
    },
    Guard {
        name: "membership: ended",
        keeps: "A membership that has ended gives nothing.",
        edits: &[edit(
            PROGRAM_MEMBERSHIPS,
            "tx.rows(⟦&EVER_HELD⟧, values![person, today])",
            r#"platform::sabotaged(&EVER_HELD, "status = 'confirmed' and since", "since")"#,
        )],
    },
    Guard {
        name: "membership: invited",
        keeps: "An invitation gives nothing before it is confirmed.",
        edits: &[edit(
            PROGRAM_MEMBERSHIPS,
            "tx.rows(⟦&EVER_HELD⟧, values![person, today])",
            r#"platform::sabotaged(platform::sabotaged(&EVER_HELD, "status = 'confirmed' and", "status <> 'ended' and"), "status in ('confirmed', 'ended')", "status <> 'none'")"#,
        )],
    },
    Guard {
        name: "membership: term over",
        keeps: "A term that is over gives nothing.",
        edits: &[edit(
            PROGRAM_MEMBERSHIPS,
            "tx.rows(⟦&EVER_HELD⟧, values![person, today])",
            r#"platform::sabotaged(&EVER_HELD, " and (until is null or until >= $2)", "")"#,
        )],
    },
];
