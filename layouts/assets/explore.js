// The explore page: any figure of any year, by agency. The address bar holds
// the choice. Everything that is shown is put in as text.
(function () {
  "use strict";
  var app = document.getElementById("explore-app");
  if (!app || location.protocol === "file:") return;
  var byId = function (id) { return document.getElementById("explore-" + id); };
  var selects = { year: byId("year"), figure: byId("figure"), column: byId("column"), region: byId("region"), kind: byId("kind") };
  var words = app.dataset;
  var root = words.root;
  var PAGE = 200;
  var cache = new Map();
  var index, sort = { by: "value", down: true }, shown = PAGE, rows = [];

  function json(path) {
    if (!cache.has(path)) {
      cache.set(path, fetch(path).then(function (r) {
        if (!r.ok) throw new Error(path);
        return r.json();
      }));
    }
    return cache.get(path);
  }
  function option(value, text) {
    var o = document.createElement("option");
    o.value = value;
    o.textContent = text;
    return o;
  }
  function fill(select, list, value) {
    select.replaceChildren.apply(select, list.map(function (x) { return option(x[0], x[1]); }));
    if (list.some(function (x) { return x[0] === value; })) select.value = value;
  }
  function yearIndex() { return index.years.findIndex(function (y) { return String(y.year) === selects.year.value; }); }
  function formOf(i) { return index.forms[index.years[i].form]; }
  function choice() {
    var i = yearIndex(), form = formOf(i), id = selects.figure.value;
    var ratio = form.ratios.find(function (r) { return "ratio:" + r.id === id; });
    var row = form.rows.findIndex(function (r) { return r.id === id; });
    return { i: i, form: form, ratio: ratio, row: row };
  }

  function fillFigures(want, column) {
    var form = formOf(yearIndex());
    var list = form.ratios.map(function (r) { return ["ratio:" + r.id, r.label]; })
      .concat(form.rows.map(function (r) { return [r.id, r.label]; }));
    fill(selects.figure, list, want);
    if (!list.some(function (x) { return x[0] === want; })) {
      var start = form.rows.find(function (r) { return form.start === r.id || form.start.indexOf(r.id + ".") === 0; });
      if (start) selects.figure.value = start.id;
    }
    fillColumns(column);
  }
  function fillColumns(want) {
    var c = choice();
    var list = c.ratio ? [] : c.form.rows[c.row].columns.map(function (x) { return [x[0], x[2] ? x[1] + " " + x[2] : x[1]]; });
    fill(selects.column, list, want);
    if (list.length && !list.some(function (x) { return x[0] === want; })) selects.column.value = list[list.length - 1][0];
    selects.column.parentElement.hidden = list.length < 2;
  }

  // A row of a shard: an array by agency of arrays by column, or null where
  // all reports have nothing but zeros.
  function load(c, shard, row) {
    var y = index.years[c.i], have = y.rows[shard], base = y.year + "/" + encodeURIComponent(index.shards[shard].id);
    if (have === "*") return json(base + ".json").then(function (all) { return all[c.form.rows[row].id] || null; });
    if (have[row] !== "1") return Promise.resolve(null);
    return json(base + "/" + encodeURIComponent(c.form.rows[row].id) + ".json");
  }
  function value(data, i, reported, column) {
    if (!reported) return null;
    if (data === null) return 0;
    return data[i] === null ? null : data[i][column];
  }
  function sum(parts, data, i, reported) {
    var total = 0;
    for (var k = 0; k < parts.length; k++) {
      var v = value(data.get(parts[k][0]), i, reported, parts[k][1]);
      if (v === null) return null;
      total += v;
    }
    return total;
  }

  function loadShard(c, shard) {
    var year = index.years[c.i].year;
    var needed = c.ratio ? c.ratio.over.concat(c.ratio.under).map(function (p) { return p[0]; }) : [c.row];
    needed = Array.from(new Set(needed));
    var column = c.ratio ? 0 : c.form.rows[c.row].columns.findIndex(function (x) { return x[0] === selects.column.value; });
    return Promise.all([json("agencies/" + encodeURIComponent(index.shards[shard].id) + ".json")].concat(needed.map(function (r) { return load(c, shard, r); })))
      .then(function (all) {
        var data = new Map();
        needed.forEach(function (r, k) { data.set(r, all[k + 1]); });
        return all[0].map(function (a, i) {
          var reported = a[3].indexOf(year) >= 0;
          var row = { path: a[0], name: a[1], kind: a[2], reported: reported, value: null, cases: null };
          if (c.ratio) {
            var over = sum(c.ratio.over, data, i, reported), under = sum(c.ratio.under, data, i, reported);
            row.cases = under;
            if (over !== null && under) row.value = over / under;
          } else {
            row.value = value(data.get(c.row), i, reported, column);
          }
          return row;
        });
      });
  }

  function region() {
    var v = selects.region.value;
    if (v.indexOf("shard:") === 0) return { shards: [index.shards.findIndex(function (s) { return "shard:" + s.id === v; })], path: "" };
    return { shards: index.shards.map(function (_, k) { return k; }), path: v };
  }

  var turn = 0;
  function show() {
    var me = ++turn, c = choice(), where = region();
    byId("formula").textContent = c.ratio ? c.ratio.formula : "";
    Promise.all(where.shards.map(function (k) { return loadShard(c, k); })).then(function (lists) {
      if (me !== turn) return;
      rows = [].concat.apply([], lists).filter(function (r) {
        return r.reported && (!selects.kind.value || r.kind === selects.kind.value) &&
          (!where.path || r.path === where.path || r.path.indexOf(where.path + "/") === 0);
      });
      shown = PAGE;
      draw();
      var q = new URLSearchParams();
      Object.keys(selects).forEach(function (k) { if (selects[k].value && !(k === "column" && c.ratio)) q.set(k, selects[k].value); });
      q.set("sort", (sort.down ? "-" : "") + sort.by);
      history.replaceState(null, "", "?" + q);
    }).catch(function () { if (me === turn) byId("status").textContent = words.failed; });
  }

  function text(r, c) {
    if (r.value === null) return words.none;
    if (c.ratio) return (r.value * 100).toFixed(1) + "%" + (r.cases < c.ratio.few ? " " + words.few : "");
    return r.value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  }
  function cell(tag, content, name) {
    var e = document.createElement(tag);
    if (name) e.className = name;
    if (typeof content === "string") e.textContent = content; else if (content) e.append(content);
    return e;
  }
  function bar(r, most) {
    var ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), rect = document.createElementNS(ns, "rect");
    svg.setAttribute("class", "meter");
    svg.setAttribute("viewBox", "0 0 100 8");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    rect.setAttribute("height", "8");
    rect.setAttribute("width", String(most > 0 && r.value > 0 ? Math.max(.5, r.value / most * 100) : 0));
    svg.append(rect);
    return svg;
  }
  function draw() {
    var c = choice();
    rows.sort(function (a, b) {
      if (sort.by === "value" && a.value !== b.value) {
        if (a.value === null) return 1; // what has no figure stands last either way
        if (b.value === null) return -1;
        return sort.down ? b.value - a.value : a.value - b.value;
      }
      var n = a.name.localeCompare(b.name, "zh-CN") || (a.path < b.path ? -1 : 1);
      return sort.by === "name" && sort.down ? -n : n;
    });
    var most = 0, known = 0, total = 0;
    rows.forEach(function (r) { if (r.value !== null) { known++; total += r.value; most = Math.max(most, r.value); } });
    byId("rows").replaceChildren.apply(byId("rows"), rows.slice(0, shown).map(function (r) {
      var tr = document.createElement("tr"), a = document.createElement("a"), th;
      a.href = root + "agencies/" + r.path + "/" + index.years[c.i].year + "/index.html";
      a.textContent = r.name;
      th = cell("th", a);
      th.scope = "row";
      tr.append(th, cell("td", text(r, c), "n"), cell("td", r.value === null ? "" : bar(r, most)));
      return tr;
    }));
    var label = selects.figure.selectedOptions[0].textContent + (c.ratio || selects.column.parentElement.hidden ? "" : " · " + selects.column.selectedOptions[0].textContent);
    byId("caption").textContent = index.years[c.i].year + " · " + label;
    byId("status").textContent = words.rows.replace("{n}", rows.length).replace("{m}", known)
      .replace("{sum}", c.ratio ? "—" : total.toLocaleString("en-US", { maximumFractionDigits: 6 }));
    byId("more").hidden = rows.length <= shown;
    app.querySelectorAll("button[data-sort]").forEach(function (b) {
      b.closest("th").setAttribute("aria-sort", b.dataset.sort === sort.by ? (sort.down ? "descending" : "ascending") : "none");
    });
  }

  // A field that a spreadsheet could take for a formula is made text.
  function field(s) {
    s = String(s);
    if (/^[\s]*[=+\-@]/.test(s)) s = "'" + s;
    return /[",\r\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s;
  }
  function download() {
    var c = choice();
    var lines = [["path", "agency", "kind", "year", "figure", "value", "cases"]].concat(rows.map(function (r) {
      return [r.path, r.name, r.kind, index.years[c.i].year, byId("caption").textContent, r.value === null ? "" : r.value, r.cases === null ? "" : r.cases];
    }));
    var blob = new Blob(["\ufeff" + lines.map(function (l) { return l.map(field).join(","); }).join("\r\n") + "\r\n"], { type: "text/csv" });
    var a = document.createElement("a");
    a.href = URL.createObjectURL(blob);
    a.download = "explore-" + index.years[c.i].year + ".csv";
    a.click();
    setTimeout(function () { URL.revokeObjectURL(a.href); }, 1000);
  }

  json(words.index).then(function (x) {
    index = x;
    if (!index.years.length) return;
    var q = new URLSearchParams(location.search);
    fill(selects.year, index.years.map(function (y) { return [String(y.year), String(y.year)]; }), q.get("year"));
    fillFigures(q.get("figure"), q.get("column"));
    var regions = index.shards.length === 1 ?
      [["", words.all]].concat(index.places.map(function (p) { return [p[0], "\u2003".repeat(p[0].split("/").length - 1) + p[1]]; })) :
      index.shards.map(function (s) { return ["shard:" + s.id, s.name]; }).concat([["", words.all]]);
    fill(selects.region, regions, q.get("region"));
    if (q.has("kind")) selects.kind.value = q.get("kind");
    var s = q.get("sort");
    if (s && /^-?(name|value)$/.test(s)) sort = { by: s.replace("-", ""), down: s[0] === "-" };
    selects.year.addEventListener("change", function () { fillFigures(selects.figure.value, selects.column.value); show(); });
    selects.figure.addEventListener("change", function () { fillColumns(selects.column.value); show(); });
    ["column", "region", "kind"].forEach(function (k) { selects[k].addEventListener("change", show); });
    app.querySelectorAll("button[data-sort]").forEach(function (b) {
      b.addEventListener("click", function () {
        sort = { by: b.dataset.sort, down: b.dataset.sort === sort.by ? !sort.down : b.dataset.sort === "value" };
        show();
      });
    });
    byId("more").addEventListener("click", function () { shown += PAGE; draw(); });
    byId("form").addEventListener("submit", function (e) { e.preventDefault(); download(); });
    byId("plain").hidden = true;
    app.hidden = false;
    show();
  }).catch(function () { /* the plain page stays */ });
})();
