use super::*;

#[track_caller]
fn assert_toml(text: &str, expected: &str) {
    assert_eq!(read(text, parse_toml).trim_end(), expected.trim(), "{text:?}");
}

#[test]
fn every_key_and_value_has_a_place() {
    assert_toml(
        "b = 1\n[crate]\nname = 'ü' # x\n[[api]]\n\"ü k\" = [1.5, true, 0x1F]\nz.y = {x = 2024-01-01}\n[[api]]\n",
        r#"
$ 1:1 {
$.b 1:1 = 1:5 1 (1)
$.crate 2:2 = 2:1 {
$.crate.name 3:1 = 3:8 "ü"
$.api 4:3 = 4:1 [
$.api.0 4:1 {
$.api.0.ü k 5:1 = 5:9 [
$.api.0.ü k.0 5:10 1.5 (1.5)
$.api.0.ü k.1 5:15 true (true)
$.api.0.ü k.2 5:21 31 (0x1F)
$.api.0.z 6:1 = 6:1 {
$.api.0.z.y 6:3 = 6:7 {
$.api.0.z.y.x 6:8 = 6:12 "2024-01-01"
$.api.1 7:1 {
"#,
    );
}

#[test]
fn all_mistakes_are_reported() {
    let result = read("a = \nb = 1\nb = 2\nc = x\n", parse_toml);
    let places: Vec<_> = result
        .lines()
        .filter_map(|line| line.split_once(": error[malformed-toml]"))
        .map(|(place, _)| place)
        .collect();
    assert_eq!(places, ["f:1:5", "f:3:1", "f:4:5"]);
}

#[test]
fn hostile_files_are_refused() {
    let findings = |text: String| {
        let mut findings = Findings::new();
        let source = Source {
            name: "f".to_owned(),
            text,
        };
        assert_eq!(parse_toml(&source, &mut findings), None);
        findings
            .iter()
            .map(|finding| finding.code.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        findings(format!("a = {}", "[".repeat(100_000))),
        "malformed-toml malformed-toml"
    );
    assert_eq!(findings(" ".repeat(Source::MAX_BYTES + 1)), "file-too-large");
}

#[test]
fn numbers_beyond_json_are_text() {
    assert_toml(
        "a = inf",
        "$ 1:1 {\n$.a 1:1 = 1:5 \"inf\"\nf:1:5: warning[unrepresentable-number]: `inf` is no number that JSON can express; it is read as text\n  help: write a finite number of at most 64 bits, or quotes around it",
    );
}
