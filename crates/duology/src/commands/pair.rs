//! `duology pair`: the engine `pairing` on a file; needs no database.

use std::path::Path;

use anyhow::{Context, Result, bail};
use pairing::Objective;

pub fn run(file: &Path, objective: &str, out: &Path) -> Result<()> {
    let objective = match objective {
        "most-pairs" => Objective::MostPairs,
        "best-total" => Objective::BestTotal,
        "stable" => Objective::Stable,
        other => bail!("`{other}` is not an objective; choose most-pairs, best-total or stable"),
    };
    let cannot_read = || format!("{} cannot be read", file.display());
    let length = std::fs::metadata(file).with_context(cannot_read)?.len();
    if length > pairing::FILE_AT_MOST as u64 {
        bail!("{} has {length} bytes; {} are the most", file.display(), pairing::FILE_AT_MOST);
    }
    let text = std::fs::read(file).with_context(cannot_read)?;
    let plan =
        pairing::run_json(&text, objective).map_err(|refusal| anyhow::anyhow!("{}: {refusal}", file.display()))?;
    std::fs::write(out, plan).with_context(|| format!("{} cannot be written", out.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, text: &str, objective: &str) -> (Result<()>, Option<String>) {
        let folder = std::env::temp_dir().join(format!("duology-pair-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (file, out) = (folder.join("people.json"), folder.join("plan.json"));
        std::fs::write(&file, text).unwrap();
        let done = run(&file, objective, &out);
        let plan = std::fs::read_to_string(&out).ok();
        std::fs::remove_dir_all(&folder).unwrap();
        (done, plan)
    }

    #[test]
    fn a_file_is_paired_and_what_is_wrong_names_file_and_line() {
        let good = r#"{"format":1,"mentees":[{"id":"ana"}],"mentors":[{"id":"li"}]}"#;
        for objective in ["most-pairs", "best-total", "stable"] {
            let (done, plan) = pair("good", good, objective);
            assert!(done.is_ok() && plan.unwrap().contains("\"mentor\": \"li\""));
        }
        let bad = "{\"format\":1,\"mentees\":[],\n\"mentors\":[{\"id\":\"li\",\n\"ranked\":[\"li\"]}]}";
        let (done, plan) = pair("bad", bad, "stable");
        let words = format!("{:#}", done.unwrap_err());
        let sentence = "people.json: Line 3: li stands on their own list. Nobody can be their own mentor.";
        assert!(words.ends_with(sentence) && plan.is_none(), "{words}");
        let (done, _) = pair("objective", good, "fastest");
        assert!(done.unwrap_err().to_string().contains("choose most-pairs, best-total or stable"));
    }

    #[test]
    fn a_file_that_is_too_long_is_refused_before_it_is_read() {
        let folder = std::env::temp_dir().join(format!("duology-pair-long-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("people.json");
        // It has no content, so it takes no room either.
        std::fs::File::create(&file).unwrap().set_len(pairing::FILE_AT_MOST as u64 + 1).unwrap();
        let words = run(&file, "stable", &folder.join("plan.json")).unwrap_err().to_string();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(words.ends_with("has 100000001 bytes; 100000000 are the most"), "{words}");
    }
}
