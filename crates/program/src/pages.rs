//! The program's own pages: what mentoring means here, what is expected, questions and
//! answers, how to take part. Their texts come with the preset; the committee edits them.
//! Pages `/about`, `/about/{slug}` and `/about/{slug}/edit`.

use platform::prelude::*;
use policy::{Action, Role};
use shell::{Faults, Input};

pub use crate::facts::facts;
use crate::{
    cohorts::{self, Cohort},
    facts::fill,
    lengths,
    preset::{self, markdown},
};

/// Some ten printed pages.
const LONGEST_BODY: usize = 40_000;

pub fn doors() -> Doors {
    Doors::default()
        .get("/about", Action::ReadProgramPage, list)
        .get("/about/{slug}", Action::ReadProgramPage, get)
        .get("/confidentiality", Action::ReadProgramPage, confidentiality)
        .get("/help", Action::ReadProgramPage, help)
        .get("/about/{slug}/edit", Action::EditPages, edit)
        .post("/about/{slug}/edit", Action::EditPages, save)
        .taking(&["version", "title", "lead", "body"])
        .with_texts(&["lead", "body"])
}

row! {
    pub struct Page {
        pub slug: String,
        pub version: i64,
        pub title: String,
        pub lead: String,
        pub body: String,
    }
}

sql! {
    NEWEST => "select slug, version, title, lead, body from program_pages where slug = $1 order by version desc limit 1";
    INSERT => "insert into program_pages (slug, version, title, lead, body, edited_by, edited_at) values ($1, $2, $3, $4, $5, $6, $7)";
}

/// A page as it stands now: the committee's newest version, else the preset's.
pub fn page(tx: &mut Tx, slug: &str) -> Result<Option<Page>, Failure> {
    let edited = tx.row::<Page>(&NEWEST, values![slug])?;
    Ok(edited.or_else(|| {
        let text = preset::text("pages", slug)?;
        Some(Page {
            slug: slug.to_owned(),
            version: 0,
            title: text.fact("title").to_owned(),
            lead: text.fact("lead").to_owned(),
            body: text.body.to_owned(),
        })
    }))
}

/// The cohort that the open pages speak of: one that is open. A draft is not shown to strangers.
fn open_cohort(tx: &mut Tx) -> Result<Option<Cohort>, Failure> {
    Ok(cohorts::current(tx)?.filter(|cohort| !cohort.is_draft()))
}

fn list(tx: &mut Tx, _: &Visit) -> Answer {
    let program = cohorts::the_program(tx)?;
    let mut groups = [
        ("about", "The program", Vec::new()),
        ("part", "Taking part", Vec::new()),
        ("trust", "In good hands", Vec::new()),
        ("mentees", "For mentees", Vec::new()),
        ("mentors", "For mentors", Vec::new()),
    ];
    let mut texts = preset::texts("pages");
    texts.sort_by_key(|text| (text.number("order"), text.name));
    for text in texts {
        let Some(page) = page(tx, text.name)? else { continue };
        let place = groups.iter().position(|(key, ..)| *key == text.fact("group")).unwrap_or(0);
        groups[place].2.push(page);
    }
    let cohort = open_cohort(tx)?;
    let facts = facts(tx, &program, cohort.as_ref())?;
    Ok(Reply::page(
        "About the program",
        html! {
            (shell::page_head(&program.name, &format!("A program of {}. Everything about it, open to all.", program.association)))
            (shell::cards(html! {
                @for (_, title, pages) in &groups {
                    (shell::card(title, html! {
                        ul.links { @for page in pages { li { a href={ "/about/" (page.slug) } { (fill(&page.title, &facts)) } " " span.muted { (fill(&page.lead, &facts)) } } } }
                    }))
                }
            }))
            (shell::actions(html! { (shell::link_button("/apply", "How to take part")) (shell::link_quiet("/calendar", "The calendar")) (shell::link_quiet("/results", "Results")) }))
        },
    ))
}

fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    show(tx, visit, visit.param("slug"))
}

fn confidentiality(tx: &mut Tx, visit: &Visit) -> Answer {
    show(tx, visit, "confidentiality")
}

fn help(tx: &mut Tx, visit: &Visit) -> Answer {
    let program = cohorts::the_program(tx)?;
    let _ = visit;
    Ok(Reply::page(
        "Help",
        html! {
            (shell::page_head("Help", "Most questions are answered on two pages. For the rest, a person answers."))
            (shell::cards(html! {
                (shell::card("Questions and answers", html! {
                    ul.links {
                        li { a href="/about/questions-mentees" { "For mentees" } }
                        li { a href="/about/questions-mentors" { "For mentors" } }
                        li { a href="/about/how-matching-works" { "How matching works" } }
                        li { a href="/confidentiality" { "Who can read what" } }
                    }
                }))
                (shell::card("A person", html! {
                    p { "Your liaison is the first to ask; the name stands on your duo's page." }
                    p { "The committee: " (program.reply_address) }
                    @if !program.alternative_contact.is_empty() { p { "If it concerns the liaison or the chair: " (program.alternative_contact) } }
                }))
            }))
        },
    ))
}

fn show(tx: &mut Tx, visit: &Visit, slug: &str) -> Answer {
    let program = cohorts::the_program(tx)?;
    let page = page(tx, slug)?.ok_or(Failure::NotFound)?;
    let cohort = open_cohort(tx)?;
    let facts = facts(tx, &program, cohort.as_ref())?;
    let title = fill(&page.title, &facts);
    let may_edit = visit.subject.holds_any(&[Role::Chair, Role::Deputy]);
    Ok(Reply::page(
        title.clone(),
        html! {
            (shell::breadcrumbs(&[("/about", "About the program")], &title))
            (shell::page_head(&title, &fill(&page.lead, &facts)))
            (shell::prose(markdown(&fill(&page.body, &facts))))
            @if may_edit { (shell::actions(shell::link_quiet(&format!("/about/{slug}/edit"), "Edit this page"))) }
        },
    ))
}

fn edit(tx: &mut Tx, visit: &Visit) -> Answer {
    let page = page(tx, visit.param("slug"))?.ok_or(Failure::NotFound)?;
    Ok(Reply::page("Edit a page", editor(&page, &Faults::new(), None)))
}

fn save(tx: &mut Tx, visit: &Visit) -> Answer {
    let old = page(tx, visit.param("slug"))?.ok_or(Failure::NotFound)?;
    let form = &visit.form;
    let new = Page {
        title: form.text("title").to_owned(),
        lead: form.text("lead").to_owned(),
        body: form.text("body").to_owned(),
        ..old.clone()
    };
    let mut faults = Faults::new();
    if new.title.is_empty() {
        faults.add("title", "A page needs a title.");
    }
    if new.body.is_empty() {
        faults.add("body", "A page needs a text.");
    }
    lengths::check(form, &[("title", 120), ("lead", 300), ("body", LONGEST_BODY)], &mut faults);
    if form.number("version") != Some(old.version) {
        faults.add("body", "Somebody else saved this page meanwhile. Your text stands below, theirs beneath it; bring them together and save again.");
        return Err(Failure::overtaken(
            "Edit a page",
            editor(&Page { version: old.version, ..new }, &faults, Some(&old)),
        ));
    }
    if !faults.is_empty() {
        return Err(Failure::refused("Edit a page", editor(&new, &faults, None)));
    }
    tx.exec(&INSERT, values![&old.slug, old.version + 1, &new.title, &new.lead, &new.body, visit.person()?, tx.now()])?;
    Ok(Reply::go(format!("/about/{}", old.slug)).saying("The page is saved. Everyone sees it now."))
}

fn editor(page: &Page, faults: &Faults, other: Option<&Page>) -> Markup {
    html! {
        (shell::page_head("Edit a page", "Everyone who opens the program's pages reads this text."))
        (shell::error_summary(faults))
        (shell::form(&format!("/about/{}/edit", page.slug), html! {
            (shell::hidden("version", &page.version.to_string()))
            (shell::text_field(&Input::new("title", "Title").value(&page.title).required().max(120).faults(faults)))
            (shell::text_field(&Input::new("lead", "One sentence under the title").value(&page.lead).max(300).faults(faults)))
            (shell::long_field(&Input::new("body", "Text").hint("Markdown: ## for a heading, - for a point, [words](address) for a link.").value(&page.body).rows(22).required().faults(faults)))
            (shell::actions(html! { (shell::button("Save")) (shell::link_quiet(&format!("/about/{}", page.slug), "Leave it as it is")) }))
        }))
        @if let Some(other) = other {
            (shell::card("The version that was saved meanwhile", html! { p { strong { (other.title) } } pre.text { (other.body) } }))
        }
    }
}
