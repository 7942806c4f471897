//! How long what is typed may be. A browser keeps to it by itself; not everything is one.

use platform::prelude::*;
use shell::Faults;

/// Adds a fault for every field that holds more than its number of characters.
pub(crate) fn check(form: &Fields, longest: &[(&str, usize)], faults: &mut Faults) {
    for (field, most) in longest {
        let over = form.text(field).chars().count().saturating_sub(*most);
        if over > 0 {
            faults.add(*field, format!("Please shorten this by {over}: up to {most} characters fit here."));
        }
    }
}
