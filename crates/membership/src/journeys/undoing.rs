use platform::journal;
use policy::Role;
use testing::House;

use super::{names, preview_by};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    the_newest_list_is_undone_as_a_whole
    undoing_loses_nothing_that_came_later
    a_number_that_moved_moves_back
    the_columns_are_asked_for_once
    columns_are_put_right_by_hand
    where_there_is_no_office_the_chair_hands_lists_in_and_reads_no_stored_line
    the_office_corrects_a_line_that_somebody_asked_about
    nobody_takes_the_list_away_by_looking_people_up
    the_list_leaves_the_house_without_formulas
}

const FIRST: &str = "Number,Name,E-mail,Status,Expires,Category\n\
    17,Ana Ruiz,ana@example.org,good,2027-12-31,regular\n\
    18,Ben Okafor,ben@example.org,good,,student\n\
    19,Cid Weber,cid@example.org,lapsed,,\n";
/// Ben's number is Dora's now, Cid is gone, and Ana is called otherwise.
const SECOND: &str = "Number,Name,E-mail,Status,Expires,Category\n\
    17,Ana Keller Ruiz,ana@example.org,lapsed,2027-12-31,regular\n\
    20,Ben Okafor,ben@example.org,good,,student\n\
    19,Dora Lindgren,dora@example.org,good,,\n";

fn apply(house: &House, list: &str, fields: &[(&str, &str)]) -> String {
    let path = preview_by(house, "sven", list);
    house.post("sven", &path, fields).leads_to();
    path
}

/// Proof that whoever asks keeps the roster.
fn of_the_office() -> policy::Scope<policy::of::MembershipRoster, policy::may::Export> {
    let office = policy::Membership { role: Role::Staff, cohort: None };
    let subject = policy::Subject { person: Some(1), memberships: vec![office], ..policy::Subject::default() };
    policy::scope(&subject, &policy::Facts::of_program()).expect("the office keeps the roster")
}

/// The roster word for word.
fn whole(house: &House) -> Vec<String> {
    house.read(|tx| {
        let today = program::today(tx)?;
        let mut all = Vec::new();
        for standing in ["", "gone"] {
            let filter = crate::roster::Filter { words: String::new(), standing: standing.to_owned() };
            all.extend(
                crate::roster::whole_list(tx, &of_the_office(), &filter, today)?
                    .into_iter()
                    .map(|it| format!("{it:?}")),
            );
        }
        Ok(all)
    })
}

fn the_newest_list_is_undone_as_a_whole(house: &House) {
    house.role("sven", Role::Staff);
    apply(house, FIRST, &[]);
    let before = whole(house);
    let unclear = [("line-4", "other"), ("line-3", "same")];
    let path = apply(house, SECOND, &unclear);
    assert_ne!(whole(house), before);
    house.get("sven", "/roster").is_ok().says("can be undone as a whole, for 30 days");
    assert_eq!(house.post("sven", &format!("{path}/undoing"), &[]).leads_to(), "/roster");
    assert_eq!(whole(house), before, "word for word what it was");
    house.get("sven", "/roster").is_ok().says("Undone.");
    let id = platform::ids::Id::parse(path.rsplit('/').next().unwrap()).unwrap();
    assert!(house.read(move |tx| Ok(journal::has(tx, "roster import undone", id)?)));
    let again = house.post("sven", &format!("{path}/undoing"), &[]);
    assert_eq!(again.says("undone already").status, 409);
    // The same list can be handed in anew.
    apply(house, SECOND, &[]);
    house.get("sven", "/roster").is_ok().says("Ana Keller Ruiz");
}

fn undoing_loses_nothing_that_came_later(house: &House) {
    house.role("sven", Role::Staff);
    let first = apply(house, FIRST, &[]);
    let second = apply(house, SECOND, &[]);
    let answer = house.post("sven", &format!("{first}/undoing"), &[]);
    assert_eq!(answer.says("Another list was applied after this one, and undoing this one would lose it.").status, 409);
    let ana = house
        .read(|tx| Ok(crate::roster::rows(tx, &policy::house())?.into_iter().find(|it| it.number == "17").unwrap().id));
    house.days(1);
    let corrected = [("name", "Ana Ruiz"), ("email", "ana@example.com"), ("standing", "good"), ("category", "regular")];
    house.post("sven", &format!("/roster/members/{ana}"), &corrected).leads_to();
    let answer = house.post("sven", &format!("{second}/undoing"), &[]);
    assert_eq!(answer.says("corrected by hand after it was applied").status, 409);
    let third = apply(house, "Number,Name\n17,Ana Ruiz\n", &[("keep_gone", "yes")]);
    house.days(31);
    house.sign_in("sven", house.person("sven"));
    let answer = house.post("sven", &format!("{third}/undoing"), &[]);
    assert_eq!(answer.status, 409, "{}", answer.text());
}

fn a_number_that_moved_moves_back(house: &House) {
    house.role("sven", Role::Staff);
    apply(house, "Number,Name,E-mail\n1,Ana Ruiz,ana@example.org\n2,Ben Okafor,ben@example.org\n", &[]);
    apply(house, "Number,Name,E-mail\n1,Ana Ruiz,ana@example.org\n", &[]);
    let before = whole(house);
    // The number of somebody who is gone goes to somebody new, and comes back.
    let path = apply(house, "Number,Name,E-mail\n1,Ana Ruiz,ana@example.org\n2,Eva Rossi,eva@example.org\n", &[]);
    assert_eq!(names(house), ["Ana Ruiz", "Eva Rossi"]);
    house.post("sven", &format!("{path}/undoing"), &[]).leads_to();
    assert_eq!(whole(house), before);
}

// ELG1: the columns are remembered by the first line.
fn the_columns_are_asked_for_once(house: &House) {
    house.role("sven", Role::Staff);
    let upload = |list: &str| house.upload("sven", "/roster/import", "file", "members.csv", list.as_bytes()).leads_to();
    let path = upload(FIRST);
    assert!(path.ends_with("/columns"), "{path}");
    let page = house.get("sven", &path).is_ok().says("members.csv has 3 lines").says("For example: 17, 18, 19");
    assert!(page.body.contains(r#"<option value="3" selected>E-mail</option>"#), "{}", page.body);
    let preview = path.trim_end_matches("/columns");
    assert_eq!(house.get("sven", preview).leads_to(), path, "without columns nothing is compared");
    assert_eq!(house.post("sven", preview, &[]).status, 409);
    let chosen =
        [("number", "1"), ("name", "2"), ("email", "3"), ("standing", "4"), ("expires", "5"), ("category", "6")];
    assert_eq!(house.post("sven", &path, &chosen).leads_to(), preview);
    house.get("sven", preview).is_ok().says("New (3)").says("Look at the columns again");
    house.post("sven", preview, &[]).leads_to();
    let path = upload(&SECOND.replace("Number,Name", "number,NAME"));
    assert!(!path.ends_with("/columns"), "known again: {path}");
    house.get("sven", &path).is_ok().says("Changed (1)");
}

fn columns_are_put_right_by_hand(house: &House) {
    house.role("sven", Role::Staff);
    let list = "a,b,c\nAna Ruiz,ana@example.org,17\n";
    let path = house.upload("sven", "/roster/import", "file", "odd.csv", list.as_bytes()).leads_to();
    for (fields, words) in [
        (&[("name", "1")][..], "Choose a column “Member number” or “E-mail”."),
        (&[("email", "2")], "Choose a column “Name”"),
        (&[("name", "1"), ("email", "2"), ("number", "2")], "One column can say one thing alone."),
        (&[("name", "1"), ("email", "999")], "Choose a column “Member number” or “E-mail”."),
    ] {
        let answer = house.post("sven", &path, fields).says(words);
        assert_eq!(answer.status, 422);
        assert!(
            answer.body.contains(r#"<option value="1" selected>a</option>"#) || fields.len() == 1,
            "what was chosen stays"
        );
    }
    let preview = house.post("sven", &path, &[("name", "1"), ("email", "2"), ("number", "3")]).leads_to();
    house.get("sven", &preview).is_ok().says("Ana Ruiz ana@example.org 17");
    // They can be looked at again, as they were chosen.
    let page = house.get("sven", &path).is_ok();
    assert!(page.body.contains(r#"<option value="3" selected>c</option>"#), "{}", page.body);
}

// The access matrix: membership_roster, chair m (eligible yes/no, expiry).
fn where_there_is_no_office_the_chair_hands_lists_in_and_reads_no_stored_line(house: &House) {
    house.role("clara", Role::Chair);
    house.role_in_cohort("ana", Role::Mentee);
    house.role_in_cohort("xaver", Role::Mentor);
    let path = preview_by(house, "clara", FIRST);
    house.get("clara", &path).is_ok().says("New (3)").does_not_say("difference.csv");
    house.post("clara", &path, &[]).leads_to();
    let page =
        house.get("clara", "/roster").is_ok().says("Nobody is in the office yet").says("Ana Anderson Yes 31 Dec 2027");
    let page = page.says("Xaver Xu No").says("Lists that were applied").says("Undo");
    page.does_not_say("Ben Okafor").does_not_say("ben@example.org").does_not_say("members.csv?");
    house.post("clara", "/roster", &[("q", "okafor"), ("standing", "gone")]).is_ok().does_not_say("Okafor");
    // What a second list changes is said by the names of the fields alone.
    let path = preview_by(house, "clara", SECOND);
    let page = house.get("clara", &path).is_ok().says("Ana Keller Ruiz Name, Standing").says("Unclear (2)");
    let page = page.says("The roster has it for somebody else.").does_not_say("Cid Weber").does_not_say("cid@");
    page.does_not_say("Gone (");
    assert_eq!(house.get("clara", &format!("{path}/difference.csv")).status, 404);
    assert_eq!(house.post("clara", "/roster/members.csv", &[]).status, 404);
}

// The matrix: applicant, o:R + ask correction.
fn the_office_corrects_a_line_that_somebody_asked_about(house: &House) {
    house.role("sven", Role::Staff);
    apply(house, FIRST, &[]);
    house.person("ben");
    let page = house.get("ben", "/my-membership").is_ok().says("Your line on the list").says("Member number 18");
    page.says("Kind of membership student").does_not_say("Ana Ruiz");
    assert_eq!(
        house.post("ben", "/my-membership/corrections", &[("correction", "")]).says("Say what is wrong").status,
        422
    );
    let asked = [("correction", "I am a regular member since May.")];
    house.post("ben", "/my-membership/corrections", &asked).leads_to();
    house.get("ben", "/my-membership").is_ok().says("The office has not answered yet").does_not_say("Ask the office");
    let page =
        house.get("sven", "/roster").is_ok().says("Corrections asked for").says("I am a regular member since May.");
    let form = page.body.split("action=\"/roster/corrections/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    house.person("nora");
    assert_eq!(house.post("nora", &format!("/roster/corrections/{form}"), &[("answer", "No.")]).status, 404);

    let ben = house
        .read(|tx| Ok(crate::roster::rows(tx, &policy::house())?.into_iter().find(|it| it.number == "18").unwrap().id));
    let line = format!("/roster/members/{ben}");
    house.get("sven", &line).is_ok().says("Ben Okafor").says("On the roster with 18.");
    assert_eq!(house.readings_of("ben"), [format!("{}: entry in the roster", testing::full_name("sven"))]);
    let wrong = [("name", ""), ("email", "oops"), ("joined", "soon"), ("standing", "good")];
    let answer =
        house.post("sven", &line, &wrong).says("Enter a name").says("not an e-mail address").says("Write a year");
    assert_eq!(answer.status, 422);
    let right = [("name", "Ben Okafor"), ("email", "ben@example.org"), ("standing", "good"), ("category", "regular")];
    house.post("sven", &line, &right).leads_to();
    house
        .post("sven", &format!("/roster/corrections/{form}"), &[("answer", "You are right, and it says so now.")])
        .leads_to();
    house.get("sven", "/roster").is_ok().does_not_say("Corrections asked for");
    let page = house.get("ben", "/my-membership").is_ok().says("You are right, and it says so now.");
    page.says("Kind of membership regular").says("Ask the office");
    assert_eq!(house.get("ben", &line).status, 404);
}

// V-04: at most sixty look-ups a minute for one account.
fn nobody_takes_the_list_away_by_looking_people_up(house: &House) {
    house.role("sven", Role::Staff);
    house.role("olga", Role::Staff);
    apply(house, FIRST, &[]);
    for _ in 0..60 {
        assert_eq!(house.post("sven", "/roster", &[("q", "ana")]).status, 200);
    }
    let answer = house.post("sven", "/roster", &[("q", "ben")]).says("sixty look-ups within a minute");
    assert_eq!(answer.status, 429);
    assert!(!answer.body.contains("Okafor"));
    assert_eq!(house.post("olga", "/roster", &[("q", "ben")]).status, 200);
    house.app.db.ground.clock.advance(jiff::SignedDuration::from_secs(61));
    house.post("sven", "/roster", &[("q", "ben")]).is_ok().says("Ben Okafor");
}

// V-08
fn the_list_leaves_the_house_without_formulas(house: &House) {
    house.role("sven", Role::Staff);
    let list = "Number,Name,E-mail,Category\n1,=cmd()|'/C calc'!A0,a@example.org,\"\t=1\"\n-2x,＝1+1,b@example.org,@x\n3,+Eva,oops,-1+1\n";
    let path = preview_by(house, "sven", list);
    let files = ["/errors.csv", "/difference.csv"].map(|name| house.get("sven", &format!("{path}{name}")).is_ok().body);
    house.post("sven", &path, &[("how", "sound")]).leads_to();
    house.person("b");
    let members = house.post("sven", "/roster/members.csv", &[]).is_ok().body;
    assert_eq!(house.readings_of("b"), [format!("{}: entry in the roster", testing::full_name("sven"))]);
    let noted = house
        .read(|tx| Ok(platform::audit::account_events(tx, &policy::house(), platform::audit::Events::All, 50, 0)?));
    for action in ["member list taken away", "faulty lines of a list taken away", "difference of a list taken away"] {
        assert!(noted.iter().any(|it| it.action == action), "{action}");
    }
    assert!(members.contains("'=cmd()") && members.contains("'＝1+1") && members.contains("'-2x"), "{members}");
    let mut cells = 0;
    for file in files.iter().chain([&members]) {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.as_bytes());
        for record in reader.records() {
            for cell in record.unwrap().iter() {
                cells += 1;
                assert!(!cell.starts_with(['=', '+', '-', '@', ';', '\t', '\r', '＝', '＋', '－', '＠']), "{cell:?}");
            }
        }
    }
    assert!(cells > 30);
    let mark = format!("\"{}, ", testing::full_name("sven"));
    for line in files.iter().chain([&members]).flat_map(|it| it.lines().skip(1)) {
        assert!(line.contains(&mark), "whose copy it is: {line}");
    }
    house.post("sven", "/roster/members.csv", &[("standing", "lapsed")]).is_ok().does_not_say("cmd");
}
