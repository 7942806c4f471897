use std::time::{Duration, Instant};

use super::{
    corpus::{self, SCRIPT},
    *,
};

// V-07
#[test]
fn a_file_is_what_is_in_it_and_not_what_it_is_called() {
    let all = corpus::all();
    assert!(all.len() >= 40, "{} files", all.len());
    for file in &all {
        let outcome = look(&file.bytes).map(|it| it.kind);
        assert_eq!(outcome, file.outcome, "{}", file.name);
    }
}

// V-07: a picture with a page behind it keeps the picture alone.
#[test]
fn nothing_of_a_picture_that_came_is_kept_but_the_picture() {
    let taken = corpus::all().into_iter().filter_map(|it| Some((it.name, look(&it.bytes).ok()?)));
    let taken: Vec<(String, Clean)> = taken.filter(|(_, it)| it.kind != Type::Pdf).collect();
    assert!(taken.len() > 8);
    for (name, clean) in taken {
        assert!(!has(&clean.bytes, SCRIPT.as_bytes()), "{name}");
        assert_eq!(look(&clean.bytes).map(|it| it.kind), Ok(clean.kind), "{name}");
    }
}

// V-07
#[test]
fn a_photo_loses_its_place_and_stands_upright() {
    let sent = corpus::jpeg_with_place();
    assert!(has(&sent, b"GPS 41.8781") && has(&sent, b"Exif"));
    let clean = look(&sent).unwrap();
    for gone in [b"GPS".as_slice(), b"Exif", b"SecretPhone"] {
        assert!(!has(&clean.bytes, gone), "{}", String::from_utf8_lossy(gone));
    }
    let drawn = image::load_from_memory(&clean.bytes).unwrap().to_rgb8();
    assert_eq!(drawn.dimensions(), (20, 40), "it lay on its side");
    assert!(drawn.get_pixel(10, 5)[0] > 200 && drawn.get_pixel(10, 35)[2] > 200, "left is up now");
}

// V-09, F-20
#[test]
fn a_picture_that_unfolds_to_too_much_is_refused_before_it_does() {
    let bombs: Vec<_> = corpus::all().into_iter().filter(|it| it.outcome == Err(Refusal::TooManyPixels)).collect();
    assert!(bombs.len() >= 4);
    for bomb in bombs {
        let begun = Instant::now();
        assert!(look(&bomb.bytes).is_err());
        assert!(begun.elapsed() < Duration::from_millis(500), "{} took {:?}", bomb.name, begun.elapsed());
    }
}

#[test]
fn a_large_photo_is_kept_as_large_as_a_screen_shows_it() {
    let mut large = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(corpus::drawn(3000, 1500)).write_to(&mut large, ImageFormat::Jpeg).unwrap();
    let clean = look(large.get_ref()).unwrap();
    let drawn = image::load_from_memory(&clean.bytes).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (1600, 800));
}

// V-07: NUL, folders, a name that reads backwards, three hundred letters.
#[test]
fn a_name_is_letters_and_the_ending_of_what_is_in_it() {
    let long = "x".repeat(300);
    let names = [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\cv.exe", "cv.pdf"),
        ("cv\u{202e}fdp.exe", "cvfdp.pdf"),
        ("a\0b\"c\r\nd.html", "abcd.pdf"),
        ("Lebenslauf Zoë (2026).PDF", "Lebenslauf Zoë (2026).pdf"),
        ("<script>.svg", "script.pdf"),
        ("....", "file.pdf"),
        ("", "file.pdf"),
    ];
    for (sent, kept) in names {
        assert_eq!(name(sent, Type::Pdf), kept, "{sent:?}");
    }
    assert_eq!(name(&long, Type::Jpeg).len(), LONGEST_NAME + 4);
}
