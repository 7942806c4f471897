//! The committee's words as page, paper and file all show them: paragraphs, points after
//! "- ", a small heading after "## ". Nothing else has a meaning.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    Heading(String),
    Paragraph(String),
    Points(Vec<String>),
}

pub fn passages(text: &str) -> Vec<Passage> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")) {
            found.push(Passage::Heading(heading.trim().to_owned()));
        } else if let Some(point) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            match found.last_mut() {
                Some(Passage::Points(points)) => points.push(point.trim().to_owned()),
                _ => found.push(Passage::Points(vec![point.trim().to_owned()])),
            }
        } else if line.is_empty() {
            found.push(Passage::Paragraph(String::new()));
        } else if let Some(Passage::Paragraph(paragraph)) = found.last_mut() {
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(line);
        } else {
            found.push(Passage::Paragraph(line.to_owned()));
        }
    }
    found.retain(|it| !matches!(it, Passage::Paragraph(words) if words.is_empty()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_points_and_headings_are_told_apart() {
        let text = "One.\nStill one.\n\nTwo.\n## What\n- a\n- b\n\n- c\nAfter.";
        let paragraph = |it: &str| Passage::Paragraph(it.to_owned());
        let points = |it: &[&str]| Passage::Points(it.iter().map(|it| (*it).to_owned()).collect());
        let expected = [
            paragraph("One.\nStill one."),
            paragraph("Two."),
            Passage::Heading("What".to_owned()),
            points(&["a", "b"]),
            points(&["c"]),
            paragraph("After."),
        ];
        assert_eq!(passages(text), expected);
        assert_eq!(passages("\n \n"), []);
    }
}
