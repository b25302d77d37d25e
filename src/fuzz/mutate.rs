//! Random changes to inputs.

use proptest::prelude::any;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

/// Source of random numbers.
pub(super) struct Random<'r>(pub(super) &'r mut TestRunner);

impl Random<'_> {
    /// A number below `limit`; 0 if the limit is 0.
    fn below(&mut self, limit: usize) -> usize {
        let number = any::<u64>().new_tree(self.0).unwrap().current();
        usize::try_from(number % (limit as u64).max(1)).unwrap()
    }

    fn choose<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        items.get(self.below(items.len()))
    }
}

/// Numbers at the limits of types, and other spellings of numbers.
const NUMBERS: [&str; 14] = [
    "0",
    "-1",
    "255",
    "256",
    "65536",
    "2147483648",
    "4294967295",
    "9223372036854775807",
    "18446744073709551616",
    "1e400",
    "79228162514264337593543950336",
    "0.0000000000000000000000000001",
    "１２，３４５",
    "NaN",
];

/// Characters that are often treated wrongly.
const CHARACTERS: [&str; 16] = [
    "\0",
    "\r",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{a0}",
    "　",
    "が",
    "か\u{3099}",
    "𠮷",
    "🏙\u{fe0f}",
    "\u{85}",
    "\u{2028}",
    "ﾊﾟ",
    "①",
    "\t",
];

/// An input made of one of `pool` by one to four changes.
pub(super) fn changed(random: &mut Random<'_>, pool: &[Vec<u8>], pieces: &[&str], longest: usize) -> Vec<u8> {
    let mut input = random.choose(pool).cloned().unwrap_or_default();
    for _ in 0..=random.below(4) {
        change(random, &mut input, pool, pieces);
    }
    if input.len() > longest {
        let end = boundary(&input, longest);
        input.truncate(end);
    }
    input
}

/// Greatest boundary of characters up to `at`; `at` itself within bytes that are not UTF-8.
fn boundary(input: &[u8], at: usize) -> usize {
    std::str::from_utf8(input).map_or(at.min(input.len()), |text| text.floor_char_boundary(at))
}

fn change(random: &mut Random<'_>, input: &mut Vec<u8>, pool: &[Vec<u8>], pieces: &[&str]) {
    let at = random.below(input.len() + 1);
    let at = boundary(input, at);
    let length = if random.below(8) == 0 { random.below(input.len()) } else { random.below(12) };
    let end = boundary(input, (at + length).min(input.len())).max(at);
    match random.below(16) {
        // A byte, at any position, so that the text may no longer be UTF-8.
        0 => {
            let (at, byte) = (random.below(input.len()), u8::try_from(random.below(256)).unwrap_or_default());
            input.get_mut(at).into_iter().for_each(|old| *old = byte);
        }
        1 | 2 => drop(input.drain(at..end)),
        3 => {
            let copy = input[at..end].repeat(1 + random.below(3));
            input.splice(at..at, copy);
        }
        4 => {
            let number = random.choose(&NUMBERS).copied().unwrap_or_default();
            let digits = input[at..].iter().position(u8::is_ascii_digit).map_or(at..at, |start| {
                let start = at + start;
                let count = input[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                start..start + count
            });
            input.splice(digits, number.bytes());
        }
        5 => drop(input.splice(at..at, random.choose(&CHARACTERS).copied().unwrap_or_default().bytes())),
        // A part of another input.
        6 | 7 => {
            let other = random.choose(pool).cloned().unwrap_or_default();
            let start = random.below(other.len() + 1);
            let start = boundary(&other, start);
            let stop = random.below(other.len() - start + 1);
            let stop = boundary(&other, start + stop).max(start);
            input.splice(at..end, other[start..stop].to_vec());
        }
        8..=10 => change_lines(random, input),
        11 => input.truncate(at),
        _ => {
            drop(input.splice(
                at..end.min(at + random.below(2)).max(at),
                random.choose(pieces).copied().unwrap_or("").bytes(),
            ))
        }
    }
}

/// Deletes, repeats, moves or joins lines.
fn change_lines(random: &mut Random<'_>, input: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = input.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (from, to) = (random.below(lines.len()), random.below(lines.len() + 1));
    if lines.is_empty() {
        return;
    }
    match random.below(5) {
        0 => drop(lines.remove(from)),
        1 => lines.insert(to, lines[from].clone()),
        2 => {
            let line = lines.remove(from);
            lines.insert(to.min(lines.len()), line);
        }
        3 => drop(lines[from].pop()),
        _ => {
            let copies = vec![lines[from].clone(); 1 + random.below(40)];
            lines.splice(to..to, copies);
        }
    }
    *input = lines.concat();
}
