//! Every letter: declared once, with a text, and without a blank in it.

#[test]
fn every_letter_of_the_house_has_its_text_and_every_text_its_letter() {
    // All rooms are linked in, so that all their letters are in the registry.
    assert!(crate::house::doors().list().len() > 60);
    assert_eq!(letters::faults(), Vec::<String>::new());
}

// COM2
#[test]
fn every_letter_renders_with_samples_and_leaves_no_blank() {
    let mut count = 0;
    for kind in letters::registry() {
        let rendered = letters::sample(kind.name).unwrap_or_else(|| panic!("{} has no sample", kind.name));
        for text in [&rendered.subject, &rendered.text, &rendered.html] {
            assert!(!text.is_empty() && !text.contains("{{"), "{}: {text}", kind.name);
        }
        assert!(
            !rendered.html.contains("<img") && !rendered.html.contains("http-equiv"),
            "{} loads something",
            kind.name
        );
        count += 1;
    }
    assert!(count > 45, "only {count} letters are declared");
}
