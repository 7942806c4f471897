use crate::icons::icon;
use maud::{Markup, html};

/// One column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    pub label: String,
    pub numeric: bool,
}

impl Column {
    pub fn text(label: impl Into<String>) -> Column {
        Column { label: label.into(), numeric: false }
    }

    pub fn number(label: impl Into<String>) -> Column {
        Column { label: label.into(), numeric: true }
    }
}

/// Labels with what stands behind them.
pub fn facts(facts: &[(&str, Markup)]) -> Markup {
    html! {
        dl.facts { @for (label, fact) in facts { div { dt { (label) } dd { (fact) } } } }
    }
}

/// A table in a scroller of its own, so that the page never scrolls sideways.
pub fn table(caption: &str, columns: &[Column], rows: Vec<Vec<Markup>>) -> Markup {
    html! {
        div.scroller role="region" aria-label=(caption) tabindex="0" {
            table.stacks[is_stacked(columns)] {
                caption { (caption) }
                thead {
                    tr {
                        @for column in columns {
                            th class=[column.numeric.then_some("number")] scope="col" { (column.label) }
                        }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            @for (index, cell) in row.iter().enumerate() {
                                @let numeric = columns.get(index).is_some_and(|column| column.numeric);
                                td class=[numeric.then_some("number")] data-label=[label_of(columns, index)] { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A phone shows a row as lines, each behind its label: two cells fit beside one another,
/// and seven would be longer to scroll down than sideways.
fn is_stacked(columns: &[Column]) -> bool {
    (3..=6).contains(&columns.len())
}

fn label_of(columns: &[Column], index: usize) -> Option<&str> {
    let column = columns.get(index).filter(|_| is_stacked(columns) && index > 0)?;
    Some(column.label.as_str())
}

/// Page `page` of `pages`, both counted from one. Nothing for a single page.
pub fn pager(page: usize, pages: usize, link: impl Fn(usize) -> String) -> Markup {
    html! {
        @if pages > 1 {
            nav.pager aria-label="Pages" {
                @if page > 1 {
                    a.button.quiet rel="prev" href=(link(page - 1)) { (icon("back")) "Previous" }
                }
                p { "Page " (page) " of " (pages) }
                @if page < pages {
                    a.button.quiet rel="next" href=(link(page + 1)) { "Next" (icon("arrow")) }
                }
            }
        }
    }
}

/// The same for a search that stands in no address: each button sends it along.
pub fn pager_by_post(action: &str, (page, pages): (usize, usize), search: &[(&str, &str)]) -> Markup {
    let turn = |to: usize, words: Markup| {
        html! {
            form.inline method="post" action=(action) {
                @for (name, value) in search { input type="hidden" name=(name) value=(value); }
                button.button.quiet type="submit" name="page" value=(to) { (words) }
            }
        }
    };
    html! {
        @if pages > 1 {
            nav.pager aria-label="Pages" {
                @if page > 1 { (turn(page - 1, html! { (icon("back")) "Previous" })) }
                p { "Page " (page) " of " (pages) }
                @if page < pages { (turn(page + 1, html! { "Next" (icon("arrow")) })) }
            }
        }
    }
}

/// Views of one thing: address, words, whether it is this one.
pub fn tabs(tabs: &[(&str, &str, bool)]) -> Markup {
    tabs_of("Views", tabs)
}

/// The same under another name, where a page has two such rows.
pub fn tabs_of(label: &str, tabs: &[(&str, &str, bool)]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            ul role="list" {
                @for (href, words, current) in tabs {
                    li { a href=(href) aria-current=[current.then_some("page")] { (words) } }
                }
            }
        }
    }
}

/// The way back up, and where one is.
pub fn breadcrumbs(way: &[(&str, &str)], here: &str) -> Markup {
    html! {
        nav.crumbs aria-label="Where you are" {
            ol role="list" {
                @for (href, words) in way { li { a href=(href) { (words) } } }
                li { span aria-current="page" { (here) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_right_in_head_and_cells() {
        let columns = [Column::text("Name"), Column::number("Meetings")];
        let row = vec![html! { "Ana" }, html! { "7" }];
        let drawn = table("Duos", &columns, vec![row]).0;
        assert!(drawn.contains("<th class=\"number\" scope=\"col\">Meetings</th>"));
        assert!(drawn.contains("<td>Ana</td><td class=\"number\">7</td>"));
        assert!(drawn.contains("<caption>Duos</caption>"));
    }

    #[test]
    fn every_cell_of_a_wide_row_but_the_first_carries_its_label_for_phones() {
        let columns = ["Name", "Role", "Since"].map(Column::text);
        let row = vec![html! { "Ana" }, html! { "Chair" }, html! { "May" }];
        let drawn = table("Committee", &columns, vec![row]).0;
        assert!(drawn.contains("<table class=\"stacks\">"));
        assert!(drawn.contains("<td>Ana</td><td data-label=\"Role\">Chair</td><td data-label=\"Since\">May</td>"));
    }

    #[test]
    fn a_single_page_needs_no_pager() {
        let link = |page: usize| format!("?page={page}");
        assert_eq!(pager(1, 1, link).0, "");
        assert_eq!(pager(1, 0, link).0, "");
    }

    #[test]
    fn the_pager_leads_to_the_neighbours_only_where_they_are() {
        let link = |page: usize| format!("?a=1&page={page}");
        let first = pager(1, 3, link).0;
        let middle = pager(2, 3, link).0;
        let last = pager(3, 3, link).0;
        assert!(!first.contains("prev") && first.contains("?a=1&amp;page=2"));
        assert!(middle.contains("page=1") && middle.contains("page=3"));
        assert!(!last.contains("next") && last.contains("Page 3 of 3"));
    }
}
