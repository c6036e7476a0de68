// Search in the browser: exact substrings over the whole archive, from the
// plain files below search/. generator/docs/search.md describes them and the
// ranking; generator/search is the reference in Go that this must agree with.
//
// The page gives one hook: <div id="search-app" data-root="../">, where
// data-root leads to the site's root. Everything else is made here, of nodes:
// no string of content ever becomes markup. data-index may name another
// address of root.json; an element with id="search-plain", which says what to
// do without scripts, is hidden. The address bar holds q, year, agency, kind and sort.
//
// The rules are:
//   - a result is shown only after the query was found in its text; a number
//     of results that is not yet proven says so;
//   - strings of content are keys of Map only, never of objects;
//   - lists of reports are typed arrays: an archive may have a million.
(function () {
"use strict";

// ---- Words ----

var WORDS = {
  zh: {
    label: "搜索全部报告", hint: "机关名称、拼音或正文中的任意文字", clear: "清除", year: "年份", kind: "类别", agency: "机关", sort: "排序",
    all: "全部", relevance: "相关度", byYear: "年份", byName: "机关名称", agencies: "机关", reports: "报告", label_hit: "官方指标：",
    more: "显示更多报告", moreAgencies: "显示更多机关", loading: "正在搜索…",
    found: "找到 {n} 份报告", most: "最多 {n} 份报告，已核对 {k} 份", andAgencies: "，{n} 个机关", mostAgencies: "，最多 {n} 个机关",
    none: "没有找到“{q}”。", try1: "请检查是否有错别字，或换用较短的词。", try2: "空格隔开的几个词须同时出现；可以去掉其中一些。",
    try3: "去掉年份、机关或类别的限制：", unfilter: "清除限制", browse: "也可以按目录查找：", tree: "机关目录", years: "年份目录",
    file: "搜索要从网站服务器读取索引文件。浏览器不允许从本地文件（file://）打开的页面这样做；请通过网址打开本页，或按目录查找。",
    old: "您的浏览器版本较旧，不支持搜索。请更新浏览器，或按目录查找。", failed: "没有读到索引文件，请检查网络后重试。", retry: "重试", up: "上一级", root: "全部机关",
    kinds: { region: "地区", government: "政府", department: "部门", township: "乡镇街道", institution: "机构" }
  },
  en: {
    label: "Search all reports", hint: "Agency, pinyin or any words of the text", clear: "Clear", year: "Year", kind: "Kind", agency: "Agency", sort: "Sort by",
    all: "All", relevance: "Relevance", byYear: "Year", byName: "Agency name", agencies: "Agencies", reports: "Reports", label_hit: "Official figure: ",
    more: "Show more reports", moreAgencies: "Show more agencies", loading: "Searching…",
    found: "{n} reports found", most: "At most {n} reports, {k} checked", andAgencies: ", {n} agencies", mostAgencies: ", at most {n} agencies",
    none: "Nothing found for “{q}”.", try1: "Check the spelling, or try a shorter word.", try2: "Words separated by spaces must all occur; leave some out.",
    try3: "Search without the filters:", unfilter: "Clear filters", browse: "Or browse:", tree: "agencies", years: "years",
    file: "Search reads index files from a web server, which browsers do not allow for pages opened from a local file (file://). Open this page by its web address, or browse.",
    old: "Your browser is too old for search. Update it, or browse.", failed: "The index files could not be read. Check the network and try again.", retry: "Try again", up: "Up", root: "All agencies",
    kinds: { region: "Region", government: "Government", department: "Department", township: "Township", institution: "Institution" }
  }
};
var W = WORDS[/^en/i.test(document.documentElement.lang) ? "en" : "zh"];
function say(text, values) { return text.replace(/\{(\w)\}/g, function (_, k) { return String(values[k]); }); }

// ---- Numbers and bytes ----

function unbase64(s) {
  var raw = atob(s || ""), out = new Uint8Array(raw.length);
  for (var i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}
function Bytes(data) { this.data = data; this.at = 0; }
Bytes.prototype.more = function () { return this.at < this.data.length; };
Bytes.prototype.varint = function () {
  var v = 0, scale = 1, b;
  do {
    b = this.data[this.at++];
    v += (b & 127) * scale;
    scale *= 128;
  } while (b > 127);
  return v;
};
var BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
function folders(base64) { // five bytes are eight characters
  var d = unbase64(base64), out = [];
  for (var i = 0; i + 5 <= d.length; i += 5) {
    var s = "", hi = (d[i] << 12) | (d[i + 1] << 4) | (d[i + 2] >> 4), lo = ((d[i + 2] & 15) << 16) | (d[i + 3] << 8) | d[i + 4];
    for (var k = 15; k >= 0; k -= 5) s += BASE32[(hi >> k) & 31];
    for (k = 15; k >= 0; k -= 5) s += BASE32[(lo >> k) & 31];
    out.push(s);
  }
  return out;
}
function mix(seed, points) {
  var h = seed;
  for (var i = 0; i < points.length; i++) h = Math.imul(h ^ points[i], 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
function points(s) { return Array.from(s, function (c) { return c.codePointAt(0); }); }

// Interpolative code, as bits.go writes it. Lists of an archive's frequent
// characters have tens of thousands of numbers: a number is read with one look
// at the bytes, and a single one without a call of its own.
function Bits(data) {
  this.data = new Uint8Array(data.length + 8); // zeros after the end, so that looking ahead is safe
  this.data.set(data);
  this.at = 0; // in bits
}
// upTo reads a number of 0 to most, in truncated binary.
Bits.prototype.upTo = function (most) {
  var k = 32 - Math.clz32(most), d = this.data, i = this.at >>> 3, v;
  if (k === 0) return 0;
  if (k > 24) return this.long(most, k);
  v = ((d[i] << 24 | d[i + 1] << 16 | d[i + 2] << 8 | d[i + 3]) << (this.at & 7)) >>> (32 - k);
  var short = (1 << k) - most - 1;
  if ((v >>> 1) < short) {
    this.at += k - 1;
    return v >>> 1;
  }
  this.at += k;
  return v - short;
};
Bits.prototype.long = function (most, k) {
  var short = Math.pow(2, k) - most - 1, v = 0, n = 1;
  for (; n < k || n === k && v >= short; n++, this.at++) v = v * 2 + (this.data[this.at >>> 3] >> (7 - (this.at & 7)) & 1);
  return n > k ? v - short : v;
};
Bits.prototype.set = function (dst, from, n, lo, hi) {
  while (n > 1) {
    if (hi - lo + 1 === n) {
      for (var i = 0; i < n; i++) dst[from + i] = lo + i;
      return;
    }
    var m = n >> 1, first = lo + m, v = first + this.upTo(hi - (n - 1 - m) - first);
    dst[from + m] = v;
    if (m > 1) this.set(dst, from, m, lo, v - 1);
    else dst[from] = lo + this.upTo(v - 1 - lo);
    lo = v + 1;
    from += m + 1;
    n -= m + 1;
  }
  if (n === 1) dst[from] = lo + this.upTo(hi - lo);
};
// list reads n numbers below size; where they are most of all, those that are
// missing are written.
Bits.prototype.list = function (n, size) {
  var out = new Uint32Array(n);
  if (n * 2 <= size) {
    this.set(out, 0, n, 0, size - 1);
    return out;
  }
  var missing = new Uint32Array(size - n);
  this.set(missing, 0, size - n, 0, size - 1);
  for (var v = 0, i = 0, k = 0; v < size && k < n; v++) {
    if (i < missing.length && missing[i] === v) i++; else out[k++] = v;
  }
  return out;
};

// ---- Files ----

var app, base, rootURL, root;
var loaded = new Map();
function get(path, read) {
  var p = loaded.get(path);
  if (!p) {
    p = fetch(base + path).then(function (r) {
      if (!r.ok) throw new Error(path + ": " + r.status);
      return read(r);
    });
    p.catch(function () { loaded.delete(path); });
    loaded.set(path, p);
    if (loaded.size > 4000) loaded.delete(loaded.keys().next().value);
  }
  return p;
}
function unpacked(stream) { return new Response(stream.pipeThrough(new DecompressionStream("deflate-raw"))); }
function inflate(data) { return unpacked(new Response(data).body).arrayBuffer(); }
function bytes(path) { return get(path, function (r) { return r.arrayBuffer(); }); }
function json(path) { return get(path, function (r) { return r.json(); }); }
function inflated(path) { return get(path, function (r) { return unpacked(r.body).arrayBuffer(); }); }
function text(path) { return get(path, function (r) { return unpacked(r.body).text(); }); }

// ---- The root ----

// opened loads the root once, or again.
var opening = null;
function opened(fresh) {
  if (!opening || fresh) {
    var mine = opening = openRoot(fresh);
    mine.catch(function () { if (opening === mine) opening = null; });
  }
  return opening;
}
function openRoot(fresh) {
  return fetch(rootURL, { cache: fresh ? "reload" : "no-cache" }).then(function (r) {
    if (!r.ok) throw new Error("root.json: " + r.status);
    return r.json();
  }).then(function (j) {
    var r = { agencies: j.agencies, reports: j.reports, years: j.years, tree: j.tree || [], fold: j.fold, block: j.shards.block };
    var year = 0, first = 0, at = 0, i, b;
    r.volumes = j.volumes.map(function (v) {
      var out = { year: year, years: v.years, files: v.files, folders: folders(v.folders) };
      year += v.years;
      return out;
    });
    var names = folders(j.shards.hashes);
    r.shards = [];
    r.firsts = [];
    for (b = new Bytes(unbase64(j.shards.sizes)); b.more();) {
      r.shards.push(names[r.shards.length]);
      r.firsts.push(first);
      first += b.varint();
    }
    r.chars = new Map();
    r.dense = new Set();
    var levels = unbase64(j.chars.levels);
    for (b = new Bytes(unbase64(j.chars.points)), i = 0; b.more(); i++) {
      at += b.varint();
      r.chars.set(at, levels[i] & 127);
      if (levels[i] & 128) r.dense.add(at);
    }
    r.kinds = j.kinds.names;
    r.kindOf = new Uint8Array(j.agencies);
    for (b = new Bytes(unbase64(j.kinds.runs)), at = 0; b.more();) {
      var kind = b.data[b.at++], n = b.varint();
      r.kindOf.fill(kind, at, at + n);
      at += n;
    }
    r.folds = new Map();
    addFolds(r.folds, j.folds);
    r.ranks = folders(j.ranks);
    if (j.labels) {
      var d = unbase64(j.labels.hashes), view = new DataView(d.buffer);
      r.labels = { folder: j.labels.folder, hashes: new Set() };
      for (i = 0; i + 4 <= d.length; i += 4) r.labels.hashes.add(view.getUint32(i, true));
    }
    root = r;
    root.foldable = foldable();
  });
}

// ---- Folding, as fold.go does it ----

function addFolds(map, f) {
  var from = Array.from(f.from), to = Array.from(f.to);
  for (var i = 0; i < from.length; i++) map.set(from[i].codePointAt(0), to[i]);
  Object.entries(f.multi).forEach(function (e) { map.set(e[0].codePointAt(0), e[1]); });
}
function foldPoint(c) {
  if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
  if (c >= 0x41 && c <= 0x5a) return String.fromCharCode(c + 32);
  if (c < 32 || c === 127) return c >= 9 && c <= 13 ? " " : "";
  if (c === 0x3000) return " ";
  var x = root.folds.get(c);
  if (x !== undefined) return x;
  return c >= 0xd800 && c < 0xe000 ? "\ufffd" : String.fromCodePoint(c);
}
// foldPlaces returns the folded text and, for each of its code units, where
// the character that it comes from begins and ends in s.
function foldPlaces(s) {
  var out = "", starts = [], ends = [];
  for (var i = 0; i < s.length;) {
    var c = s.codePointAt(i), n = c > 0xffff ? 2 : 1, f = foldPoint(c);
    for (var k = 0; k < f.length; k++) {
      if (f[k] === " " && (out === "" || out[out.length - 1] === " ")) continue;
      out += f[k];
      starts.push(i);
      ends.push(i + n);
    }
    i += n;
  }
  if (out[out.length - 1] === " ") out = out.slice(0, -1);
  return { fold: out, starts: starts, ends: ends };
}
// fold is the same without places, and quick: it touches only what changes.
function fold(s) {
  return s.normalize("NFC").replace(root.foldable, function (c) { return foldPoint(c.codePointAt(0)); }).replace(/ {2,}/g, " ").replace(/^ | $/g, "");
}
function foldable() {
  var list = Array.from(root.folds.keys(), function (c) { return "\\u{" + c.toString(16) + "}"; });
  return new RegExp("[\\x00-\\x1f\\x7fA-Z\\u3000\\uff01-\\uff5e\\ud800-\\udfff" + list.join("") + "]", "gu");
}

// A character that stands in the index is folded already, and the root has
// the folds of all characters that the archive's texts hold. Only a query
// with others needs the table, in two files.
var tables = new Map();
function prepareFold(s) {
  var wanted = new Set();
  Array.from(s.normalize("NFC")).forEach(function (ch) {
    var c = ch.codePointAt(0);
    if (c < 128 || c >= 0xff01 && c <= 0xff5e || c === 0x3000 || c >= 0xd800 && c < 0xe000) return; // foldPoint knows these
    if (!root.chars.has(c) && !root.folds.has(c)) wanted.add(c >= 0x3400 && c < 0xa000 ? 0 : 1);
  });
  return Promise.all(Array.from(wanted, function (i) {
    var path = "f/" + root.fold[i] + (i ? "/other.json" : "/han.json");
    return json(path).then(function (t) {
      if (tables.get(path) === root) return;
      tables.set(path, root);
      addFolds(root.folds, t);
      root.foldable = foldable();
    });
  }));
}

// ---- Terms and plan, as terms.go makes them ----

function termsOf(query) {
  var s = fold(query), out = new Set(), end;
  while (s !== "") {
    if (s[0] === " ") { s = s.slice(1); continue; }
    if (s[0] === '"' && (end = s.indexOf('"', 1)) > 0) {
      if (s.slice(1, end).trim() !== "") out.add(s.slice(1, end));
      s = s.slice(end + 1);
      continue;
    }
    end = s.indexOf(" ");
    if (end < 0) end = s.length;
    out.add(s.slice(0, end));
    s = s.slice(end);
  }
  return Array.from(out);
}
function isLetters(s) { return /^[a-z]+$/.test(s); }

var MAX_GRAMS = 12, ROUND = 3, FEW = 6, FIRST = 4, AHEAD = 24, NAMES = 3, LONG = 48, IN_VAIN = 240, IN_VAIN_LONG = 8;

// rarity orders grams of which only the characters' frequencies are known: by
// the rarest of them, then by all.
function rarity(levels) {
  return Math.min.apply(null, levels) * 64 + levels.reduce(function (a, b) { return a + b; }, 0) / levels.length;
}
// spread puts the rarest gram first, and always next the rarest of the others,
// where one that overlaps an earlier one of its term counts as four times as
// frequent: it tells less that is new.
function spread(grams) {
  var left = grams.slice(), out = [], cost = left.map(function (g) { return g.level; });
  while (left.length && out.length <= MAX_GRAMS) {
    var best = 0;
    for (var i = 1; i < left.length; i++) if (cost[i] < cost[best]) best = i;
    var g = left.splice(best, 1)[0];
    cost.splice(best, 1);
    out.push(g);
    left.forEach(function (o, i) { if (o.term === g.term && o.from < g.to && g.from < o.to && cost[i] === o.level) cost[i] += 128; });
  }
  return out;
}
function planOf(terms) {
  var p = { terms: terms, exact: true, none: false, grams: [] }, seen = new Map();
  terms.forEach(function (t, ti) {
    var s = Array.from(t), level = s.map(function (c) {
      var l = root.chars.get(c.codePointAt(0));
      if (l === undefined) { p.none = true; l = 0; }
      return l;
    });
    function dense(i) {
      return i >= 0 && i + 2 < s.length && s.slice(i, i + 3).every(function (c) { return root.dense.has(c.codePointAt(0)); }) && !isLetters(s.slice(i, i + 3).join(""));
    }
    function add(i, n) {
      var g = s.slice(i, i + n).join(""), x = seen.get(g);
      if (!x) {
        x = { text: g, level: rarity(level.slice(i, i + n)), owners: [], term: ti, from: i, to: i + n };
        seen.set(g, x);
        p.grams.push(x);
      }
      if (x.owners[x.owners.length - 1] !== ti) x.owners.push(ti);
    }
    if (s.length <= 2) return add(0, s.length);
    p.exact = p.exact && s.length === 3 && dense(0);
    for (var i = 0; i + 1 < s.length; i++) {
      if (dense(i)) add(i, 3);
      else if (!dense(i - 1)) add(i, 2);
    }
  });
  p.grams = spread(p.grams);
  if (p.grams.length > MAX_GRAMS) {
    p.grams.length = MAX_GRAMS;
    p.exact = false;
  }
  return p;
}

// ---- Posting lists ----

function postings(volume, gram) {
  var n = volume.folders.length * volume.files, i = Math.floor(mix(0x811c9dc5, points(gram)) * n / 4294967296);
  var path = "g/" + volume.folders[Math.floor(i / volume.files)] + "/" + (i % volume.files) + ".bin";
  return bytes(path).then(function (buffer) {
    var size = new DataView(buffer).getUint32(0, true);
    return inflate(buffer.slice(4, 4 + size)).then(function (dict) {
      var want = new TextEncoder().encode(gram), b = new Bytes(new Uint8Array(dict)), at = 4 + size;
      while (b.more()) {
        var len = b.varint(), same = len === want.length;
        for (var k = 0; same && k < len; k++) same = b.data[b.at + k] === want[k];
        b.at += len;
        var docs = b.varint(), headings = b.varint(), agencies = b.varint(), length = b.varint();
        if (same) {
          var bits = new Bits(new Uint8Array(buffer, at, length)), out = { docs: bits.list(docs, volume.years * root.agencies) };
          out.headings = bits.list(headings, docs).map(function (i) { return out.docs[i]; });
          out.agencies = bits.list(agencies, root.agencies);
          return out;
        }
        at += length;
      }
      return { docs: new Uint32Array(0), headings: new Uint32Array(0), agencies: new Uint32Array(0) };
    });
  });
}
// intersect walks the shorter list, and leaps over what the longer has between.
function intersect(a, b) {
  if (a.length > b.length) return intersect(b, a);
  var out = new Uint32Array(a.length), n = 0, stride = Math.max(1, Math.floor(b.length / (a.length || 1) / 2));
  for (var i = 0, j = 0; i < a.length; i++) {
    var v = a[i];
    while (j + stride < b.length && b[j + stride] < v) j += stride;
    while (j < b.length && b[j] < v) j++;
    if (j === b.length) break;
    if (b[j] === v) out[n++] = v;
  }
  return out.subarray(0, n);
}

// lookUp loads a volume's lists for more of the plan's grams, the rarest first.
function lookUp(volume, plan, lists, n) {
  return Promise.all(plan.grams.slice(lists.length, lists.length + n).map(function (g) { return postings(volume, g.text); })).then(function (more) {
    return lists.concat(more);
  });
}
function common(lists) {
  var docs = lists.map(function (l) { return l.docs; }).sort(function (a, b) { return a.length - b.length; });
  return docs.reduce(intersect);
}

function agenciesIn(lists) { return lists.map(function (l) { return l.agencies; }).reduce(intersect); }

// candidatesIn finds a volume's reports that hold all grams of the plan that
// were looked up: the rarest first, a round of them at a time, as long as that
// pays. The text of a false candidate costs as much as another list.
function candidatesIn(volume, plan, known, rounds, round, stale) {
  function take(lists, left, before) {
    return lookUp(volume, plan, lists, round).then(function (lists) {
      var docs = common(lists);
      if (before === undefined) before = Math.min.apply(null, lists.map(function (l) { return l.docs.length; }));
      var pays = docs.length > FEW && docs.length < before * 0.85;
      if (left > 1 && pays && lists.length < plan.grams.length && !stale()) return take(lists, left - 1, docs.length);
      return { lists: lists, docs: docs };
    });
  }
  return take(known || [], rounds).then(function (found) {
    var lists = found.lists, docs = found.docs;
    // The terms that may stand in title or headings: all their grams do.
    var bound = new Uint8Array(docs.length), limit = Math.min(plan.terms.length, 255);
    for (var t = 0; t < limit; t++) {
      var titled = docs;
      lists.forEach(function (l, g) { if (plan.grams[g].owners.indexOf(t) >= 0) titled = intersect(titled, l.headings); });
      for (var i = 0, j = 0; j < titled.length; i++) {
        if (docs[i] === titled[j]) { bound[i]++; j++; }
      }
    }
    return { docs: docs, bound: bound, agencies: agenciesIn(lists), lists: lists, complete: lists.length === plan.grams.length };
  });
}

// ---- Stored text ----

var GROUP = "\x1d", FIELD = "\x1e", PART = "\x1f";
function place(agency) {
  var lo = 0, hi = root.firsts.length - 1;
  while (lo < hi) {
    var m = (lo + hi + 1) >> 1;
    if (root.firsts[m] <= agency) lo = m; else hi = m - 1;
  }
  return { folder: "t/" + root.shards[lo], local: agency - root.firsts[lo] };
}
function stemOf(p, year) { return p.folder + "/" + year + "-" + Math.floor(p.local / root.block); }
function reportText(agency, year) {
  var p = place(agency), stem = stemOf(p, year), prefix = p.local + FIELD;
  return text(stem + ".bin").then(function (s) {
    var group = s.split(GROUP).find(function (g) { return g.startsWith(prefix); });
    if (group === undefined) throw new Error(stem + ": no report " + p.local);
    var f = group.split(FIELD);
    if (f[2][0] !== "+") return f;
    var pieces = [];
    for (var i = 0; i < Number(f[2].slice(1)); i++) pieces.push(inflated(stem + "-" + p.local + "-" + i + ".bin"));
    return Promise.all(pieces).then(function (list) {
      return new Blob(list).text().then(function (s) { return f.slice(0, 2).concat(s.split(FIELD)); });
    });
  }).then(function (f) {
    var units = f.slice(5);
    return { agency: f[1], year: Number(f[2]), url: f[3], title: f[4], units: units, folded: units.map(function (u) { return fold(u.slice(1)); }) };
  });
}
// headingsOf returns how many terms stand in title or headings, or -1 where
// a term is missing.
function headingsOf(r, terms) {
  var title = fold(r.title), units = r.folded, n = 0;
  for (var i = 0; i < terms.length; i++) {
    var heading = title.includes(terms[i]), found = heading;
    for (var k = 0; k < units.length && !heading; k++) {
      if (!units[k].includes(terms[i])) continue;
      found = true;
      heading = r.units[k][0] === "h";
    }
    if (!found) return -1;
    if (heading) n++;
  }
  return n;
}
function agencyNames(agency) {
  var p = place(agency);
  return text(p.folder + "/names.bin").then(function (s) {
    var f = s.split(GROUP)[p.local].split(FIELD);
    return { path: f[0], kind: f[1], names: f.slice(2).map(function (n) { return n.split(PART); }) };
  });
}

// ---- Pinyin, as pinyin.go reads it ----

function readsOn(list, i, q) {
  if (q === "") return true;
  return i < list.length && list[i].split("|").some(function (s) {
    return s.startsWith(q) || q.startsWith(s) && readsOn(list, i + 1, q.slice(s.length));
  });
}
function initials(list, i, q) {
  for (var k = 0; k < q.length; k++) {
    if (i + k >= list.length || !list[i + k].split("|").some(function (s) { return s[0] === q[k]; })) return false;
  }
  return true;
}
function spelled(spelling, q) {
  var list = spelling.split(" ");
  return list.some(function (_, i) { return readsOn(list, i, q) || initials(list, i, q); });
}
function nameHolds(names, terms) {
  return terms.every(function (t) {
    return names.some(function (n) { return fold(n[0]).includes(t) || isLetters(t) && spelled(n[1] || "", t); });
  });
}

// ---- A search ----

// Search holds the state of one query with its filters.
function Search(state, stale) {
  this.state = state;
  this.stale = stale; // tells that another search has taken its place
  this.terms = [];
  this.from = 0;
  this.size = root.agencies;
}
// start looks up all volumes, the newest first; each time one is in, it calls
// show with whether it was the last.
Search.prototype.start = function (show) {
  var self = this, plan;
  return prepareFold(this.state.q).then(function () {
    self.terms = termsOf(self.state.q);
    if (self.terms.length === 0 || self.stale()) return;
    plan = self.plan = planOf(self.terms);
    self.exact = plan.exact;
    self.volumes = [];
    self.agencyList = [];
    self.named = new Set();
    return Promise.all([self.findNode(), self.findLabel()]).then(function () {
      if (plan.none) { self.exact = true; self.arrange(); return show(true); }
      var chain = Promise.resolve();
      root.volumes.forEach(function (v, i) {
        var found = candidatesIn(v, plan, null, 4, ROUND, self.stale);
        chain = chain.then(function () { return found; }).then(function (c) {
          self.volumes.push(c);
          if (!c.complete) self.exact = false;
          return i === 0 && c.agencies.length && !self.stale() ? self.findNames(c.agencies) : null;
        }).then(function () {
          if (self.stale()) return;
          self.arrange();
          return show(i === root.volumes.length - 1);
        });
      });
      return chain;
    });
  });
};
Search.prototype.whole = function () { return fold(fold(this.state.q).replace(/"/g, " ")); };
Search.prototype.findLabel = function () {
  var self = this, f = fold(this.state.q);
  if (!root.labels || !root.labels.hashes.has(mix(0x811c9dc5, points(f)))) return null;
  return json("l/" + root.labels.folder + "/labels.json").then(function (all) {
    self.label = new Map(Object.entries(all)).get(f);
  });
};
// findNames finds the agencies of which one name is the whole query: by the
// names of a few, which are read anyway, else by the list of that name.
Search.prototype.findNames = function (agencies) {
  var self = this, whole = this.whole(), p = points(whole), found;
  function hex(n) { return n.toString(16).padStart(8, "0"); }
  if (agencies.length <= NAMES) {
    found = Promise.all(Array.from(agencies, agencyNames)).then(function (list) {
      return agencies.filter(function (_, i) { return list[i].names.some(function (n) { return fold(n[0]) === whole; }); });
    });
  } else {
    found = postings(root.volumes[0], "\x01" + hex(mix(0x3c6ef372, p) & 0x7fffffff) + hex(mix(0x9e3779b9, p))).then(function (l) { return l.agencies; });
  }
  return found.then(function (named) {
    self.named = new Set(named);
    self.listNames(agencies);
  });
};
// listNames puts the agencies that may have the query in a name in order.
Search.prototype.listNames = function (agencies) {
  var self = this, kind = root.kinds.indexOf(this.state.kind), first = [], rest = [];
  agencies.forEach(function (a) {
    if (!self.within(a) || self.state.kind && root.kindOf[a] !== kind) return;
    (self.named.has(a) ? first : rest).push(a);
  });
  this.agencyList = first.concat(rest);
  this.agencyAt = 0;
  this.agencyHits = [];
};
Search.prototype.within = function (a) { return a >= this.from && a < this.from + this.size; };
Search.prototype.findNode = function () {
  var self = this;
  self.trail = [];
  if (!self.state.agency) return topNodes().then(function (list) { self.children = list; });
  return walk(self.state.agency).then(function (w) {
    self.trail = w.trail;
    self.children = w.children;
    self.from = w.first;
    self.size = w.size;
  });
};
// arrange counts the candidates for the filters and puts them in order.
Search.prototype.arrange = function () {
  var s = this.state, NA = root.agencies, wantKind = root.kinds.indexOf(s.kind), total = 0, n = 0, i;
  var from = this.from, to = this.from + this.size, named = this.named.size > 0;
  this.volumes.forEach(function (v) { total += v.docs.length; });
  var years = new Uint8Array(total), agency = new Uint32Array(total), bound = new Uint8Array(total);
  var perYear = new Uint32Array(root.years.length), perKind = new Uint32Array(root.kinds.length), perAgency = new Uint32Array(NA + 1);
  var yearAt = s.year ? root.years.indexOf(Number(s.year)) : -1;
  for (var vi = 0; vi < this.volumes.length; vi++) {
    var v = this.volumes[vi], y = root.volumes[vi].year, first = 0;
    for (i = 0; i < v.docs.length; i++) {
      while (v.docs[i] >= first + NA) { first += NA; y++; }
      var a = v.docs[i] - first, kind = root.kindOf[a], yearOK = !s.year || y === yearAt, kindOK = !s.kind || kind === wantKind;
      if (yearOK && kindOK) perAgency[a + 1]++;
      if (a < from || a >= to) continue;
      if (kindOK) perYear[y]++;
      if (yearOK) perKind[kind]++;
      if (!yearOK || !kindOK) continue;
      years[n] = y;
      agency[n] = a;
      bound[n] = (named && this.named.has(a) ? 128 : 0) + Math.min(v.bound[i], 127);
      n++;
    }
  }
  for (a = 0; a < NA; a++) perAgency[a + 1] += perAgency[a];
  this.yearCounts = perYear;
  this.kindCounts = perKind;
  this.perAgency = perAgency;
  this.years = years;
  this.agency = agency;
  this.bound = bound;
  // Candidates stand by year and agency; relevance is a few steps above it.
  var order = new Uint32Array(n);
  if (s.sort === "year" || s.sort === "name") {
    for (i = 0; i < n; i++) order[i] = i;
  } else {
    var starts = new Uint32Array(257);
    for (i = 0; i < n; i++) starts[256 - bound[i]]++;
    for (i = 0; i < 256; i++) starts[i + 1] += starts[i];
    for (i = 0; i < n; i++) order[starts[255 - bound[i]]++] = i;
  }
  this.order = order;
  this.demoted = [];
  this.at = 0;
  this.asked = 0;
  this.shown = [];
  this.wrong = 0;  // candidates that do not hold the query
  this.missed = 0; // those, and those that stand lower than the lists said
};
Search.prototype.rankNames = function () {
  var self = this;
  if (this.state.sort !== "name" || this.ranked === this.order) return Promise.resolve();
  var pieces = new Set();
  this.order.forEach(function (i) { pieces.add(self.agency[i] >> 14); });
  return Promise.all(Array.from(pieces, function (p) {
    return inflated("n/" + root.ranks[p] + "/ranks.bin").then(function (b) { return [p, new Uint8Array(b)]; });
  })).then(function (list) {
    var ranks = new Map(list), keys = new Float64Array(self.order.length), n = self.order.length;
    self.order.forEach(function (c, i) {
      var b = ranks.get(self.agency[c] >> 14), at = 3 * (self.agency[c] & 16383);
      keys[i] = (b[at] + b[at + 1] * 256 + b[at + 2] * 65536) * (n + 1) + i;
    });
    keys.sort();
    self.order = Uint32Array.from(keys, function (k) { return k % (n + 1); });
    self.ranked = self.order;
  });
};
// next returns the candidate that comes next: the first of the order, or one
// that turned out to hold fewer terms in its headings than the lists said.
Search.prototype.next = function (take) {
  var c = this.at < this.order.length ? this.order[this.at] : -1, d = this.demoted[0];
  var early = d && (c < 0 || d.key > this.bound[c] || d.key === this.bound[c] && d.c < c);
  if (take) { if (early) this.demoted.shift(); else this.at++; }
  return early ? d.c : c;
};
Search.prototype.done = function () { return this.at >= this.order.length && this.demoted.length === 0; };
Search.prototype.load = function (c) { return reportText(this.agency[c], root.years[this.years[c]]); };
// ask begins to load the text of the next n candidates.
Search.prototype.ask = function (n) {
  var end = Math.min(this.order.length, this.at + n);
  for (this.asked = Math.max(this.asked, this.at); this.asked < end; this.asked++) {
    var c = this.order[this.asked];
    text(stemOf(place(this.agency[c]), root.years[this.years[c]]) + ".bin").catch(function () { /* load meets it again */ });
  }
};
// prove brings n more results into shown. It loads at once what will likely be
// needed, looks at it in order, and calls tick after each report. Where very
// many candidates in a row are false it stops, and the reader decides whether
// to look on: a query of frequent parts may have the whole archive for
// candidates. One longer than people ask stops soon.
Search.prototype.prove = function (n, tick) {
  var self = this, want = this.shown.length + n;
  var patience = this.terms.join("").length > LONG ? IN_VAIN_LONG : IN_VAIN;
  this.vain = 0;
  function enough() { return self.shown.length >= want || self.done() || self.vain >= patience || self.stale(); }
  return this.rankNames().then(function step() {
    if (enough()) return;
    // A list costs half as much as a block of text that proves false.
    if (self.missed > self.shown.length / 4 && !self.complete()) return self.refine().then(step);
    self.ask(self.ahead(want - self.shown.length));
    return self.load(self.next(false)).then(function (r) {
      self.judge(self.next(true), headingsOf(r, self.terms), r);
      if (tick && !enough()) tick();
    }).then(step);
  });
};
Search.prototype.complete = function () { return this.volumes.every(function (v) { return v.complete; }); };
// ahead is how many candidates to load for what is still wanted, by how many
// were false so far; only a few as long as lists are left that may tell more.
Search.prototype.ahead = function (left) {
  if (this.shown.length < 3 && !this.complete()) return FIRST;
  return Math.min(this.terms.join("").length > LONG ? IN_VAIN_LONG : AHEAD, Math.ceil(left * (1 + Math.max(0, this.missed - 1) / (this.shown.length + 3))));
};
// judge takes a candidate into shown, drops it, or puts it back to its place.
Search.prototype.judge = function (c, headings, r) {
  if (headings < 0) {
    this.wrong++;
    this.missed++;
    this.vain++;
    return;
  }
  var key = (this.bound[c] & 128) + Math.min(headings, 127);
  if (key < this.bound[c] && this.state.sort !== "year" && this.state.sort !== "name") {
    this.bound[c] = key;
    this.missed++;
    var i = this.demoted.findIndex(function (x) { return x.key < key || x.key === key && x.c > c; });
    this.demoted.splice(i < 0 ? this.demoted.length : i, 0, { key: key, c: c });
    return;
  }
  this.vain = 0;
  this.shown.push(r);
};
// refine looks up more grams where proving shows that too few were: it starts
// the proof again, for which nothing is loaded twice.
Search.prototype.refine = function () {
  var self = this;
  return Promise.all(this.volumes.map(function (v, i) {
    return v.complete ? v : candidatesIn(root.volumes[i], self.plan, v.lists, 1, MAX_GRAMS, self.stale);
  })).then(function (list) {
    self.volumes = list;
    self.vain = 0;
    self.arrange();
    return self.rankNames();
  });
};
Search.prototype.total = function () { return this.order.length - this.wrong; };
Search.prototype.proven = function () { return this.exact || this.done(); };
Search.prototype.proveAgencies = function (n) {
  var self = this, want = this.agencyHits ? this.agencyHits.length + n : 0;
  return (function step() {
    if (!self.agencyHits || self.stale() || self.agencyHits.length >= want || self.agencyAt >= self.agencyList.length) return Promise.resolve();
    var batch = self.agencyList.slice(self.agencyAt, self.agencyAt + want - self.agencyHits.length);
    self.agencyAt += batch.length;
    return Promise.all(batch.map(agencyNames)).then(function (list) {
      var hits = list.filter(function (a) { return nameHolds(a.names, self.terms); });
      self.agencyHits = self.agencyHits.concat(hits);
      if (hits.length < list.length && !self.narrowed) return self.fewerNames();
    }).then(step);
  })();
};
// fewerNames looks up all grams of the plan where an agency proved false: a
// common part of names would else have hundreds of them read.
Search.prototype.fewerNames = function () {
  var self = this, v = this.volumes[0];
  this.narrowed = true;
  if (v.complete) return;
  return lookUp(root.volumes[0], this.plan, v.lists, MAX_GRAMS).then(function (lists) { self.listNames(agenciesIn(lists)); });
};

// ---- The tree of agencies ----

// pages reads a list of nodes that may go on in further files.
function pages(list) {
  var last = list[list.length - 1];
  if (!last || last.segment) return Promise.resolve(list);
  return json("a/" + last.folder + "/children.json").then(pages).then(function (more) { return list.slice(0, -1).concat(more); });
}
function topNodes() { return pages(root.tree); }
function childrenOf(n) {
  if (n.inline) return pages(n.inline);
  return n.folder ? json("a/" + n.folder + "/children.json").then(pages) : Promise.resolve([]);
}
function walk(path) {
  var trail = [];
  function step(list, rest, first, done) {
    var n = list.find(function (n) { return n.segment === rest || rest.startsWith(n.segment + "/"); });
    if (!n) return { trail: trail, children: [], first: 0, size: 0 };
    var at = first + n.offset, full = done + n.segment;
    trail.push({ name: n.name, path: full });
    return childrenOf(n).then(function (children) {
      if (n.segment === rest) {
        return { trail: trail, first: at, size: n.size, children: children.map(function (c) { return Object.assign({}, c, { offset: at + c.offset, segment: full + "/" + c.segment }); }) };
      }
      return step(children, rest.slice(n.segment.length + 1), at, full + "/");
    });
  }
  return topNodes().then(function (list) { return step(list, path, 0, ""); });
}

// ---- Marks ----

function hitsIn(s, terms) {
  var f = foldPlaces(s), out = [], merged = [];
  terms.forEach(function (t) {
    for (var i = f.fold.indexOf(t); i >= 0; i = f.fold.indexOf(t, i + 1)) out.push([f.starts[i], f.ends[i + t.length - 1]]);
  });
  out.sort(function (a, b) { return a[0] - b[0]; });
  out.forEach(function (h) {
    var last = merged[merged.length - 1];
    if (last && h[0] <= last[1]) last[1] = Math.max(last[1], h[1]); else merged.push(h);
  });
  return merged;
}
// marked adds s to the node with its hits marked; with a window only what
// stands around the first of them.
function marked(node, s, terms, window_) {
  var hits = hitsIn(s, terms), from = 0, to = s.length;
  if (window_) {
    var before = Array.from(s.slice(0, hits.length ? hits[0][0] : 0));
    from = before.slice(0, Math.max(0, before.length - 24)).join("").length;
    to = from + Array.from(s.slice(from)).slice(0, 110).join("").length;
  }
  if (from > 0) node.append("…");
  var at = from;
  hits.forEach(function (h) {
    if (h[0] >= to || h[1] <= from) return;
    node.append(s.slice(at, h[0]));
    make("mark", "", s.slice(h[0], Math.min(h[1], to)), node);
    at = h[1];
  });
  if (at < to) node.append(s.slice(at, to));
  if (to < s.length) node.append("…");
}
function snippetOf(r, terms) {
  var best = "", most = -1;
  r.folded.forEach(function (f, i) {
    var n = terms.filter(function (t) { return f.includes(t); }).length;
    if (n > most) { most = n; best = r.units[i].slice(1); }
  });
  return best;
}

// ---- The page ----

function make(tag, cls, text, parent) {
  var n = document.createElement(tag);
  if (cls) n.className = cls;
  if (text) n.textContent = text;
  if (parent) parent.append(n);
  return n;
}
function button(cls, text, parent, run) {
  var b = make("button", cls, text, parent);
  b.type = "button";
  b.addEventListener("click", run);
  return b;
}

var ui = {}, current = null, run = 0, finished = 0, timer = 0, composing = false, PAUSE = 40;
var FILTERS = ["year", "agency", "kind", "sort"];

function readState() {
  var p = new URLSearchParams(location.search), s = { q: p.get("q") || "" };
  FILTERS.forEach(function (k) { s[k] = p.get(k) || ""; });
  return s;
}
// An address holds no query that is longer than people ask: browsers are slow
// with it, and refuse one of megabytes.
function writeState(s, push) {
  var p = new URLSearchParams();
  ["q"].concat(FILTERS).forEach(function (k) { if (s[k] && s[k].length < 1000) p.set(k, s[k]); });
  var url = location.pathname + (String(p) ? "?" + p : "");
  if (url === location.pathname + location.search) return;
  // A browser may refuse where there are too many changes; the search goes on without.
  try { history[push ? "pushState" : "replaceState"](null, "", url); } catch (e) { /* as above */ }
}
function change(patch, push) {
  var s = Object.assign(readState(), { q: ui.input.value }, patch);
  writeState(s, push);
  search(s);
}

function build() {
  var form = make("form", "search-form", "", app);
  form.setAttribute("role", "search");
  var label = make("label", "search-label", W.label, form);
  label.htmlFor = "search-query";
  var line = make("div", "search-line", "", form);
  var input = ui.input = make("input", "search-input", "", line);
  input.id = "search-query";
  input.type = "search";
  input.placeholder = W.hint;
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("enterkeyhint", "search");
  ui.filters = make("div", "search-filters", "", app);
  ui.status = make("p", "search-status", "", app);
  ui.status.setAttribute("role", "status");
  ui.status.setAttribute("aria-live", "polite");
  ui.results = make("div", "search-results", "", app);

  form.addEventListener("submit", function (e) {
    e.preventDefault();
    clearTimeout(timer);
    change({}, true);
  });
  input.addEventListener("compositionstart", function () { composing = true; });
  input.addEventListener("compositionend", function () { composing = false; later(); });
  input.addEventListener("input", function () { if (!composing) later(); });
  // A change is searched for at once where nothing is under way, else when
  // there was none for a moment, so that fast typing starts no run for each.
  function later() {
    clearTimeout(timer);
    if (finished === run) return change({}, false);
    timer = setTimeout(function () { change({}, false); }, PAUSE);
  }
  document.addEventListener("keydown", keys);
  window.addEventListener("popstate", function () {
    var s = readState();
    input.value = s.q;
    search(s);
  });
}

function keys(e) {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  var at = document.activeElement, typing = at && /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) || at && at.isContentEditable;
  if (e.key === "/" && !typing) {
    e.preventDefault();
    ui.input.focus();
    ui.input.select();
  } else if (e.key === "Escape" && (at === ui.input || ui.results.contains(at))) {
    e.preventDefault();
    if (at === ui.input && !at.value) return at.blur();
    ui.input.value = "";
    ui.input.focus();
    clearTimeout(timer);
    change({}, false);
  } else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && (at === ui.input || ui.results.contains(at))) {
    var links = Array.from(ui.results.querySelectorAll("a.search-link")), i = links.indexOf(at) + (e.key === "ArrowDown" ? 1 : -1);
    if (i >= links.length) return;
    e.preventDefault();
    (i < 0 ? ui.input : links[i]).focus();
  }
}

function search(s) {
  var mine = ++run;
  function stale() { return mine !== run; }
  ui.results.setAttribute("aria-busy", "true");
  if (!s.q.trim()) {
    current = null;
    finished = mine;
    clear();
    ui.status.textContent = "";
    return;
  }
  ui.status.textContent = W.loading;
  attempt(false).then(function () { if (!stale()) finished = mine; });
  function attempt(again) {
    return opened(again).then(function () {
      if (stale()) return;
      var x = new Search(s, stale), shownAt = Date.now(), wait = 16;
      return x.start(function (last) {
        if (stale()) return;
        // Where much must be read before ten results are certain, show the
        // first ones with the next frame, and then how far it is.
        function tick() {
          if (stale() || !x.shown.length || Date.now() - shownAt < wait) return;
          shownAt = Date.now();
          wait = 300;
          show(x, false);
        }
        return Promise.all([x.prove(10, tick), x.proveAgencies(NAMES)]).then(function () {
          if (stale()) return;
          current = x;
          show(x, last);
        });
      }).then(function () {
        if (!stale() && x.terms.length === 0) { current = null; clear(); ui.status.textContent = ""; }
      });
    }).catch(function (e) {
      if (stale()) return;
      // The site may have been published anew since the page was opened.
      if (!again) { loaded.clear(); return attempt(true); }
      clear();
      ui.status.textContent = W.failed;
      button("search-more", W.retry, ui.results, function () { opening = null; loaded.clear(); search(s); });
    });
  }
}

function clear() {
  ui.results.replaceChildren();
  ui.filters.replaceChildren();
  ui.results.removeAttribute("aria-busy");
}

function showStatus(x, last) {
  var s = x.proven() ? say(W.found, { n: x.total() }) : say(W.most, { n: x.total(), k: x.shown.length });
  var left = x.agencyList.length - (x.agencyAt || 0), n = (x.agencyHits || []).length + left;
  if (n) s += say(left ? W.mostAgencies : W.andAgencies, { n: n });
  ui.status.textContent = s + (last ? "" : " " + W.loading);
  ui.status.dataset.total = x.total();
  ui.status.dataset.proven = x.proven();
}

function show(x, last) {
  clear();
  showFilters(x);
  if (x.label) {
    var p = make("p", "search-figure", W.label_hit, ui.results), a = make("a", "search-link", W === WORDS.en && x.label.en || x.label.zh, p);
    a.href = app.dataset.root + x.label.url;
  }
  if (x.agencyHits && x.agencyHits.length) {
    make("h2", "search-heading", W.agencies, ui.results);
    var list = make("ul", "search-agencies", "", ui.results);
    showAgencies(x, list, 0);
  }
  if (x.shown.length || last && !x.done()) {
    make("h2", "search-heading", W.reports, ui.results);
    var reports = make("ol", "search-reports", "", ui.results);
    showReports(x, reports, 0, last);
  }
  ui.results.setAttribute("aria-busy", String(!last));
  if (last && x.done() && !x.shown.length && !(x.agencyHits && x.agencyHits.length)) showNone(x);
  showStatus(x, last);
}

function showAgencies(x, list, from) {
  x.agencyHits.slice(from).forEach(function (h) {
    var a = make("a", "search-link", "", make("li", "search-agency", "", list));
    a.href = app.dataset.root + "agencies/" + h.path + "/";
    a.dataset.agency = h.path;
    marked(a, h.names[0][0], x.terms);
    h.names.slice(1).forEach(function (n) {
      if (!hitsIn(n[0], x.terms).length) return;
      a.parentNode.append(" ");
      marked(make("span", "search-alias", "", a.parentNode), n[0], x.terms);
    });
  });
  more(list, W.moreAgencies, x.agencyAt < x.agencyList.length, function () {
    var n = x.agencyHits.length;
    return x.proveAgencies(12).then(function () { if (x === current) { showAgencies(x, list, n); showStatus(x, true); } });
  });
}

function showReports(x, list, from, last) {
  x.shown.slice(from).forEach(function (r) {
    var li = make("li", "search-report", "", list), a = make("a", "search-link", "", li);
    a.href = app.dataset.root + r.url + "#" + written(r, x.terms);
    a.dataset.url = r.url;
    marked(a, r.title, x.terms);
    if (!r.title.includes(r.agency)) make("span", "search-of", r.agency + " · " + r.year, li);
    marked(make("p", "search-snippet", "", li), snippetOf(r, x.terms), x.terms, true);
  });
  if (!last) return;
  more(list, W.more, !x.done(), function () {
    var n = x.shown.length;
    return x.prove(20).then(function () { if (x === current) { showReports(x, list, n, true); showStatus(x, true); } });
  });
}
// written is what hits.js shall mark: the hits as the report writes them.
function written(r, terms) {
  var list = new Set();
  r.units.forEach(function (u, i) {
    if (list.size >= 12 || !terms.some(function (t) { return r.folded[i].includes(t); })) return;
    var s = u.slice(1);
    hitsIn(s, terms).forEach(function (h) { if (list.size < 12) list.add(s.slice(h[0], Math.min(h[1], h[0] + 64))); });
  });
  if (!list.size) hitsIn(r.title, terms).forEach(function (h) { list.add(r.title.slice(h[0], h[1])); });
  return String(new URLSearchParams(Array.from(list, function (s) { return ["q", s]; })));
}

// more puts a button after the list while there is more to show.
function more(list, word, any, load) {
  var old = list.nextElementSibling;
  var had = old && old.classList.contains("search-more") && document.activeElement === old;
  if (old && old.classList.contains("search-more")) old.remove();
  if (!any) return;
  var b = button("search-more", word, null, function () {
    b.disabled = true;
    load().catch(function () { b.disabled = false; ui.status.textContent = W.failed; });
  });
  list.after(b);
  if (had) b.focus();
}

function showFilters(x) {
  var f = ui.filters;
  select("year", W.year, root.years.filter(function (y, i) { return x.yearCounts[i] || String(y) === x.state.year; }).map(function (y) {
    return [String(y), String(y), x.yearCounts[root.years.indexOf(y)]];
  }));
  select("kind", W.kind, root.kinds.filter(function (k, i) { return x.kindCounts[i] || k === x.state.kind; }).map(function (k) {
    return [k, new Map(Object.entries(W.kinds)).get(k) || k, x.kindCounts[root.kinds.indexOf(k)]];
  }));
  var options = x.children.map(function (n) { return [n.segment, n.name, x.perAgency[n.offset + n.size] - x.perAgency[n.offset]]; }).filter(function (o) { return o[2] > 0; });
  var trail = x.trail.map(function (t) { return [t.path, t.name, -1]; });
  select("agency", W.agency, trail.concat(options), x.state.agency);
  select("sort", W.sort, [["year", W.byYear, -1], ["name", W.byName, -1]]);

  function select(name, word, options) {
    var label = make("label", "search-filter", word + " ", f), s = make("select", "", "", label);
    s.name = name;
    option("", name === "sort" ? W.relevance : W.all);
    options.forEach(function (o) { option(o[0], o[1] + (o[2] >= 0 ? (x.exact ? " (" : " (≤ ") + o[2] + ")" : "")); });
    s.value = x.state[name];
    s.addEventListener("change", function () {
      var patch = {};
      patch[name] = s.value;
      change(patch, true);
      var again = ui.filters.querySelector("select[name=" + name + "]");
      if (again) again.focus();
    });
    function option(value, text) {
      var o = make("option", "", text, s);
      o.value = value;
    }
  }
}

function showNone(x) {
  var s = x.state, div = make("div", "search-none", "", ui.results);
  make("p", "", say(W.none, { q: s.q.length > 60 ? s.q.slice(0, 60) + "…" : s.q }), div);
  make("p", "", W.try1 + (x.terms.length > 1 ? W.try2 : ""), div);
  if (s.year || s.agency || s.kind) {
    var p = make("p", "", W.try3 + " ", div);
    button("search-more", W.unfilter, p, function () { change({ year: "", agency: "", kind: "" }, true); });
  }
  browse(div);
}
function browse(parent) {
  var p = make("p", "", W.browse + " ", parent);
  make("a", "", W.tree, p).href = app.dataset.root + "agencies/index.html";
  p.append(" · ");
  make("a", "", W.years, p).href = app.dataset.root + "years/index.html";
}

function start() {
  app = document.getElementById("search-app");
  if (!app) return;
  var plain = document.getElementById("search-plain"), why = "";
  if (plain) plain.hidden = true;
  if (location.protocol === "file:") why = W.file;
  else if (typeof DecompressionStream !== "function" || !String.prototype.normalize) why = W.old;
  if (why) {
    make("p", "search-why", why, app).setAttribute("role", "status");
    return browse(app);
  }
  rootURL = app.dataset.index || app.dataset.root + "search/root.json";
  base = rootURL.slice(0, rootURL.lastIndexOf("/") + 1);
  build();
  var s = readState();
  ui.input.value = s.q;
  if (s.q) return search(s);
  ui.input.focus();
  opened(false).catch(function () { /* the search meets it again */ });
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
})();
