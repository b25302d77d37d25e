// Adds filters and sorting to every `table[data-list]`, and filters to the tables inside any other element with
// `data-list`; the tables are complete without it. The state is kept in the URL fragment:
// `list.html#direction=完了&sort=name`. A fragment such as `#group-direction-3` names a mark by its place in its scale, and
// without scripts a section, which is removed here. Rows with `data-out` are not among those that choose.js shows; it
// announces changes by the event `refresh`.
"use strict";

{
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  for (const list of document.querySelectorAll("[data-list]")) enhance(list);
  for (const section of document.querySelectorAll("[data-without-lists]")) section.remove();

  function enhance(list) {
    // Only a list that is a single table can be sorted.
    const table = list.matches("table") ? list : null;
    const tables = table ? [table] : [...list.querySelectorAll("table")];
    const heads = table ? [...table.tHead.rows[0].cells] : [];
    const rows = tables.flatMap((table) => [...table.tBodies[0].rows]).filter((row) => !row.matches(".heads"));
    const names = new Map(rows.map((row) => [row, plain(nameOf(row.cells[0]))]));
    const words = list.dataset;

    // Filters: a text field for the name, and a selection for each column or facet with several values.
    const form = make("form", { className: "list-filters", id: "list-filters" });
    form.setAttribute("aria-label", words.filters);
    const name = field(words.name, make("input", { type: "search" }));
    const filters = [];
    heads.forEach((head, column) => {
      const options = [...head.querySelectorAll("[data-option]")];
      addFilter(head.dataset.filter, head.dataset.title, (row) => valuesOf(row.cells[column]), options);
    });
    for (const { dataset, children } of list.querySelectorAll("[data-facet][data-title]")) {
      const selector = `[data-facet-value][data-facet="${CSS.escape(dataset.facet)}"]`;
      const facets = (row) => new Set([...row.querySelectorAll(selector)].map((part) => part.dataset.facetValue));
      addFilter(dataset.facet, dataset.title, facets, [...children]);
    }

    // Header cells get buttons that cycle through ascending, descending and printed order. Where rows are cards without a
    // header, a selection takes their place.
    const order = { key: "", descending: false };
    const sorting = heads.filter((head) => head.dataset.sort);
    for (const head of sorting) {
      const button = make("button", { type: "button", className: "sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const same = order.key === head.dataset.sort;
        order.key = same && order.descending ? "" : head.dataset.sort;
        order.descending = same && !order.descending;
        show();
        keep();
      });
    }
    const sorter = make("select", {});
    if (sorting.length > 0) {
      field(words.sorting, sorter).parentElement.classList.add("list-sort");
      sorter.append(new Option(words.printed, ""));
      for (const { dataset } of sorting) {
        const { title } = dataset;
        sorter.append(new Option(words.up.replace("{title}", title), dataset.sort));
        sorter.append(new Option(words.down.replace("{title}", title), `-${dataset.sort}`));
      }
    }
    const reset = make("button", { type: "button", textContent: words.reset });
    form.append(reset);

    // On phones a button opens the form, and stays visible above the rows.
    const tools = make("div", { className: "list-tools" });
    const opener = make("button", { type: "button", className: "list-open" });
    opener.setAttribute("aria-controls", form.id);
    opener.setAttribute("aria-expanded", "false");
    const state = make("span", { className: "list-state" });
    opener.append(make("span", { textContent: sorting.length > 0 ? words.open : words.filters }), " ", state);
    opener.addEventListener("click", () => {
      const opened = form.classList.toggle("opened");
      opener.setAttribute("aria-expanded", String(opened));
    });
    tools.append(opener, form);
    const heading = make(table ? "h2" : "h3", { className: "list-heading", hidden: true });
    const count = make("p", { className: "list-count" });
    count.setAttribute("role", "status");
    const region = list.closest(".scroll") ?? list;
    region.before(heading, tools, count);
    globalThis.markLanguages?.(tools);

    // Adds a selection of the values that `valuesIn` returns for the rows: first `options` in their order, then the others
    // by collation. A selection that would not exclude any row is not shown; the address may still name its value.
    function addFilter(key, title, valuesIn, options = []) {
      if (!key) return;
      const keys = new Map(options.map(({ dataset }) => [dataset.key ?? "", dataset.option]));
      const values = new Map(rows.map((row) => [row, valuesIn(row)]));
      const counts = new Map();
      for (const value of [...values.values()].flatMap((of) => [...of])) counts.set(value, (counts.get(value) ?? 0) + 1);
      const known = [...new Set(options.map(({ dataset }) => dataset.option))];
      const others = [...counts.keys()].filter((value) => !known.includes(value)).sort(collator.compare);
      const select = make("select", {});
      select.append(new Option(words.all, ""));
      for (const value of [...known, ...others]) {
        if (counts.has(value)) select.append(new Option(`${value} (${counts.get(value)})`, value));
      }
      if (select.length > 2 || (select.length === 2 && [...counts.values()][0] < rows.length)) field(title, select);
      if (select.length > 1) filters.push({ key, title, select, values, keys });
    }

    function field(label, input) {
      const around = document.createElement("label");
      around.append(make("span", { textContent: label }), input);
      form.append(around);
      return input;
    }

    function valuesOf(cell) {
      return new Set([...cell.querySelectorAll("[data-value]")].map((part) => part.dataset.value));
    }

    function show() {
      const wanted = plain(name.value.trim());
      let shown = 0;
      for (const row of rows) {
        const fits =
          names.get(row).includes(wanted) &&
          filters.every(({ select, values }) => select.value === "" || values.get(row).has(select.value)) &&
          row.dataset.out === undefined;
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      if (table) sort();
      else tables.forEach(hideEmpty);
      const fill = (sentence) => sentence.replace("{total}", rows.length).replace("{shown}", shown);
      count.textContent = shown === 0 ? words.none : fill(words.count);
      const chosen = filters.filter(({ select }) => select.value !== "");
      const active = chosen.length + (wanted === "" ? 0 : 1);
      reset.hidden = active === 0;
      state.textContent = (active === 0 ? "" : words.active.replace("{count}", active)) + fill(words.state);
      const pair = ({ title, select }) => words.pair.replace("{title}", title).replace("{value}", () => select.value);
      heading.hidden = chosen.length === 0;
      heading.textContent = words.heading.replace("{filters}", () => chosen.map(pair).join(words.separator)).replace("{count}", shown);
      globalThis.markLanguages?.(heading);
    }

    // Hides rows that head no shown row, and a table without rows together with what precedes it.
    function hideEmpty(table) {
      let shownBelow = [];
      for (const row of [...table.tBodies[0].rows].reverse()) {
        const depth = Number(/depth-(\d+)/.exec(row.className)?.[1] ?? 0);
        if (row.matches(".heads")) row.hidden = !shownBelow.some((below) => below > depth);
        if (!row.hidden) shownBelow.push(depth);
        if (row.matches(".heads")) shownBelow = shownBelow.filter((below) => below <= depth);
      }
      let part = table.closest(".room") ?? table;
      const hidden = [...table.tBodies[0].rows].every((row) => row.hidden);
      do {
        part.hidden = hidden;
        part = part.previousElementSibling;
      } while (part && !part.matches(".room, [data-facet]"));
    }

    function sort() {
      const column = heads.findIndex((head) => order.key !== "" && head.dataset.sort === order.key);
      heads.forEach((head, place) => {
        if (!head.dataset.sort) return;
        const way = order.descending ? "descending" : "ascending";
        if (place === column) head.setAttribute("aria-sort", way);
        else head.removeAttribute("aria-sort");
      });
      sorter.value = (order.descending ? "-" : "") + order.key;
      const sorted = column < 0 ? rows : [...rows].sort((a, b) => compare(a.cells[column], b.cells[column]));
      table.tBodies[0].append(...sorted);
    }

    // Numbers by size, marks in the order of their scale, texts by collation. Cells without a value come last in both
    // directions.
    function compare(a, b) {
      const [one, other] = [rank(a), rank(b)];
      if (one === null || other === null) return (one === null) - (other === null);
      const by = typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
      return order.descending ? -by : by;
    }

    function rank(cell) {
      if (cell.dataset.order !== undefined) return Number(cell.dataset.order);
      if (cell.matches(".amount, .judged")) return null;
      const first = cell.querySelector("[data-value]");
      if (first) return first.dataset.value;
      return cell.tagName === "TH" ? plain(nameOf(cell)) : null;
    }

    /** Text of the head of a row without the reason for its mark. */
    function nameOf(cell) {
      return [...cell.childNodes].filter((part) => !part.matches?.(".reason")).map((part) => part.textContent).join("");
    }

    // Normalizes width, case and whitespace.
    function plain(text) {
      return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
    }

    // The address of a single mark also works without scripts.
    function keep() {
      const state = new URLSearchParams();
      const only = new URLSearchParams(location.hash.slice(1)).get("only");
      if (only !== null) state.set("only", only);
      if (name.value.trim() !== "") state.set("name", name.value.trim());
      for (const { key, select } of filters) if (select.value !== "") state.set(key, select.value);
      if (order.key !== "") state.set("sort", (order.descending ? "-" : "") + order.key);
      const chosen = filters.filter(({ select }) => select.value !== "");
      const [mark] = chosen.length === 1 && state.size === 1 ? [...chosen[0].keys].filter(([key, value]) => key !== "" && value === chosen[0].select.value) : [];
      const hash = mark ? `group-${chosen[0].key}-${mark[0]}` : state.toString();
      try {
        // Assigning an empty hash would scroll to the top, so the whole URL is replaced.
        history.replaceState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
      } catch {
        // Some browsers do not allow this for file: URLs.
      }
    }

    function restore() {
      const hash = location.hash.slice(1);
      const mark = filters.flatMap(({ key, keys }) => [...keys].map(([of, value]) => [`group-${key}-${of}`, key, value]));
      const [, key, value] = mark.find(([group]) => group === hash) ?? [];
      if (hash !== "" && !key && !hash.includes("=")) return;
      const state = key ? new URLSearchParams([[key, value]]) : new URLSearchParams(hash);
      name.value = state.get("name") ?? "";
      for (const { key, select } of filters) {
        const value = state.get(key) ?? "";
        select.value = [...select.options].some((option) => option.value === value) ? value : "";
      }
      setOrder(state.get("sort") ?? "");
      show();
      // The link of a count leads to the rows that it counts.
      if (key) heading.scrollIntoView({ block: "start" });
    }

    function setOrder(sorted) {
      order.descending = sorted.startsWith("-");
      order.key = order.descending ? sorted.slice(1) : sorted;
    }

    // After a change within rows that have been scrolled past, the first shown row follows the button.
    function follow() {
      if (region.getBoundingClientRect().top < 0) region.scrollIntoView({ block: "start" });
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      setOrder(sorter.value);
      show();
      keep();
      follow();
    });
    reset.addEventListener("click", () => {
      name.value = "";
      for (const { select } of filters) select.value = "";
      show();
      keep();
      name.focus();
    });
    addEventListener("hashchange", restore);
    list.addEventListener("refresh", show);
    restore();
  }

  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }
}
