//! Links from the first use of each glossary term on a page.
//!
//! Only prose is searched: headings, links and code are skipped, and so are parts of longer words and
//! the 年度 of fiscal years.

use super::table::{escaped, html};
use crate::model::GlossaryTerm;
use aho_corasick::{AhoCorasick, MatchKind};
use pulldown_cmark::{CowStr, Event};

/// Search index of the terms of a glossary.
#[derive(Debug)]
pub struct TermIndex {
    finder: AhoCorasick,
    /// Term index by spelling index.
    term_of_spelling: Vec<usize>,
    /// URL fragment of each term on the glossary page: `#term-KPI`.
    fragments: Vec<String>,
}

impl TermIndex {
    /// Builds the index of `glossary`; `fragment` returns the URL fragment of a term. `None` if there are no terms.
    pub fn new(glossary: &[GlossaryTerm], fragment: impl Fn(&GlossaryTerm) -> String) -> Option<Self> {
        let spellings = glossary.iter().enumerate().flat_map(|(index, term)| {
            std::iter::once(&term.term).chain(&term.also).map(move |spelling| (spelling.as_str(), index))
        });
        let (spellings, term_of_spelling): (Vec<&str>, Vec<usize>) =
            spellings.filter(|(spelling, _)| !spelling.is_empty()).unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&spellings).ok()?;
        let fragments = glossary.iter().map(fragment).collect();
        (!term_of_spelling.is_empty()).then_some(Self { finder, term_of_spelling, fragments })
    }
}

/// Glossary links of one page.
#[derive(Debug)]
pub struct TermLinks<'t> {
    index: &'t TermIndex,
    /// URL of the glossary relative to the page.
    glossary: String,
    /// For each term, whether it has been linked on this page.
    used: Vec<bool>,
}

impl<'t> TermLinks<'t> {
    /// Initial state for a page; `glossary` is the URL of the glossary relative to it.
    pub fn new(index: &'t TermIndex, glossary: String) -> Self {
        Self { index, glossary, used: vec![false; index.fragments.len()] }
    }

    /// Emits a complete run of text with links at the first use of each term.
    pub(super) fn write<'e>(&mut self, text: CowStr<'e>, out: &mut Vec<Event<'e>>) {
        let mut written = 0;
        for hit in self.index.finder.find_iter(&*text) {
            let (from, to) = (hit.start(), hit.end());
            let Some(&term) = self.index.term_of_spelling.get(hit.pattern().as_usize()) else { continue };
            let (Some(fragment), Some(used)) = (self.index.fragments.get(term), self.used.get_mut(term)) else {
                continue;
            };
            let (Some(between), Some(word)) = (text.get(written..from), text.get(from..to)) else { continue };
            if *used || !is_whole_word(text.get(..from).unwrap_or_default(), word, text.get(to..).unwrap_or_default()) {
                continue;
            }
            *used = true;
            if !between.is_empty() {
                out.push(Event::Text(between.to_owned().into()));
            }
            out.push(html(format!("<a class=\"term\" href=\"{}{}\">", escaped(&self.glossary), escaped(fragment))));
            out.push(Event::Text(word.to_owned().into()));
            out.push(html("</a>"));
            written = to;
        }
        match text.get(written..) {
            _ if written == 0 => out.push(Event::Text(text)),
            Some(rest) if !rest.is_empty() => out.push(Event::Text(rest.to_owned().into())),
            _ => {}
        }
    }
}

/// Returns true if a match is a whole word: not part of a longer katakana or alphabetic word, and not the 年度
/// after a number.
fn is_whole_word(before: &str, word: &str, after: &str) -> bool {
    let (first, last) = (word.chars().next(), word.chars().next_back());
    let previous = before.chars().next_back();
    let dated = word.starts_with("年度") && previous.is_some_and(|c| c.is_numeric() || c == '元');
    !dated && !is_same_script(previous, first) && !is_same_script(last, after.chars().next())
}

fn is_same_script(one: Option<char>, other: Option<char>) -> bool {
    let script = |c: char| match c {
        'ァ'..='ヺ' | 'ー' | 'ヽ'..='ヿ' => Some(0),
        _ if c.is_alphabetic() && !matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}') => Some(1),
        _ => None,
    };
    let (one, other) = (one.and_then(script), other.and_then(script));
    one.is_some() && one == other
}

#[cfg(test)]
mod tests {
    use super::super::{PageState, RenderOptions, Resolved, to_html};
    use super::*;
    use crate::texts::InterfaceTexts;

    fn terms() -> TermIndex {
        let entries: [&[&str]; 6] =
            [&["施策"], &["主要施策"], &["マッチング"], &["年度"], &["重要業績評価指標", "KPI"], &["A&B"]];
        let glossary = entries.map(|spellings| GlossaryTerm {
            term: spellings[0].to_owned(),
            reading: None,
            meaning: String::new(),
            also: spellings[1..].iter().map(|also| (*also).to_owned()).collect(),
            span: Default::default(),
        });
        TermIndex::new(&glossary, |term| format!("#{}", term.term)).unwrap()
    }

    /// Renders the texts of one page as HTML, with linked terms in `[` and `]`.
    fn page(texts: &[&str]) -> String {
        let terms = terms();
        let mut page =
            PageState { terms: Some(TermLinks::new(&terms, "../glossary.html".to_owned())), ..PageState::default() };
        let resolve = |to: &str| (to == "x").then(|| Resolved { href: "x".to_owned(), title: None, size: None });
        let options = RenderOptions {
            top_heading: 2,
            id_prefix: "",
            resolve: &resolve,
            texts: &InterfaceTexts::embedded("ja").unwrap(),
            ruby: false,
        };
        let html: Vec<String> = texts.iter().map(|text| to_html(text, &options, &mut page)).collect();
        let html = html.concat();
        let mut parts = html.split("<a class=\"term\" href=\"../glossary.html#");
        let mut marked = parts.next().unwrap().to_owned();
        for part in parts {
            let (word, after) = part.split_once("\">").unwrap().1.split_once("</a>").unwrap();
            marked.push_str(&format!("[{word}]{after}"));
        }
        marked.trim_end().to_owned()
    }

    #[test]
    fn ignores_terms_in_character_references() {
        let glossary = ["gt", "amp", "39", "quot", ";", "&"].map(|term| GlossaryTerm {
            term: term.to_owned(),
            reading: None,
            meaning: String::new(),
            also: Vec::new(),
            span: Default::default(),
        });
        let terms = TermIndex::new(&glossary, |term| format!("#{}", term.term)).unwrap();
        let mut page = PageState { terms: Some(TermLinks::new(&terms, "g".to_owned())), ..PageState::default() };
        let options = RenderOptions {
            top_heading: 2,
            id_prefix: "",
            resolve: &|_| None,
            texts: &InterfaceTexts::embedded("ja").unwrap(),
            ruby: false,
        };
        let html = to_html("3 > 2 \"x\" 'y' < &gt; &#39;\n\nA&B", &options, &mut page);
        let plain = html.replace("<a class=\"term\" href=\"g#&amp;\">&amp;</a>", "&amp;");
        assert!(!plain.contains("<a") && plain != html, "{html}");
    }

    fn check(text: &str, expect: &str) {
        assert_eq!(page(&[text]), expect);
    }

    #[test]
    fn links_the_first_use_of_a_term() {
        check("この施策と施策。\n\n施策", "<p>この[施策]と施策。</p>\n<p>施策</p>");
        check("KPIは重要業績評価指標。", "<p>[KPI]は重要業績評価指標。</p>");
        check("A&amp;BとA&B", "<p>[A&amp;B]とA&amp;B</p>");
        assert_eq!(page(&["施策", "施策とKPI"]), "<p>[施策]</p>\n<p>施策と[KPI]</p>");
    }

    #[test]
    fn prefers_the_longest_term() {
        check("主要施策、施策", "<p>[主要施策]、[施策]</p>");
    }

    #[test]
    fn searches_merged_runs_of_text() {
        check("主要\n施策", "<p>[主要施策]</p>");
        check("K\\PI、主要\\施策", "<p>K\\PI、主要\\[施策]</p>");
        check("重要業績評価**指標**", "<p>重要業績評価<strong>指標</strong></p>");
    }

    #[test]
    fn skips_headings_links_and_code() {
        let skipped = [
            ("## 施策", "<h2 id=\"施策\">施策</h2>\n"),
            ("[**施策**](x)", "<p><a href=\"x\"><strong>施策</strong></a></p>\n"),
            ("![施策](x)", "<figure><img src=\"x\" alt=\"施策\" loading=\"lazy\" /></figure>\n"),
            ("`施策`", "<p><code>施策</code></p>\n"),
            ("    施策", "<pre><code>施策\n</code></pre>\n"),
        ];
        for (markdown, html) in skipped {
            check(&format!("{markdown}\n\n施策"), &format!("{html}<p>[施策]</p>"));
        }
    }

    #[test]
    fn skips_row_headings() {
        let html = page(&["| | 年度 |\n|---|---|\n| 施策 | 施策 |"]);
        assert!(html.contains("aria-label=\"表：年度\""), "{html}");
        assert!(html.contains("<th scope=\"row\">施策</th><td>[施策]</td>"), "{html}");
    }

    #[test]
    fn skips_parts_of_words_and_years() {
        check(
            "ミスマッチング、マッチングアプリ、マッチングを",
            "<p>ミスマッチング、マッチングアプリ、[マッチング]を</p>",
        );
        check("令和元年度、令和２年度、2年度、年度内", "<p>令和元年度、令和２年度、2年度、[年度]内</p>");
        check("3施策", "<p>3[施策]</p>");
        check("KPIs, KPI", "<p>KPIs, [KPI]</p>");
    }
}
