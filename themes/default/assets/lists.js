// Adds filters and sorting to every `table[data-list]`, and filters to the tables inside any other element with
// `data-list`; the tables are complete without it. The state is kept in the URL fragment:
// `list.html#direction=完了&sort=name`. Rows with `data-out` are not among those that choose.js shows; it announces
// changes by the event `refresh`.
"use strict";

{
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  for (const list of document.querySelectorAll("[data-list]")) enhance(list);

  function enhance(list) {
    // Only a list that is a single table can be sorted.
    const table = list.matches("table") ? list : null;
    const tables = table ? [table] : [...list.querySelectorAll("table")];
    const heads = table ? [...table.tHead.rows[0].cells] : [];
    const rows = tables.flatMap((table) => [...table.tBodies[0].rows]).filter((row) => !row.matches(".heads"));
    const words = list.dataset;

    // Filters: a text field for the name, and a selection for each column or facet with several values.
    const form = document.createElement("form");
    form.className = "list-filters";
    form.setAttribute("aria-label", words.filters);
    const name = field(words.name, document.createElement("input"));
    name.type = "search";
    const filters = [];
    heads.forEach((head, column) => addFilter(head.dataset.filter, head.dataset.title, (row) => valuesOf(row.cells[column])));
    for (const { dataset, children } of list.querySelectorAll("[data-facet][data-title]")) {
      const selector = `[data-facet-value][data-facet="${CSS.escape(dataset.facet)}"]`;
      const facets = (row) => new Set([...row.querySelectorAll(selector)].map((part) => part.dataset.facetValue));
      addFilter(dataset.facet, dataset.title, facets, [...children].map((option) => option.dataset.option));
    }
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = words.reset;
    form.append(reset);
    globalThis.markLanguages?.(form);
    const count = document.createElement("p");
    count.className = "list-count";
    count.setAttribute("role", "status");
    const region = list.closest(".scroll") ?? list;
    region.before(form, count);

    // Header cells get buttons that cycle through ascending, descending and printed order.
    const order = { key: "", descending: false };
    for (const head of heads.filter((head) => head.dataset.sort)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
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

    // Adds a selection of the values that `valuesIn` returns for the rows, first those in `order`.
    function addFilter(key, title, valuesIn, order = []) {
      const counts = new Map(order.map((value) => [value, 0]));
      const values = new Map(rows.map((row) => [row, valuesIn(row)]));
      for (const value of [...values.values()].flatMap((of) => [...of])) counts.set(value, (counts.get(value) ?? 0) + 1);
      for (const [value, count] of counts) if (count === 0) counts.delete(value);
      if (!key || counts.size === 0 || (counts.size === 1 && [...counts.values()][0] === rows.length)) return;
      const select = field(title, document.createElement("select"));
      select.append(new Option(words.all, ""));
      for (const [value, count] of counts) select.append(new Option(`${value} (${count})`, value));
      filters.push({ key, select, values });
    }

    function field(label, input) {
      const around = document.createElement("label");
      const text = document.createElement("span");
      text.textContent = label;
      around.append(text, input);
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
          plain(row.cells[0].textContent).includes(wanted) &&
          filters.every(({ select, values }) => select.value === "" || values.get(row).has(select.value)) &&
          row.dataset.out === undefined;
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      if (table) sort();
      else tables.forEach(hideEmpty);
      const text = words.count.replace("{total}", rows.length).replace("{shown}", shown);
      count.textContent = shown === 0 ? words.none : text;
      const chosen = wanted !== "" || filters.some(({ select }) => select.value !== "");
      reset.hidden = !chosen;
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
      return cell.tagName === "TH" ? plain(cell.textContent) : null;
    }

    // Normalizes width, case and whitespace.
    function plain(text) {
      return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
    }

    function keep() {
      const state = new URLSearchParams();
      const only = new URLSearchParams(location.hash.slice(1)).get("only");
      if (only !== null) state.set("only", only);
      if (name.value.trim() !== "") state.set("name", name.value.trim());
      for (const { key, select } of filters) if (select.value !== "") state.set(key, select.value);
      if (order.key !== "") state.set("sort", (order.descending ? "-" : "") + order.key);
      const hash = state.toString();
      try {
        // Assigning an empty hash would scroll to the top, so the whole URL is replaced.
        history.replaceState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
      } catch {
        // Some browsers do not allow this for file: URLs.
      }
    }

    function restore() {
      if (location.hash !== "" && !location.hash.includes("=")) return;
      const state = new URLSearchParams(location.hash.slice(1));
      name.value = state.get("name") ?? "";
      for (const { key, select } of filters) {
        const value = state.get(key) ?? "";
        select.value = [...select.options].some((option) => option.value === value) ? value : "";
      }
      const sorted = state.get("sort") ?? "";
      order.descending = sorted.startsWith("-");
      order.key = order.descending ? sorted.slice(1) : sorted;
      show();
    }

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => { show(); keep(); });
    reset.addEventListener("click", () => {
      form.reset();
      show();
      keep();
      name.focus();
    });
    addEventListener("hashchange", restore);
    list.addEventListener("refresh", show);
    restore();
  }
}
