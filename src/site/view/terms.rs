//! The words of the glossary, marked where a page first uses them.
//!
//! Each becomes a link to its meaning: in prose and in labels, but not in headings, in other
//! links, or within names of years and numbers. Marking works on the page as it is drawn,
//! for only there do labels and prose stand in the order in which they are read.

use crate::markup::{Tag, is_void, name_of, tag_end};
use crate::model::GlossaryTerm;
use crate::site::address;
use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memchr;

/// The words of the glossary, ready to be found.
#[derive(Debug)]
pub struct Terms {
    finder: AhoCorasick,
    /// For each spelling, the place of its word.
    words: Vec<usize>,
    /// For each word, the fragment of its place in the glossary, ready for an attribute.
    fragments: Vec<String>,
}

/// Whether the words of an element stay as they are: by its name; what names the row of a
/// table, which is a name and no word; or by a class of the default theme, of what is heard
/// but not seen, years, lists that scripts sort, the names beside a heading, how to cite a
/// page, and what a chart says.
#[rustfmt::skip]
fn is_apart(tag: Tag<'_>) -> bool {
    let by_name = matches!(
        tag.name,
        "a" | "button" | "code" | "details" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "nav" | "option" | "pre"
            | "script" | "style" | "summary" | "svg"
    );
    let by_class =
        |class: &str| matches!(class, "visually-hidden" | "year" | "list" | "kicker" | "cite" | "chart-title");
    by_name || tag.attributes().any(|(name, value)| match name {
        "class" => value.split(' ').any(by_class),
        "scope" => tag.name == "th" && value == "row",
        _ => false,
    })
}

/// What is found is made of the spellings alone.
impl PartialEq for Terms {
    fn eq(&self, other: &Self) -> bool {
        (&self.words, &self.fragments) == (&other.words, &other.fragments)
    }
}

impl Eq for Terms {}

impl Terms {
    /// The words of `glossary`. `None` where there are none.
    pub(crate) fn new(glossary: &[GlossaryTerm]) -> Option<Self> {
        let terms = || glossary.iter().enumerate();
        let spellings = terms().flat_map(|(place, term)| {
            std::iter::once(&term.term).chain(&term.also).map(move |spelling| (escaped(spelling), place))
        });
        let (spellings, words): (Vec<String>, Vec<usize>) =
            spellings.filter(|(spelling, _)| !spelling.is_empty()).unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&spellings).ok()?;
        let fragments = terms().map(|(_, term)| address::glossary().at(address::term_anchor(&term.term)));
        let fragments = fragments.map(|url| url.relative_to(&address::glossary())).collect();
        (!words.is_empty()).then_some(Self { finder, words, fragments })
    }

    /// `html`, a whole page, with links to `glossary` at the first use of each word within
    /// `<main>`.
    pub(crate) fn mark(&self, html: &str, glossary: &str) -> String {
        let mut out = String::with_capacity(html.len() + html.len() / 8);
        let Some(start) = html.find("<main") else { return html.to_owned() };
        let (before, main) = html.split_at(start);
        out.push_str(before);
        let unseen = vec![true; self.fragments.len()];
        let mut page = Page { terms: self, glossary, unseen, apart: None, depth: 0 };
        let mut rest = main;
        while let Some(at) = memchr(b'<', rest.as_bytes()) {
            let (text, tag) = rest.split_at(at);
            page.text(text, &mut out);
            let end = tag_end(tag);
            let (tag, after) = tag.split_at(end);
            out.push_str(tag);
            rest = after;
            page.tag(tag);
            if tag.starts_with("</main") {
                break;
            }
        }
        out.push_str(rest);
        out
    }
}

/// One page while it is being marked.
struct Page<'t> {
    terms: &'t Terms,
    glossary: &'t str,
    /// Which words have not been met yet.
    unseen: Vec<bool>,
    /// The element within which nothing is marked, as its depth.
    apart: Option<usize>,
    /// How many elements are open.
    depth: usize,
}

impl Page<'_> {
    /// Keeps count of what is open.
    fn tag(&mut self, tag: &str) {
        if tag.starts_with("<!") || tag.ends_with("/>") {
            return;
        }
        if tag.starts_with("</") {
            if self.apart == Some(self.depth) {
                self.apart = None;
            }
            self.depth = self.depth.saturating_sub(1);
            return;
        }
        let name = name_of(tag);
        if is_void(name) {
            return;
        }
        self.depth += 1;
        // Within what stays as it is, all does.
        if self.apart.is_none() && is_apart(Tag { name, whole: tag }) {
            self.apart = Some(self.depth);
        }
    }

    /// Writes a text with links at the words that are met for the first time.
    fn text(&mut self, text: &str, out: &mut String) {
        if self.apart.is_some() || text.trim_ascii().is_empty() {
            out.push_str(text);
            return;
        }
        let mut written = 0;
        for found in self.terms.finder.find_iter(text) {
            let (from, to) = (found.start(), found.end());
            let place = self.terms.words.get(found.pattern().as_usize()).copied().unwrap_or_default();
            let (Some(before), Some(word), Some(after)) = (text.get(..from), text.get(from..to), text.get(to..)) else {
                continue;
            };
            if !self.unseen.get(place).copied().unwrap_or_default() || !stands_alone(before, word, after) {
                continue;
            }
            if let Some(unseen) = self.unseen.get_mut(place) {
                *unseen = false;
            }
            let fragment = self.terms.fragments.get(place).map_or("", String::as_str);
            out.push_str(text.get(written..from).unwrap_or_default());
            out.push_str(&format!("<a class=\"term\" href=\"{}{fragment}\">{word}</a>", self.glossary));
            written = to;
        }
        out.push_str(text.get(written..).unwrap_or_default());
    }
}

/// Whether a word is not part of a longer one: katakana and letters run on, and 年度 after a
/// number is a date.
fn stands_alone(before: &str, word: &str, after: &str) -> bool {
    let (first, last) = (word.chars().next(), word.chars().next_back());
    let previous = before.chars().next_back();
    let dated = previous.is_some_and(|c| c.is_numeric() || c == '元');
    !dated && !run_on(previous, first) && !run_on(last, after.chars().next())
}

fn run_on(one: Option<char>, other: Option<char>) -> bool {
    let script = |c: char| match c {
        'ァ'..='ヺ' | 'ー' | 'ヽ'..='ヿ' => Some(0),
        _ if c.is_alphabetic() && !matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}') => Some(1),
        _ => None,
    };
    let (one, other) = (one.and_then(script), other.and_then(script));
    one.is_some() && one == other
}

/// A spelling as it stands in markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(words: &[&[&str]]) -> Terms {
        let term = |spellings: &&[&str]| GlossaryTerm {
            term: spellings[0].to_owned(),
            reading: None,
            meaning: String::new(),
            also: spellings[1..].iter().map(|also| (*also).to_owned()).collect(),
            span: Default::default(),
        };
        Terms::new(&words.iter().map(term).collect::<Vec<_>>()).unwrap()
    }

    /// What becomes of the markup of `<main>`; marked words stand between `[` and `]`.
    fn check(main: &str, expect: &str) {
        let terms =
            terms(&[&["施策"], &["主要施策"], &["マッチング"], &["年度"], &["重要業績評価指標", "KPI"], &["A&B"]]);
        let page = format!("<title>施策</title><main id=\"m\">{main}</main><footer>施策</footer>");
        let marked = terms.mark(&page, "../glossary.html");
        let marked =
            marked.split("<main id=\"m\">").nth(1).unwrap().strip_suffix("</main><footer>施策</footer>").unwrap();
        let mut plain = String::new();
        let mut rest = marked;
        while let Some((before, link)) = rest.split_once("<a class=\"term\" href=\"../glossary.html#term-") {
            let (_, link) = link.split_once("\">").unwrap();
            let (word, after) = link.split_once("</a>").unwrap();
            plain.push_str(&format!("{before}[{word}]"));
            rest = after;
        }
        assert_eq!(plain + rest, expect, "{main}");
    }

    #[test]
    fn a_word_is_marked_where_the_page_first_uses_it() {
        check("<p>この施策と施策。</p><p>施策</p>", "<p>この[施策]と施策。</p><p>施策</p>");
        check("<p>KPIは重要業績評価指標。</p>", "<p>[KPI]は重要業績評価指標。</p>");
        check("<p>A&amp;B</p>", "<p>[A&amp;B]</p>");
    }

    #[test]
    fn the_longest_word_counts() {
        check("<p>主要施策、施策</p>", "<p>[主要施策]、[施策]</p>");
    }

    #[test]
    fn headings_links_years_and_what_is_not_seen_stay_as_they_are() {
        for main in [
            "<h2>施策</h2>",
            "<a href=\"x\"><span>施策</span></a>",
            "<span class=\"visually-hidden\">施策</span>",
            "<p class=\"aside kicker\">施策</p>",
            "<svg><title>施策</title></svg>",
            "<table><tr><th scope=\"row\">施策</th></tr></table>",
            "<p title=\"a > 施策\">x</p>",
        ] {
            check(main, main);
            check(&format!("{main}<br>施策"), &format!("{main}<br>[施策]"));
        }
    }

    #[test]
    fn words_within_longer_words_and_dates_are_not_meant() {
        check(
            "<p>ミスマッチング、マッチングアプリ、マッチングを</p>",
            "<p>ミスマッチング、マッチングアプリ、[マッチング]を</p>",
        );
        check("<p>令和元年度、令和２年度、2年度、年度内</p>", "<p>令和元年度、令和２年度、2年度、[年度]内</p>");
        check("<p>KPIs, KPI</p>", "<p>KPIs, [KPI]</p>");
    }

    #[test]
    fn what_is_no_page_stays_as_it_is() {
        let terms = terms(&[&["施策"]]);
        for html in ["", "施策", "<main", "<main>", "<main><p", "<main>施策"] {
            let marked = terms.mark(html, "g.html");
            assert!(
                marked.replace("<a class=\"term\" href=\"g.html#term-%E6%96%BD%E7%AD%96\">施策</a>", "施策") == html
            );
        }
    }
}
