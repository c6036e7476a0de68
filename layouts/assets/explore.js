// Made from layouts/assets/src by npm run build or go test ./layouts -update; not to be edited.
"use strict";
(() => {
  // csv.ts
  function csv(lines) {
    return "\uFEFF" + lines.map((l) => l.map(field).join(",") + "\r\n").join("");
  }
  function field(value) {
    let s = String(value);
    if (/^\s*[=+\-@]/.test(s)) s = "'" + s;
    return /[",\r\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s;
  }

  // dom.ts
  function make(tag, name = "", text = "", parent) {
    const n = document.createElement(tag);
    if (name) n.className = name;
    if (text) n.textContent = text;
    parent == null ? void 0 : parent.append(n);
    return n;
  }
  function link(name, text, address, parent) {
    const a = make("a", name, text, parent);
    a.href = address;
    return a;
  }
  function bar(value, most) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const rect = document.createElementNS(svg.namespaceURI, "rect");
    for (const [k, v] of [["class", "meter"], ["viewBox", "0 0 100 8"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(k, v);
    rect.setAttribute("height", "8");
    rect.setAttribute("width", String(most > 0 && value > 0 ? Math.max(0.5, value / most * 100) : 0));
    svg.append(rect);
    return svg;
  }

  // figures.ts
  var Figures = class _Figures {
    constructor(index, folder) {
      this.index = index;
      this.folder = folder;
      this.loaded = /* @__PURE__ */ new Map();
    }
    static async open(address) {
      return new _Figures(await json(address), address.slice(0, address.lastIndexOf("/") + 1));
    }
    form(year) {
      return this.index.forms[this.index.years[year].form];
    }
    agencies(shard) {
      return this.get("agencies/" + encodeURIComponent(this.index.shards[shard].id) + ".json");
    }
    /** rows returns the agencies of a shard that have reported in the year. */
    async rows(figure, shard) {
      const { ratio, cells } = figure;
      const needed = Array.from(new Set((ratio ? ratio.over.concat(ratio.under) : cells).map((c) => c[0])));
      const data = /* @__PURE__ */ new Map();
      const [agencies] = await Promise.all([
        this.agencies(shard),
        ...needed.map(async (row) => data.set(row, await this.values(figure.year, shard, row)))
      ]);
      const { year } = this.index.years[figure.year];
      const list = [];
      agencies.forEach(([path, name, kind, years], i) => {
        if (!years.includes(year)) return;
        const sum = (of) => {
          let total = 0;
          for (const [row, column] of of) {
            const values = data.get(row);
            const v = values === null ? 0 : values[i] === null ? null : values[i][column];
            if (v === null) return null;
            total += v;
          }
          return total;
        };
        if (!ratio) {
          list.push({ path, name, kind, value: sum(cells), cases: null });
          return;
        }
        const over = sum(ratio.over);
        const cases = sum(ratio.under);
        list.push({ path, name, kind, value: over !== null && cases ? over / cases : null, cases });
      });
      return list;
    }
    /** values loads the figures of a row. A "*" in rows means that all rows of the shard are in one file; otherwise rows has a 1 for each row with a file. */
    async values(year, shard, row) {
      const y = this.index.years[year];
      const have = y.rows[shard];
      const { id } = this.form(year).rows[row];
      const base = y.year + "/" + encodeURIComponent(this.index.shards[shard].id);
      if (have === "*") return new Map(Object.entries(await this.get(base + ".json"))).get(id) ?? null;
      return have[row] === "1" ? this.get(base + "/" + encodeURIComponent(id) + ".json") : null;
    }
    get(path) {
      let p = this.loaded.get(path);
      if (!p) {
        p = json(this.folder + path);
        p.catch(() => this.loaded.delete(path));
        this.loaded.set(path, p);
      }
      return p;
    }
  };
  async function json(address) {
    const r = await fetch(address);
    if (!r.ok) throw new Error(address + ": " + r.status);
    return r.json();
  }

  // say.ts
  function say(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, k) => String(values[k]));
  }

  // explore.ts
  var page = 200;
  function byId(id) {
    return document.getElementById("explore-" + id);
  }
  function number(v) {
    return v.toLocaleString("en-US", { maximumFractionDigits: 6 });
  }
  var Explore = class {
    // number of the latest choice
    constructor(app2, figures) {
      this.app = app2;
      this.figures = figures;
      this.selects = {
        year: byId("year"),
        figure: byId("figure"),
        column: byId("column"),
        region: byId("region"),
        kind: byId("kind")
      };
      this.sort = { by: "value", down: true };
      this.shown = page;
      this.rows = [];
      this.turn = 0;
      this.words = app2.dataset;
    }
    start() {
      const { selects, words } = this;
      const { years, shards, places } = this.figures.index;
      const q = new URLSearchParams(location.search);
      fill(selects.year, years.map((y) => [String(y.year), String(y.year)]), q.get("year"));
      this.fillFigures(q.get("figure"), q.get("column"));
      const all = ["", words.all];
      const deep = ([path, name]) => [path, " ".repeat(path.split("/").length - 1) + name];
      fill(selects.region, shards.length === 1 ? [all, ...places.map(deep)] : [...shards.map((s) => ["shard:" + s.id, s.name]), all], q.get("region"));
      selects.kind.value = q.get("kind") ?? selects.kind.value;
      const [, down, by] = /^(-?)(name|value)$/.exec(q.get("sort") ?? "") ?? [];
      if (by) this.sort = { by, down: !!down };
      selects.year.addEventListener("change", () => {
        this.fillFigures(selects.figure.value, selects.column.value);
        this.show();
      });
      selects.figure.addEventListener("change", () => {
        this.fillColumns(selects.column.value);
        this.show();
      });
      for (const s of [selects.column, selects.region, selects.kind]) s.addEventListener("change", () => this.show());
      for (const b of this.sorters()) {
        b.addEventListener("click", () => {
          const by2 = b.dataset.sort;
          this.sort = { by: by2, down: by2 === this.sort.by ? !this.sort.down : by2 === "value" };
          this.show();
        });
      }
      byId("more").addEventListener("click", () => {
        this.shown += page;
        this.draw();
      });
      byId("form").addEventListener("submit", (e) => {
        e.preventDefault();
        this.download();
      });
      byId("plain").hidden = true;
      this.app.hidden = false;
      this.show();
    }
    sorters() {
      return this.app.querySelectorAll("button[data-sort]");
    }
    year() {
      return this.figures.index.years.findIndex((y) => String(y.year) === this.selects.year.value);
    }
    form() {
      return this.figures.form(this.year());
    }
    choice() {
      const { ratios, rows } = this.form();
      const id = this.selects.figure.value;
      const row = rows.findIndex((r) => r.id === id);
      const column = row < 0 ? -1 : rows[row].columns.findIndex((c) => c[0] === this.selects.column.value);
      return { year: this.year(), ratio: ratios.find((r) => "ratio:" + r.id === id), cells: [[row, column]] };
    }
    fillFigures(want, column) {
      const { ratios, rows, start } = this.form();
      const list = ratios.map((r) => ["ratio:" + r.id, r.label]).concat(rows.map((r) => [r.id, r.label]));
      if (!fill(this.selects.figure, list, want)) {
        const first = rows.find((r) => start === r.id || start.startsWith(r.id + "."));
        if (first) this.selects.figure.value = first.id;
      }
      this.fillColumns(column);
    }
    fillColumns(want) {
      const row = this.form().rows.find((r) => r.id === this.selects.figure.value);
      const list = ((row == null ? void 0 : row.columns) ?? []).map(([id, label, unit]) => [id, unit ? label + " " + unit : label]);
      if (!fill(this.selects.column, list, want) && list.length) this.selects.column.value = list[list.length - 1][0];
      this.selects.column.parentElement.hidden = list.length < 2;
    }
    /** region returns the shards of the chosen region, and the path that its agencies are at or below. */
    region() {
      const v = this.selects.region.value;
      const { shards } = this.figures.index;
      const one = shards.findIndex((s) => "shard:" + s.id === v);
      return one < 0 ? { shards: shards.map((_, k) => k), path: v } : { shards: [one], path: "" };
    }
    async show() {
      var _a;
      const mine = ++this.turn;
      const choice = this.choice();
      const { shards, path } = this.region();
      const kind = this.selects.kind.value;
      byId("formula").textContent = ((_a = choice.ratio) == null ? void 0 : _a.formula) ?? "";
      try {
        const lists = await Promise.all(shards.map((k) => this.figures.rows(choice, k)));
        if (mine !== this.turn) return;
        const within = (r) => !path || r.path === path || r.path.startsWith(path + "/");
        this.rows = lists.flat().filter((r) => (!kind || r.kind === kind) && within(r));
        this.shown = page;
        this.draw();
        this.write(choice);
      } catch {
        if (mine === this.turn) byId("status").textContent = this.words.failed;
      }
    }
    write(choice) {
      const q = new URLSearchParams();
      for (const [k, s] of Object.entries(this.selects)) if (s.value && !(k === "column" && choice.ratio)) q.set(k, s.value);
      q.set("sort", (this.sort.down ? "-" : "") + this.sort.by);
      history.replaceState(null, "", "?" + q);
    }
    compare(a, b) {
      if (this.sort.by === "value" && a.value !== b.value) {
        if (a.value === null) return 1;
        if (b.value === null) return -1;
        return this.sort.down ? b.value - a.value : a.value - b.value;
      }
      const n = a.name.localeCompare(b.name, document.documentElement.lang) || (a.path < b.path ? -1 : 1);
      return this.sort.by === "name" && this.sort.down ? -n : n;
    }
    draw() {
      const { rows, selects, words } = this;
      const { ratio } = this.choice();
      const { year } = this.figures.index.years[this.year()];
      const known = rows.flatMap((r) => r.value === null ? [] : [r.value]);
      const most = known.reduce((a, b) => Math.max(a, b), 0);
      rows.sort((a, b) => this.compare(a, b));
      byId("rows").replaceChildren(...rows.slice(0, this.shown).map((r) => {
        const tr = make("tr");
        const th = make("th", "", "", tr);
        th.scope = "row";
        link("", r.name, say(words.report, { agency: r.path, year }), th);
        make("td", "n", this.text(r), tr);
        const td = make("td", "", "", tr);
        if (r.value !== null) td.append(bar(r.value, most));
        return tr;
      }));
      const column = ratio || selects.column.parentElement.hidden ? "" : " · " + selects.column.selectedOptions[0].textContent;
      byId("caption").textContent = year + " · " + selects.figure.selectedOptions[0].textContent + column;
      byId("status").textContent = say(words.rows, { n: rows.length, m: known.length, sum: ratio ? "—" : number(known.reduce((a, b) => a + b, 0)) });
      byId("more").hidden = rows.length <= this.shown;
      for (const b of this.sorters()) {
        b.closest("th").setAttribute("aria-sort", b.dataset.sort === this.sort.by ? this.sort.down ? "descending" : "ascending" : "none");
      }
    }
    text(r) {
      const { ratio } = this.choice();
      if (r.value === null) return this.words.none;
      if (ratio) return (r.value * 100).toFixed(1) + "%" + (r.cases < ratio.few ? " " + this.words.few : "");
      return number(r.value);
    }
    download() {
      const { year } = this.figures.index.years[this.year()];
      const figure = byId("caption").textContent ?? "";
      const text = csv([
        ["path", "agency", "kind", "year", "figure", "value", "cases"],
        ...this.rows.map((r) => [r.path, r.name, r.kind, year, figure, r.value ?? "", r.cases ?? ""])
      ]);
      const a = make("a");
      a.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      a.download = "explore-" + year + ".csv";
      a.click();
      setTimeout(() => URL.revokeObjectURL(a.href), 1e3);
    }
  };
  function fill(select, list, want) {
    select.replaceChildren(...list.map(([value, text]) => {
      const o = make("option", "", text);
      o.value = value;
      return o;
    }));
    const there = list.some((o) => o[0] === want);
    if (there) select.value = want;
    return there;
  }
  var app = document.getElementById("explore-app");
  if (app && location.protocol !== "file:") {
    Figures.open(app.dataset.index).then((figures) => {
      if (figures.index.years.length) new Explore(app, figures).start();
    }).catch(() => {
    });
  }
})();
