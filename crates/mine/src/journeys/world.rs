//! A small world in which Ana and Mo write a word of their own wherever people write.

use policy::Role;
use testing::{Answer, House};

use super::{canary, duo};

/// Where Ana wrote, in words that she can take along.
pub const ANAS: &[&str] = &[
    "pronouns",
    "city",
    "employer",
    "why",
    "bio",
    "not",
    "note",
    "reply",
    "shared",
    "private",
    "purpose",
    "goal",
    "check-in",
    "correction",
];

/// Where Mo did.
pub const MOS: &[&str] =
    &["pronouns", "city", "path", "can", "learn", "not", "shared", "private", "brings", "goal", "check-in"];

/// From the call to the check-in after the orientation.
pub fn play(house: &House) {
    house.role("carla", Role::Chair);
    house.role("dora", Role::Deputy);
    house.role("lena", Role::Liaison);
    house.write(|tx| membership::import_roster(tx, ROSTER)).unwrap();
    for who in ["ana", "bea"] {
        apply(house, who, Role::Mentee);
    }
    for who in ["mo", "li"] {
        apply(house, who, Role::Mentor);
    }
    for who in ["ana", "mo"] {
        details(house, who);
    }
    let words = canary("ana", "correction");
    house.post("ana", "/my-membership/corrections", &[("correction", &words)]).leads_to();
    go_to(house, "2026-05-04T15:00:00Z");
    choose(house);
    write_in_the_duo(house);
    go_to(house, "2026-07-09T15:00:00Z");
    for who in ["ana", "mo"] {
        check_in(house, who);
    }
}

/// Half a year later Ana begins the mid-way survey and does not send it.
pub fn begin_a_survey(house: &House) {
    go_to(house, "2026-11-19T16:00:00Z");
    let letters = house.letters_to("ana");
    let letter = letters.iter().rfind(|it| it.letter == "survey_midway").unwrap();
    let words = canary("ana", "draft");
    let fields = [("s1", "5"), ("t1", words.as_str()), ("do", "later")];
    house.post_as_stranger(&house.link_in(letter), &fields).leads_to();
}

const ROSTER: &str = "Member number,Name,E-mail,Status,Joined,Expires\n\
    100,Ana Anderson,ana@example.org,active,2026,2027-12-31\n\
    101,Bea Bergmann,bea@example.org,active,2026,2027-12-31\n\
    102,Mo Martinez,mo@example.org,active,2015,2027-12-31\n\
    103,Li Lindgren,li@example.org,active,2012,2027-12-31\n";

/// Moves the clock; everybody signs in anew, for weeks have passed.
pub fn go_to(house: &House, moment: &str) {
    house.at(moment);
    for account in house.read(|tx| Ok(platform::identity::all(tx)?)) {
        let who = account.email.split('@').next().unwrap().to_owned();
        if account.email.ends_with("@example.org") {
            house.sign_in(&who, account.id);
        }
    }
    house.run_jobs();
}

fn send(house: &House, who: &str, path: &str, fields: &[(&str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    house.post(who, path, &fields)
}

fn details(house: &House, who: &str) {
    let fields = [
        ("name", testing::full_name(who)),
        ("pronouns", canary(who, "pronouns")),
        ("city", canary(who, "city")),
        ("zone", "America/Chicago".to_owned()),
        ("employer", canary(who, "employer")),
    ];
    send(house, who, "/me", &fields).leads_to();
}

fn apply(house: &House, who: &str, role: Role) {
    house.person(who);
    let fields = if role == Role::Mentor { mentor(who) } else { mentee(who) };
    let check = send(house, who, &format!("/applications/{}/check", role.key()), &fields).leads_to();
    house.get(who, &check).is_ok();
    house.post(who, &check.replace("/check", "/submission"), &[]).leads_to();
    house.run_jobs();
}

/// Mentees who apply one after the other.
pub fn apply_as_mentees(house: &House, people: &[&str]) {
    for who in people {
        apply(house, who, Role::Mentee);
    }
}

fn mentee(who: &str) -> Vec<(&'static str, String)> {
    let fixed = [
        ("me_tz", "America/Chicago"),
        ("me_role", "Library assistant"),
        ("me_years", "0–2"),
        ("me_type", "school"),
        ("me_type_next", "public: urban"),
        ("me_member", "will join by the orientation"),
        ("me_goals_1", "Lead a small project"),
        ("me_goals_1_topic", "projects"),
        ("me_lead", "To begin what others can go on with."),
        ("me_chan", "video"),
        ("me_freq", "monthly"),
        ("me_orient", "in person"),
    ];
    let mut fields: Vec<(&str, String)> = fixed.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let styles = ["me_style_1", "me_style_2", "me_style_3", "me_style_4", "me_style_5", "me_style_6"];
    fields.extend(styles.map(|name| (name, "3".to_owned())));
    fields.extend(["c1", "c2", "c3", "c4", "c5", "c6", "c7"].map(|name| (name, "yes".to_owned())));
    fields.extend([
        ("me_name", testing::full_name(who)),
        ("me_email", format!("{who}@example.org")),
        ("me_employer", format!("{who}’s school")),
        ("me_why", canary(who, "why")),
        ("me_bio", canary(who, "bio")),
        ("me_not", canary(who, "not")),
    ]);
    fields
}

fn mentor(who: &str) -> Vec<(&'static str, String)> {
    let fixed = [
        ("mo_tz", "America/Chicago"),
        ("mo_role", "Head of collections"),
        ("mo_type", "academic: research"),
        ("mo_years", "11 or more"),
        ("mo_years_lead", "6–10"),
        ("mo_orgexp", "Two committees and a conference."),
        ("mo_member", "member"),
        ("mo_expert", "managing people"),
        ("mo_cannot", "Systems."),
        ("mo_chan", "video"),
        ("mo_freq", "monthly"),
        ("mo_cap", "1"),
        ("mo_orient", "in person"),
        ("show", "yes"),
    ];
    let mut fields: Vec<(&str, String)> = fixed.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let styles = ["mo_style_1", "mo_style_2", "mo_style_3", "mo_style_4", "mo_style_5", "mo_style_6"];
    fields.extend(styles.map(|name| (name, "3".to_owned())));
    fields.extend(["mc1", "mc2", "mc3", "mc4", "mc5", "mc6", "mc7", "mc8"].map(|name| (name, "yes".to_owned())));
    fields.extend([
        ("mo_name", testing::full_name(who)),
        ("mo_email", format!("{who}@example.org")),
        ("mo_employer", "State University".to_owned()),
        ("mo_path", canary(who, "path")),
        ("mo_can", canary(who, "can")),
        ("mo_learn", canary(who, "learn")),
        ("mo_not", canary(who, "not")),
    ]);
    fields
}

/// Ana nominates Zoe, who has thirty days to answer.
pub fn nominate(house: &House) {
    let fields = [
        ("no_who", testing::full_name("ana")),
        ("no_who_email", "ana@example.org".to_owned()),
        ("no_for", "mentor".to_owned()),
        ("no_name", "Zoe Zimmer".to_owned()),
        ("no_mail", "zoe@elsewhere.example".to_owned()),
        ("no_why", canary("ana", "no-why")),
        ("no_know", "colleague".to_owned()),
        ("no_ok", "yes".to_owned()),
        ("no_tell", "yes".to_owned()),
    ];
    send(house, "ana", "/nominate", &fields).leads_to();
}

/// Ana asks Li, who asks back and cannot; then Mo, who can.
fn choose(house: &House) {
    let (li, mo) = (house.person("li"), house.person("mo"));
    let note = canary("ana", "note");
    house.post("ana", &format!("/mentors/{mo}/shortlist"), &[]).leads_to();
    house.post("ana", &format!("/mentors/{li}/request"), &[("note", &note)]).leads_to();
    house.post("ana", &format!("/mentors/{mo}/request"), &[("note", &note)]).leads_to();
    let path = request(house, "li");
    house.post("li", &format!("{path}/question"), &[("question", &canary("li", "question"))]).leads_to();
    house.post("ana", &format!("{path}/reply"), &[("reply", &canary("ana", "reply"))]).leads_to();
    house.post("li", &format!("{path}/refusal"), &[("answer", "no"), ("reason", &canary("li", "reason"))]);
    house.run_jobs();
    let path = request(house, "mo");
    house.post("mo", &format!("{path}/acceptance"), &[("answer", "yes")]).leads_to();
    house.run_jobs();
}

/// The page of the request that waits for a mentor, as the letter has it.
fn request(house: &House, who: &str) -> String {
    let own = house.get(who, "/mentors/mine").is_ok();
    let start = own.body.find("/requests/").unwrap_or_else(|| panic!("nothing waits for {who}: {}", own.text()));
    own.body[start..].split(['"', '\'']).next().unwrap().to_owned()
}

fn write_in_the_duo(house: &House) {
    let duo = duo(house);
    let post = |who: &str, below: &str, fields: &[(&str, String)]| {
        send(house, who, &duo.path(below), fields).leads_to();
    };
    for who in ["ana", "mo"] {
        for kind in ["shared", "private"] {
            post(who, "/notebook", &[("kind", kind.to_owned()), ("text", canary(who, kind))]);
        }
    }
    let purpose = ("purpose", canary("ana", "purpose"));
    post("ana", "/agreement", &[("revision", "0".to_owned()), purpose.clone()]);
    let brings = ("mentor_brings", canary("mo", "brings"));
    post("mo", "/agreement", &[("revision", "1".to_owned()), purpose, brings]);
    let goal = ("goal_1_title", canary("ana", "goal"));
    post("ana", "/goals", &[("revision", "0".to_owned()), goal.clone()]);
    let other = ("goal_2_title", canary("mo", "goal"));
    post("mo", "/goals", &[("revision", "1".to_owned()), goal, other]);
    for (who, day) in [("ana", "2026-05-03"), ("mo", "2026-05-02")] {
        let fields = [("day", day.to_owned()), ("way", "video".to_owned()), ("minutes", "60".to_owned())];
        let _early = send(house, who, &duo.path("/meetings"), &fields);
    }
}

fn check_in(house: &House, who: &str) {
    let letters = house.letters_to(who);
    let letter = letters.iter().find(|it| it.letter == "checkin_1").unwrap();
    let link = house.links_in(letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap();
    let words = canary(who, "check-in");
    let fields = [("P1", "yes"), ("P2", "2026-07-03"), ("P3", "4"), ("P4", words.as_str())];
    house.post_as_stranger(&link, &fields).is_ok();
}
