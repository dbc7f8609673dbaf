"use strict";
// Tables that can be sorted by a click on a heading, and searched where they are long.
(() => {
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  const valueOf = (row, at) => {
    const cell = row.cells[at];
    const number = cell.dataset.value;
    return number === undefined ? cell.textContent.trim() : Number(number);
  };

  // empty cells stay last, whichever way the rest is sorted
  const inOrder = (at, sign) => (one, other) => {
    const [a, b] = [valueOf(one, at), valueOf(other, at)];
    if (a === "" || b === "") return (a === "") - (b === "");
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : compare(a, b));
  };

  const sortBy = (table, heading, at) => {
    const isUp = heading.getAttribute("aria-sort") === "descending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows];
    rows.sort(inOrder(at, isUp ? 1 : -1));
    table.tBodies[0].append(...rows);
  };

  const makeSortable = (table) => {
    [...table.tHead.rows[0].cells].forEach((heading, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sortBy(table, heading, at));
    });
  };

  const makeSearchable = (table) => {
    const field = document.createElement("input");
    field.type = "search";
    field.placeholder = field.ariaLabel = table.dataset.search;
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
    table.parentElement.before(field);
  };

  for (const table of document.querySelectorAll("table.data")) {
    if (table.tBodies[0].rows.length > 1) makeSortable(table);
    if (table.dataset.search) makeSearchable(table);
  }
})();
