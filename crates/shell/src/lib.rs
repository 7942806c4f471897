//! What every page looks like: typed functions that draw the pieces, and the
//! few files a browser loads with them. It knows no rule of the program.
//!
//! | file | what is in it |
//! |---|---|
//! | `frame` | the page around every page: bars, menu, footer |
//! | `faults` | what is wrong with a form, on top and at the field |
//! | `fields`, `choices` | the fields of a form |
//! | `pieces` | heads, cards, notes, buttons, badges |
//! | `lists` | facts, tables, pages, tabs, tabs_of, the way back |
//! | `publication` | what is there for everyone, and the way back |
//! | `steps` | what is next for you, and by when |
//! | `people` | faces, the mentors' cards, the filters beside them |
//! | `charts`, `timeline` | pictures drawn on the server |
//! | `icons`, `assets` | the sprite and the files under `/static/` |
//! | `gallery` | one page that shows every piece, for looking and for checks |
//!
//! Nothing here writes a `style` attribute or a script into a page: the
//! content security policy forbids both. Widths in charts are SVG attributes.

mod assets;
mod charts;
mod choices;
mod faults;
mod fields;
mod frame;
mod gallery;
mod icons;
mod lists;
mod people;
mod pieces;
mod publication;
mod steps;
mod timeline;

pub use assets::{ASSETS, version};
pub use charts::{LikertRow, bars, funnel, likert, sparkline, states};
pub use choices::{Choice, choice_field, multi_field, scale_field, select_field, tick_field};
pub use faults::{Fault, Faults, error_summary, field_id};
pub use fields::{
    Input, date_field, file_field, form, form_that_saves, form_with_files, hidden, long_field, side_by_side, text_field,
};
pub use frame::{Frame, NavItem, page, script};
pub use gallery::gallery;
pub use icons::{ICONS, icon, logo};
pub use lists::{Column, breadcrumbs, facts, pager, pager_by_post, table, tabs, tabs_of};
pub use people::{Person, avatar, filters, filters_by_post, people, person_card};
pub use pieces::{
    Style, Tone, actions, badge, button, button_quiet, button_quiet_to, card, card_plain, cards, columns, copy_button,
    empty_state, figures, hero, link_button, link_quiet, note, page_head, page_head_with, post_button, post_button_for,
    prose, readers_line, readings_anchor, sheet, unbroken, who_has_read,
};
pub use publication::{Publication, publication};
pub use steps::{Step, next_steps};
pub use timeline::{Phase, TimelineData, TimelineStep, timeline};
