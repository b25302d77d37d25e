//! The tests of campaigns.

/// A test that runs in rounds, with the seed and number of cases of each in the environment.
pub(crate) struct Test {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Cases of a round, in the long form.
    pub(crate) cases_per_round: u64,
    /// Cases in the short form; 0 if it is not part of it.
    pub(crate) short_cases: u64,
    /// Share of the time in the long form; 0 for tests that run only if named, because they take longer than any share.
    pub(crate) share: u32,
    pub(crate) needs: Needs,
    /// True for tests that need not exist.
    pub(crate) is_optional: bool,
    /// Arguments of `cargo test`, or the areas of the browser tests.
    pub(crate) arguments: &'static [&'static str],
}

/// What a test needs besides the compiler.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    Nothing,
    Browser,
    /// A program compiled for release, whose time is measured.
    OptimizedProgram,
}

/// A test without special needs.
const PLAIN: Test = Test {
    name: "",
    about: "",
    cases_per_round: 1,
    short_cases: 0,
    share: 1,
    needs: Needs::Nothing,
    is_optional: false,
    arguments: &[],
};

pub(crate) const TESTS: [Test; 17] = [
    Test {
        name: "oracle",
        about: "statements on pages of random strategies",
        cases_per_round: 100,
        short_cases: 20,
        arguments: &["--test", "suite", "--", "--nocapture", "oracle::"],
        ..PLAIN
    },
    Test {
        name: "metamorphic",
        about: "changes of random strategies that must not change their pages",
        cases_per_round: 20,
        short_cases: 3,
        is_optional: true,
        arguments: &["--test", "suite", "--", "--nocapture", "metamorphic::"],
        ..PLAIN
    },
    Test {
        name: "diff",
        about: "200 single changes of reports, each found once and classified",
        cases_per_round: 5,
        arguments: &["--lib", "--", "--nocapture", "diff::"],
        ..PLAIN
    },
    Test {
        name: "crash",
        about: "a crash or error at every operation of publishing random sites",
        short_cases: 1,
        arguments: &["--lib", "--", "--ignored", "--nocapture", "publish::"],
        ..PLAIN
    },
    Test {
        name: "kill",
        about: "builds killed at random moments, with a reader",
        cases_per_round: 10,
        short_cases: 8,
        share: 2,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "kill::"],
        ..PLAIN
    },
    Test {
        name: "faults",
        about: "kills, ENOSPC, EIO and EACCES at every file operation of builds, with a reader",
        cases_per_round: 14,
        short_cases: 7,
        share: 3,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "campaign::faults"],
        ..PLAIN
    },
    Test {
        name: "disk",
        about: "full and read-only disks",
        cases_per_round: 5,
        short_cases: 4,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "campaign::full_disk"],
        ..PLAIN
    },
    Test {
        name: "mutations",
        about: "content changed at random: check and build",
        cases_per_round: 40,
        short_cases: 24,
        share: 6,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "campaign::mutations"],
        ..PLAIN
    },
    Test {
        name: "environment",
        about: "threads, locale, time zone, folder, umask, order and times of files, no HOME",
        cases_per_round: 10,
        short_cases: 4,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "campaign::environment"],
        ..PLAIN
    },
    Test {
        name: "clients",
        about: "the preview with crowds of hostile clients",
        cases_per_round: 5,
        short_cases: 1,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "serve::hostile_clients"],
        ..PLAIN
    },
    Test {
        name: "preview",
        about: "thousands of saves, stalled clients, replaced folders",
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "serve::endurance"],
        ..PLAIN
    },
    Test {
        name: "fuzz",
        about: "changed inputs of every reader, from the corpus in tests/fuzz",
        short_cases: 1,
        share: 6,
        arguments: &["--lib", "--", "--ignored", "--nocapture", "--test-threads=2", "fuzz::random"],
        ..PLAIN
    },
    Test {
        name: "spreadsheet",
        about: "random changes to workbooks and CSV files; questionnaires of random strategies; LibreOffice",
        cases_per_round: 5,
        share: 2,
        arguments: &[
            "--lib",
            "--test",
            "suite",
            "--",
            "--include-ignored",
            "--nocapture",
            "spreadsheet::",
            "excel::law::generated",
            "excel::libreoffice",
        ],
        ..PLAIN
    },
    Test {
        name: "payloads",
        about: "random scripts in every text of content and themes, parsed",
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "hostile::random"],
        ..PLAIN
    },
    Test {
        name: "xss",
        about: "random scripts in every text of content and themes, in Chromium",
        share: 0,
        needs: Needs::Browser,
        arguments: &["hostile"],
        ..PLAIN
    },
    Test { name: "browser", about: "all browser tests on every page", share: 0, needs: Needs::Browser, ..PLAIN },
    Test {
        name: "nation",
        about: "1,741 municipalities: time, memory and bytes",
        share: 0,
        needs: Needs::OptimizedProgram,
        arguments: &["--test", "suite", "--", "--ignored", "--nocapture", "campaign::nation"],
        ..PLAIN
    },
];
