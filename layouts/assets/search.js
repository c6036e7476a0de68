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
  function link(name, text, address, parent) {
    const a = make("a", name, text, parent);
    a.href = address;
    return a;
  }
  function typing() {
    const at = document.activeElement;
    return !!at && (/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) || at.isContentEditable);
  }
  function plain(e) {
    return !(e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing);
  }
  function ready(run) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
    else run();
  }

  // inflate.ts
  var lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  function codeOf(lengths) {
    const counts = new Uint16Array(16);
    const starts = new Uint16Array(16);
    const symbols = new Uint16Array(lengths.length);
    for (const n of lengths) counts[n]++;
    counts[0] = 0;
    for (let n = 1; n < 16; n++) starts[n] = starts[n - 1] + counts[n - 1];
    lengths.forEach((n, symbol) => {
      if (n) symbols[starts[n]++] = symbol;
    });
    return { counts, symbols };
  }
  var fixed = [
    codeOf(new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)),
    codeOf(new Uint8Array(30).fill(5))
  ];
  function inflate(data) {
    let at = 0;
    let held = 0;
    let n = 0;
    let out = new Uint8Array(Math.max(256, data.length * 4));
    let size = 0;
    function fail() {
      throw new Error("deflate: broken data");
    }
    function bits(want) {
      for (; n < want; n += 8) {
        if (at >= data.length) fail();
        held |= data[at++] << n;
      }
      const v = held & (1 << want) - 1;
      held >>>= want;
      n -= want;
      return v;
    }
    function symbol({ counts, symbols }) {
      let code = 0;
      let first2 = 0;
      let index = 0;
      for (let length = 1; length < 16; length++) {
        code |= bits(1);
        const count = counts[length];
        if (code - first2 < count) return symbols[index + code - first2];
        index += count;
        first2 = first2 + count << 1;
        code <<= 1;
      }
      return fail();
    }
    function room(more) {
      if (size + more <= out.length) return;
      const larger = new Uint8Array(Math.max(size + more, out.length * 2));
      larger.set(out);
      out = larger;
    }
    function stored() {
      held = n = 0;
      const length = data[at] | data[at + 1] << 8;
      if (at + 4 + length > data.length || (length ^ 65535) !== (data[at + 2] | data[at + 3] << 8)) fail();
      room(length);
      out.set(data.subarray(at + 4, at + 4 + length), size);
      at += 4 + length;
      size += length;
    }
    function written2() {
      const literals = bits(5) + 257;
      const distances = bits(5) + 1;
      const lengths = new Uint8Array(19);
      for (let i = 0, end = bits(4) + 4; i < end; i++) lengths[lengthOrder[i]] = bits(3);
      const code = codeOf(lengths);
      const all = new Uint8Array(literals + distances);
      for (let i = 0; i < all.length; ) {
        const s = symbol(code);
        if (s < 16) {
          all[i++] = s;
          continue;
        }
        if (s === 16 && i === 0) fail();
        const value = s === 16 ? all[i - 1] : 0;
        const times = s === 16 ? 3 + bits(2) : s === 17 ? 3 + bits(3) : 11 + bits(7);
        if (i + times > all.length) fail();
        all.fill(value, i, i += times);
      }
      return [codeOf(all.subarray(0, literals)), codeOf(all.subarray(literals))];
    }
    function block([literals, distances]) {
      for (; ; ) {
        const s = symbol(literals);
        if (s === 256) return;
        if (s < 256) {
          room(1);
          out[size++] = s;
          continue;
        }
        const k = s - 257;
        if (k > 28) fail();
        const extra = k < 8 || k === 28 ? 0 : (k >> 2) - 1;
        const length = k === 28 ? 258 : k < 8 ? k + 3 : (4 + (k & 3) << extra) + 3 + bits(extra);
        const d = symbol(distances);
        if (d > 29) fail();
        const more = d < 4 ? 0 : (d >> 1) - 1;
        const distance = d < 4 ? d + 1 : (2 + (d & 1) << more) + 1 + bits(more);
        if (distance > size) fail();
        room(length);
        for (let end = size + length; size < end; size++) out[size] = out[size - distance];
      }
    }
    for (let last = 0; !last; ) {
      last = bits(1);
      const kind = bits(2);
      if (kind === 0) stored();
      else if (kind === 3) fail();
      else block(kind === 1 ? fixed : written2());
    }
    return out.slice(0, size);
  }

  // files.ts
  var most = 4e3;
  var streams = (() => {
    try {
      return !!new DecompressionStream("deflate-raw");
    } catch {
      return false;
    }
  })();
  function unpacked(r) {
    if (streams) return new Response(r.body.pipeThrough(new DecompressionStream("deflate-raw")));
    return r.arrayBuffer().then((b) => new Response(inflate(new Uint8Array(b))));
  }
  async function unpack(data) {
    return streams ? new Uint8Array(await (await unpacked(new Response(data))).arrayBuffer()) : inflate(new Uint8Array(data));
  }
  var Files = class {
    /** base is the address of the index's folder, with a slash at its end. */
    constructor(base) {
      this.base = base;
      this.loaded = /* @__PURE__ */ new Map();
    }
    json(path) {
      return this.get(path, (r) => r.json());
    }
    bytes(path) {
      return this.get(path, (r) => r.arrayBuffer());
    }
    /** inflated and text are for files ending in .bin, which are deflated as a whole. */
    inflated(path) {
      return this.get(path, async (r) => (await unpacked(r)).arrayBuffer());
    }
    text(path) {
      return this.get(path, async (r) => (await unpacked(r)).text());
    }
    forget() {
      this.loaded.clear();
    }
    get(path, read) {
      let p = this.loaded.get(path);
      if (!p) {
        p = fetch(this.base + path).then((r) => {
          if (!r.ok) throw new Error(path + ": " + r.status);
          return read(r);
        });
        p.catch(() => this.loaded.delete(path));
        this.loaded.set(path, p);
        if (this.loaded.size > most) this.loaded.delete(this.loaded.keys().next().value);
      }
      return p;
    }
  };

  // bits.ts
  function unbase64(s) {
    const raw = atob(s ?? "");
    const out = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return out;
  }
  var Bytes = class {
    constructor(data) {
      this.data = data;
      this.at = 0;
    }
    more() {
      return this.at < this.data.length;
    }
    byte() {
      return this.data[this.at++];
    }
    /** varint reads a number in base 128, little-endian. */
    varint() {
      let v = 0;
      for (let scale = 1; ; scale *= 128) {
        const b = this.byte();
        v += (b & 127) * scale;
        if (!(b > 127)) return v;
      }
    }
  };
  var base32 = "abcdefghijklmnopqrstuvwxyz234567";
  function folders(base64) {
    const d = unbase64(base64);
    const out = [];
    for (let i = 0; i + 5 <= d.length; i += 5) {
      const high = d[i] << 12 | d[i + 1] << 4 | d[i + 2] >> 4;
      const low = (d[i + 2] & 15) << 16 | d[i + 3] << 8 | d[i + 4];
      let s = "";
      for (const half of [high, low]) for (let k = 15; k >= 0; k -= 5) s += base32[half >> k & 31];
      out.push(s);
    }
    return out;
  }
  function points(s) {
    return Array.from(s, (c) => c.codePointAt(0));
  }
  var firstSeed = 2166136261;
  function mix(seed, list) {
    let h = seed;
    for (const p of list) h = Math.imul(h ^ p, 16777619);
    h = Math.imul(h ^ h >>> 16, 2146121005);
    h = Math.imul(h ^ h >>> 15, 2221713035);
    return (h ^ h >>> 16) >>> 0;
  }
  var Bits = class {
    // in bits
    constructor(data) {
      this.at = 0;
      this.data = new Uint8Array(data.length + 8);
      this.data.set(data);
    }
    /** list reads n ascending numbers below size. If these are more than half of all, the index holds the others. */
    list(n, size) {
      const out = new Uint32Array(n);
      if (n * 2 <= size) {
        this.set(out, 0, n, 0, size - 1);
        return out;
      }
      const missing = new Uint32Array(size - n);
      this.set(missing, 0, size - n, 0, size - 1);
      for (let v = 0, i = 0, k = 0; v < size && k < n; v++) {
        if (i < missing.length && missing[i] === v) i++;
        else out[k++] = v;
      }
      return out;
    }
    set(dst, from, n, lo, hi) {
      while (n > 1) {
        if (hi - lo + 1 === n) {
          for (let i = 0; i < n; i++) dst[from + i] = lo + i;
          return;
        }
        const m = n >> 1;
        const first2 = lo + m;
        const v = first2 + this.upTo(hi - (n - 1 - m) - first2);
        dst[from + m] = v;
        if (m > 1) this.set(dst, from, m, lo, v - 1);
        else dst[from] = lo + this.upTo(v - 1 - lo);
        lo = v + 1;
        from += m + 1;
        n -= m + 1;
      }
      if (n === 1) dst[from] = lo + this.upTo(hi - lo);
    }
    /** upTo reads a number from 0 to most in truncated binary code. */
    upTo(most2) {
      const k = 32 - Math.clz32(most2);
      if (k === 0) return 0;
      if (k > 24) return this.long(most2, k);
      const d = this.data;
      const i = this.at >>> 3;
      const v = (d[i] << 24 | d[i + 1] << 16 | d[i + 2] << 8 | d[i + 3]) << (this.at & 7) >>> 32 - k;
      const short = (1 << k) - most2 - 1;
      if (v >>> 1 < short) {
        this.at += k - 1;
        return v >>> 1;
      }
      this.at += k;
      return v - short;
    }
    long(most2, k) {
      const short = 2 ** k - most2 - 1;
      let v = 0;
      let n = 1;
      for (; n < k || n === k && v >= short; n++, this.at++) {
        v = v * 2 + (this.data[this.at >>> 3] >> 7 - (this.at & 7) & 1);
      }
      return n > k ? v - short : v;
    }
  };

  // tree.ts
  async function branch(files, top, agencies, path) {
    const found = { trail: [], first: 0, size: agencies, children: [] };
    let list = await pages(files, top);
    let done = "";
    for (let rest = path; rest !== ""; ) {
      const n = list.find((n2) => n2.segment === rest || rest.startsWith(n2.segment + "/"));
      if (!n) return { ...found, first: 0, size: 0 };
      found.first += n.offset;
      found.size = n.size;
      found.trail.push({ name: n.name, path: done + n.segment });
      done += n.segment + "/";
      rest = rest.slice(n.segment.length + 1);
      list = await pages(files, n.inline ?? (n.folder ? await children(files, n.folder) : []));
    }
    found.children = list.map((n) => ({ name: n.name, path: done + n.segment, first: found.first + n.offset, size: n.size }));
    return found;
  }
  function children(files, folder) {
    return files.json("a/" + folder + "/children.json");
  }
  async function pages(files, list) {
    for (; ; ) {
      const last = list[list.length - 1];
      if (!last || last.segment) return list;
      list = list.slice(0, -1).concat(await children(files, last.folder));
    }
  }

  // index.ts
  var group = "";
  var field = "";
  var part = "";
  var Index = class {
    // the tables of folding that have been loaded
    constructor(root, files) {
      this.root = root;
      this.files = files;
      this.tables = /* @__PURE__ */ new Set();
    }
    fold(s) {
      return this.root.folding.fold(s);
    }
    /**
     * prepare loads the tables that are needed to fold s. root.json has the folds of
     * all characters in the archive's texts, and the characters of the index are folded
     * already. Only for a query with other characters is one of the two tables needed.
     */
    async prepare(s) {
      const { chars, folding, tables } = this.root;
      const wanted = /* @__PURE__ */ new Set();
      for (const c of points(s.normalize("NFC"))) {
        if (chars.has(c) || !folding.lacks(c)) continue;
        wanted.add("f/" + (c >= 13312 && c < 40960 ? tables[0] + "/han.json" : tables[1] + "/other.json"));
      }
      await Promise.all(Array.from(wanted, async (path) => {
        const table = await this.files.json(path);
        if (this.tables.has(path)) return;
        this.tables.add(path);
        folding.add(table);
      }));
    }
    /** postings reads the lists of a gram; they are empty if the index has none. */
    async postings(volume, gram) {
      const at = Math.floor(mix(firstSeed, points(gram)) * volume.folders.length * volume.files / 2 ** 32);
      const buffer = await this.files.bytes("g/" + volume.folders[Math.floor(at / volume.files)] + "/" + at % volume.files + ".bin");
      const size = 4 + new DataView(buffer).getUint32(0, true);
      const dictionary = new Bytes(await unpack(buffer.slice(4, size)));
      const key = new TextEncoder().encode(gram);
      for (let from = size; dictionary.more(); ) {
        const length = dictionary.varint();
        let same = length === key.length;
        for (let k = 0; same && k < length; k++) same = dictionary.data[dictionary.at + k] === key[k];
        dictionary.at += length;
        const docs = dictionary.varint(), headings = dictionary.varint(), agencies = dictionary.varint(), bytes = dictionary.varint();
        if (same) {
          const bits = new Bits(new Uint8Array(buffer, from, bytes));
          const list = bits.list(docs, volume.years * this.root.agencies);
          return { docs: list, headings: bits.list(headings, docs).map((i) => list[i]), agencies: bits.list(agencies, this.root.agencies) };
        }
        from += bytes;
      }
      return { docs: new Uint32Array(0), headings: new Uint32Array(0), agencies: new Uint32Array(0) };
    }
    /** called returns the agencies of which a whole name, folded, is the text. */
    async called(name) {
      const p = points(name);
      const hex = (n) => n.toString(16).padStart(8, "0");
      return (await this.postings(this.root.volumes[0], "" + hex(mix(1013904242, p) & 2147483647) + hex(mix(2654435769, p)))).agencies;
    }
    /** expect begins to load the text of a report without waiting for it. */
    expect(agency, year) {
      this.files.text(this.place(agency, year).stem + ".bin").catch(() => {
      });
    }
    async report(agency, year) {
      const { stem, local } = this.place(agency, year);
      const text = await this.files.text(stem + ".bin");
      const mine = text.split(group).find((g) => g.startsWith(local + field));
      if (mine === void 0) throw new Error(stem + ": no report " + local);
      let f = mine.split(field);
      if (f[2][0] === "+") {
        const pieces = Array.from({ length: Number(f[2].slice(1)) }, (_, i) => this.files.inflated(stem + "-" + local + "-" + i + ".bin"));
        f = f.slice(0, 2).concat((await new Blob(await Promise.all(pieces)).text()).split(field));
      }
      const units = f.slice(5);
      return { agency: f[1], year: Number(f[2]), url: f[3], title: f[4], units, folded: units.map((u) => this.fold(u.slice(1))) };
    }
    async names(agency) {
      const { folder, local } = this.place(agency, 0);
      const f = (await this.files.text(folder + "/names.bin")).split(group)[local].split(field);
      return { path: f[0], names: f.slice(2).map((n) => n.split(part)) };
    }
    /** ranks loads the ranks of agencies and returns a function from an agency to its position in the order of names. */
    async ranks(agencies) {
      const pieces = /* @__PURE__ */ new Map();
      await Promise.all(Array.from(new Set(agencies.map((a) => a >> 14)), async (p) => {
        pieces.set(p, new Uint8Array(await this.files.inflated("n/" + this.root.ranks[p] + "/ranks.bin")));
      }));
      return (agency) => {
        const b = pieces.get(agency >> 14);
        const at = 3 * (agency & 16383);
        return b[at] + b[at + 1] * 256 + b[at + 2] * 65536;
      };
    }
    /** label returns the official label that equals the folded query, if there is one. */
    async label(query) {
      const { labels } = this.root;
      if (!labels || !labels.hashes.has(mix(firstSeed, points(query)))) return void 0;
      const all = await this.files.json("l/" + labels.folder + "/labels.json");
      return new Map(Object.entries(all)).get(query);
    }
    branch(path) {
      return branch(this.files, this.root.tree, this.root.agencies, path);
    }
    /** place returns the folder of an agency's shard, its number in the shard, and the beginning of the names of its files of a year. */
    place(agency, year) {
      const { firsts, shards, block } = this.root;
      let lo = 0;
      let hi = firsts.length - 1;
      while (lo < hi) {
        const m = lo + hi + 1 >> 1;
        if (firsts[m] <= agency) lo = m;
        else hi = m - 1;
      }
      const folder = "t/" + shards[lo];
      const local = agency - firsts[lo];
      return { folder, local, stem: folder + "/" + year + "-" + Math.floor(local / block) };
    }
  };

  // marks.ts
  var before = 24;
  var wide = 110;
  function hitsIn(folding, s, terms) {
    const { fold, starts, ends } = folding.places(s);
    const all = [];
    for (const t of terms) {
      for (let i = fold.indexOf(t); i >= 0; i = fold.indexOf(t, i + 1)) all.push([starts[i], ends[i + t.length - 1]]);
    }
    const merged = [];
    for (const h of all.sort((a, b) => a[0] - b[0])) {
      const last = merged[merged.length - 1];
      if (last && h[0] <= last[1]) last[1] = Math.max(last[1], h[1]);
      else merged.push(h);
    }
    return merged;
  }
  function excerpt(s, hits) {
    const lead = Array.from(s.slice(0, hits.length ? hits[0][0] : 0));
    const from = lead.slice(0, Math.max(0, lead.length - before)).join("").length;
    return [from, from + Array.from(s.slice(from)).slice(0, wide).join("").length];
  }
  function snippetOf(r, terms) {
    let best = "";
    let most2 = -1;
    r.folded.forEach((f, i) => {
      const n = terms.filter((t) => f.includes(t)).length;
      if (n <= most2) return;
      most2 = n;
      best = r.units[i].slice(1);
    });
    return best;
  }
  function written(folding, r, terms) {
    const list = /* @__PURE__ */ new Set();
    r.units.forEach((u, i) => {
      if (list.size >= 12 || !terms.some((t) => r.folded[i].includes(t))) return;
      const s = u.slice(1);
      for (const [from, to] of hitsIn(folding, s, terms)) if (list.size < 12) list.add(s.slice(from, Math.min(to, from + 64)));
    });
    if (!list.size) for (const [from, to] of hitsIn(folding, r.title, terms)) list.add(r.title.slice(from, to));
    return String(new URLSearchParams(Array.from(list, (s) => ["q", s])));
  }

  // say.ts
  function say(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, k) => String(values[k]));
  }

  // words.ts
  function wordFor(key) {
    var _a;
    const name = "word" + key[0].toUpperCase() + key.slice(1);
    return ((_a = document.getElementById("search-app")) == null ? void 0 : _a.dataset[name]) ?? "";
  }
  function kindWord(kind) {
    return wordFor("kind" + kind.charAt(0).toUpperCase() + kind.slice(1)) || kind;
  }
  var english = /^en/i.test(document.documentElement.lang);

  // results.ts
  var Results = class {
    // addresses that the page gives; see page.ts
    constructor(app, change) {
      this.change = change;
      this.current = null;
      this.paths = app.dataset;
      this.filters = make("div", "search-filters", "", app);
      this.status = make("p", "search-status", "", app);
      this.status.setAttribute("role", "status");
      this.status.setAttribute("aria-live", "polite");
      this.list = make("div", "search-results", "", app);
    }
    wait() {
      this.list.setAttribute("aria-busy", "true");
      this.status.textContent = wordFor("loading");
    }
    /** clear removes the results, and shows the reason as the status. */
    clear(why = "") {
      this.current = null;
      this.empty();
      this.status.textContent = why;
    }
    fail(retry) {
      this.clear(wordFor("failed"));
      button("search-more", wordFor("retry"), this.list, retry);
    }
    /** show shows the current state of a search; last means that all its lists are loaded and the first results verified. */
    show(x, last) {
      var _a, _b;
      this.current = x;
      this.empty();
      this.showFilters(x);
      if (x.label) {
        const p = make("p", "search-figure", wordFor("figure"), this.list);
        link("search-link", english && x.label.en || x.label.zh, this.paths.root + x.label.url, p);
      }
      if ((_a = x.agencyHits) == null ? void 0 : _a.length) {
        make("h2", "search-heading", wordFor("agencies"), this.list);
        this.showAgencies(x, make("ul", "search-agencies", "", this.list), 0);
      }
      if (x.shown.length || last && !x.done()) {
        make("h2", "search-heading", wordFor("reports"), this.list);
        this.showReports(x, make("ol", "search-reports", "", this.list), 0, last);
      }
      this.list.setAttribute("aria-busy", String(!last));
      if (last && x.done() && !x.shown.length && !((_b = x.agencyHits) == null ? void 0 : _b.length)) this.showNone(x);
      this.showStatus(x, last);
    }
    empty() {
      this.list.replaceChildren();
      this.filters.replaceChildren();
      this.list.removeAttribute("aria-busy");
    }
    showStatus(x, last) {
      var _a;
      const total = x.total();
      const left = x.agenciesLeft();
      const n = (((_a = x.agencyHits) == null ? void 0 : _a.length) ?? 0) + left;
      let s = say(x.proven() ? wordFor("found") : wordFor("most"), { n: total, k: x.shown.length });
      if (n) s += say(left ? wordFor("mostAgencies") : wordFor("andAgencies"), { n });
      this.status.textContent = s + (last ? "" : " " + wordFor("loading"));
      this.status.dataset.total = String(total);
      this.status.dataset.proven = String(x.proven());
    }
    showAgencies(x, list, from) {
      for (const h of x.agencyHits.slice(from)) {
        const li = make("li", "search-agency", "", list);
        const a = link("search-link", "", say(this.paths.agency, { agency: h.path }), li);
        a.dataset.agency = h.path;
        this.mark(x, a, h.names[0][0]);
        for (const [name] of h.names.slice(1)) {
          if (!hitsIn(x.index.root.folding, name, x.terms).length) continue;
          li.append(" ");
          this.mark(x, make("span", "search-alias", "", li), name);
        }
      }
      this.offerMore(x, list, wordFor("moreAgencies"), x.agenciesLeft() > 0, () => x.proveAgencies(12), () => {
        const n = x.agencyHits.length;
        return () => this.showAgencies(x, list, n);
      });
    }
    showReports(x, list, from, last) {
      const { folding } = x.index.root;
      for (const r of x.shown.slice(from)) {
        const li = make("li", "search-report", "", list);
        const a = link("search-link", "", this.paths.root + r.url + "#" + written(folding, r, x.terms), li);
        a.dataset.url = r.url;
        this.mark(x, a, r.title);
        if (!r.title.includes(r.agency)) make("span", "search-of", r.agency + " · " + r.year, li);
        const text = snippetOf(r, x.terms);
        this.mark(x, make("p", "search-snippet", "", li), text, excerpt(text, hitsIn(folding, text, x.terms)));
      }
      if (!last) return;
      this.offerMore(x, list, wordFor("more"), !x.done(), () => x.prove(20), () => {
        const n = x.shown.length;
        return () => this.showReports(x, list, n, true);
      });
    }
    /** mark adds s to the node, or only a span of it, with the hits marked. */
    mark(x, node, s, [from, to] = [0, s.length]) {
      if (from > 0) node.append("…");
      let at = from;
      for (const h of hitsIn(x.index.root.folding, s, x.terms)) {
        if (h[0] >= to || h[1] <= from) continue;
        node.append(s.slice(at, h[0]));
        make("mark", "", s.slice(h[0], Math.min(h[1], to)), node);
        at = h[1];
      }
      if (at < to) node.append(s.slice(at, to));
      if (to < s.length) node.append("…");
    }
    /**
     * offerMore adds a button after the list if there is more to show. On a click it
     * calls begin, which notes what is shown already, then load, and then the function
     * that begin returned, which shows what was loaded.
     */
    offerMore(x, list, word, any, load, begin) {
      const old2 = list.nextElementSibling;
      const mine = !!old2 && old2.classList.contains("search-more");
      const focused = mine && document.activeElement === old2;
      if (mine) old2.remove();
      if (!any) return;
      const b = button("search-more", word, void 0, () => {
        b.disabled = true;
        const show = begin();
        load().then(() => {
          if (x !== this.current) return;
          show();
          this.showStatus(x, true);
        }).catch(() => {
          b.disabled = false;
          this.status.textContent = wordFor("failed");
        });
      });
      list.after(b);
      if (focused) b.focus();
    }
    showFilters(x) {
      const { root } = x.index;
      const { state, place } = x;
      const years = root.years.map((y, i) => [String(y), String(y), x.yearCounts[i]]);
      const kinds = root.kinds.map((k, i) => [k, kindWord(k), x.kindCounts[i]]);
      const trail = place.trail.map((t) => [t.path, t.name, -1]);
      const below = place.children.map((n) => [n.path, n.name, x.perAgency[n.first + n.size] - x.perAgency[n.first]]);
      this.select(x, "year", wordFor("year"), wordFor("all"), years.filter((o) => o[2] || o[0] === state.year));
      this.select(x, "kind", wordFor("kind"), wordFor("all"), kinds.filter((o) => o[2] || o[0] === state.kind));
      this.select(x, "agency", wordFor("agency"), wordFor("all"), trail.concat(below.filter((o) => o[2] > 0)));
      this.select(x, "sort", wordFor("sort"), wordFor("relevance"), [["year", wordFor("year"), -1], ["name", wordFor("byName"), -1]]);
    }
    select(x, name, word, none, options) {
      const s = make("select", "", "", make("label", "search-filter", word + " ", this.filters));
      s.name = name;
      make("option", "", none, s).value = "";
      for (const [value, text, n] of options) {
        make("option", "", text + (n >= 0 ? (x.exact ? " (" : " (≤ ") + n + ")" : ""), s).value = value;
      }
      s.value = x.state[name];
      s.addEventListener("change", () => {
        var _a;
        this.change({ [name]: s.value });
        (_a = this.filters.querySelector("select[name=" + name + "]")) == null ? void 0 : _a.focus();
      });
    }
    showNone(x) {
      const s = x.state;
      const div = make("div", "search-none", "", this.list);
      make("p", "", say(wordFor("none"), { q: s.q.length > 60 ? s.q.slice(0, 60) + "…" : s.q }), div);
      make("p", "", wordFor("try1") + (x.terms.length > 1 ? wordFor("try2") : ""), div);
      if (s.year || s.agency || s.kind) {
        button("search-more", wordFor("unfilter"), make("p", "", wordFor("try3") + " ", div), () => this.change({ year: "", agency: "", kind: "" }));
      }
      browse(div, this.paths);
    }
  };
  function browse(parent, paths) {
    const p = make("p", "", wordFor("browse") + " ", parent);
    link("", wordFor("agencies"), paths.agencies, p);
    p.append(" · ");
    link("", wordFor("years"), paths.years, p);
  }

  // fold.ts
  function known(c) {
    return c < 128 || c >= 65281 && c <= 65374 || c === 12288 || c >= 55296 && c < 57344;
  }
  var Folding = class {
    // matches the characters that folding changes; set by add
    constructor(table) {
      this.folds = /* @__PURE__ */ new Map();
      this.pattern = /x/;
      this.add(table);
    }
    add(table) {
      const to = Array.from(table.to);
      points(table.from).forEach((c, i) => this.folds.set(c, to[i]));
      for (const [c, s] of Object.entries(table.multi)) this.folds.set(c.codePointAt(0), s);
      const list = Array.from(this.folds.keys(), (c) => "\\u{" + c.toString(16) + "}");
      this.pattern = new RegExp("[\\x00-\\x1f\\x7fA-Z\\u3000\\uff01-\\uff5e\\ud800-\\udfff" + list.join("") + "]", "gu");
    }
    /** lacks reports whether a further table is needed to fold the character. */
    lacks(c) {
      return !known(c) && !this.folds.has(c);
    }
    /** fold returns the folded text, with runs of spaces reduced to one and the ends trimmed. It is quick because it handles only the characters that change. */
    fold(s) {
      return s.normalize("NFC").replace(this.pattern, (c) => this.point(c.codePointAt(0))).replace(/ {2,}/g, " ").replace(/^ | $/g, "");
    }
    /** places folds a text in NFC and returns the places of the folded characters too. */
    places(s) {
      const starts = [];
      const ends = [];
      let out = "";
      for (let i = 0; i < s.length; ) {
        const c = s.codePointAt(i);
        const end = i + (c > 65535 ? 2 : 1);
        const folded = this.point(c);
        for (let k = 0; k < folded.length; k++) {
          if (folded[k] === " " && (out === "" || out[out.length - 1] === " ")) continue;
          out += folded[k];
          starts.push(i);
          ends.push(end);
        }
        i = end;
      }
      if (out[out.length - 1] === " ") out = out.slice(0, -1);
      starts.length = ends.length = out.length;
      return { fold: out, starts, ends };
    }
    point(c) {
      if (c >= 65281 && c <= 65374) c -= 65248;
      if (c >= 65 && c <= 90) return String.fromCharCode(c + 32);
      if (c < 32 || c === 127) return c >= 9 && c <= 13 ? " " : "";
      if (c === 12288) return " ";
      return this.folds.get(c) ?? (c >= 55296 && c < 57344 ? "�" : String.fromCodePoint(c));
    }
  };

  // root.ts
  function parseRoot(j) {
    const root = {
      agencies: j.agencies,
      years: j.years,
      tree: j.tree ?? [],
      tables: j.fold,
      block: j.shards.block,
      volumes: [],
      shards: folders(j.shards.hashes),
      firsts: [],
      chars: /* @__PURE__ */ new Map(),
      dense: /* @__PURE__ */ new Set(),
      kinds: j.kinds.names,
      kindOf: new Uint8Array(j.agencies),
      folding: new Folding(j.folds),
      ranks: folders(j.ranks),
      labels: null
    };
    let year = 0;
    for (const v of j.volumes) {
      root.volumes.push({ year, years: v.years, files: v.files, folders: folders(v.folders) });
      year += v.years;
    }
    let agency = 0;
    for (const b2 = new Bytes(unbase64(j.shards.sizes)); b2.more(); agency += b2.varint()) root.firsts.push(agency);
    const levels = unbase64(j.chars.levels);
    const b = new Bytes(unbase64(j.chars.points));
    for (let i = 0, point = 0; b.more(); i++) {
      point += b.varint();
      root.chars.set(point, levels[i] & 127);
      if (levels[i] & 128) root.dense.add(point);
    }
    agency = 0;
    for (const b2 = new Bytes(unbase64(j.kinds.runs)); b2.more(); ) {
      const kind = b2.byte();
      root.kindOf.fill(kind, agency, agency += b2.varint());
    }
    if (j.labels) {
      const d = unbase64(j.labels.hashes);
      const view = new DataView(d.buffer);
      root.labels = { folder: j.labels.folder, hashes: /* @__PURE__ */ new Set() };
      for (let i = 0; i + 4 <= d.length; i += 4) root.labels.hashes.add(view.getUint32(i, true));
    }
    return root;
  }

  // candidates.ts
  var few = 6;
  function intersect(a, b) {
    if (a.length > b.length) return intersect(b, a);
    const out = new Uint32Array(a.length);
    const stride = Math.max(1, Math.floor(b.length / (a.length || 1) / 2));
    let n = 0;
    for (let i = 0, j = 0; i < a.length; i++) {
      const v = a[i];
      while (j + stride < b.length && b[j + stride] < v) j += stride;
      while (j < b.length && b[j] < v) j++;
      if (j === b.length) break;
      if (b[j] === v) out[n++] = v;
    }
    return out.subarray(0, n);
  }
  function agenciesIn(lists) {
    return lists.map((l) => l.agencies).reduce(intersect);
  }
  async function lookUp(index, volume, plan, lists, n) {
    return lists.concat(await Promise.all(plan.grams.slice(lists.length, lists.length + n).map((g) => index.postings(volume, g.text))));
  }
  async function candidatesIn(index, volume, plan, known2, rounds, round2, stale) {
    let lists = known2;
    let docs;
    for (let before2 = -1; ; before2 = docs.length) {
      lists = await lookUp(index, volume, plan, lists, round2);
      const all = lists.map((l) => l.docs).sort((a, b) => a.length - b.length);
      if (before2 < 0) before2 = all[0].length;
      docs = all.reduce(intersect);
      const pays = docs.length > few && docs.length < before2 * 0.85;
      if (--rounds === 0 || !pays || lists.length >= plan.grams.length || stale()) break;
    }
    return { docs, bound: bounds(plan, lists, docs), agencies: agenciesIn(lists), lists, complete: lists.length === plan.grams.length };
  }
  function bounds(plan, lists, docs) {
    const bound = new Uint8Array(docs.length);
    for (let t = 0; t < plan.terms.length && t < 255; t++) {
      let titled = docs;
      lists.forEach((l, g) => {
        if (plan.grams[g].owners.includes(t)) titled = intersect(titled, l.headings);
      });
      for (let i = 0, j = 0; j < titled.length; i++) {
        if (docs[i] !== titled[j]) continue;
        bound[i]++;
        j++;
      }
    }
    return bound;
  }

  // pinyin.ts
  function isLetters(s) {
    return /^[a-z]+$/.test(s);
  }
  function spelled(spelling, letters) {
    const list = spelling.split(" ").map((s) => s.split("|"));
    return list.some((_, i) => readsOn(list, i, letters) || initials(list, i, letters));
  }
  function readsOn(list, i, q) {
    if (q === "") return true;
    return i < list.length && list[i].some((s) => s.startsWith(q) || q.startsWith(s) && readsOn(list, i + 1, q.slice(s.length)));
  }
  function initials(list, i, q) {
    return i + q.length <= list.length && Array.from(q).every((c, k) => list[i + k].some((s) => s[0] === c));
  }

  // plan.ts
  var maxGrams = 12;
  function termsOf(s) {
    const out = /* @__PURE__ */ new Set();
    for (let at = 0; at < s.length; ) {
      if (s[at] === " ") {
        at++;
        continue;
      }
      let end = s[at] === '"' ? s.indexOf('"', at + 1) : -1;
      if (end > 0) {
        const phrase = s.slice(at + 1, end);
        if (phrase.trim() !== "") out.add(phrase);
        at = end + 1;
        continue;
      }
      end = s.indexOf(" ", at);
      if (end < 0) end = s.length;
      out.add(s.slice(at, end));
      at = end;
    }
    return Array.from(out);
  }
  function planOf(terms, { chars, dense }) {
    const plan = { terms, grams: [], exact: true, none: false };
    const seen = /* @__PURE__ */ new Map();
    terms.forEach((term, owner) => {
      const s = Array.from(term);
      const codes = s.map((c) => c.codePointAt(0));
      const levels = codes.map((c) => chars.get(c) ?? 0);
      if (codes.some((c) => !chars.has(c))) plan.none = true;
      const listed = (i) => i >= 0 && i + 2 < s.length && codes.slice(i, i + 3).every((c) => dense.has(c)) && !isLetters(s.slice(i, i + 3).join(""));
      const add = (from, to) => {
        const text = s.slice(from, to).join("");
        let g = seen.get(text);
        if (!g) {
          g = { text, rarity: rarity(levels.slice(from, to)), owners: [], from, to };
          seen.set(text, g);
          plan.grams.push(g);
        }
        if (g.owners[g.owners.length - 1] !== owner) g.owners.push(owner);
      };
      if (s.length <= 2) {
        add(0, s.length);
        return;
      }
      if (s.length > 3 || !listed(0)) plan.exact = false;
      for (let i = 0; i + 1 < s.length; i++) {
        if (listed(i)) add(i, i + 3);
        else if (!listed(i - 1)) add(i, i + 2);
      }
    });
    if (plan.grams.length > maxGrams) plan.exact = false;
    plan.grams = spread(plan.grams);
    return plan;
  }
  function rarity(levels) {
    return Math.min(...levels) * 64 + levels.reduce((a, b) => a + b, 0) / levels.length;
  }
  function spread(grams) {
    const left = grams.map((gram) => ({ gram, cost: gram.rarity }));
    const out = [];
    while (left.length && out.length < maxGrams) {
      let best = 0;
      for (let i = 1; i < left.length; i++) if (left[i].cost < left[best].cost) best = i;
      const g = left.splice(best, 1)[0].gram;
      out.push(g);
      for (const o of left) {
        const overlap = o.gram.owners[0] === g.owners[0] && o.gram.from < g.to && g.from < o.gram.to;
        if (overlap && o.cost === o.gram.rarity) o.cost += 128;
      }
    }
    return out;
  }

  // search.ts
  var round = 3;
  var first = 4;
  var ahead = 24;
  var fewNames = 3;
  var long = 48;
  var inVain = 240;
  var inVainLong = 8;
  var Search = class {
    // number of wrong candidates since the last result
    /** stale reports whether another search has replaced this one. */
    constructor(index, state, stale) {
      this.index = index;
      this.state = state;
      this.stale = stale;
      this.terms = [];
      this.exact = false;
      this.place = { trail: [], children: [], first: 0, size: 0 };
      // Number of candidates that each choice of a filter would leave, the other filters being as they are.
      this.yearCounts = new Uint32Array(0);
      this.kindCounts = new Uint32Array(0);
      this.perAgency = new Uint32Array(1);
      // for each agency, the candidates of all agencies before it
      this.shown = [];
      // the results so far, in order
      this.agencyHits = null;
      // agencies found; null until the lists are loaded
      this.agencyList = [];
      // agencies that may have the query in a name
      this.agencyAt = 0;
      // index in agencyList of the next one to verify
      this.named = /* @__PURE__ */ new Set();
      // agencies of which a name is the whole query
      this.narrowed = false;
      this.volumes = [];
      this.years = new Uint8Array(0);
      // by candidate: index of its year
      this.agencies = new Uint32Array(0);
      // by candidate: its agency
      this.bound = new Uint8Array(0);
      // by candidate: upper bound of its relevance
      this.order = new Uint32Array(0);
      // the candidates in the order in which they are verified
      this.ranked = null;
      // the value of order that has been sorted by names
      this.demoted = [];
      // candidates whose relevance turned out to be lower than their bound
      this.at = 0;
      // index in order of the next candidate to verify
      this.asked = 0;
      // index in order up to which texts have been requested
      this.wrong = 0;
      // number of candidates that do not contain the query
      this.missed = 0;
      // number of wrong and demoted candidates
      this.vain = 0;
    }
    /**
     * start looks up all volumes, the newest first. After each volume it calls show;
     * the argument is whether that was the last volume.
     */
    async start(show) {
      const { index, state } = this;
      await index.prepare(state.q);
      const folded = index.fold(state.q);
      this.terms = termsOf(folded);
      if (this.terms.length === 0 || this.stale()) return;
      const plan = this.plan = planOf(this.terms, index.root);
      this.exact = plan.exact || plan.none;
      [this.place, this.label] = await Promise.all([index.branch(state.agency), index.label(folded)]);
      if (plan.none) {
        this.arrange();
        return show(true);
      }
      const { volumes } = index.root;
      const found = volumes.map((v) => candidatesIn(index, v, plan, [], 4, round, this.stale));
      for (const p of found) p.catch(() => {
      });
      for (let i = 0; i < found.length; i++) {
        const c = await found[i];
        this.volumes.push(c);
        if (!c.complete) this.exact = false;
        if (i === 0 && c.agencies.length && !this.stale()) await this.findNames(c.agencies);
        if (this.stale()) return;
        this.arrange();
        await show(i === found.length - 1);
      }
    }
    /** empty reports whether the search has ended without any result. */
    empty() {
      var _a;
      return this.done() && !this.shown.length && !((_a = this.agencyHits) == null ? void 0 : _a.length) && !this.label;
    }
    done() {
      return this.at >= this.order.length && this.demoted.length === 0;
    }
    /** total returns the number of results; as long as proven() is false, an upper bound of it. */
    total() {
      return this.order.length - this.wrong;
    }
    proven() {
      return this.exact || this.done();
    }
    /** agenciesLeft returns the number of agencies that have not been verified. */
    agenciesLeft() {
      return this.agencyList.length - this.agencyAt;
    }
    /**
     * prove adds up to n more results to shown. It requests at once the texts that it
     * will likely need, verifies them in order, and calls tick after each report. It
     * stops after many false candidates in a row, because a query of frequent grams may
     * have the whole archive as candidates; the reader can then ask for more. For a long
     * query it stops sooner.
     */
    async prove(n, tick) {
      const want = this.shown.length + n;
      const patience = this.isLong() ? inVainLong : inVain;
      const enough = () => this.shown.length >= want || this.done() || this.vain >= patience || this.stale();
      this.vain = 0;
      await this.rankNames();
      while (!enough()) {
        if (this.missed > this.shown.length / 4 && !this.complete()) {
          await this.refine();
          continue;
        }
        this.ask(want - this.shown.length);
        const r = await this.load(this.next(false));
        this.judge(this.next(true), r);
        if (tick && !enough()) tick();
      }
    }
    /** proveAgencies adds up to n more agencies to agencyHits. */
    async proveAgencies(n) {
      var _a;
      const want = (((_a = this.agencyHits) == null ? void 0 : _a.length) ?? 0) + n;
      while (this.agencyHits && !this.stale() && this.agencyHits.length < want && this.agenciesLeft() > 0) {
        const batch = this.agencyList.slice(this.agencyAt, this.agencyAt + want - this.agencyHits.length);
        this.agencyAt += batch.length;
        const list = await Promise.all(batch.map((a) => this.index.names(a)));
        const hits = list.filter((a) => this.nameHolds(a));
        this.agencyHits = this.agencyHits.concat(hits);
        if (hits.length < list.length && !this.narrowed) await this.narrow();
      }
    }
    /**
     * findNames finds the agencies of which one name is the whole query. If there are
     * only a few candidates it reads their names, which are needed anyway, otherwise
     * the list of agencies with that name.
     */
    async findNames(agencies) {
      const { index } = this;
      const whole = index.fold(index.fold(this.state.q).replace(/"/g, " "));
      if (agencies.length <= fewNames) {
        const list = await Promise.all(Array.from(agencies, (a) => index.names(a)));
        this.named = new Set(agencies.filter((_, i) => list[i].names.some((n) => index.fold(n[0]) === whole)));
      } else {
        this.named = new Set(await index.called(whole));
      }
      this.listNames(agencies);
    }
    /** listNames sets agencyList: of the agencies given, those that the filters leave, first those whose name is the query. */
    listNames(agencies) {
      const { kindOf, kinds } = this.index.root;
      const kind = kinds.indexOf(this.state.kind);
      const { first: first2, size } = this.place;
      const list = Array.from(agencies.filter((a) => a >= first2 && a < first2 + size && (!this.state.kind || kindOf[a] === kind)));
      this.agencyList = list.filter((a) => this.named.has(a)).concat(list.filter((a) => !this.named.has(a)));
      this.agencyAt = 0;
      this.agencyHits = [];
    }
    /** narrow looks up all grams of the plan once an agency has proved false. Otherwise the names of hundreds of agencies might be read, if the grams used so far are common in names. */
    async narrow() {
      const [v] = this.volumes;
      this.narrowed = true;
      if (v.complete) return;
      this.listNames(agenciesIn(await lookUp(this.index, this.index.root.volumes[0], this.plan, v.lists, maxGrams)));
    }
    /** nameHolds reports whether the names of an agency, or their pinyin, contain all terms. */
    nameHolds({ names }) {
      return this.terms.every((t) => names.some((n) => this.index.fold(n[0]).includes(t) || isLetters(t) && spelled(n[1] ?? "", t)));
    }
    /** arrange counts the candidates for the filters and puts them in order. */
    arrange() {
      const s = this.state;
      const { agencies: all, kindOf, kinds, years: allYears, volumes } = this.index.root;
      const wantKind = kinds.indexOf(s.kind);
      const wantYear = s.year ? allYears.indexOf(Number(s.year)) : -1;
      const from = this.place.first;
      const to = from + this.place.size;
      const total = this.volumes.reduce((n2, v) => n2 + v.docs.length, 0);
      const years = this.years = new Uint8Array(total);
      const agencies = this.agencies = new Uint32Array(total);
      const bound = this.bound = new Uint8Array(total);
      const perYear = this.yearCounts = new Uint32Array(allYears.length);
      const perKind = this.kindCounts = new Uint32Array(kinds.length);
      const perAgency = this.perAgency = new Uint32Array(all + 1);
      let n = 0;
      this.volumes.forEach((v, i) => {
        let year = volumes[i].year;
        let firstOfYear = 0;
        for (let k = 0; k < v.docs.length; k++) {
          for (; v.docs[k] >= firstOfYear + all; firstOfYear += all) year++;
          const a = v.docs[k] - firstOfYear;
          const kind = kindOf[a];
          const yearFits = !s.year || year === wantYear;
          const kindFits = !s.kind || kind === wantKind;
          if (yearFits && kindFits) perAgency[a + 1]++;
          if (a < from || a >= to) continue;
          if (kindFits) perYear[year]++;
          if (yearFits) perKind[kind]++;
          if (!yearFits || !kindFits) continue;
          years[n] = year;
          agencies[n] = a;
          bound[n] = (this.named.has(a) ? 128 : 0) + Math.min(v.bound[k], 127);
          n++;
        }
      });
      for (let a = 0; a < all; a++) perAgency[a + 1] += perAgency[a];
      const order = this.order = new Uint32Array(n);
      if (this.byRelevance()) {
        const starts = new Uint32Array(257);
        for (let i = 0; i < n; i++) starts[256 - bound[i]]++;
        for (let i = 0; i < 256; i++) starts[i + 1] += starts[i];
        for (let i = 0; i < n; i++) order[starts[255 - bound[i]]++] = i;
      } else {
        for (let i = 0; i < n; i++) order[i] = i;
      }
      this.demoted = [];
      this.shown = [];
      this.at = this.asked = this.wrong = this.missed = 0;
    }
    byRelevance() {
      return this.state.sort !== "year" && this.state.sort !== "name";
    }
    /** rankNames sorts the candidates by their agencies' names, if that is the order chosen. */
    async rankNames() {
      const { order } = this;
      if (this.state.sort !== "name" || this.ranked === order) return;
      const rank = await this.index.ranks(order.map((c) => this.agencies[c]));
      const n = order.length + 1;
      const keys2 = Float64Array.from(order, (c, i) => rank(this.agencies[c]) * n + i).sort();
      this.order = this.ranked = Uint32Array.from(keys2, (k) => order[k % n]);
    }
    /**
     * next returns the next candidate: the next one in order, or a demoted one that
     * now comes before it. If take is true, the search advances past it.
     */
    next(take) {
      const c = this.at < this.order.length ? this.order[this.at] : -1;
      const d = this.demoted[0];
      const early = d && (c < 0 || d.key > this.bound[c] || d.key === this.bound[c] && d.c < c);
      if (take && early) this.demoted.shift();
      else if (take) this.at++;
      return early ? d.c : c;
    }
    load(c) {
      return this.index.report(this.agencies[c], this.index.root.years[this.years[c]]);
    }
    /** ask requests the texts that are likely needed for left more results. */
    ask(left) {
      const end = Math.min(this.order.length, this.at + this.foresight(left));
      for (this.asked = Math.max(this.asked, this.at); this.asked < end; this.asked++) {
        const c = this.order[this.asked];
        this.index.expect(this.agencies[c], this.index.root.years[this.years[c]]);
      }
    }
    /** foresight returns how many texts to request ahead for left more results, by the share of false candidates so far. It is small as long as more lists could rule candidates out. */
    foresight(left) {
      if (this.shown.length < 3 && !this.complete()) return first;
      return Math.min(this.isLong() ? inVainLong : ahead, Math.ceil(left * (1 + Math.max(0, this.missed - 1) / (this.shown.length + 3))));
    }
    isLong() {
      return this.terms.join("").length > long;
    }
    complete() {
      return this.volumes.every((v) => v.complete);
    }
    /** judge adds a candidate to shown, drops it if its text lacks a term, or demotes it. */
    judge(c, r) {
      const headings = this.headingsOf(r);
      if (headings < 0) {
        this.wrong++;
        this.missed++;
        this.vain++;
        return;
      }
      const key = (this.bound[c] & 128) + Math.min(headings, 127);
      if (key < this.bound[c] && this.byRelevance()) {
        this.bound[c] = key;
        this.missed++;
        const i = this.demoted.findIndex((d) => d.key < key || d.key === key && d.c > c);
        this.demoted.splice(i < 0 ? this.demoted.length : i, 0, { key, c });
        return;
      }
      this.vain = 0;
      this.shown.push(r);
    }
    /** headingsOf returns the number of terms in title or headings, or -1 if the report lacks a term. */
    headingsOf(r) {
      const title = this.index.fold(r.title);
      let n = 0;
      for (const t of this.terms) {
        let heading = title.includes(t);
        let found = heading;
        for (let k = 0; k < r.folded.length && !heading; k++) {
          if (!r.folded[k].includes(t)) continue;
          found = true;
          heading = r.units[k][0] === "h";
        }
        if (!found) return -1;
        if (heading) n++;
      }
      return n;
    }
    /**
     * refine looks up more grams after too many candidates were false, and starts
     * verifying from the beginning. Texts that have been loaded are not loaded again.
     */
    async refine() {
      this.volumes = await Promise.all(this.volumes.map((v, i) => v.complete ? v : candidatesIn(this.index, this.index.root.volumes[i], this.plan, v.lists, 1, maxGrams, this.stale)));
      this.vain = 0;
      this.arrange();
      await this.rankNames();
    }
  };

  // state.ts
  var keys = ["q", "year", "agency", "kind", "sort"];
  function readState() {
    const p = new URLSearchParams(location.search);
    const s = { q: "", year: "", agency: "", kind: "", sort: "" };
    for (const k of keys) s[k] = p.get(k) ?? "";
    return s;
  }
  function writeState(s, push) {
    const p = new URLSearchParams();
    for (const k of keys) if (s[k] && s[k].length < 1e3) p.set(k, s[k]);
    const query = String(p);
    const url = location.pathname + (query ? "?" + query : "");
    if (url === location.pathname + location.search) return;
    try {
      if (push) history.pushState(null, "", url);
      else history.replaceState(null, "", url);
    } catch {
    }
  }

  // page.ts
  var pause = 40;
  var fresh = 1e4;
  var old = 6e4;
  var Opener = class {
    // time of the last request for root.json, in milliseconds of performance.now
    constructor(address) {
      this.address = address;
      this.opening = null;
      this.text = "";
      // contents of root.json
      this.since = -Infinity;
      this.files = new Files(address.slice(0, address.lastIndexOf("/") + 1));
    }
    /** open returns the index. With anew, root.json is read again, and no file of the earlier index is reused. */
    open(anew = false) {
      if (anew) this.files.forget();
      if (!this.opening || anew) {
        const mine = this.opening = this.read(anew ? "reload" : "no-cache").then((text) => this.parse(text));
        mine.catch(() => {
          if (this.opening === mine) this.opening = null;
        });
      }
      return this.opening;
    }
    /** replaced reports whether the index has been published anew, and if so opens the new one. */
    async replaced() {
      const text = await this.read("no-cache").catch(() => this.text);
      if (text === this.text) return false;
      this.opening = Promise.resolve(this.parse(text));
      return true;
    }
    async read(cache) {
      const asked = performance.now();
      const r = await fetch(this.address, { cache });
      if (!r.ok) throw new Error("root.json: " + r.status);
      const text = await r.text();
      this.since = asked;
      return text;
    }
    parse(text) {
      const index = new Index(parseRoot(JSON.parse(text)), this.files);
      this.text = text;
      return index;
    }
  };
  var Page = class {
    constructor(app) {
      this.run = 0;
      // number of the latest search
      this.finished = 0;
      // number of the latest search that has ended
      this.timer = 0;
      this.opener = new Opener(app.dataset.index);
      const form = make("form", "search-form", "", app);
      form.setAttribute("role", "search");
      make("label", "search-label", wordFor("label"), form).htmlFor = "search-query";
      const input = this.input = make("input", "search-input", "", make("div", "search-line", "", form));
      input.id = "search-query";
      input.type = "search";
      input.placeholder = wordFor("hint");
      input.autocomplete = "off";
      input.spellcheck = false;
      input.setAttribute("enterkeyhint", "search");
      this.results = new Results(app, (patch) => this.change(patch, true));
      form.addEventListener("submit", (e) => {
        e.preventDefault();
        this.change({}, true);
      });
      let composing = false;
      input.addEventListener("compositionstart", () => {
        composing = true;
      });
      input.addEventListener("compositionend", () => {
        composing = false;
        this.typed();
      });
      input.addEventListener("input", () => {
        if (!composing) this.typed();
      });
      document.addEventListener("keydown", (e) => this.key(e));
      addEventListener("popstate", () => this.restore());
    }
    start() {
      this.restore();
      if (this.input.value) return;
      this.input.focus();
      this.opener.open().catch(() => {
      });
    }
    restore() {
      const s = readState();
      this.input.value = s.q;
      this.search(s);
    }
    change(patch, push) {
      clearTimeout(this.timer);
      const s = { ...readState(), q: this.input.value, ...patch };
      writeState(s, push);
      this.search(s);
    }
    /**
     * typed searches at once if no search is running, otherwise after a pause
     * without keystrokes, so that fast typing does not start a search for each
     * key.
     */
    typed() {
      clearTimeout(this.timer);
      if (this.finished === this.run) this.change({}, false);
      else this.timer = window.setTimeout(() => this.change({}, false), pause);
    }
    key(e) {
      if (!plain(e)) return;
      const { input } = this;
      const { list } = this.results;
      const at = document.activeElement;
      const here = at === input || list.contains(at);
      if (e.key === "/" && !typing()) {
        e.preventDefault();
        input.focus();
        input.select();
      } else if (e.key === "Escape" && here) {
        e.preventDefault();
        if (at === input && !input.value) {
          input.blur();
          return;
        }
        input.value = "";
        input.focus();
        this.change({}, false);
      } else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && here) {
        const links = Array.from(list.querySelectorAll("a.search-link"));
        const i = links.indexOf(at) + (e.key === "ArrowDown" ? 1 : -1);
        if (i >= links.length) return;
        e.preventDefault();
        (i < 0 ? input : links[i]).focus();
      }
    }
    async search(s) {
      const mine = ++this.run;
      const stale = () => mine !== this.run;
      if (!s.q.trim()) {
        this.finished = mine;
        this.results.clear();
        return;
      }
      this.results.wait();
      try {
        await this.attempt(s, stale, false).catch(async () => {
          if (!stale()) await this.attempt(s, stale, true);
        });
      } catch {
        if (!stale()) this.results.fail(() => this.search(s));
      }
      if (!stale()) this.finished = mine;
    }
    async attempt(s, stale, anew) {
      for (let index = await this.opener.open(anew); !stale(); index = await this.opener.open()) {
        const x = new Search(index, s, stale);
        const tick = this.progress(x, stale);
        await x.start(async (last) => {
          await Promise.all([x.prove(10, tick), x.proveAgencies(3)]);
          if (!stale() && !(last && x.empty())) this.results.show(x, last);
        });
        if (stale()) return;
        if (x.terms.length === 0) {
          this.results.clear();
          return;
        }
        const age = performance.now() - this.opener.since;
        if (age > (x.empty() ? fresh : old) && await this.opener.replaced()) continue;
        if (x.empty() && !stale()) this.results.show(x, true);
        return;
      }
    }
    /**
     * progress returns what is called while results are verified in their texts: if that
     * takes long it shows the first ones, in the next frame after the search began, and
     * then how far it is.
     */
    progress(x, stale) {
      let shownAt = performance.now();
      let wait = 16;
      return () => {
        if (stale() || !x.shown.length || performance.now() - shownAt < wait) return;
        shownAt = performance.now();
        wait = 300;
        this.results.show(x, false);
      };
    }
  };
  ready(() => {
    const app = document.getElementById("search-app");
    if (!app) return;
    const plainly = document.getElementById("search-plain");
    if (plainly) plainly.hidden = true;
    if (location.protocol !== "file:") {
      new Page(app).start();
      return;
    }
    make("p", "search-why", wordFor("file"), app).setAttribute("role", "status");
    browse(app, app.dataset);
  });
})();
