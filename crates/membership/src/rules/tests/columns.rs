use crate::rules::{
    columns::{Columns, ColumnsRefusal, Field, header_key},
    fixes,
};

fn header(text: &str) -> Vec<String> {
    text.split(';').map(str::to_owned).collect()
}

fn guessed(text: &str) -> Vec<(&'static str, usize)> {
    let columns = Columns::guess(&header(text));
    Field::ALL.into_iter().filter_map(|field| Some((field.key(), columns.of(field)?))).collect()
}

// ELG1
#[test]
fn columns_are_guessed_by_their_usual_names_and_else_by_what_gives_them_away() {
    let cases: [(&str, &[(&str, usize)]); 5] = [
        ("Member number;Name;E-mail;Status", &[("number", 0), ("name", 1), ("email", 2), ("standing", 3)]),
        ("Given name;Surname;Mail;ID", &[("number", 3), ("first_name", 0), ("last_name", 1), ("email", 2)]),
        (
            "AMS member ID;Preferred e-mail (work);Full name;Renewal due;Member type",
            &[("number", 0), ("name", 2), ("email", 1), ("expires", 3), ("category", 4)],
        ),
        ("Membership status code;Person", &[("standing", 0)]),
        ("a;b;c", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(guessed(text), expected, "{text}");
    }
}

#[test]
fn a_list_needs_a_name_and_something_to_know_a_member_by() {
    let check = |text: &str| Columns::guess(&header(text)).check();
    assert_eq!(check("Name;E-mail"), Ok(()));
    assert_eq!(check("Last name;Number"), Ok(()));
    assert_eq!(check("Name;Status"), Err(ColumnsRefusal::Key));
    assert_eq!(check("E-mail;Number"), Err(ColumnsRefusal::Name));
    assert_eq!(check("a;b"), Err(ColumnsRefusal::NameAndKey));
}

#[test]
fn one_column_says_one_thing() {
    let mut columns = Columns::guess(&header("Name;E-mail"));
    assert_eq!(columns.twice(), None);
    columns.set(Field::Number, Some(1));
    assert_eq!(columns.twice(), Some(Field::Number));
}

#[test]
fn a_first_line_is_known_again_however_it_is_written() {
    assert_eq!(header_key(&header("Member Number;E-Mail")), header_key(&header("member number;e mail")));
    assert_ne!(header_key(&header("Member Number;E-Mail")), header_key(&header("E-Mail;Member Number")));
}

// The import bar: each row error comes with what would put it right.
#[test]
fn a_slip_is_answered_with_what_was_probably_meant() {
    for (cell, fix) in [
        ("ana@example,org", "Did you mean ana@example.org?"),
        ("ana @example.org", "Did you mean ana@example.org?"),
        ("<ana@example.org>", "Did you mean ana@example.org?"),
        ("ana(at)example.org", "Write the whole address with an @, or leave the cell empty."),
        ("ana@example", "Write it like name@example.org, or leave the cell empty."),
        ("a@b.org; c@d.org", "Write one address alone."),
    ] {
        assert_eq!(fixes::email(cell), fix, "{cell}");
    }
    for (cell, fix) in [
        ("actve", "Did you mean “good”?"),
        ("Lapsd", "Did you mean “lapsed”?"),
        ("pending", "Write “good” or “lapsed”."),
        ("", "Write “good” or “lapsed”."),
    ] {
        assert_eq!(fixes::standing(cell), fix, "{cell}");
    }
    for (cell, fix) in [
        ("31.02.2027", "Did you mean 2027-02-28?"),
        ("2027-04-31", "Did you mean 2027-04-30?"),
        ("soon", "Write it like 2027-01-31, or leave the cell empty."),
    ] {
        assert_eq!(fixes::day(cell), fix, "{cell}");
    }
}
