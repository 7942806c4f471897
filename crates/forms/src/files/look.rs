//! What a file is, by what is in it and never by its name. Pictures are drawn anew, so that
//! nothing of the file that came is kept: no place, no device, no second meaning. Pure. V-07

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    codecs::png::PngEncoder, metadata::Orientation,
};

/// F-20: what a file may weigh, and what a picture may unfold to.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
pub const MOST_SIDE: u32 = 10_000;
pub const MOST_PIXELS: u64 = 16_000_000;
const MOST_MEMORY: u64 = 128 * 1024 * 1024;
/// No screen shows more of a photo or of a page.
const KEPT_SIDE: u32 = 1600;
const QUALITY: u8 = 85;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Pdf,
    Png,
    Jpeg,
}

impl Type {
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Png, Self::Jpeg];

    pub fn key(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// What is said of it whenever it is served; a browser that guesses is told not to.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    pub fn ending(self) -> &'static str {
        if self == Self::Jpeg { "jpg" } else { self.key() }
    }
}

/// A file as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clean {
    pub kind: Type,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This file is empty.")]
    Empty,
    #[error("This file is larger than {} MB. Please choose a smaller one.", MOST_BYTES / 1024 / 1024)]
    TooLarge,
    #[error(
        "This is neither a PDF nor a picture. Please choose a PDF, PNG, JPEG or WebP; what counts is what is in the file, not its name."
    )]
    NotTaken,
    #[error("This file is damaged or not whole. Please choose it again, or save it anew first.")]
    Broken,
    #[error("This picture has more points than we can take: {} megapixels at most. Please choose a smaller one.", MOST_PIXELS / 1_000_000)]
    TooManyPixels,
    #[error("This PDF contains a program or another file. Please print it to a new PDF and choose that.")]
    Active,
}

/// Looks at what somebody sent, and gives what is kept of it.
pub fn look(bytes: &[u8]) -> Result<Clean, Refusal> {
    match bytes {
        [] => Err(Refusal::Empty),
        _ if bytes.len() > MOST_BYTES => Err(Refusal::TooLarge),
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf(bytes),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => picture(bytes, ImageFormat::Png),
        [0xff, 0xd8, 0xff, ..] => picture(bytes, ImageFormat::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => picture(bytes, ImageFormat::WebP),
        _ => Err(Refusal::NotTaken),
    }
}

/// What runs by itself in a PDF, or comes along in it, where it is written openly. Whatever
/// hides is still saved to a file, and opened by nothing of ours.
const ACTIVE: [&[u8]; 6] = [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA"];

fn pdf(bytes: &[u8]) -> Result<Clean, Refusal> {
    let end = &bytes[bytes.len().saturating_sub(2048)..];
    if !has(end, b"%%EOF") {
        return Err(Refusal::Broken);
    }
    if ACTIVE.iter().any(|it| has_name(bytes, it)) {
        return Err(Refusal::Active);
    }
    Ok(Clean { kind: Type::Pdf, bytes: bytes.to_vec() })
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}

/// A name of PDF ends where no letter follows: `/JS` is not `/JSomething`.
fn has_name(bytes: &[u8], name: &[u8]) -> bool {
    let ends = |at: usize| bytes.get(at + name.len()).is_none_or(|it| !it.is_ascii_alphanumeric());
    bytes.windows(name.len()).enumerate().any(|(at, it)| it == name && ends(at))
}

fn picture(bytes: &[u8], format: ImageFormat) -> Result<Clean, Refusal> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if width > MOST_SIDE || height > MOST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refusal::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let mut image = if width.max(height) > KEPT_SIDE { image.thumbnail(KEPT_SIDE, KEPT_SIDE) } else { image };
    image.apply_orientation(orientation);
    drawn_anew(&image, format)
}

fn refusal(error: image::ImageError) -> Refusal {
    if matches!(error, image::ImageError::Limits(_)) { Refusal::TooManyPixels } else { Refusal::Broken }
}

/// A picture that one can see through stays so; all else becomes what photos are.
fn drawn_anew(image: &DynamicImage, format: ImageFormat) -> Result<Clean, Refusal> {
    let (width, height) = (image.width(), image.height());
    let mut bytes = Vec::new();
    let kind = if format == ImageFormat::Png || image.color().has_alpha() {
        let pixels = image.to_rgba8();
        let encoder = PngEncoder::new(&mut bytes);
        encoder.write_image(&pixels, width, height, image::ExtendedColorType::Rgba8).map_err(refusal)?;
        Type::Png
    } else {
        let pixels = image.to_rgb8();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        encoder.write_image(&pixels, width, height, image::ExtendedColorType::Rgb8).map_err(refusal)?;
        Type::Jpeg
    };
    Ok(Clean { kind, bytes })
}

/// The longest name that is kept, without its ending.
const LONGEST_NAME: usize = 60;

/// A name to show and to save under: without folders, signs nobody sees, or an ending of its
/// own choosing.
pub fn name(sent: &str, kind: Type) -> String {
    let last = sent.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let fits = |letter: &char| letter.is_alphanumeric() || " -_.()".contains(*letter);
    let kept: String = stem.chars().filter(fits).take(LONGEST_NAME).collect();
    let kept = kept.trim().trim_matches('.').trim();
    format!("{}.{}", if kept.is_empty() { "file" } else { kept }, kind.ending())
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
