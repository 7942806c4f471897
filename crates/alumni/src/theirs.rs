//! What this room has of a person: certificates, and what they offer as a former participant.

use platform::prelude::*;
use program::{
    Mine,
    mine::{Asking, Entry, Part, SOMEONE},
};

use crate::{certificates, members, paper, rules};

pub fn mine() -> Mine {
    Mine { title: "Afterwards", tables: &["certificates", "alumni_members"], gather, forget }
}

sql! {
    NAMELESS => "update certificates set name = $2 where person = $1";
    UNSIGNED => "update certificates set signed_by = $2 where signed_by = $1";
    DROP_MEMBER => "delete from alumni_members where person = $1";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let mut papers = Part::new("Certificates", Vec::new());
    for certificate in certificates::mine(tx, &asking.visit().subject)? {
        let words = paper::words(tx, &certificate)?;
        let cohort = program::the_cohort(tx, certificate.cohort)?.name;
        let name = |what: &str| format!("{what}-{}.pdf", certificate.code);
        papers.files.push((name("certificate"), paper::certificate(&certificate, &words)?));
        papers.files.push((name("service-letter"), paper::service_letter(&certificate, &words)?));
        papers.entries.push(
            Entry::new()
                .with("cohort", cohort)
                .with("name", certificate.name.clone())
                .with("you took part as", certificate.role.clone())
                .with("hours", rules::hours(certificate.minutes))
                .with("code", certificate.code.clone())
                .at(asking, "issued", certificate.issued_at),
        );
    }
    let member = members::member(tx, asking, asking.person())?
        .into_iter()
        .map(|it| Entry::new().with("you offer", it.helps).at(asking, "joined", it.joined_at));
    let member: Vec<Entry> = member.collect();
    Ok(vec![papers, Part::new("Group of former participants", member)])
}

/// That a certificate was issued is counted; the name goes from it.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    members::leave(tx, person)?;
    tx.exec(&DROP_MEMBER, values![person])?;
    tx.exec(&NAMELESS, values![person, SOMEONE])?;
    if let Some(account) = platform::identity::find(tx, person)? {
        tx.exec(&UNSIGNED, values![account.name, SOMEONE])?;
    }
    Ok(())
}
