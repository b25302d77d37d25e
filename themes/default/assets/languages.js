// Marks the Japanese that scripts add to a page in another language, as the pages themselves
// are marked: by its letters. Only such pages load this, before the scripts that ask for it.
"use strict";

{
  const LETTERS = /[々〆ぁ-ゟァ-ヺー-ヿ㌀-㍗㐀-鿿豈-﫿ｦ-ﾟ\u{20000}-\u{323AF}]/u;
  /** Languages that share letters with it: what stands in them is left as it is. */
  const ALIKE = /^(?:ja|zh|ko)/;

  /** Gives `lang` to all Japanese within an element that is not on the page yet, or is. */
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

  /** A text in stretches: whole words of Japanese with the figures and signs between them, and what is none. */
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
