// Client-side search on search.html. Without scripts that page is a list of strategies.
//
// The index of a strategy is a script, loaded on first use; unlike data, scripts can be loaded from file: URLs. It
// contains the texts of pages as printed. Queries and printed texts are folded here in the same way, and matches are
// mapped back to the printed text for highlighting. The script of a large strategy contains only the names of its
// pages, and the addresses of further scripts with their texts; these are loaded until there are enough hits.
//
// A site with many strategies has a first level of the index: which strategies may contain a word. Only their scripts
// are loaded, until there are enough strategies with hits.
//
// The query is kept in the URL: search.html?q=待機児童&kind=policy&from=kitakami
"use strict";

{
  // Folding: removes differences that are irrelevant for search.

  /** A character with its combining marks: か and a separate ゛, ﾊ and a half-width ﾞ. */
  const CLUSTER = /[^][\p{M}\uFF9E\uFF9F]*/gu;
  /** Variation selectors, and commas as in 18,104. */
  const UNSEEN = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF},]/gu;
  const KATAKANA = /[\u30A1-\u30F6\u30FD\u30FE]/g;
  /** Cache of folded clusters; the number of distinct clusters is small. */
  const known = new Map();

  /** Folds a cluster to one width, case and kana. Clusters are folded independently of their context, so that a query
      folds like the same words within a text. */
  function foldCluster(cluster) {
    let folded = known.get(cluster);
    if (folded === undefined) {
      folded = cluster
        .normalize("NFKC")
        .toLowerCase()
        .replace(UNSEEN, "")
        .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
      known.set(cluster, folded);
    }
    return folded;
  }

  /** Folds a text for comparison. */
  function fold(text) {
    return text.replace(CLUSTER, foldCluster);
  }

  /** Folds a text; `places` maps each index of the result to the range of the printed cluster. */
  function foldWithPlaces(text) {
    const places = [];
    let folded = "";
    for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      const part = foldCluster(cluster);
      folded += part;
      for (let i = 0; i < part.length; i++) places.push([index, index + cluster.length]);
    }
    return { folded, places };
  }

  /** The distinct folded words of a query. */
  function wordsOf(query) {
    return [...new Set(query.split(/\s+/u).map(fold).filter((word) => word !== ""))];
  }

  /** Ranges of the printed `text` that match any of `words`, sorted, with adjacent ones merged. */
  function rangesOf(words, text) {
    const { folded, places } = foldWithPlaces(text);
    const found = [];
    for (const word of words) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        found.push([places[at][0], places[at + word.length - 1][1]]);
      }
    }
    found.sort((a, b) => a[0] - b[0]);
    const ranges = [];
    for (const [start, end] of found) {
      const last = ranges[ranges.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else ranges.push([start, end]);
    }
    return ranges;
  }

  // The index: loading of its files, and lookup of entries.

  const arrived = new Map();
  /** The addresses of further files with texts, by that of the file with names. */
  const further = new Map();
  const shards = new Map();

  /** Interface: `index` and `grams` are called by the index files; `ranges`, `find` and `numbers` can be called on any
      page. */
  globalThis.shirube = {
    grams: (url, rows) => arrived.set(url, rows.split(",")),
    numbers: (query) => wordsOf(query).flatMap(gramsOf).map(numberOf),
    index: (url, entries, more = []) => {
      arrived.set(url, entries.map(prepare));
      further.set(url, more);
    },
    ranges: (query, text) => rangesOf(wordsOf(query), text),
    find: async (query, url, kind = "") => {
      const results = new Results({ index: url }, wordsOf(query), kind);
      await results.extend(Infinity);
      return results.found;
    },
  };

  /** Adds the folded title and text to an entry. Lines stay separate, so that no match spans two of them. */
  function prepare(entry) {
    const title = fold([entry.label, entry.name, entry.reading].filter(Boolean).join("\n"));
    const lines = entry.sections.flatMap(({ heading, lines }) => [heading ?? "", ...lines]);
    return { ...entry, title, text: `${title}\n${fold(lines.join("\n"))}` };
  }

  /** The entries of an index file; `null` if loading fails, which allows another attempt. */
  function load(url) {
    if (!shards.has(url)) {
      shards.set(url, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = url;
        script.onload = () => resolve(arrived.get(url) ?? null);
        script.onerror = () => {
          shards.delete(url);
          resolve(null);
        };
        document.head.append(script);
      }));
    }
    return shards.get(url);
  }

  // The first level: which strategies may contain a word. See src/site/search_grams.rs.

  /** Characters that are folded in the same way when the site is built. */
  const IN_GRAMS = /[a-z0-9\u3005\u3041-\u3096\u30FC\u4E00-\u9FFF]+/g;
  const ASCII = /^[a-z0-9]+$/;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  /** Number of grams of a query that are looked up. Others would hardly exclude a strategy. */
  const GRAMS = 8;

  /** Grams of a folded word: pairs of characters that are not both ASCII, triples of ASCII characters, and a character
      that stands alone. */
  function gramsOf(word) {
    return (word.match(IN_GRAMS) ?? []).flatMap((run) => {
      if (run.length === 1) return ASCII.test(run) ? [] : [run];
      const parts = (length) => [...run].map((_, at) => run.slice(at, at + length)).filter((part) => part.length === length);
      return [...parts(2).filter((pair) => !ASCII.test(pair)), ...parts(3).filter((triple) => ASCII.test(triple))];
    });
  }

  /** Number of a gram: its FNV-1a hash, reduced to 18 bits. */
  function numberOf(gram) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < gram.length; at++) hash = Math.imul(hash ^ gram.charCodeAt(at), 0x01000193);
    return (hash ^ (hash >>> 14)) & 0x3ffff;
  }

  /** Ascending numbers that are encoded as their differences, less 1, in base 32. */
  function decoded(text) {
    const numbers = new Set();
    let [next, gap, shift] = [0, 0, 0];
    for (const character of text) {
      const digit = DIGITS.indexOf(character);
      gap |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        numbers.add(next + gap);
        [next, gap, shift] = [next + gap + 1, 0, 0];
      }
    }
    return numbers;
  }

  /** Returns a function that is true for the places of strategies that may contain all words. `folder` contains the
      first level; a file that cannot be loaded excludes nothing. */
  async function candidates(words, folder) {
    const numbers = [...new Set(words.flatMap(gramsOf).map(numberOf))].slice(0, GRAMS);
    const rows = await Promise.all(numbers.map(async (number) => (await load(`${folder}${number >> 10}.js`))?.[number & 1023]));
    const sets = rows.filter((row) => row !== undefined).map(decoded);
    return (place) => sets.every((set) => set.has(place));
  }

  /** Entries that contain all words: matches in the title first, then the others in report order, the strategy last. */
  function find(words, entries, kind) {
    const found = entries.filter(
      (entry) => (kind === "" || entry.kind === kind) && words.every((word) => entry.text.includes(word)),
    );
    const rank = (entry) => {
      const named = words.filter((word) => entry.title.includes(word)).length;
      if (named === words.length) return 0;
      if (named > 0) return 1;
      return entry.kind === "strategy" ? 3 : 2;
    };
    return found.map((entry) => [rank(entry), entry]).sort((a, b) => a[0] - b[0]).map(([, entry]) => entry);
  }

  /** The results of a query in one part of the index. */
  class Results {
    found = [];
    failed = false;
    /** Number of results that the reader asked to see. */
    shown = 0;
    /** Files that are not searched yet; `null` before the first one. */
    #waiting = null;

    constructor(part, words, kind) {
      Object.assign(this, { part, words, kind });
    }

    /** True if all files are searched. */
    get complete() {
      return this.#waiting !== null && this.#waiting.length === 0;
    }

    /** Searches the files one after the other until there are `enough` results. Calls `found` after each file, and stops
        if it returns false. */
    async extend(enough, found = () => true) {
      while (!this.complete && !this.failed && (this.#waiting === null || this.found.length < enough)) {
        const url = this.#waiting === null ? this.part.index : this.#waiting[0];
        const entries = await load(url);
        if (!entries) {
          this.failed = true;
          return;
        }
        if (this.#waiting === null) this.#waiting = [...further.get(url)];
        else this.#waiting.shift();
        this.#add(find(this.words, entries, this.kind));
        if (!found()) return;
      }
    }

    /** Adds results; those that were found by their names get their texts. */
    #add(found) {
      const places = new Map(this.found.map((entry, place) => [entry.url, place]));
      for (const entry of found) {
        const place = places.get(entry.url);
        if (place === undefined) this.found.push(entry);
        else this.found[place] = entry;
      }
    }
  }

  /** Lines and headings of an entry that contain any of the words, those with most words first. */
  function placesOf(words, entry) {
    const places = [];
    for (const { at, heading, lines } of entry.sections) {
      const inHeading = heading ? words.filter((word) => fold(heading).includes(word)).length : 0;
      const before = places.length;
      for (const line of lines) {
        const folded = fold(line);
        const hits = words.filter((word) => folded.includes(word)).length;
        if (hits > 0) places.push({ at, heading, line, hits: hits + inHeading });
      }
      if (inHeading > 0 && places.length === before) places.push({ at, heading, line: "", hits: inHeading });
    }
    return places.sort((a, b) => b.hits - a.hits);
  }

  // The search page.

  const form = document.querySelector("form.search");
  if (form) {
    const texts = form.dataset;
    const status = document.querySelector(".search-count");
    const results = document.querySelector(".search-results");
    const { q, kind, edition, from } = form.elements;
    const strategies = [...document.querySelectorAll("[data-strategy]")].map(({ dataset }, place) => ({
      place, id: dataset.strategy, title: dataset.title, index: dataset.index, lang: dataset.lang,
    }));
    /** Initial number of results per strategy, and of lines per result. */
    const PAGES = 20;
    const PLACES = 3;
    /** Number of strategies that are searched at once, and with results after which the search pauses, if the index has a
        first level. */
    const STRATEGIES = texts.grams === undefined ? Infinity : 20;
    /** Delay of the search after input, in milliseconds. */
    const PAUSE = 200;

    let latestSearch = 0;
    let waiting;

    form.hidden = false;
    restore();
    search();

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
    form.addEventListener("input", (event) => {
      clearTimeout(waiting);
      // Text in composition by an input method is not searched yet.
      if (!event.isComposing) waiting = setTimeout(search, PAUSE);
    });
    form.addEventListener("compositionend", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, PAUSE);
    });

    /** Restores the form from the URL. */
    function restore() {
      const state = new URLSearchParams(location.search);
      q.value = state.get("q") ?? "";
      from.value = state.get("from") ?? "";
      for (const select of [kind, edition].filter(Boolean)) {
        const value = state.get(select.name) ?? "";
        if ([...select.options].some((option) => option.value === value)) select.value = value;
      }
    }

    /** Writes the state of the form to the URL. */
    function keep() {
      const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
      const query = state.toString();
      try {
        history.replaceState(null, "", query === "" ? location.pathname : `?${query}`);
      } catch {
        // Some browsers do not allow changing the address of a file: URL.
      }
    }

    /** The parts of the index to search, with title and URL; the strategy of the previous page comes first. */
    function chosenParts() {
      const chosen = edition?.selectedOptions[0];
      if (chosen?.value) {
        const of = strategies.find(({ id }) => chosen.value.startsWith(`${id}/`) && !chosen.value.slice(id.length + 1).includes("/"));
        return [{ title: `${of?.title ?? ""} ${chosen.textContent}`, index: chosen.dataset.index, lang: of?.lang }];
      }
      const term = kind.querySelector("[value=term]");
      const glossary = term ? [{ title: term.textContent, index: term.dataset.index }] : [];
      if (kind.value === "term") return glossary;
      const first = strategies.filter(({ id }) => id === from.value);
      const others = strategies.filter(({ id }) => id !== from.value);
      return [...first, ...others, ...(kind.value === "" ? glossary : [])];
    }

    /** Reserves the rest of the screen for results, to avoid layout shifts when they appear. */
    function settle(hasQuery) {
      const top = Math.round(results.getBoundingClientRect().top + scrollY);
      results.style.minBlockSize = hasQuery ? `calc(100vh - ${top}px)` : "";
    }

    async function search() {
      clearTimeout(waiting);
      const thisSearch = ++latestSearch;
      const words = wordsOf(q.value);
      keep();
      if (words.length === 0) {
        settle(false);
        results.replaceChildren();
        status.textContent = "";
        return;
      }
      let parts = chosenParts();
      if (!parts.every(({ index }) => arrived.has(index))) status.textContent = texts.searching;
      settle(true);
      const isLatest = () => thisSearch === latestSearch;
      if (texts.grams !== undefined) {
        const mayContain = await candidates(words, texts.grams);
        if (!isLatest()) return;
        parts = parts.filter(({ id, place }) => place === undefined || id === from.value || mayContain(place));
      }
      const all = parts.map((part) => new Results(part, words, kind.value));
      const withResults = () => all.filter(({ found }) => found.length > 0);
      /** Number of parts that are searched. */
      let searched = 0;
      const show = () => isLatest() && results.replaceChildren(...withResults().map((one) => group(one, tell)), ...pause());
      // The first results are shown before the other files are loaded.
      let shown = false;
      const showFirst = () => {
        if (!shown && withResults().length > 0) {
          show();
          shown = true;
        }
        return isLatest();
      };
      const searchNext = async (count) => {
        const next = all.slice(searched, searched + count);
        searched += next.length;
        await Promise.all(next.map((one) => one.extend(PAGES, showFirst)));
      };
      await searchNext(1);
      await searchMore();

      /** Searches further parts until there are enough with results. */
      async function searchMore() {
        const enough = withResults().length + STRATEGIES;
        while (isLatest() && searched < all.length && withResults().length < enough) await searchNext(STRATEGIES);
        if (!isLatest()) return;
        show();
        tell();
      }

      /** The button that searches further parts, if there are any. */
      function pause() {
        if (searched === all.length) return [];
        const more = element("button", "", texts.continue);
        more.type = "button";
        more.addEventListener("click", async () => {
          more.disabled = true;
          const before = results.children.length - 1;
          await searchMore();
          (results.children[before]?.querySelector("a") ?? status).focus();
        });
        return [more];
      }

      function tell() {
        const count = all.reduce((sum, { found }) => sum + found.length, 0);
        const failed = all.filter((one) => one.failed).map(({ part }) => part.title);
        const filtered = kind.value !== "" || edition?.value;
        const found = all.every((one) => one.complete || one.failed) ? texts.found : texts.foundSoFar;
        const template = count > 0 ? found : filtered ? texts.noneHere : texts.none;
        const sentences = [filled(template, { words: q.value.trim(), count })];
        const [own] = all;
        if (count > 0 && own.part.id && own.part.id === from.value && own.found.length === 0 && own.complete) {
          sentences.unshift(filled(texts.noneIn, { strategy: own.part.title }));
        }
        if (count === 0) settle(false);
        if (failed.length > 0) sentences.push(filled(texts.failed, { strategies: failed.join(texts.separator) }));
        status.textContent = sentences.join(" ");
        globalThis.markLanguages?.(status);
      }
    }

    function filled(text, values) {
      return text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
    }

    /** The results of one part; only the first `PAGES` are shown initially. A button shows the others, or searches the
        files that are not searched yet; it calls `tell` when there are more results. */
    function group(all, tell) {
      const { part: { title, lang }, words } = all;
      let shown = Math.min(all.found.length, Math.max(PAGES, all.shown));
      const number = element("span", "aside");
      const list = element("ol", "found", ...all.found.slice(0, shown).map((entry) => result(entry, words)));
      const section = element("section", "", element("h2", "", title, " ", number), list);
      // Language of the report's texts, which may differ from that of the page. languages.js marks Japanese itself.
      if (lang && !(lang === "ja" && globalThis.markLanguages)) list.lang = lang;
      const more = element("button", "");
      more.type = "button";
      more.addEventListener("click", async () => {
        if (all.found.length === shown) {
          more.disabled = true;
          await all.extend(shown + PAGES);
          more.disabled = false;
          tell();
        }
        const rest = all.found.slice(shown).map((entry) => result(entry, words));
        shown = all.shown = all.found.length;
        list.append(...rest);
        update();
        globalThis.markLanguages?.(section);
        (rest[0]?.querySelector("a") ?? status).focus();
      });
      update();
      globalThis.markLanguages?.(section);
      return section;

      function update() {
        const count = all.found.length;
        number.textContent = filled(all.complete || all.failed ? texts.pages : texts.pagesSoFar, { count });
        more.textContent = shown < count ? filled(texts.morePages, { count: count - shown }) : texts.continue;
        if (shown < count || !(all.complete || all.failed)) section.append(more);
        else more.remove();
      }
    }

    function result(entry, words) {
      const named = element("h3", "", link(entry.url, marked(entry.name, words)));
      const reading = entry.reading ?? "";
      if (rangesOf(words, entry.name).length === 0 && rangesOf(words, reading).length > 0) {
        named.append(" ", element("span", "aside", ...marked(reading, words)));
      }
      const label = entry.label ? [element("p", "kicker", ...marked(entry.label, words))] : [];
      const places = placesOf(words, entry);
      // Glossary terms always show their meaning.
      if (entry.kind === "term" && places.length === 0) places.push({ line: entry.sections[0].lines[0] });
      const shown = places.slice(0, PLACES).map(({ at, heading, line }) => {
        const ranges = rangesOf(words, line === "" ? heading : line);
        const excerpt = line === "" ? [] : extract(line, ranges);
        if (!heading) return element("li", "", ...excerpt);
        const anchor = link(to(entry.url, at, line, ranges), marked(heading, words));
        return element("li", "", anchor, ...(line === "" ? [] : [texts.colon, ...excerpt]));
      });
      if (places.length > PLACES) {
        const more = element("li", "aside", filled(texts.morePlaces, { count: places.length - PLACES }));
        more.lang = document.documentElement.lang;
        shown.push(more);
      }
      return element("li", "", ...label, named, ...(shown.length > 0 ? [element("ul", "found-places", ...shown)] : []));
    }

    /** The URL of a place on a page, with a text fragment if the browser supports it. */
    function to(url, at, line, ranges) {
      const place = at === undefined ? "" : encodeURIComponent(at);
      const words = "fragmentDirective" in document && line !== "" && ranges.length > 0
        ? `:~:text=${encodeURIComponent(line.slice(...ranges[0])).replace(/-/g, "%2D")}`
        : "";
      return place === "" && words === "" ? url : `${url}#${place}${words}`;
    }

    /** A line with highlights. A long line is cut to an excerpt that begins with the sentence of the first match. */
    function extract(line, ranges) {
      const [start, end] = ranges[0] ?? [0, 0];
      let first = Math.max(line.lastIndexOf("。", start - 1) + 1, start - 60);
      let last = Math.max(end, Math.min(line.length, first + 140));
      if (line.length <= 160) [first, last] = [0, line.length];
      // Do not cut between surrogates.
      if (/[\uDC00-\uDFFF]/.test(line.charAt(first))) first -= 1;
      if (/[\uDC00-\uDFFF]/.test(line.charAt(last))) last += 1;
      const nodes = mark(line, ranges, first, last);
      if (first > 0) nodes.unshift("…");
      if (last < line.length) nodes.push("…");
      return nodes;
    }

    function marked(text, words) {
      return mark(text, rangesOf(words, text), 0, text.length);
    }

    /** The text from `first` to `last` with highlighted matches. */
    function mark(text, ranges, first, last) {
      const nodes = [];
      let at = first;
      for (const [start, end] of ranges.filter(([start, end]) => start < last && end > first)) {
        nodes.push(text.slice(at, Math.max(start, at)), element("mark", "", text.slice(Math.max(start, at), Math.min(end, last))));
        at = Math.min(end, last);
      }
      nodes.push(text.slice(at, last));
      return nodes;
    }

    function link(href, nodes) {
      const anchor = element("a", "", ...nodes);
      anchor.href = href;
      return anchor;
    }

    function element(name, className, ...nodes) {
      const made = document.createElement(name);
      if (className !== "") made.className = className;
      made.append(...nodes);
      return made;
    }
  }
}
