// Adds filters and sorting to every `table[data-list]`; the tables are complete without it. The state is kept in the
// URL fragment: `list.html#direction=完了&sort=name`.
"use strict";

{
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  for (const table of document.querySelectorAll("table[data-list]")) enhance(table);

  function enhance(table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows];
    const words = table.dataset;

    // Filters: a text field for the name, and a selection for each column with several values.
    const form = document.createElement("form");
    form.className = "list-filters";
    form.setAttribute("aria-label", words.filters);
    const name = field(words.name, document.createElement("input"));
    name.type = "search";
    const filters = [];
    heads.forEach((head, column) => {
      const values = new Map();
      for (const row of rows) {
        for (const value of valuesOf(row.cells[column])) values.set(value, (values.get(value) ?? 0) + 1);
      }
      if (!head.dataset.filter || values.size === 0 || (values.size === 1 && [...values.values()][0] === rows.length)) return;
      const select = field(head.dataset.title, document.createElement("select"));
      select.append(new Option(words.all, ""));
      for (const [value, count] of values) select.append(new Option(`${value} (${count})`, value));
      filters.push({ key: head.dataset.filter, column, select });
    });
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = words.reset;
    form.append(reset);
    globalThis.markLanguages?.(form);
    const count = document.createElement("p");
    count.className = "list-count";
    count.setAttribute("role", "status");
    const region = table.closest(".scroll") ?? table;
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
          filters.every(({ column, select }) => select.value === "" || valuesOf(row.cells[column]).has(select.value));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      sort();
      const text = words.count.replace("{total}", rows.length).replace("{shown}", shown);
      count.textContent = shown === 0 ? words.none : text;
      const chosen = wanted !== "" || filters.some(({ select }) => select.value !== "");
      reset.hidden = !chosen;
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
      body.append(...sorted);
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
    restore();
  }
}
