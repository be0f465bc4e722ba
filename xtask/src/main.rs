//! `cargo xtask`
fn main() {
    for (spec, out) in [("specs/browserbase", "generated-browserbase"), ("specs/browser-use", "generated-browser-use")] {
        let outcome = clientsmith::cli::project::run(std::path::Path::new(spec), true).unwrap();
        for finding in outcome.findings.sorted() { eprintln!("{finding}"); }
        for u in &outcome.apis { std::fs::write(format!("/tmp/{}.names", out), clientsmith::names::table(&u.api, &u.names)).unwrap(); std::fs::write(format!("/tmp/{}.outline", out), clientsmith::ir::outline::outline(&u.api)).unwrap(); }
        let Some(files) = outcome.files else { continue };
        let _ = std::fs::remove_dir_all(out);
        for (path, text) in &files.files {
            let path = std::path::Path::new(out).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
}
