//! `duology routes`: every door with its action and who may come in.

use platform::doors::Behind;
use serde_json::{Value, json};

/// One line per door, or JSON for machines.
pub fn run(as_json: bool) {
    if as_json {
        println!("{:#}", list());
        return;
    }
    for door in crate::house::doors().list() {
        println!("{:5} {:55} {:20} {}", door.method.as_str(), door.path, door.action.name(), door.audience());
    }
}

pub fn list() -> Value {
    let doors = crate::house::doors();
    let one = |door: &platform::doors::Door| {
        json!({
            "method": door.method.as_str(),
            "path": door.path,
            "action": door.action.name(),
            "audience": door.audience(),
            "again": door.asks_again,
            "changes": matches!(door.behind, Behind::Writing(_)),
            "most_bytes": door.most_bytes,
            "fields": door.takes.fields,
            "takes_form": door.takes.form,
        })
    };
    Value::Array(doors.list().iter().map(one).collect())
}
