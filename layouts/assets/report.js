// Made from layouts/assets/src by npm run build or go test ./layouts -update; not to be edited.
"use strict";
(() => {
  // around.ts
  var mostShards = 4;
  async function around(figures, path, year, form, cell) {
    const { years, shards } = figures.index;
    const at = years.findIndex((y) => y.year === year && y.form === form);
    const place = at < 0 ? void 0 : placeOf(figures.form(at), cell);
    if (!place) return { above: void 0, beside: [], below: [] };
    const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const likeness = shards.map(({ id }) => shared(id.split("."), path.split("/")));
    if (likeness.filter((n) => n >= path.split("/").length - 1).length > mostShards) return void 0;
    const near = shards.map((_, i) => i).sort((a, b) => likeness[b] - likeness[a]).slice(0, mostShards);
    const values = /* @__PURE__ */ new Map();
    const names = /* @__PURE__ */ new Map();
    await Promise.all(near.map(async (shard) => {
      const [agencies, rows] = await Promise.all([figures.agencies(shard), figures.rows({ year: at, ratio: void 0, cells: [place] }, shard)]);
      for (const [p, name] of agencies) names.set(p, name);
      for (const r of rows) values.set(r.path, r);
    }));
    const neighbour = (p) => {
      var _a;
      return { path: p, name: names.get(p), value: (_a = values.get(p)) == null ? void 0 : _a.value };
    };
    const nearestBelow = (p) => {
      const under = Array.from(names.keys()).filter((q) => q.startsWith(p + "/"));
      const all = new Set(under);
      return under.filter((q) => !steps(q, p).some((s) => all.has(s))).map(neighbour);
    };
    const above = Array.from(names.keys()).filter((p) => path.startsWith(p + "/")).sort((a, b) => b.length - a.length)[0];
    return {
      above: above === void 0 ? void 0 : neighbour(above),
      beside: parent && above !== parent ? nearestBelow(parent) : [],
      below: nearestBelow(path)
    };
  }
  function placeOf({ rows }, id) {
    for (const [row, r] of rows.entries()) {
      const column = r.columns.findIndex(([c]) => id === r.id + "." + c || r.columns.length === 1 && id === r.id);
      if (column >= 0) return [row, column];
    }
    return void 0;
  }
  function steps(path, above) {
    const list = [];
    for (let i = path.lastIndexOf("/"); i > above.length; i = path.lastIndexOf("/", i - 1)) list.push(path.slice(0, i));
    return list;
  }
  function shared(a, b) {
    let n = 0;
    while (n < a.length && n < b.length && a[n] === b[n]) n++;
    return n;
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
      const { ratio, cells: cells2 } = figure;
      const needed = Array.from(new Set((ratio ? ratio.over.concat(ratio.under) : cells2).map((c) => c[0])));
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
          list.push({ path, name, kind, value: sum(cells2), cases: null });
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

  // sheet.ts
  var scale = 1000000n;
  var shapes = {
    count: /^(?:0|[1-9][0-9]{0,14})$/,
    amount: /^(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?$/,
    change: /^(?:0|-?[1-9][0-9]{0,14})$/
  };
  function read(form, type, text2) {
    if (text2 === void 0) return { status: "missing", value: 0n, text: "" };
    if (text2 === "") return { status: "blank", value: 0n, text: text2 };
    if (form.token(text2)) return { status: "not-applicable", value: 0n, text: text2 };
    if (!shapes[type].test(text2)) return { status: "invalid", value: 0n, text: text2 };
    const [whole, decimals = ""] = text2.split(".");
    const value = type === "amount" ? BigInt(whole) * scale + BigInt(decimals.padEnd(6, "0")) : BigInt(whole);
    return { status: "number", value, text: text2 };
  }
  function format(type, n) {
    if (type !== "amount") return n.toString();
    const digits = n < 0n ? -n : n;
    const decimals = (digits % scale).toString().padStart(6, "0").replace(/0+$/, "");
    return (n < 0n ? "-" : "") + (digits / scale).toString() + (decimals && "." + decimals);
  }
  function stated(type, n) {
    return shapes[type].test(format(type, n));
  }
  var Sheet = class {
    /** All cells are missing until they are set. The name of the agency is used in messages about the agency above. */
    constructor(form, year, agency = "") {
      this.form = form;
      this.year = year;
      this.agency = agency;
      /** changes is the number of calls of set, by which results that were computed earlier are known to be out of date. */
      this.changes = 0;
      this.facts = form.cells.map((c) => read(form, c.type, void 0));
    }
    /** set sets the text of the cell with the id; undefined if the report does not have the cell. */
    set(cell, text2) {
      const n = this.form.cell(cell);
      this.facts[n] = read(this.form, this.form.cells[n].type, text2);
      this.changes++;
    }
  };

  // reportfile.ts
  function parseReports(text2) {
    const exact = text2.replace(/"(?:[^"\\]|\\.)*"|-?\d[^\s,\]}]*/g, (token) => token[0] === '"' ? token : '"' + token + '"');
    const parsed = JSON.parse(exact);
    const list = Array.isArray(parsed) ? parsed : [parsed];
    return list.map((r) => ({ ...r, year: Number(r.year) }));
  }
  function sheetOf(form, report, figures = report) {
    const { year, agency } = report;
    const sheet = new Sheet(form, year, agency.name);
    for (const row of form.tables.flatMap((t) => t.rows)) {
      const values = figures.cells[row.id] ?? [];
      row.cells.forEach((n, i) => {
        const { id } = form.cells[n];
        const other = figures.status[id];
        sheet.set(id, values[i] ?? (other && other.status !== "missing" ? other.text ?? "" : void 0));
      });
    }
    return sheet;
  }

  // fill.ts
  function inTag(x, tag3) {
    const en = x.en ?? "";
    return x.zh === "" || tag3 === "en" && en !== "" ? en : x.zh;
  }
  function fill(message, args, list = { zh: "" }) {
    const one = (pattern, tag3) => pattern.replace(/\{(\w+)\}/g, (mark, key) => {
      if (!Object.prototype.hasOwnProperty.call(args, key)) return mark;
      const v = args[key];
      if (typeof v === "number") return String(v);
      if (typeof v === "string") return visible(excerpt(v));
      if (!Array.isArray(v)) return visible(inTag(v, tag3));
      const joined = { zh: v.map((x) => inTag(x, "zh")).join(list.zh), en: v.map((x) => inTag(x, "en")).join(list.en ?? "") };
      return visible(inTag(joined, tag3));
    });
    return { zh: one(message.zh, "zh"), en: one(message.en ?? "", "en") };
  }
  function excerpt(s) {
    const most = 200;
    if (s.length <= most) return s;
    const chars = Array.from(s);
    return chars.length <= most ? s : chars.slice(0, most).join("") + "…";
  }
  function visible(s) {
    return s.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => {
      const code = c.codePointAt(0);
      if (code === 8204 || code === 8205 || code === 6158) return c;
      if (c === "	") return "\\t";
      if (c === "\n") return "\\n";
      return code <= 255 ? "\\x" + code.toString(16).padStart(2, "0") : "\\u" + code.toString(16).padStart(4, "0");
    });
  }

  // rules.ts
  var Form = class {
    constructor(file) {
      this.file = file;
      this.id = file.form;
      this.tables = file.tables.map(({ id, label }) => ({ id, label, rows: [] }));
      const rows = /* @__PURE__ */ new Map();
      for (const { id, table, label, full } of file.rows) {
        const row = { id, label, full, cells: [] };
        rows.set(id, row);
        this.tables.find((t) => t.id === table).rows.push(row);
      }
      this.numbers = new Map(file.cells.map((c, i) => [c.id, i]));
      this.cells = file.cells.map(({ id, row: of, column, label, type, additive }, i) => {
        const row = rows.get(of);
        row.cells.push(i);
        return { id, row, column, label, type, additive: additive === true };
      });
      this.bases = file.cells.map(({ id, parts, own }) => own ? void 0 : !parts ? id : parts.length === 1 ? parts[0] : void 0);
      this.shared = new Map(this.bases.flatMap((id, i) => id === void 0 ? [] : [[id, i]]));
      const terms = (list) => list.map(([cell, sign, from]) => ({ cell: this.cell(cell), minus: sign < 0, from }));
      this.rules = file.rules.map((r) => ({
        id: r.id,
        severity: r.severity,
        about: r.about,
        scope: r.scope,
        byRow: r.by_row === true,
        label: r.label,
        message: r.message,
        equations: r.equations.map((e) => {
          const left = terms(e.left), right = terms(e.right);
          return {
            at: this.cell(e.at),
            where: e.where,
            left,
            right,
            terms: left.concat(right),
            atLeast: e.op === ">=",
            derived: e.derived === void 0 ? -1 : this.cell(e.derived),
            whenFull: e.when_full === true
          };
        })
      }));
    }
    /** cell returns the number of the cell with the id. It throws if the form has no such cell. */
    cell(id) {
      const n = this.numbers.get(id);
      if (n === void 0) throw new Error(`${this.id} has no cell ${id}`);
      return n;
    }
    /** continues maps each cell to the cells of an earlier form whose sum it continues, mostly one; undefined if this form continues none of that form's cells. */
    continues(earlier) {
      if (earlier.id === this.id) return this.cells.map((_, i) => [i]);
      const same2 = this.file.continues[earlier.id];
      return same2 && this.cells.map((c) => c.id in same2 ? [same2[c.id]].flat().map((id) => earlier.cell(id)) : []);
    }
    /** edition is the form of which this is a variant, or itself. */
    get edition() {
      return this.file.variant_of ?? this.id;
    }
    /** base is the id that a cell has in the edition; undefined for one that only the variant has. */
    base(cell) {
      return this.bases[cell];
    }
    /** shares reports whether a cell is one of the form that this is a variant of. */
    shares(cell) {
      return this.bases[cell] !== void 0;
    }
    /** counterpart is the cell of another form of the same edition, one of which is a variant of the other, that is this one. */
    counterpart(cell, other) {
      const base = this.bases[cell];
      return base === void 0 ? void 0 : other.shared.get(base);
    }
    /** token reports whether a text is one that documents print in place of a number. */
    token(text2) {
      return this.file.tokens.includes(text2);
    }
    severity(rule) {
      return this.file.program[rule].severity;
    }
    /** say fills in one of the program's own messages, such as relation/crossing or blank-cell. */
    say(key, args = {}) {
      const [rule, variant] = key.split("/");
      return fill(this.file.program[rule].messages[variant ?? ""], args, this.file.program["relation"].messages["list"]);
    }
  };

  // say.ts
  function say(text2, values) {
    return text2.replace(/\{(\w+)\}/g, (_, k) => String(values[k]));
  }

  // archive.ts
  var Archive = class {
    constructor(at, years) {
      this.at = at;
      this.years = years;
      this.forms = /* @__PURE__ */ new Map();
    }
    /** read reads all reports; what could not be read is asked for again by the next call. */
    read() {
      this.reports ??= this.fetchAll().catch((e) => {
        this.reports = void 0;
        throw e;
      });
      return this.reports;
    }
    async around(agency, { form, year }, cell) {
      this.figures ??= Figures.open(this.at.figures).catch((e) => {
        this.figures = void 0;
        throw e;
      });
      return around(await this.figures, agency, year, form.edition, form.base(cell) ?? "");
    }
    async fetchAll() {
      const addresses = new Set(this.years.map((year) => say(this.at.reports, { year })));
      const files = (await Promise.all(Array.from(addresses, fetchReports))).flat();
      const withFigures = files.filter((f) => Object.keys(f.cells).length > 0).sort((a, b) => a.year - b.year);
      const sheets = await Promise.all(withFigures.map(async (f) => sheetOf(await this.form(f.form), f)));
      return { agency: files[0].agency.path, sheets };
    }
    form(id) {
      let form = this.forms.get(id);
      if (!form) {
        form = fetchForm(this.at.rules, id);
        form.catch(() => this.forms.delete(id));
        this.forms.set(id, form);
      }
      return form;
    }
  };
  async function fetchForm(address, id) {
    return new Form(JSON.parse(await text(say(address, { form: encodeURIComponent(id) }))));
  }
  async function fetchReports(address) {
    return parseReports(await text(address));
  }
  async function text(address) {
    const r = await fetch(address);
    if (!r.ok) throw new Error(address + ": " + r.status);
    return r.text();
  }

  // pair.ts
  var least64 = -(1n << 63n);
  var most64 = (1n << 63n) - 1n;
  var missing = { status: "missing", value: 0n, text: "" };
  var Below = class {
    /** expected is the number of agencies that should report. If faulty, one of the reports has an error, and the government is not compared with any. */
    constructor(form, expected, reports, faulty) {
      this.expected = expected;
      this.reports = reports;
      this.faulty = faulty;
      this.reported = reports.length;
      this.sums = form.cells.map((c, i) => {
        const sum = { known: form.shares(i), value: 0n };
        for (const { form: theirs, facts } of reports) {
          const there = form.counterpart(i, theirs);
          const { status, value } = there === void 0 ? missing : facts[there];
          if (!c.additive || status !== "number" || value < 0n || sum.value + value > most64) sum.known = false;
          else sum.value += value;
        }
        return sum;
      });
    }
  };
  var maxSupposed = 6;
  var ofBefore = (cell) => -1 - cell;
  var Pair = class {
    constructor(now, before2, below, supposed = /* @__PURE__ */ new Map()) {
      this.now = now;
      this.before = before2;
      this.below = below;
      this.supposed = supposed;
      this.continues = before2 && now.form.continues(before2.form);
    }
    /** places returns the cells of a term, whose sum it is if there are several; none for a sum over agencies, and if the form of the year before has no such cell. */
    places(t) {
      if (t.from === void 0) return [t.cell];
      return t.from === "previous" && this.continues ? this.continues[t.cell].map(ofBefore) : [];
    }
    sheet(p) {
      return p < 0 ? this.before : this.now;
    }
    number(p) {
      return p < 0 ? -1 - p : p;
    }
    fact(p) {
      return this.sheet(p).facts[this.number(p)];
    }
    /** judge evaluates an equation with the printed values. */
    judge(equation) {
      const partial = equation.whenFull && this.below && this.below.reported < this.below.expected;
      const sides = partial ? void 0 : this.sides(equation);
      if (!sides) return { equation, known: false, holds: false, left: 0n, right: 0n };
      return { equation, known: true, holds: holds(equation, sides), left: sides[0], right: sides[1] };
    }
    /** sides adds up both sides; values in instead are used in place of printed ones. It is undefined if a term has no number. */
    sides(e, instead) {
      const left = this.sum(e.left, instead, e.atLeast, true);
      const right = left === void 0 ? void 0 : this.sum(e.right, instead, e.atLeast, false);
      return right === void 0 ? void 0 : [left, right];
    }
    sum(terms, instead, least, minus) {
      let total = 0n;
      for (const t of terms) {
        const v = this.value(t, instead, least && t.minus === minus);
        if (v === void 0) return void 0;
        total += t.minus ? BigInt.asIntN(64, -v) : v;
        if (total > most64 || total < least64) return void 0;
      }
      return total;
    }
    value(t, instead, least) {
      var _a;
      if (t.from === "children") {
        const sum = (_a = this.below) == null ? void 0 : _a.sums[t.cell];
        return sum && (sum.known || least) ? sum.value : void 0;
      }
      const places = this.places(t);
      if (places.length === 0 || places.some((p) => this.fact(p).status !== "number")) return void 0;
      return places.reduce((sum, p) => sum + ((instead == null ? void 0 : instead.get(p)) ?? this.fact(p).value), 0n);
    }
    /** holdsWith reports whether an equation holds with other values; undefined if a term has no number. */
    holdsWith(e, instead) {
      const sides = this.sides(e, instead);
      return sides && holds(e, sides);
    }
    /** explained returns the cells whose supposed values make a failing equation hold; undefined if there are none. */
    explained(e) {
      var _a;
      const cells2 = [], values = [];
      for (const t of e.terms) {
        for (const p of this.places(t)) {
          if (p === e.derived) continue;
          for (const v of ((_a = this.supposed.get(this.sheet(p))) == null ? void 0 : _a.get(this.number(p))) ?? []) {
            cells2.push(p);
            values.push(v);
          }
        }
      }
      const attempt = (taken) => {
        const used = cells2.filter((_, i) => taken(i));
        const sides = this.sides(e, new Map(cells2.map((p, i) => [p, values[i]]).filter((_, i) => taken(i))));
        return sides && holds(e, sides) ? used : void 0;
      };
      if (cells2.length > maxSupposed) return attempt((i) => i < 60);
      for (let mask = 1; mask < 1 << cells2.length; mask++) {
        const used = attempt((i) => (mask & 1 << i) !== 0);
        if (used) return used;
      }
      return void 0;
    }
    /**
     * needed returns the value with which a cell would make an equation hold, all
     * other cells being as printed. It is undefined if the equation is no equality, has
     * the cell not exactly once, or needs a value that a document cannot state.
     */
    needed(v, at) {
      const e = v.equation;
      const found = e.terms.map((t2, i) => ({ t: t2, right: i >= e.left.length })).filter(({ t: t2 }) => this.places(t2).includes(at));
      if (e.atLeast || found.length !== 1) return void 0;
      const { t, right } = found[0];
      const apart = BigInt.asIntN(64, v.left - v.right);
      const want = BigInt.asIntN(64, this.fact(at).value + (t.minus === right ? -apart : apart));
      return stated(this.sheet(at).form.cells[this.number(at)].type, want) ? want : void 0;
    }
  };
  function holds(e, [left, right]) {
    return e.atLeast ? left >= right : left === right;
  }

  // cell.ts
  function through(reports, now, cell) {
    return reports.map((sheet) => {
      const cells2 = same(now.form, sheet.form, cell);
      return { sheet, ids: cells2.map((n) => sheet.form.cells[n].id), ...stated2(sheet, cells2) };
    });
  }
  function same(form, other, cell) {
    var _a;
    const earlier = form.continues(other);
    if (earlier) return earlier[cell];
    const later = ((_a = other.continues(form)) == null ? void 0 : _a.findIndex((parts) => parts.length === 1 && parts[0] === cell)) ?? -1;
    return later < 0 ? [] : [later];
  }
  function stated2({ form, facts }, cells2) {
    if (cells2.length === 0) return { text: "", value: void 0 };
    const values = cells2.map((n) => facts[n]);
    const value = values.every((f) => f.status === "number") ? values.reduce((sum, f) => sum + f.value, 0n) : void 0;
    const text2 = values.length === 1 ? values[0].text : value === void 0 ? "" : format(form.cells[cells2[0]].type, value);
    return { text: text2, value };
  }
  function equations(now, cell, { before: before2, after, below }) {
    const list = judged(new Pair(now, before2, below), cell);
    return after ? list.concat(judged(new Pair(after, now), -1 - cell)) : list;
  }
  function judged(pair, at) {
    const list = [];
    for (const rule of pair.now.form.rules) {
      for (const e of rule.equations) {
        if (e.whenFull || !e.terms.every((t) => t.from === "children" ? pair.below : pair.places(t).length > 0)) continue;
        if (e.terms.some((t) => (t.from === "children" ? [t.cell] : pair.places(t)).includes(at))) list.push(judge(pair, rule, e));
      }
    }
    return list;
  }
  function record(pair) {
    const { cells: cells2, rules } = pair.now.form;
    const there = { report: true, years: pair.before !== void 0, agencies: pair.below !== void 0 };
    return rules.filter((rule) => rule.about === "arithmetic" && there[rule.scope]).flatMap((rule) => {
      const at = /* @__PURE__ */ new Map();
      for (const e of rule.equations) {
        const j = judge(pair, rule, e), was = at.get(cells2[e.at].id);
        if (!was || j.known && (!was.known || was.holds)) at.set(j.at, j);
      }
      return Array.from(at.values());
    });
  }
  function judge(pair, rule, e) {
    const { known, holds: holds2 } = pair.judge(e);
    const operand = labelled(pair, e);
    return { rule, at: pair.now.form.cells[e.at].id, where: e.where, left: e.left.map(operand), right: e.right.map(operand), atLeast: e.atLeast, known, holds: holds2 };
  }
  function labelled(pair, e) {
    const { cells: cells2 } = pair.now.form;
    const own = e.terms.map((t) => cells2[t.cell]);
    const row = own.every((c) => c.row === own[0].row) && own.some((c) => c !== own[0]);
    const column = own.every((c) => c.column.zh === own[0].column.zh && c.column.en === own[0].column.en);
    return (t) => {
      const cell = cells2[t.cell];
      const label = row ? cell.column : column ? cell.row.full : cell.label;
      if (t.from === "children") {
        const sum = pair.below.sums[t.cell];
        return { label, year: pair.now.year, text: sum.known || e.atLeast ? format(cell.type, sum.value) : "", minus: t.minus, below: true, id: cell.id };
      }
      const places = pair.places(t);
      if (places.length === 0) return { label, year: pair.now.year - 1, text: "", minus: t.minus, below: false, id: cell.id };
      const sheet = pair.sheet(places[0]), numbers = places.map((p) => pair.number(p));
      const { text: text2, value } = stated2(sheet, numbers);
      return { label, year: sheet.year, text: value === void 0 ? "" : text2, minus: t.minus, below: false, id: sheet.form.cells[numbers[0]].id };
    };
  }

  // dom.ts
  function make(tag3, name = "", text2 = "", parent) {
    const n = document.createElement(tag3);
    if (name) n.className = name;
    if (text2) n.textContent = text2;
    parent == null ? void 0 : parent.append(n);
    return n;
  }
  function link(name, text2, address, parent) {
    const a = make("a", name, text2, parent);
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
  function ready(run) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
    else run();
  }

  // words.ts
  var english = /^en/i.test(document.documentElement.lang);

  // checked.ts
  var tag = english ? "en" : "zh";
  function checked(details, { dataset: words }) {
    const status = make("p", "note");
    status.setAttribute("role", "status");
    details.append(status);
    let wanted = true;
    const fill2 = () => {
      if (!details.open || !wanted) return;
      wanted = false;
      status.textContent = words.loading;
      judged2(details.dataset, words).then((list) => {
        status.textContent = "";
        write(details, list, words);
      }, () => {
        status.textContent = words.failed;
        wanted = true;
      });
    };
    details.addEventListener("toggle", fill2);
    fill2();
  }
  async function judged2({ form: id, last, sums, reported, expected }, words) {
    const form = await fetchForm(words.rules, id);
    const below = sums === void 0 ? void 0 : { sums: sumsOf(form, sums), reported: Number(reported), expected: Number(expected) };
    return record(new Pair(printed(form, Number(words.year)), last ? await before(Number(last), words) : void 0, below));
  }
  function printed(form, year) {
    var _a;
    const sheet = new Sheet(form, year);
    for (const { id } of form.cells) {
      const td = document.getElementById(id);
      const text2 = (_a = (td == null ? void 0 : td.querySelector(".token, .invalid")) ?? (td == null ? void 0 : td.firstChild)) == null ? void 0 : _a.textContent.trim();
      sheet.set(id, !td || td.querySelector(".missing") ? void 0 : td.querySelector(".blank") ? "" : text2);
    }
    return sheet;
  }
  async function before(year, words) {
    const report = (await fetchReports(say(words.reports, { year }))).find((r) => r.year === year);
    const figures = report.variant ?? report;
    return sheetOf(await fetchForm(words.rules, figures.form), report, figures);
  }
  function sumsOf(form, text2) {
    return text2.split(",").map((s, i) => ({ known: s[0] !== ">", value: read(form, form.cells[i].type, s.replace(">", "")).value }));
  }
  function write(details, list, words) {
    const explained = (details.dataset.explained ?? "").split(" ");
    let rule, lines;
    for (const j of list) {
      if (rule !== j.rule) {
        rule = j.rule;
        const part = make(rule.scope === "agencies" ? "details" : "div", "", "", details);
        const head = make(rule.scope === "agencies" ? "summary" : "p", "", "", part);
        if (rule.scope === "agencies") head.textContent = inTag(rule.label, tag);
        else link("", inTag(rule.label, tag), words.rulesPage + "#rule-" + rule.id, head);
        lines = make("ul", "", "", part);
      }
      const line = make("li", "", "", lines);
      link("", inTag(j.where, tag), "#" + j.at, line);
      const sign = j.known && !j.holds ? j.atLeast ? "<" : "≠" : j.atLeast ? "≥" : "=";
      const numbers = make("span", "", side(j.left, j, words) + " " + sign + " " + side(j.right, j, words), line);
      if (j.known && j.holds) continue;
      numbers.append(" ");
      if (!j.known) make("b", "open", words.open, numbers);
      else if (explained.includes(j.rule.id + "@" + j.at)) make("b", "open", words.explained, numbers);
      else make("b", "fails", words.fails, numbers);
    }
  }
  function side(terms, { left: [{ year: own }] }, words) {
    return terms.map(({ text: text2, year, minus, below }, i) => {
      const number = (below ? words.sum + " " : "") + (text2 || words.none) + (year === own ? "" : ` (${year})`);
      return (i === 0 ? minus ? "−" : "" : minus ? " − " : " + ") + number;
    }).join("");
  }

  // contents.ts
  function contents(list) {
    const beside = () => getComputedStyle(list.parentElement).position === "sticky";
    const open = () => void (list.open = beside());
    open();
    matchMedia("(min-width: 60rem)").addEventListener("change", open);
    const links = Array.from(list.querySelectorAll("a"));
    list.addEventListener("click", (e) => {
      if (!beside() && e.target.closest("a")) list.open = false;
    });
    const parts = links.map((a) => document.getElementById(a.hash.slice(1)).closest("section"));
    const seen = /* @__PURE__ */ new Set();
    const watch = new IntersectionObserver((changes) => {
      for (const c of changes) c.isIntersecting ? seen.add(c.target) : seen.delete(c.target);
      const at = parts.findIndex((p) => seen.has(p));
      links.forEach((a, i) => i === at ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current"));
    }, { rootMargin: "-25% 0px -60% 0px" });
    parts.forEach((p) => watch.observe(p));
  }

  // grid.ts
  function grid(table, hint, open) {
    const role = (selector, name) => table.querySelectorAll(selector).forEach((n) => n.setAttribute("role", name));
    table.setAttribute("role", "grid");
    table.setAttribute("aria-readonly", "true");
    table.setAttribute("aria-describedby", hint);
    role("thead, tbody", "rowgroup");
    role("tr", "row");
    role("td", "gridcell");
    role("th", "columnheader");
    role("th[scope^=row]", "rowheader");
    let current = cells(table)[0];
    const enter = (cell) => {
      current.tabIndex = -1;
      current.removeAttribute("aria-haspopup");
      current = cell;
      cell.tabIndex = 0;
      cell.setAttribute("aria-haspopup", "dialog");
    };
    enter(current);
    table.addEventListener("click", (e) => {
      const target = e.target;
      const cell = target.closest("td[id]");
      if (!cell || target.closest("a") || String(getSelection())) return;
      enter(cell);
      open(cell);
    });
    table.addEventListener("keydown", (e) => {
      if (e.target !== current || e.altKey || e.metaKey || e.shiftKey) return;
      if (e.key === "Enter" || e.key === " ") open(current);
      else {
        const next = step(table, current, e.key, e.ctrlKey);
        if (next === void 0) return;
        enter(next);
        next.focus();
      }
      e.preventDefault();
    });
  }
  function cells(table) {
    return Array.from(table.querySelectorAll("td[id]"));
  }
  function step(table, from, key, far) {
    const places = [];
    for (const cell of cells(table)) {
      const { left, top, width, height } = cell.getBoundingClientRect();
      if (width > 0) places.push({ cell, left, top, height });
    }
    const at = places.find((p) => p.cell === from);
    if (!at) return void 0;
    const beside = places.filter((p) => Math.abs(p.top - at.top) < at.height / 2).sort((a, b) => a.left - b.left);
    const i = beside.indexOf(at);
    const line = (down) => {
      const lines = places.filter((p) => down ? p.top >= at.top + at.height / 2 : p.top <= at.top - at.height / 2);
      const distance = (p) => Math.abs(p.top - at.top) * 1e4 + Math.abs(p.left - at.left);
      return lines.reduce((best, p) => distance(p) < distance(best) ? p : best, lines[0]) ?? at;
    };
    switch (key.toLowerCase()) {
      case "arrowleft":
        return beside[Math.max(0, i - 1)].cell;
      case "arrowright":
        return beside[Math.min(beside.length - 1, i + 1)].cell;
      case "arrowup":
        return line(false).cell;
      case "arrowdown":
        return line(true).cell;
      case "home":
        return (far ? places[0] : beside[0]).cell;
      case "end":
        return (far ? places[places.length - 1] : beside[beside.length - 1]).cell;
    }
    return void 0;
  }

  // panel.ts
  var tag2 = english ? "en" : "zh";
  var Panel = class {
    // counts the cells that were shown, so that a late answer is not put beside another cell
    constructor(dialog) {
      this.dialog = dialog;
      // has the focus again at the end
      this.shown = 0;
      const { reports, rules, figures, years, year } = dialog.dataset;
      this.year = Number(year);
      this.archive = new Archive({ reports, rules, figures }, years.split(" ").map(Number));
      this.title = dialog.querySelector("h2");
      this.status = dialog.querySelector("[role=status]");
      dialog.addEventListener("click", (e) => {
        const target = e.target;
        const term = target.closest('a[href^="#"]');
        if (target === dialog || target.closest(".close")) dialog.close();
        else if (term) {
          e.preventDefault();
          this.open(document.getElementById(term.hash.slice(1)));
        }
      });
      dialog.addEventListener("close", () => {
        var _a;
        this.shown++;
        (_a = this.opener) == null ? void 0 : _a.focus();
      });
      for (const b of dialog.querySelectorAll("[data-copy]")) {
        b.addEventListener("click", () => void this.copy(document.getElementById(b.dataset.copy)));
      }
    }
    /** open shows a cell; the opener is what gets the focus afterwards, as long as the panel stays open. */
    open(cell, opener = cell) {
      var _a;
      const heads = cell.headers.split(" ").map((id) => document.getElementById(id).textContent.trim());
      const name = heads.join(" · "), value = (((_a = cell.firstChild) == null ? void 0 : _a.textContent) ?? "").trim();
      this.title.textContent = name;
      this.dialog.querySelector(".panel-value").textContent = value;
      this.cite(cell.id, name, value);
      this.status.textContent = this.word("loading");
      this.part("years").hidden = this.part("equations").hidden = this.part("around").hidden = true;
      if (!this.dialog.open) {
        this.opener = opener;
        this.dialog.showModal();
      }
      this.title.focus();
      this.dialog.scrollTop = 0;
      const turn = ++this.shown;
      this.fill(cell.id, () => turn === this.shown).then(() => "", () => this.word("failed")).then((message) => turn === this.shown && (this.status.textContent = message));
    }
    word(key) {
      return this.dialog.dataset[key];
    }
    part(name) {
      return this.dialog.querySelector(`[data-part=${name}]`);
    }
    cite(id, cell, value) {
      var _a;
      const canonical = ((_a = document.querySelector("link[rel=canonical]")) == null ? void 0 : _a.href) ?? location.href.replace(/[?#].*/, "");
      const address = canonical + "#" + id;
      const now = /* @__PURE__ */ new Date();
      const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
      const report = document.getElementById("report-citation").textContent;
      this.dialog.querySelector("#panel-address").textContent = address;
      this.dialog.querySelector("#panel-citation").textContent = say(this.word("citation"), { report, cell, value, address, date });
    }
    /** copy puts a text on the clipboard, or, where the browser does not let a script do that, selects it. */
    async copy(node) {
      var _a;
      getSelection().selectAllChildren(node);
      const copied = await ((_a = navigator.clipboard) == null ? void 0 : _a.writeText(node.textContent).then(() => true, () => false)) || document.execCommand("copy");
      this.status.textContent = this.word(copied ? "copied" : "uncopied");
    }
    async fill(id, current) {
      const { agency, sheets } = await this.archive.read();
      if (!current()) return;
      const of = (year) => sheets.find((s) => s.year === year);
      const now = of(this.year);
      const cell = now.form.cell(id);
      this.years(agency, sheets, now, cell);
      const beside = { before: of(this.year - 1), after: of(this.year + 1), below: void 0 };
      this.equations(equations(now, cell, beside), agency, id);
      const found = await this.archive.around(agency, now, cell);
      if (!current()) return;
      if (!found) return;
      this.equations(equations(now, cell, { ...beside, below: summed(now, id, found.below) }), agency, id);
      this.around(found, id, (list) => {
        var _a;
        const sum = (_a = summed(now, id, list)) == null ? void 0 : _a.sums[cell];
        return (sum == null ? void 0 : sum.known) ? format(now.form.cells[cell].type, sum.value) : "";
      });
    }
    /** begin empties a part but for its heading, and shows it. */
    begin(name) {
      const part = this.part(name);
      part.replaceChildren(part.querySelector("h3"));
      part.hidden = false;
      return part;
    }
    address(agency, year, id) {
      return say(this.word("page"), { agency, year }) + "#" + id;
    }
    table(part) {
      const table = make("table", "data", "", part);
      table.setAttribute("aria-label", part.querySelector("h3").textContent);
      return make("tbody", "", "", table);
    }
    /** line adds a name, which may be a link, and a value. */
    line(body, name, address, value) {
      const row = make("tr", "", "", body);
      const head = make("th", "", address ? "" : name, row);
      head.scope = "row";
      if (address) link("", name, address, head);
      make("td", "n", value || this.word("none"), row);
      return row;
    }
    years(agency, sheets, now, cell) {
      const readings = through(sheets, now, cell).reverse();
      const most = Math.max(...readings.map(({ value }) => Number(value ?? 0n)));
      const body = this.table(this.begin("years"));
      for (const { sheet, ids: [id], text: text2, value } of readings) {
        const row = this.line(body, String(sheet.year), id && sheet !== now ? this.address(agency, sheet.year, id) : "", id ? text2 : this.word("break"));
        if (sheet === now) row.setAttribute("aria-current", "true");
        make("td", "drawn", "", row).append(...value === void 0 ? [] : [bar(Number(value), most)]);
      }
    }
    equations(list, agency, id) {
      const part = this.begin("equations");
      if (list.length === 0) make("p", "", this.word("free"), part);
      for (const { rule, left, right, atLeast, known, holds: holds2 } of list) {
        const p = make("p", "", "", part);
        link("", inTag(rule.label, tag2), this.word("rulesPage") + "#rule-" + rule.id, p);
        const verdict = !known ? "open" : holds2 ? "holds" : "fails";
        p.append(" ");
        make("span", verdict, this.word(verdict), p);
        const terms = make("ul", "terms", "", part);
        this.side(left, terms, agency, id, "");
        this.side(right, terms, agency, id, atLeast ? "≥" : "=");
      }
    }
    /** side adds the numbers of one side, each on a line as in a sum on paper. */
    side(list, terms, agency, cell, first) {
      list.forEach(({ label, year, text: text2, minus, below, id }, i) => {
        const own = year === this.year, line = make("li", "", "", terms);
        make("span", "sign", [i === 0 ? first : minus ? "" : "+", minus ? "−" : ""].join(" ").trim(), line);
        line.append(" ");
        make("b", "", text2 || this.word("none"), line);
        line.append(" ");
        const name = (below ? this.word("sum") + " " : own ? "" : year + " ") + inTag(label, tag2);
        if (own && id === cell || below) make("span", "", name, line);
        else link("", name, own ? "#" + id : this.address(agency, year, id), line);
      });
    }
    around({ above, beside, below }, id, sum) {
      const part = this.begin("around");
      if (!above && beside.length + below.length === 0) {
        make("p", "", this.word("alone"), part);
        return;
      }
      const body = this.table(part);
      const agency = ({ path, name, value }) => value === void 0 ? this.line(body, name, "", this.word("missing")) : this.line(body, name, this.address(path, this.year, id), value === null ? "" : String(value));
      const total = (list, word, name, address) => {
        const n = list.filter((a) => a.value !== void 0).length;
        if (n > 0) this.line(body, say(this.word(word), { name, n, m: list.length }), address, sum(list)).className = "sum";
      };
      if (above) agency(above);
      const [region] = Array.from(document.querySelectorAll(".crumbs a")).slice(-2);
      if (region) total(beside, "region", region.textContent, region.href);
      total(below, "below", "", "");
      below.forEach(agency);
    }
  };
  function summed({ form, year }, id, below) {
    const reports = below.filter((a) => a.value !== void 0).map(({ name, value }) => {
      const sheet = new Sheet(form, year, name);
      sheet.set(id, value === null ? "" : String(value));
      return sheet;
    });
    return reports.length > 0 ? new Below(form, below.length, reports, false) : void 0;
  }

  // report.ts
  ready(() => {
    const list = document.getElementById("report-contents");
    if (list) contents(list);
    const dialog = document.getElementById("cell-panel");
    if (!dialog) return;
    const record2 = document.getElementById("report-checked");
    if (record2) checked(record2, dialog);
    const panel = new Panel(dialog), hint = document.getElementById("cell-hint");
    hint.hidden = false;
    for (const table of document.querySelectorAll("table.official")) grid(table, hint.id, (cell) => panel.open(cell));
    for (const a of document.querySelectorAll(".key a")) {
      a.addEventListener("click", (e) => {
        if (e.ctrlKey || e.metaKey || e.shiftKey) return;
        e.preventDefault();
        panel.open(document.getElementById(a.hash.slice(1)), a);
      });
    }
  });
})();
