//! Seeds of randomized tests that run for minutes.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// Calls `case` with a random source for each of `SHIRUBE_CASES` seeds (5 unless set) from `SHIRUBE_SEED` (0) on. Each
/// seed is printed first, so that a failure can be repeated.
pub fn for_each_seed(mut case: impl FnMut(&mut TestRunner)) {
    let number = |name: &str, default| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let first: u64 = number("SHIRUBE_SEED", 0);
    for seed in first..first + number("SHIRUBE_CASES", 5) {
        println!("seed {seed}");
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        case(&mut TestRunner::new_with_rng(ProptestConfig::default(), rng));
    }
}
