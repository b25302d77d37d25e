// Choosing rows of a list, to print them, save them as CSV, or share them: `programs.html#only=kanko,iju` shows only
// these rows, `print.html#only=kanko,iju` only the sheets of these programs. The words are attributes of the script
// element. Runs after lists.js, which hides the rows with `data-out`.
"use strict";

{
  const words = document.currentScript.dataset;
  const root = document.documentElement;

  /** The ids in the address; `null` if it has none. */
  function idsInAddress() {
    const only = new URLSearchParams(location.hash.slice(1)).get("only");
    return only === null ? null : new Set(only.split(",").filter(Boolean));
  }

  const address = (ids) => `#only=${[...ids].map(encodeURIComponent).join(",")}`;
  const table = document.querySelector("table[data-list]");
  if (table) chooseRows(table);
  else showChosenSheets();

  function chooseRows(table) {
    const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.id);
    const boxes = new Map(rows.map((row) => [row, box(row)]));
    const chosen = () => rows.filter((row) => boxes.get(row).checked);

    const bar = make("details", { className: "choose" });
    const count = make("summary", {});
    const notice = make("p", { className: "choose-notice", hidden: true });
    const sheets = make("p", { className: "choose-sheets" });
    const copied = make("span", { role: "status" });
    const acting = [
      button(words.only, () => { location.hash = address(ids()); }),
      button(words.print, print),
      button(words.csv, async () => {
        const { csvOf, save, nameOf } = await loadSaving();
        save(nameOf(table, "csv"), "text/csv", csvOf(table, chosen()));
      }),
      button(words.address, async () => (await loadSaving()).copyText(pageAddress() + address(ids()), copied, words.copied)),
      button(words.none, () => { for (const row of rows) boxes.get(row).checked = false; update(); }),
    ];
    const all = button(words.all, () => { for (const row of rows) if (!row.hidden) boxes.get(row).checked = true; update(); });
    const buttons = make("div", { className: "choose-buttons" });
    buttons.append(all, ...acting);
    const scope = make("p", { className: "aside", textContent: fill("part" in table.dataset ? words.part : words.scope, rows.length) });
    const status = make("p", { className: "visually-hidden", role: "status" });
    bar.append(count, buttons, copied, sheets, scope);
    table.closest(".scroll").before(status, notice);
    document.querySelector(".list-tools").after(bar);

    addEventListener("hashchange", restore);
    table.addEventListener("change", () => {
      update();
      status.textContent = count.textContent;
    });
    restore();

    function box(row) {
      const name = row.querySelector("th a")?.textContent ?? row.cells[0].textContent.trim();
      const input = make("input", { type: "checkbox", ariaLabel: words.row.replace("{name}", name) });
      const around = make("label", { className: "choose-row" });
      around.append(input);
      row.cells[0].prepend(around);
      return input;
    }

    function ids() {
      return chosen().map((row) => row.dataset.id);
    }

    function update() {
      const now = chosen();
      count.textContent = fill(words.count, now.length);
      bar.toggleAttribute("data-chosen", now.length > 0);
      for (const one of acting) one.disabled = now.length === 0;
      copied.textContent = "";
      const documents = new Map();
      for (const row of now) {
        const print = row.dataset.print ?? table.dataset.print;
        if (print) documents.set(print, [...(documents.get(print) ?? []), row.dataset.id]);
      }
      sheets.replaceChildren();
      for (const [href, ids] of documents) sheets.append(make("a", { href: href + address(ids), textContent: fill(words.sheets, ids.length) }), " ");
    }

    /** Chooses and shows the rows in the address. */
    function restore() {
      const wanted = idsInAddress();
      for (const row of rows) {
        if (wanted) boxes.get(row).checked = wanted.has(row.dataset.id);
        row.toggleAttribute("data-out", Boolean(wanted) && !wanted.has(row.dataset.id));
      }
      root.classList.toggle("chosen-only", Boolean(wanted));
      show(notice, wanted, rows.filter((row) => wanted?.has(row.dataset.id)).length, "#list");
      table.dispatchEvent(new Event("refresh"));
      update();
    }

    /** Prints exactly the chosen rows, also those that a filter hides. */
    function print() {
      const before = notice.cloneNode(true);
      for (const row of rows) row.hidden = !boxes.get(row).checked;
      root.classList.add("chosen-only");
      show(notice, new Set(ids()), ids().length, "#list");
      addEventListener("afterprint", () => {
        notice.replaceChildren(...before.childNodes);
        notice.hidden = before.hidden;
        root.classList.toggle("chosen-only", idsInAddress() !== null);
        table.dispatchEvent(new Event("refresh"));
      }, { once: true });
      globalThis.print();
    }
  }

  /** In a print document, shows only the sheets of the programs in the address. */
  function showChosenSheets() {
    const page = document.querySelector(".document");
    const wanted = idsInAddress();
    addEventListener("hashchange", () => { if (idsInAddress()) location.reload(); });
    if (!page || !wanted) return;
    root.classList.add("chosen-only");
    const isWanted = (id) => id.startsWith("program.") && wanted.has(id.slice(8));
    for (const part of page.querySelectorAll(":scope > section, .key-points, .document-part")) {
      part.hidden = !part.matches(".document-contents") && !isWanted(part.id);
    }
    for (const group of page.querySelectorAll(".document-group")) {
      group.hidden = !group.querySelector(".document-part:not([hidden])");
    }
    const lines = [...page.querySelectorAll(".document-contents li")];
    for (const line of lines) line.hidden = !isWanted(line.querySelector("a").hash.slice(1));
    const notice = make("p", { className: "choose-notice" });
    page.querySelector(".document-title").append(notice);
    show(notice, wanted, lines.filter((line) => !line.hidden).length, location.href.split("#")[0]);
  }

  /** Says that only chosen entries are shown, whether the address names others, and how to return to all. */
  function show(notice, wanted, found, back) {
    notice.hidden = !wanted;
    if (!wanted) return;
    const missing = wanted.size - found;
    notice.replaceChildren(fill(words.shown, found), missing > 0 ? ` ${fill(words.missing, missing)}` : "", " ");
    notice.append(make("a", { href: back, textContent: words.back }));
  }

  function pageAddress() {
    return document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
  }

  function button(textContent, act) {
    const made = make("button", { type: "button", textContent });
    made.addEventListener("click", act);
    return made;
  }

  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function fill(sentence, count) {
    return sentence.replace(/\{\w+\}/, count);
  }
}
