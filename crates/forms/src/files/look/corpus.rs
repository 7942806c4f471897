//! Forty files, made here: what people send, and what somebody sends who means harm.

use std::io::Cursor;

use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, RgbaImage};

use super::{MOST_BYTES, Refusal, Type};

pub type Outcome = Result<Type, Refusal>;

/// A file as it is sent, and what becomes of it.
pub struct Sent {
    pub name: String,
    pub bytes: Vec<u8>,
    pub outcome: Outcome,
}

pub const SCRIPT: &str = "<script>document.title='ran'</script>";

pub fn all() -> Vec<Sent> {
    let mut all = pictures();
    all.extend(papers());
    all.extend(pages());
    all.extend(others());
    all
}

fn sent(name: &str, bytes: impl Into<Vec<u8>>, outcome: Outcome) -> Sent {
    Sent { name: name.to_owned(), bytes: bytes.into(), outcome }
}

/// A picture of two halves, so that one sees which way up it stands.
pub fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([250, 20, 20]) } else { Rgb([20, 20, 250]) })
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn jpeg() -> Vec<u8> {
    written(&DynamicImage::ImageRgb8(drawn(40, 20)), ImageFormat::Jpeg)
}

pub fn png() -> Vec<u8> {
    written(&DynamicImage::ImageRgb8(drawn(40, 20)), ImageFormat::Png)
}

fn webp() -> Vec<u8> {
    written(&DynamicImage::ImageRgb8(drawn(40, 20)), ImageFormat::WebP)
}

/// A photo as a phone takes it, lying on its side, with the place where it was taken.
pub fn jpeg_with_place() -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    exif.extend([2, 0]);
    // Turned by a quarter.
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]);
    // The place, at the end of this block.
    exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    exif.extend([0, 0, 0, 0]);
    exif.extend([1, 0, 0x01, 0x00, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 41.8781 N 87.6298 W, taken by SecretPhone");
    let plain = jpeg();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
}

/// A head that promises a picture of this size, and hardly anything behind it.
fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let mut small = png();
    small[16..20].copy_from_slice(&width.to_be_bytes());
    small[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&small[12..29]).to_be_bytes();
    small[29..33].copy_from_slice(&sum);
    small
}

fn crc(bytes: &[u8]) -> u32 {
    let turn = |sum: u32, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !bytes.iter().fold(!0_u32, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), turn))
}

/// Small to send, and far too much to draw: 5,000 by 5,000 points of one colour.
fn png_that_unfolds() -> Vec<u8> {
    let pixels = vec![0_u8; 25_000_000];
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(&pixels, 5000, 5000, ExtendedColorType::L8).unwrap();
    bytes
}

fn pictures() -> Vec<Sent> {
    let clear = DynamicImage::ImageRgba8(RgbaImage::new(10, 10));
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let with = |bytes: Vec<u8>| [bytes, SCRIPT.into()].concat();
    vec![
        sent("photo.jpg", jpeg(), Ok(Type::Jpeg)),
        sent("picture.png", png(), Ok(Type::Png)),
        sent("picture.webp", webp(), Ok(Type::Jpeg)),
        sent("clear.png", written(&clear, ImageFormat::Png), Ok(Type::Png)),
        sent("clear.webp", written(&clear, ImageFormat::WebP), Ok(Type::Png)),
        sent("from a phone.jpg", jpeg_with_place(), Ok(Type::Jpeg)),
        sent("photo.pdf", jpeg(), Ok(Type::Jpeg)),
        sent("photo.html", png(), Ok(Type::Png)),
        sent("png and html.html", with(png()), Ok(Type::Png)),
        sent("jpeg and html.html", with(jpeg()), Ok(Type::Jpeg)),
        sent("webp and html.html", with(webp()), Ok(Type::Jpeg)),
        sent("half.png", half(png_that_unfolds()), Err(Refusal::TooManyPixels)),
        sent("cut off.png", half(png()), Err(Refusal::Broken)),
        sent("cut off.webp", half(webp()), Err(Refusal::Broken)),
        sent("head alone.jpg", [0xff, 0xd8, 0xff, 0xe0].to_vec(), Err(Refusal::Broken)),
        sent("50,000 points a side.png", png_that_claims(50_000, 50_000), Err(Refusal::TooManyPixels)),
        sent("one line.png", png_that_claims(200_000, 1), Err(Refusal::TooManyPixels)),
        sent("unfolds.png", png_that_unfolds(), Err(Refusal::TooManyPixels)),
        sent("gif.gif", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), Err(Refusal::NotTaken)),
        sent("gif and script.gif", b"GIF89a=1;document.title='ran'//".to_vec(), Err(Refusal::NotTaken)),
        sent("tiff.tif", b"II*\0\x08\0\0\0".to_vec(), Err(Refusal::NotTaken)),
        sent("bitmap.bmp", b"BM\x3a\0\0\0".to_vec(), Err(Refusal::NotTaken)),
    ]
}

pub fn pdf(inside: &str) -> Vec<u8> {
    format!("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n{inside}\ntrailer<</Root 1 0 R>>\n%%EOF\n").into_bytes()
}

fn papers() -> Vec<Sent> {
    vec![
        sent("cv.pdf", pdf("A life in five lines."), Ok(Type::Pdf)),
        sent("cv.html", pdf("A life in five lines."), Ok(Type::Pdf)),
        sent("pdf and html.pdf", pdf(SCRIPT), Ok(Type::Pdf)),
        sent("a topic.pdf", pdf("/JSomething is no program"), Ok(Type::Pdf)),
        sent("runs.pdf", pdf("<</S/JavaScript/JS(app.alert(1))>>"), Err(Refusal::Active)),
        sent("launches.pdf", pdf("<</S/Launch/F(cmd.exe)>>"), Err(Refusal::Active)),
        sent("carries.pdf", pdf("<</Type/EmbeddedFile>>"), Err(Refusal::Active)),
        sent("cut off.pdf", b"%PDF-1.4\n1 0 obj".to_vec(), Err(Refusal::Broken)),
        sent("html first.pdf", [SCRIPT.as_bytes(), &pdf("")].concat(), Err(Refusal::NotTaken)),
        sent("mark first.pdf", [b"\xef\xbb\xbf".as_slice(), &pdf("")].concat(), Err(Refusal::NotTaken)),
        sent("heavy.pdf", [pdf(""), vec![b'%'; MOST_BYTES]].concat(), Err(Refusal::TooLarge)),
    ]
}

fn pages() -> Vec<Sent> {
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{SCRIPT}</svg>");
    let xhtml = format!("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">{SCRIPT}</html>");
    let wide: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let not = Err(Refusal::NotTaken);
    vec![
        sent("page.html", format!("<!doctype html>{SCRIPT}"), not),
        sent("page.pdf", format!("<!doctype html>{SCRIPT}"), not),
        sent("picture.png", format!("<html>{SCRIPT}"), not),
        sent("marked.html", format!("\u{feff}<html>{SCRIPT}"), not),
        sent("wide.html", wide, not),
        sent("drawing.svg", svg.clone(), not),
        sent("drawing.jpg", svg, not),
        sent("packed.svgz", [0x1f, 0x8b, 8, 0].to_vec(), not),
        sent("page.xhtml", xhtml, not),
        sent("style.xml", "<?xml-stylesheet href='data:text/xsl,'?><a/>", not),
    ]
}

fn others() -> Vec<Sent> {
    let not = Err(Refusal::NotTaken);
    vec![
        sent("invitation.ics", "BEGIN:VCALENDAR\nDESCRIPTION:<svg onload=alert(1)>\nEND:VCALENDAR", not),
        sent("archive.zip", b"PK\x03\x04\x14\0".to_vec(), not),
        sent("letter.docx", b"PK\x03\x04[Content_Types].xml".to_vec(), not),
        sent("letter.docm", b"PK\x03\x04vbaProject.bin".to_vec(), not),
        sent("cv.pdf.exe", b"MZ\x90\0".to_vec(), not),
        sent("script.js", "document.title='ran'", not),
        sent("notes.txt", "Just a line.", not),
        sent("nothing.pdf", Vec::new(), Err(Refusal::Empty)),
    ]
}
