// Sets `lang` on Japanese text that scripts add to pages in another language, detecting it by its characters as the
// build does for the pages. Loaded only by such pages, before the scripts that use it.
"use strict";

{
  const LETTERS = /[々〆ぁ-ゟァ-ヺー-ヿ㌀-㍗㐀-鿿豈-﫿ｦ-ﾟ\u{20000}-\u{323AF}]/u;
  /** Languages with the same characters; text in them is not changed. */
  const ALIKE = /^(?:ja|zh|ko)/;

  /** Sets `lang` on all Japanese text within an element, whether or not it is attached to the page. */
  globalThis.markLanguages = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts.filter(({ data }) => LETTERS.test(data))) {
      const around = text.parentElement;
      const { lang } = around.closest("[lang]") ?? document.documentElement;
      if (ALIKE.test(lang)) continue;
      const parts = partsOf(text.data);
      if (around.localName === "option" || (parts.length === 1 && around.childNodes.length === 1)) around.lang = "ja";
      else text.replaceWith(...parts.map(({ words, japanese }) => (japanese ? inJapanese(words) : words)));
    }
  };

  /** Splits a text into Japanese parts (whole words, with the digits and symbols between them) and other parts. */
  function partsOf(text) {
    const parts = [];
    for (const word of text.match(/\s*\S+|\s+$/gu)) {
      const last = parts.at(-1);
      const japanese = LETTERS.test(word) || (last?.japanese && !/\p{L}/u.test(word));
      if (last && last.japanese === Boolean(japanese)) last.words += word;
      else parts.push({ words: word, japanese: Boolean(japanese) });
    }
    return parts;
  }

  function inJapanese(words) {
    const span = document.createElement("span");
    span.lang = "ja";
    span.textContent = words;
    return span;
  }
}
