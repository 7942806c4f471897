//! How many statements a page asks the database, with everything around it.

use axum::{
    body::Body,
    http::{Request, header},
};
use forms::{Answers, Keep};
use platform::{app::App, identity};
use policy::Role;
use serde_json::json;
use testing::House;
use tower::ServiceExt;

use crate::house;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    the_directory_asks_at_most_five_statements
}

/// Who asks, in which roles, the program's name, when the directory is open, and the cards.
/// A word that nobody has searched for yet is looked up once; nothing else is.
fn the_directory_asks_at_most_five_statements(world: &House) {
    let (li, cohort) = (world.role_in_cohort("li", Role::Mentor), world.cohort);
    let ana = world.role_in_cohort("ana", Role::Mentee);
    world.at("2026-05-04T10:00:00Z");
    let token = world.write(move |tx| {
        let form = forms::current(tx, "mentor_application")?;
        let mut answers = Answers::new();
        answers.set("mo_name", "Li Lindgren");
        answers.set("mo_can", "A calm ear");
        answers.set("mo_expert", json!(["research"]));
        answers.set("mo_chan", json!(["video"]));
        answers.set("show", true);
        let keep = Keep { cohort: Some(cohort), person: li, about: tx.fresh_id(), answers: &answers, given: true };
        forms::keep(tx, &form, keep)?;
        matching::refresh_profile(tx, cohort, li)?;
        Ok(identity::sign_in(tx, ana, "test", identity::Strength::TwoFactors)?)
    });
    world.run_jobs();
    let app = App::new(world.app.db.clone(), (*world.app.config).clone(), house::house());
    for page in ["/mentors?q=calm&topic=research&channel=video", "/mentors?q=nowhere", "/mentors"] {
        read(&app, page, &token);
        let before = app.db.statements();
        let body = read(&app, page, &token);
        assert_eq!(body.contains("Li Lindgren"), page != "/mentors?q=nowhere", "{body}");
        let asked = app.db.statements() - before;
        // PostgreSQL keeps data keys in a table, and the list of those kept apart is sealed.
        let most = if app.db.is_sqlite() { 5 } else { 6 };
        assert!(asked <= most, "{page} asked {asked} statements");
    }
}

fn read(app: &App, page: &str, token: &str) -> String {
    let request =
        Request::builder().uri(page).header(header::HOST, "test").header(header::COOKIE, format!("duology={token}"));
    let request = request.body(Body::empty()).unwrap();
    let router = house::doors().open(app.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = router.oneshot(request).await.unwrap();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    })
}
