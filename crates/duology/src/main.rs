use std::process::ExitCode;

fn main() -> ExitCode {
    duology::cli::run()
}
