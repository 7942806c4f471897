//! Reading a page as a browser does: its forms, and what can be filled in. Our pages
//! write every attribute in double quotes, which keeps this short.

/// One form of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub fields: Vec<Field>,
    /// Buttons that send the form elsewhere: their address, name and value.
    pub buttons: Vec<Button>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Button {
    pub action: String,
    pub name: String,
    pub value: String,
}

/// One name in a form, with what it holds and what it may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    /// text, textarea, select, radio, checkbox, date, number, hidden …
    pub kind: String,
    /// What would be sent if nobody touched it.
    pub values: Vec<String>,
    pub options: Vec<String>,
}

/// All forms of a page, in their order.
pub fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut inside = false;
    let mut select: Option<(String, Vec<String>, Vec<String>)> = None;
    let mut tags = Tags { rest: html };
    while let Some(tag) = tags.next() {
        match tag.name {
            "form" => {
                forms.push(Form { action: tag.attribute("action").unwrap_or_default(), ..Form::default() });
                inside = true;
            }
            "/form" => inside = false,
            _ if !inside => {}
            "select" => select = Some((tag.attribute("name").unwrap_or_default(), Vec::new(), Vec::new())),
            "option" => {
                if let Some((_, options, chosen)) = &mut select {
                    let value = tag.attribute("value").unwrap_or_default();
                    if tag.has("selected") {
                        chosen.push(value.clone());
                    }
                    options.push(value);
                }
            }
            "/select" => {
                if let (Some((name, options, mut values)), Some(form)) = (select.take(), forms.last_mut()) {
                    if values.is_empty() {
                        values.extend(options.first().cloned());
                    }
                    form.fields.push(Field { name, kind: "select".to_owned(), values, options });
                }
            }
            "textarea" => {
                let values = vec![unescape(tags.text())];
                add(&mut forms, &tag, "textarea", values);
            }
            "button" => {
                if let Some(form) = forms.last_mut() {
                    let attribute = |name| tag.attribute(name).unwrap_or_default();
                    form.buttons.push(Button {
                        action: attribute("formaction"),
                        name: attribute("name"),
                        value: attribute("value"),
                    });
                }
            }
            "input" => input(&mut forms, &tag),
            _ => {}
        }
    }
    forms
}

fn input(forms: &mut [Form], tag: &Tag) {
    let kind = tag.attribute("type").unwrap_or_else(|| "text".to_owned());
    let value = tag.attribute("value").unwrap_or_default();
    if kind != "radio" && kind != "checkbox" {
        add(forms, tag, &kind, vec![value]);
        return;
    }
    let (Some(form), Some(name)) = (forms.last_mut(), tag.attribute("name")) else { return };
    let place = form.fields.iter().position(|field| field.name == name).unwrap_or_else(|| {
        form.fields.push(Field { name, kind, ..Field::default() });
        form.fields.len() - 1
    });
    let field = &mut form.fields[place];
    if tag.has("checked") {
        field.values.push(value.clone());
    }
    field.options.push(value);
}

fn add(forms: &mut [Form], tag: &Tag, kind: &str, values: Vec<String>) {
    if let (Some(form), Some(name)) = (forms.last_mut(), tag.attribute("name")) {
        form.fields.push(Field { name, kind: kind.to_owned(), values, options: Vec::new() });
    }
}

struct Tags<'a> {
    rest: &'a str,
}

struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
}

impl<'a> Tags<'a> {
    fn next(&mut self) -> Option<Tag<'a>> {
        let from = self.rest.find('<')?;
        let inside = &self.rest[from + 1..];
        let until = inside.find('>')?;
        self.rest = &inside[until + 1..];
        let (name, attributes) = inside[..until].split_once(' ').unwrap_or((&inside[..until], ""));
        Some(Tag { name, attributes })
    }

    /// The text up to the next tag.
    fn text(&self) -> &'a str {
        self.rest.split('<').next().unwrap_or_default().trim_start_matches('\n')
    }
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some((before, after)) = rest.split_once("=\"") {
            let (value, next) = after.split_once('"')?;
            if before.rsplit(' ').next() == Some(name) {
                return Some(unescape(value));
            }
            rest = next;
        }
        None
    }

    fn has(&self, name: &str) -> bool {
        let mut outside = self.attributes.split('"').step_by(2);
        outside.any(|part| part.split(' ').any(|word| word == name))
    }
}

/// Text as people read it.
pub fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_a_browser_reads_it() {
        let html = r#"<form action="/a?b=1&amp;c=2" method="post"><input name="t" value="x &amp; y"><textarea name="l" rows="3">
one</textarea><input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>
<select name="s"><option value="p">P</option><option value="q" selected>Q</option></select>
<button formaction="/draft">Save</button></form><input name="outside">"#;
        let forms = forms(html);
        assert_eq!(forms.len(), 1);
        let field = |name: &str| forms[0].fields.iter().find(|field| field.name == name).unwrap().clone();
        assert_eq!(forms[0].action, "/a?b=1&c=2");
        assert_eq!(field("t").values, ["x & y"]);
        assert_eq!(field("l").values, ["one"]);
        assert_eq!(
            (field("r").values, field("r").options),
            (vec!["2".to_owned()], vec!["1".to_owned(), "2".to_owned()])
        );
        assert_eq!(field("s").values, ["q"]);
        assert_eq!(forms[0].buttons[0].action, "/draft");
        assert!(forms[0].fields.iter().all(|field| field.name != "outside"));
    }
}
