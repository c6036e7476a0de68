// Made from layouts/assets/src by npm run build or go test ./layouts -update; not to be edited.
"use strict";
(() => {
  // dom.ts
  function make(tag, name = "", text = "", parent) {
    const n = document.createElement(tag);
    if (name) n.className = name;
    if (text) n.textContent = text;
    parent == null ? void 0 : parent.append(n);
    return n;
  }
  function button(name, text, parent, run) {
    const b = make("button", name, text, parent);
    b.type = "button";
    b.addEventListener("click", run);
    return b;
  }
  function ready(run) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
    else run();
  }

  // order.ts
  function shown(text) {
    const plain = text.replace(/\s+/g, " ").trim();
    const share = /^([\d,]+)\/([\d,]+)/.exec(plain);
    if (share) {
      const all = digits(share[2]);
      return all > 0 ? digits(share[1]) / all : null;
    }
    if (/^-?[\d,]+(\.\d+)?%?$/.test(plain)) return digits(plain.replace("%", ""));
    return /^[—≠]/.test(plain) || !plain ? null : plain;
  }
  function digits(text) {
    return Number(text.replace(/,/g, ""));
  }
  function order(cells, down) {
    const collator = new Intl.Collator(void 0, { numeric: true });
    const compare = (a, b) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      const sign = down ? -1 : 1;
      if (typeof a === "number" && typeof b === "number") return sign * (a - b);
      if (typeof a === "string" && typeof b === "string") return sign * collator.compare(a, b);
      return typeof a === "number" ? -1 : 1;
    };
    return cells.map((_, i) => i).sort((x, y) => compare(cells[x], cells[y]) || x - y);
  }

  // tables.ts
  function sortable(table) {
    var _a, _b;
    const body = table.tBodies[0];
    const heads = Array.from(((_b = (_a = table.tHead) == null ? void 0 : _a.rows[0]) == null ? void 0 : _b.cells) ?? []);
    if (!body || body.rows.length < 2) return;
    const rows = Array.from(body.rows);
    heads.forEach((head, column) => {
      const parts = Array.from(head.childNodes);
      const [first, second] = column === 0 ? ["ascending", "descending"] : ["descending", "ascending"];
      const b = button("sort", "", void 0, () => {
        const was = head.getAttribute("aria-sort");
        for (const h of heads) h.removeAttribute("aria-sort");
        if (was === second) {
          body.append(...rows);
          return;
        }
        const next = was === first ? second : first;
        head.setAttribute("aria-sort", next);
        const cells = rows.map((r) => {
          var _a2;
          return shown(((_a2 = r.cells[column]) == null ? void 0 : _a2.textContent) ?? "");
        });
        body.append(...order(cells, next === "descending").map((i) => rows[i]));
      });
      b.append(...parts);
      head.append(b);
    });
  }
  var faults = { missing: ".absent, .missing", late: ".late", faulty: ".faulty" };
  function filter(form) {
    const year = document.getElementById("coverage-year");
    const fault = document.getElementById("coverage-fault");
    const name = document.getElementById("coverage-name");
    const lists = Array.from(document.querySelectorAll("[data-fault]"));
    const open = lists.map((d) => d instanceof HTMLDetailsElement && d.open);
    const run = () => {
      var _a, _b, _c;
      const text = name.value.trim().toLowerCase();
      const all = !year.value && !fault.value && !text;
      lists.forEach((d, i) => {
        const fits = !fault.value || d.dataset.fault === fault.value;
        let any = !text || !(d instanceof HTMLDetailsElement);
        for (const g of d.querySelectorAll(".group")) {
          const head = g.querySelector("h4");
          const whole = !!head && holds(head, text);
          let here = false;
          for (const li of g.querySelectorAll("li")) {
            li.hidden = !whole && !holds(li, text);
            here = here || !li.hidden;
          }
          g.hidden = !here;
          any = any || here;
        }
        d.hidden = !fits || !any;
        if (d instanceof HTMLDetailsElement) d.open = all ? open[i] : !d.hidden;
      });
      for (const s of document.querySelectorAll("section[data-year]")) {
        s.hidden = !!year.value && s.dataset.year !== year.value || !s.querySelector("[data-fault]:not([hidden])");
      }
      for (const t of document.querySelectorAll("table.coverage")) {
        const heads = Array.from(((_b = (_a = t.tHead) == null ? void 0 : _a.rows[0]) == null ? void 0 : _b.cells) ?? []).map((h) => h.textContent);
        for (const r of ((_c = t.tBodies[0]) == null ? void 0 : _c.rows) ?? []) {
          const cells = Array.from(r.cells).filter((_, i) => i > 0 && (!year.value || heads[i] === year.value));
          const some = !year.value && !fault.value || cells.some((c) => c.querySelector(faults[fault.value] ?? Object.values(faults).join()));
          r.hidden = !some || !holds(r.cells[0], text);
        }
      }
    };
    const chosen = new URLSearchParams(location.search);
    for (const [key, field] of [["year", year], ["fault", fault], ["name", name]]) {
      const value = chosen.get(key) ?? "";
      if (field === name || Array.from(field.options).some((o) => o.value === value)) field.value = value;
    }
    form.addEventListener("input", () => {
      const query = new URLSearchParams();
      if (year.value) query.set("year", year.value);
      if (fault.value) query.set("fault", fault.value);
      if (name.value) query.set("name", name.value);
      const text = query.toString();
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
      run();
    });
    form.hidden = false;
    run();
  }
  function holds(n, text) {
    return !text || (n.textContent ?? "").toLowerCase().includes(text);
  }
  function unfold() {
    const at = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (at instanceof HTMLDetailsElement && !at.open) {
      at.open = true;
      at.scrollIntoView();
    }
  }
  ready(() => {
    for (const t of document.querySelectorAll("table[data-sortable]")) sortable(t);
    const form = document.getElementById("coverage-filter");
    if (form) filter(form);
    addEventListener("hashchange", unfold);
    addEventListener("beforeprint", () => {
      for (const d of document.querySelectorAll("details[data-fault]")) d.open = true;
    });
    unfold();
  });
})();
