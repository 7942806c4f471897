use platform::app::{App, Config, Mode};
use policy::Role;
use testing::House;

use crate::{demo::browser::Browser, house};

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    the_visitor_stays_signed_in_however_far_the_clock_is_moved
}

/// The same house with the clock that is moved by hand.
fn demo_of(world: &House, runtime: &tokio::runtime::Runtime) -> Browser {
    let config = Config { mode: Mode::Demo, ..(*world.app.config).clone() };
    let app = App::new(world.app.db.clone(), config, house::house());
    Browser::new(house::doors().open(app), runtime.handle().clone())
}

// DEM2
fn the_visitor_stays_signed_in_however_far_the_clock_is_moved(world: &House) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let mut browser = demo_of(world, &runtime);
    world.person("ben");
    world.days(31);
    let carla = world.role("carla", Role::Chair).to_string();
    let (visitor, began) = (Some(0), world.now());
    let became = browser.post(visitor, "/demo/sign-in", &[("person".to_owned(), carla)]).unwrap();
    assert_eq!(became.status, 303);
    for by in ["week", "week", "week", "week", "week", "event", "week", "day", "event"] {
        let moved = browser.post(visitor, "/demo/clock", &[("by".to_owned(), by.to_owned())]).unwrap();
        assert_eq!((moved.status, moved.to.as_str()), (303, "/"), "{by}");
        assert_eq!(browser.get(visitor, "/me").unwrap().status, 200, "signed out by a move: {by}");
    }
    assert!(world.now().duration_since(began).as_hours() > 40 * 24);
    // Whose sign-in had run out before stays out.
    assert_eq!(world.get("ben", "/me").status, 303);
}
