//! Page `/apply/{role}`: the form of a mentee or a mentor, with one's draft. A form of
//! several parts shows where one stands in each, and each part is a page of its own; all of
//! it stands on one page for whoever wants that. Saved as it is as often as one likes (APP2),
//! or saved and looked through for what is missing.

use forms::{Answers, Form, Keep, Section, files::Owner};
use platform::prelude::*;
use policy::Role;
use shell::Faults;

use crate::{
    applications::{self, Application},
    call::{self, Call, fill},
    details, last_time, line,
    rules::Verdict,
};

pub(crate) mod sections;

/// What the form's page needs to be drawn.
pub(crate) struct Sheet {
    pub call: Call,
    pub role: Role,
    pub form: Form,
    pub facts: Vec<(&'static str, String)>,
    /// What a mentee who applies now can hope for; nothing for a mentor.
    chance: Option<String>,
    /// The mark of the answers that the page shows, so that another window's are noticed.
    seen: String,
    /// The offer to begin with an earlier year's answers, while nothing is begun.
    last_time: Markup,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let role = role_in_path(visit.param("role"))?;
    let Some(call) = call::current(tx)? else { return Ok(Reply::go("/apply")) };
    let person = visit.person()?;
    let own = applications::of(tx, call.cohort.id, role, person)?;
    if let Some(application) = own.as_ref().filter(|it| !it.is_writable()) {
        return Ok(Reply::go(application.path()));
    }
    if let Err(refusal) = call.may_apply(role, tx.now()) {
        return Ok(Reply::page("The call is not open", not_open(&refusal.to_string())));
    }
    let answers = match &own {
        Some(application) => details::answers_for_author(tx, visit, application)?,
        None => details::begin_with(tx, &call, role, person)?,
    };
    let verdict = details::judge(tx, &call, role, person, &answers)?;
    let mut sheet = sheet(tx, call, role)?;
    if own.is_none() {
        sheet.last_time = last_time::card(tx, &sheet.call.cohort, role, person)?;
    }
    let section = sections::asked_for(&sheet.form, visit.query.text("section")).cloned();
    sheet.seen = forms::mark(&sheet.part(section.as_ref()), &answers);
    let body = match &section {
        Some(section) => {
            let looks_for = visit.query.ticked("missing");
            let missing = forms::faults_of(&sheet.form, section, &answers);
            let faults = if looks_for { missing } else { Faults::new() };
            sections::page(&sheet, section, &answers, &verdict, &faults, None)
        }
        None if sheet.has_parts() && !visit.query.ticked("all") => {
            sections::list(&sheet, own.as_ref(), &answers, &verdict)
        }
        None => sheet.page(&answers, &verdict, &Faults::new()),
    };
    Ok(Reply::page(sheet.title(), body))
}

/// Saves what is there; nothing needs to be complete.
pub(crate) fn post_draft(tx: &mut Tx, visit: &Visit) -> Answer {
    let (sheet, application, answers, files) = save(tx, visit)?;
    let section = sections::asked_for(&sheet.form, visit.form.text("section"));
    if !files.is_empty() {
        let verdict = details::judge(tx, &sheet.call, sheet.role, application.person, &answers)?;
        return Ok(incomplete(&sheet, section, &answers, &verdict, &files));
    }
    let pressed = visit.form.text("go");
    let to = section.map(|section| sections::leads_to(&sheet, &application, section, pressed));
    if let (Some(to), "next" | "back" | "list") = (&to, pressed) {
        return Ok(Reply::go(to.clone()));
    }
    let words = format!(
        "Your draft is saved. It holds no place; submit it by {}.",
        crate::rules::day(sheet.call.closes(sheet.role))
    );
    Ok(Reply::go(to.unwrap_or_else(|| sheet.whole_path())).saying(words))
}

/// Saves, and says what is still missing, or leads on to the answers to check. CAP2
pub(crate) fn post_check(tx: &mut Tx, visit: &Visit) -> Answer {
    let (sheet, application, answers, mut faults) = save(tx, visit)?;
    forms::faults(&sheet.form, &answers).all().iter().for_each(|it| faults.add(&it.field, it.words.clone()));
    if faults.is_empty() {
        return Ok(Reply::go(format!("{}/check", application.path())));
    }
    let verdict = details::judge(tx, &sheet.call, sheet.role, application.person, &answers)?;
    Ok(incomplete(&sheet, None, &answers, &verdict, &faults))
}

/// The form again with what is missing. The draft is kept all the same, so this is an
/// answer and no refusal: a refusal would undo it.
fn incomplete(
    sheet: &Sheet,
    section: Option<&Section>,
    answers: &Answers,
    verdict: &Verdict,
    faults: &Faults,
) -> Reply {
    answered(sheet.title(), &sheet.here(section, answers, verdict, faults))
}

/// A page with the status of a refusal, which keeps what was written.
pub(crate) fn answered(title: &str, body: &Markup) -> Reply {
    match Failure::refused(title, body.clone()) {
        Failure::Refused(page) => Reply::Page(*page),
        _ => Reply::page(title, body.clone()),
    }
}

/// Saves the draft with its files; what is wrong with a file is said, and the rest is kept.
fn save(tx: &mut Tx, visit: &Visit) -> Result<(Sheet, Application, Answers, Faults), Failure> {
    let role = role_in_path(visit.param("id"))?;
    let person = visit.person()?;
    let newest = call::current(tx)?.ok_or(Failure::NotFound)?;
    let call = call::locked(tx, newest.cohort.id)?;
    let open = call.may_apply(role, tx.now());
    let mut sheet = sheet(tx, call, role)?;
    let section = sections::asked_for(&sheet.form, visit.form.text("section")).cloned();
    let Typed { mut answers, before } = typed(tx, visit, &sheet, section.as_ref())?;
    if let Err(refusal) = open {
        let verdict = details::judge(tx, &sheet.call, role, person, &answers)?;
        let faults = Faults::general(refusal.to_string());
        return Err(Failure::refused(sheet.title(), sheet.here(section.as_ref(), &answers, &verdict, &faults)));
    }
    let application = applications::begin(tx, sheet.call.cohort.id, role, person, None)?;
    line::still(application.is_writable(), &application)?;
    let part = sheet.part(section.as_ref());
    if let Some(theirs) = saved_elsewhere(visit, &part, &before, &answers) {
        sheet.seen = forms::mark(&part, &before);
        let verdict = details::judge(tx, &sheet.call, role, person, &answers)?;
        return Err(Failure::overtaken(sheet.title(), sheet.both(section.as_ref(), &answers, &theirs, &verdict)));
    }
    applications::reopen(tx, application.id)?;
    let owner = Owner { person, about: application.id, cohort: Some(application.cohort) };
    let faults = forms::files::take(tx, visit, &part, owner, &mut answers)?;
    let keep =
        Keep { cohort: Some(sheet.call.cohort.id), person, about: application.id, answers: &answers, given: false };
    forms::keep(tx, &sheet.form, keep)?;
    sheet.seen = forms::mark(&part, &answers);
    details::write_back(tx, role, person, &answers, false)?;
    line::applicant_while_open(tx, sheet.call.cohort.id, person)?;
    Ok((sheet, application, answers, faults))
}

/// All answers as they are after what was sent, and as they were before it.
struct Typed {
    answers: Answers,
    before: Answers,
}

/// What was typed; one section of it among the answers that the others have.
fn typed(tx: &mut Tx, visit: &Visit, sheet: &Sheet, section: Option<&Section>) -> Result<Typed, Failure> {
    let sent = forms::read(&sheet.part(section), &visit.form)?;
    let person = visit.person()?;
    let before = match applications::of(tx, sheet.call.cohort.id, sheet.role, person)? {
        Some(application) => details::answers_for_author(tx, visit, &application)?,
        None => details::begin_with(tx, &sheet.call, sheet.role, person)?,
    };
    let answers = match section {
        Some(section) => forms::with_section(&sheet.form, section, &before, &sent),
        None => sent,
    };
    Ok(Typed { answers, before })
}

/// What another window saved since this one was opened, where it is not the same. Only the
/// part that this window shows is in question: what was saved in another part stays. APP2
fn saved_elsewhere(visit: &Visit, part: &Form, before: &Answers, typed: &Answers) -> Option<Answers> {
    let is_as_seen = !visit.form.has("seen") || visit.form.text("seen") == forms::mark(part, before);
    let theirs = forms::part_of(part, before);
    (!is_as_seen && theirs != forms::part_of(part, typed)).then_some(theirs)
}

/// Loads what the form's page needs.
pub(crate) fn sheet(tx: &mut Tx, call: Call, role: Role) -> Result<Sheet, Failure> {
    let form = forms::current(tx, applications::form_of(role))?;
    let facts = program::pages::facts(tx, &call.program, Some(&call.cohort))?;
    let pairs: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let form = form.filled(&pairs);
    let chance = if role == Role::Mentee { Some(call::chance_of_a_place(tx, &call.cohort)?) } else { None };
    Ok(Sheet { call, role, form, facts, chance, seen: String::new(), last_time: html! {} })
}

/// `mentee` or `mentor`; nobody applies as anything else.
pub(crate) fn role_in_path(key: &str) -> Result<Role, Failure> {
    Role::from_key(key).filter(|role| matches!(role, Role::Mentee | Role::Mentor)).ok_or(Failure::NotFound)
}

impl Sheet {
    /// What the form's blanks stand for.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        self.facts.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    pub fn title(&self) -> &str {
        &self.form.title
    }

    /// Whether the form is long enough to be asked one part at a time.
    pub fn has_parts(&self) -> bool {
        self.form.sections.len() > 1
    }

    /// Where all questions stand on one page.
    pub fn whole_path(&self) -> String {
        let all = if self.has_parts() { "?all=yes" } else { "" };
        format!("/apply/{}{all}", self.role.key())
    }

    /// The questions that a page asks: those of its section, or all.
    fn part(&self, section: Option<&Section>) -> Form {
        section.map_or_else(|| self.form.clone(), |it| forms::whole_section(&self.form, it))
    }

    /// The whole form, or the section of it that was sent.
    fn here(&self, section: Option<&Section>, answers: &Answers, verdict: &Verdict, faults: &Faults) -> Markup {
        match section {
            Some(section) => sections::page(self, section, answers, verdict, faults, None),
            None => self.page(answers, verdict, faults),
        }
    }

    fn page(&self, answers: &Answers, verdict: &Verdict, faults: &Faults) -> Markup {
        self.page_with(answers, verdict, faults, &html! {})
    }

    /// What was typed here, and above it what another window saved meanwhile.
    fn both(&self, section: Option<&Section>, typed: &Answers, theirs: &Answers, verdict: &Verdict) -> Markup {
        let words = "Another window saved this draft meanwhile. Below is what you typed here; save again, and it takes the place of the other.";
        if let Some(section) = section {
            return sections::page(self, section, typed, verdict, &Faults::general(words), Some(theirs));
        }
        let other = html! {
            (shell::card("Where the other window says otherwise", html! {
                (forms::summary(&self.form, &differing(&self.form, theirs, typed), &[]))
            }))
        };
        self.page_with(typed, verdict, &Faults::general(words), &other)
    }

    fn page_with(&self, answers: &Answers, verdict: &Verdict, faults: &Faults, above: &Markup) -> Markup {
        let role = self.role.key();
        let draft = format!("/applications/{role}/draft");
        html! {
            (shell::page_head(self.title(), &fill(&self.form.intro, &self.facts)))
            (shell::error_summary(faults))
            @if let Some(chance) = &self.chance { p { strong { (chance) } } }
            (details::verdict_so_far(self.role, answers, verdict))
            (above)
            (self.last_time)
            @if self.has_parts() {
                p { "A long form? " a href=(format!("/apply/{role}")) { "Fill it in one part at a time" } "; nothing is lost between them." }
            }
            (shell::form_that_saves(&format!("/applications/{role}/check"), &draft, html! {
                (shell::hidden("seen", &self.seen))
                (forms::fields(&self.form, answers, faults, &[]))
                (shell::note(shell::Tone::Info, html! {
                    p { "A draft holds no place. The call closes at the end of " (program::long_day(self.call.closes(self.role))) "." }
                }))
                (shell::actions(html! {
                    (shell::button("Check your answers"))
                    button.button.quiet type="submit" formaction=(draft) { "Save the draft" }
                }))
            }))
        }
    }
}

/// Of these answers, those that are not the same in the others; what was left out there
/// and stands here as well.
fn differing(form: &Form, these: &Answers, others: &Answers) -> Answers {
    let mut found = Answers::new();
    for field in form.fields() {
        match these.get(&field.key) {
            Some(value) if others.get(&field.key) != Some(value) => found.set(&field.key, value.clone()),
            None if others.has(&field.key) => found.set(&field.key, "(left empty)"),
            _ => {}
        }
    }
    found
}

pub(crate) fn not_open(words: &str) -> Markup {
    html! {
        (shell::page_head("The call is not open", words))
        (shell::actions(shell::link_button("/apply", "See the call")))
    }
}
