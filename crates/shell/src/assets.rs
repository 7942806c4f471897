use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

/// What `/static/` serves: name, content type, bytes.
pub const ASSETS: &[(&str, &str, &[u8])] = &[
    ("app.css", "text/css; charset=utf-8", include_bytes!("../assets/app.css")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("../assets/app.js")),
    ("filters.js", "text/javascript; charset=utf-8", include_bytes!("../assets/filters.js")),
    ("forms.js", "text/javascript; charset=utf-8", include_bytes!("../assets/forms.js")),
    ("sign-in.js", "text/javascript; charset=utf-8", include_bytes!("../assets/sign-in.js")),
    ("icons.svg", "image/svg+xml", include_bytes!("../assets/icons.svg")),
    ("favicon.svg", "image/svg+xml", include_bytes!("../assets/favicon.svg")),
];

/// Changes when any of the files does, so that browsers may keep them for ever.
pub fn version() -> &'static str {
    &VERSION
}

static VERSION: LazyLock<String> = LazyLock::new(|| {
    // FNV-1a: nobody attacks a cache key, so no hash of a library is needed.
    let hash = ASSETS
        .iter()
        .flat_map(|(_, _, bytes)| bytes.iter())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")[..10].to_owned()
});

/// What a browser checks a script against before it runs it.
pub(crate) fn integrity(name: &str) -> Option<&'static str> {
    HASHES.iter().find(|(it, _)| *it == name).map(|(_, hash)| hash.as_str())
}

static HASHES: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let hash = |bytes: &[u8]| format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)));
    ASSETS.iter().map(|(name, _, bytes)| (*name, hash(bytes))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_short_and_stays_the_same() {
        assert_eq!(version().len(), 10);
        assert_eq!(version(), version());
    }

    #[test]
    fn each_script_of_our_own_stays_under_four_kilobytes() {
        for name in ["app.js", "filters.js", "forms.js", "sign-in.js"] {
            let script = ASSETS.iter().find(|(it, _, _)| *it == name);
            assert!(script.is_some_and(|(_, _, bytes)| bytes.len() <= 4096), "{name}");
        }
    }

    #[test]
    fn no_asset_asks_another_house_for_anything() {
        for (name, _, bytes) in ASSETS {
            let text = String::from_utf8_lossy(bytes).replace("http://www.w3.org/2000/svg", "").to_lowercase();
            assert!(!text.contains("http:") && !text.contains("https:"), "{name}");
            assert!(!text.contains("@import"), "{name}");
        }
    }
}
