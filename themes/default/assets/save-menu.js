// What the menus of save.js offer: a table as CSV, its chart as SVG and PNG, and a citation to copy. Loaded on demand.
"use strict";

globalThis.saving = (script) => {
  const words = script.dataset;
  const root = document.documentElement;
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
  const editions = words.sources.split("\n").filter(Boolean).map((line) => line.split("\t"));
  const [item, year, western, series, value, number, unit, note, id, link] = words.columns.split("|");
  /** Properties of charts that their style sheet sets, with the values that need not be written. */
  const PROPERTIES = {
    fill: "", stroke: "none", "stroke-width": "1px", "stroke-dasharray": "none", "stroke-linejoin": "miter",
    "stroke-linecap": "butt", "paint-order": "normal", "font-size": "", "font-weight": "400", "text-anchor": "start",
    "vector-effect": "none", visibility: "visible",
  };

  return { fillMenu, csvOf: (table, rows) => csv(wide(table, rows)), save, nameOf, copyText };

  function fillMenu(menu, hook, scope) {
    const table = scope.querySelector("table");
    const title = text(table.caption);
    const sources = sourcesOf(hook);
    const heading = (menu.closest(".indicator") ?? menu.closest("section"))?.querySelector(":is(h2, h3, h4)[id]");
    const place = heading ? `${address}#${heading.id}` : address;
    const status = make("span", "save-status");
    status.setAttribute("role", "status");
    const saved = make("div", "save-files");
    const isLong = hook.dataset.save !== "wide" && table.matches(".values, .amounts");
    const lines = () => (isLong ? long(table, hook.dataset) : wide(table));
    saved.append(button(words.csv, () => save(nameOf(table, "csv"), "text/csv", csv(lines()))));
    const chart = scope.querySelector("svg[role=img]");
    if (chart) {
      const source = words.source + sources.join(words.separator);
      const drawn = () => picture(chart, [...linesOf(scope, title), source, place]);
      saved.append(
        button(words.svg, () => save(nameOf(table, "svg"), "image/svg+xml", drawn().markup)),
        button(words.png, () => savePng(nameOf(table, "png"), drawn(), status)),
      );
    }
    const around = make("label", "", words.citation);
    const area = make("textarea");
    area.rows = 4;
    const page = text(document.querySelector("h1"));
    area.value = [...sources, page === words.strategy ? "" : page, fill(words.citeTitle, { title }), place].filter(Boolean).join(words.separator);
    around.append(area);
    const more = make("p");
    more.append(...hook.childNodes);
    const panel = make("div", "save-menu");
    panel.append(saved, around, button(words.copy, () => copyText(area.value, status, words.copied)), status, more);
    globalThis.markLanguages?.(panel);
    menu.append(panel);
  }

  /** Publisher and plan, then the editions of the table with their documents. */
  function sourcesOf(hook) {
    const own = hook.dataset.editions?.split("\n");
    const named = editions.filter(([label]) => !own || own.includes(label));
    const cited = named.map(([edition, document]) => (document ? fill(words.citeEdition, { edition, document }) : edition));
    return [fill(words.cite, { publisher: words.publisher, plan: words.strategy }), ...cited];
  }

  /** Title and subtitle of a picture. */
  function linesOf(scope, title) {
    const [message, measured] = [".chart-title", ".chart-measured > span"].map((part) => scope.querySelector(part));
    return [text(message ?? document.querySelector("h1")), measured ? text(measured) : title];
  }

  // Tables

  /** One row for each cell of a table of figures. */
  function long(table, usual) {
    const heads = [...table.tHead.rows[0].cells];
    const isByYear = Boolean(table.querySelector("tbody th .year"));
    const lines = [];
    let group = null;
    for (const row of [...table.tBodies, table.tFoot ?? []].flatMap((part) => [...(part.rows ?? [])])) {
      const names = [...row.cells].filter((cell) => cell.tagName === "TH");
      if (names[0]?.scope === "rowgroup") [group] = names;
      else if (names.length < heads.length - row.querySelectorAll("td").length) names.unshift(group);
      const cells = [...row.cells].filter((cell) => cell.tagName === "TD");
      cells.forEach((cell, at) => {
        const head = heads[heads.length - cells.length + at];
        const dated = [...names, head].map((name) => name.querySelector(".year")).find(Boolean);
        const period = dated ? text(dated, ".western") : isByYear ? text(names[0], ".tag") : usual.year ?? "";
        const own = names.slice(isByYear && !dated ? 1 : 0).map((name) => text(name, ".year, .tag, .aside"));
        const isOf = (tag) => !("series" in tag.dataset) && (at === 0 || !("first" in tag.dataset));
        const tags = names.flatMap((name) => [...name.querySelectorAll(".tag")]).filter(isOf).map((tag) => text(tag));
        const kind = at === 0 && names.map((name) => name.querySelector("[data-series]")).find(Boolean);
        const label = kind ? kind.dataset.series : head.dataset.series ?? text(head, ".year");
        const measure = names.at(-1).dataset.unit ?? head.dataset.unit ?? usual.unit ?? "";
        for (const part of partsOf(cell)) {
          const notes = [...tags, part.note].filter(Boolean).join(" ");
          const inYear = dated ? /\d{4}/.exec(dated.textContent)?.[0] ?? "" : period && (usual.western ?? "");
          lines.push([own.filter(Boolean).join(" "), period, inYear, label, part.printed, part.number, measure || part.unit, notes]);
        }
      });
    }
    const all = [[item, year, western, series, value, number, unit, note], ...lines];
    const used = all[0].map((_, at) => at > 2 || lines.some((line) => line[at] !== ""));
    return all.map((line) => line.filter((_, at) => used[at]));
  }

  /** The values of a cell, as printed and as number, each with what is said about it. */
  function partsOf(cell) {
    const beside = [...cell.querySelectorAll(".beside")];
    const own = cell.cloneNode(true);
    own.querySelectorAll(".beside, .cell-title").forEach((part) => part.remove());
    return [own, ...beside].filter((part) => beside.length === 0 || part.textContent.trim() !== "").map((part) => {
      const figure = part.querySelector(".figure, .words, .missing");
      const isEmpty = cell.matches(".none");
      if (!figure) return { printed: isEmpty ? "" : text(part), number: "", unit: "", note: isEmpty ? text(part) : "" };
      const printed = figure.textContent;
      const plain = printed.replaceAll(",", "").replace("−", "-");
      const isPlain = figure.matches(".figure") && /^-?\d+(\.\d+)?$/.test(plain);
      const rest = part.cloneNode(true);
      rest.querySelector(".figure, .words, .missing").remove();
      return {
        printed,
        number: figure.dataset.number ?? (isPlain ? plain : ""),
        unit: /\d ?[%％]$/.test(printed) ? "%" : "",
        note: text(rest, ".yen, .visually-hidden"),
      };
    });
  }

  /** The rows of a table as they are displayed, with the ids and addresses of what they name. */
  function wide(table, only) {
    const heads = [...table.tHead.rows[0].cells].map((head) => head.dataset.title ?? shown(head));
    const rows = [...table.tBodies, table.tFoot ?? []].flatMap((part) => [...(part.rows ?? [])]);
    let group = "";
    const lines = [];
    for (const row of only ?? rows) {
      if (row.matches(".row-group, .heads")) group = shown(row.querySelector("a") ?? row);
      else {
        const cells = [...row.cells].flatMap((cell) => [shown(cell), ...Array(cell.colSpan - 1).fill("")]);
        const href = row.querySelector("th a")?.getAttribute("href");
        const reason = row.querySelector(".reason");
        lines.push([row.dataset.id ?? "", group, ...cells, reason ? text(reason) : "", href ? new URL(href, address).href : ""]);
      }
    }
    const all = [[id, item, ...heads, table.dataset.reason ?? "", link], ...lines];
    const used = all[0].map((_, at) => (at > 1 && at <= heads.length + 1) || lines.some((line) => line[at] !== ""));
    return all.map((line) => line.filter((_, at) => used[at]));
  }

  function shown(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".place, p, div, .brief-figure, .row-given").forEach((part) => part.append(" "));
    return text(copy, ".visually-hidden, .cell-title, .yen, .reason, svg, input, [hidden]");
  }

  /** Lines as CSV: with BOM, CRLF, and quotes where necessary. */
  function csv(lines) {
    const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
    return `\ufeff${lines.map((line) => `${line.map(quoted).join(",")}\r\n`).join("")}`;
  }

  // Pictures

  /** A chart with `lines` (title, subtitle, source, address) as an SVG that needs no style sheet, in the colours of
   *  paper. Its properties are attributes, because the content security policy forbids `style`. */
  function picture(chart, [title, subtitle, source, place]) {
    const [, , chartWidth, chartHeight] = chart.getAttribute("viewBox").split(" ").map(Number);
    const inner = Math.max(480, chartWidth);
    const width = inner + 40;
    const copy = chart.cloneNode(true);
    const copies = [copy, ...copy.querySelectorAll("*")];
    root.classList.add("paper");
    [chart, ...chart.querySelectorAll("*")].forEach((element, at) => {
      const style = getComputedStyle(element);
      for (const name of copies[at].getAttributeNames()) if (/^(class|data-)/.test(name)) copies[at].removeAttribute(name);
      if (/title|desc/.test(element.localName)) return;
      for (const [name, usual] of Object.entries(PROPERTIES)) {
        const found = style.getPropertyValue(name);
        if (found !== usual) copies[at].setAttribute(name, found);
      }
    });
    root.classList.remove("paper");
    const out = draw("svg", { xmlns: "http://www.w3.org/2000/svg", width, "font-family": "sans-serif" });
    out.append(Object.assign(draw("title"), { textContent: title }), draw("rect", { width: "100%", height: "100%", fill: "#fff" }));
    let y = 12;
    const write = (words, size, weight, fill) => {
      for (const line of wrapped(words, `${weight} ${size}px sans-serif`, inner)) {
        y += size * 1.5;
        out.append(Object.assign(draw("text", { x: 20, y, "font-size": size, "font-weight": weight, fill }), { textContent: line }));
      }
    };
    write(title, 18, 700, "#1a1a1a");
    write(subtitle, 14, 400, "#595959");
    const height = (chartHeight * inner) / chartWidth;
    for (const [name, set] of Object.entries({ x: 20, y: y + 16, width: inner, height })) copy.setAttribute(name, set);
    out.append(copy);
    y += height + 24;
    write(source, 12, 400, "#595959");
    write(place, 12, 400, "#595959");
    out.setAttribute("height", Math.ceil(y + 16));
    out.setAttribute("viewBox", `0 0 ${width} ${Math.ceil(y + 16)}`);
    return { markup: new XMLSerializer().serializeToString(out), width, height: Math.ceil(y + 16) };
  }

  /** Lines of a text that are at most `width` wide. */
  function wrapped(words, font, width) {
    const canvas = make("canvas").getContext("2d");
    canvas.font = font;
    const lines = [""];
    for (const letter of words) {
      if (canvas.measureText(lines.at(-1) + letter).width > width) lines.push("");
      lines.push(lines.pop() + letter);
    }
    return lines;
  }

  function savePng(name, { markup, width, height }, status) {
    const image = new Image();
    image.onload = () => {
      const canvas = Object.assign(make("canvas"), { width: 2 * width, height: 2 * height });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(name, "image/png", blob));
    };
    image.onerror = () => { status.textContent = words.failed; };
    image.src = URL.createObjectURL(new Blob([markup], { type: "image/svg+xml" }));
  }

  // Files and elements

  /** Name of a file: path of the page within the site, and id of the table. */
  function nameOf(table, ending) {
    const depth = script.getAttribute("src").split("../").length;
    const path = decodeURI(location.pathname).replace(/\.html$/, "").split("/").slice(-depth);
    return `${[...path, table.caption.id.replace(/-table$/, "")].filter(Boolean).join("-")}.${ending}`;
  }

  function save(name, type, content) {
    const href = URL.createObjectURL(new Blob([content], { type }));
    Object.assign(make("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  /** Copies a text, and says so in `status`. */
  async function copyText(words, status, copied) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      // Without a secure connection only the older interface is available.
      const field = make("textarea");
      field.value = words;
      document.body.append(field);
      const before = document.activeElement;
      field.select();
      document.execCommand("copy");
      field.remove();
      before.focus();
    }
    status.textContent = copied;
  }

  function button(label, act) {
    const made = make("button", "", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function make(name, className = "", textContent = "") {
    return Object.assign(document.createElement(name), { className, textContent });
  }

  function draw(name, attributes = {}) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, set] of Object.entries(attributes)) if (key !== "xmlns") made.setAttribute(key, set);
    return made;
  }

  /** Text of an element without the readings of its words and the parts `without`. */
  function text(element, without) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(["rt", "rp", without].filter(Boolean).join(",")).forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function fill(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }
};
