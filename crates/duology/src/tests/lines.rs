//! Everything that this process logs, down to the last detail, for tests that look for
//! what must not be in it. A process has one log, so it is listened to in one place.

use std::{
    io::Write,
    sync::{Mutex, Once, PoisonError},
};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static BEGIN: Once = Once::new();

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// From now on all threads of this process tell their lines, those of other tests too.
pub(super) fn listen() {
    BEGIN.call_once(|| {
        let told = tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(|| Lines);
        told.try_init().unwrap();
    });
}

/// All that was told so far.
pub(super) fn told() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}
