//! What became of a payload, in the eyes of a browser's own reader of HTML.

use std::cell::RefCell;

use html5ever::{
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind},
};

/// Elements and attributes that a payload has turned into. Empty where all of them are text.
pub(super) fn hatched(html: &str) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Elements::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.found.into_inner()
}

#[derive(Default)]
struct Elements {
    found: RefCell<Vec<String>>,
}

impl TokenSink for Elements {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                self.found.borrow_mut().extend(fault_of(&tag));
                inside(&tag)
            }
            // Ours write none, so one that holds a payload is a payload.
            Token::CommentToken(words) if words.contains("canary") => {
                self.found.borrow_mut().push(format!("<!--{words}-->"));
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

/// In these, a browser reads on as text until they end.
fn inside(tag: &Tag) -> TokenSinkResult<()> {
    match (tag.kind, &*tag.name) {
        (TagKind::StartTag, "textarea" | "title") => TokenSinkResult::RawData(RawKind::Rcdata),
        (TagKind::StartTag, "style" | "noscript" | "iframe" | "xmp") => TokenSinkResult::RawData(RawKind::Rawtext),
        (TagKind::StartTag, "script") => TokenSinkResult::RawData(RawKind::ScriptData),
        _ => TokenSinkResult::Continue,
    }
}

fn fault_of(tag: &Tag) -> Option<String> {
    let leads = |value: &str| {
        let value = value.trim().to_ascii_lowercase();
        let value: String = value.chars().filter(|it| !it.is_whitespace()).collect();
        // An address that somebody gives for a meeting leads elsewhere, and may.
        ["javascript:", "vbscript:", "data:", "//"].iter().any(|it| value.starts_with(it))
    };
    let is_wrong = |name: &str, value: &str| {
        name.contains("canary")
            || name.starts_with("on")
            || name == "srcdoc"
            // Letters have no style sheet of their own; no word of anybody's stands in theirs.
            || (name == "style" && value.contains("canary"))
            || (matches!(name, "href" | "src" | "action" | "formaction" | "data" | "xlink:href") && leads(value))
    };
    let wrong = tag.name.contains("canary")
        || tag.attrs.iter().any(|it| is_wrong(&it.name.local, &it.value))
        || (matches!(&*tag.name, "base" | "iframe" | "object" | "embed") && tag.kind == TagKind::StartTag);
    wrong.then(|| {
        format!("<{} {:?}>", tag.name, tag.attrs.iter().map(|it| (&*it.name.local, &*it.value)).collect::<Vec<_>>())
    })
}
