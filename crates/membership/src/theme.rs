//! `/theme`: light, dark, or as the device has it; kept in the browser alone.

use platform::{prelude::*, reply::Cookie};

const A_YEAR: i64 = 365 * 24 * 60 * 60;

pub fn post(_: &mut Tx, visit: &Visit) -> Answer {
    let theme = Some(visit.form.text("theme")).filter(|it| matches!(*it, "light" | "dark")).unwrap_or_default();
    let seconds = if theme.is_empty() { 0 } else { A_YEAR };
    let back = visit.form.text("back");
    let cookie = Cookie { name: "theme", value: theme.to_owned(), seconds };
    Ok(Reply::go(if back.is_empty() { "/" } else { back }).with_cookie(cookie))
}
