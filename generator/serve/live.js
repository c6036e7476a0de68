// Made from layouts/assets/src by npm run build or go test ./layouts -update; not to be edited.
"use strict";
(() => {
  // news.ts
  var name = "annals-live";
  var events = "/.annals/events";
  var pause = 1e3;
  function onNews(changed) {
    const locks = navigator.locks;
    if (locks && typeof BroadcastChannel === "function") follow(locks, changed);
    else poll(changed);
  }
  function follow(locks, changed) {
    const channel = new BroadcastChannel(name);
    channel.onmessage = changed;
    changed();
    const held = locks.request(name, () => new Promise(() => {
      const stream = new EventSource(events);
      stream.onmessage = () => {
        channel.postMessage("");
        changed();
      };
      addEventListener("pagehide", () => stream.close());
    }));
    held.catch(() => poll(changed));
  }
  function poll(changed) {
    const look = () => {
      if (!document.hidden) changed();
    };
    look();
    setInterval(look, pause);
    document.addEventListener("visibilitychange", look);
  }

  // dom.ts
  function make(tag, name2 = "", text = "", parent) {
    const n = document.createElement(tag);
    if (name2) n.className = name2;
    if (text) n.textContent = text;
    parent == null ? void 0 : parent.append(n);
    return n;
  }
  function button(name2, text, parent, run) {
    const b = make("button", name2, text, parent);
    b.type = "button";
    b.addEventListener("click", run);
    return b;
  }
  function link(name2, text, address, parent) {
    const a = make("a", name2, text, parent);
    a.href = address;
    return a;
  }

  // overlay.ts
  var most = 100;
  var overlay = null;
  function hide() {
    overlay == null ? void 0 : overlay.remove();
    overlay = null;
  }
  function show({ errors, title, close, items }) {
    hide();
    if (errors === 0) return;
    overlay = make("aside", "annals-live");
    overlay.setAttribute("role", "alert");
    make("strong", "annals-live-title", title, overlay);
    button("annals-live-close", close, overlay, hide);
    const list = make("ol", "annals-live-list", "", overlay);
    for (const item of items.slice(0, most)) row(item, list);
    if (items.length > most) make("p", "annals-live-more", "… +" + (items.length - most), overlay);
    document.body.append(overlay);
  }
  function row(item, list) {
    const li = make("li", "annals-live-item annals-live-" + (item.severity === "error" ? "error" : "warning"), "", list);
    make("code", "annals-live-place", item.line > 0 ? item.file + ":" + item.line + ":" + item.column : item.file, li);
    make("code", "annals-live-rule", item.rule, li);
    make("p", "annals-live-message", item.message, li);
    if (/^\/(?![/\\])/.test(item.page)) link("annals-live-page", item.page, item.page, li);
  }

  // live.ts
  var _a;
  var since = ((_a = document.currentScript) == null ? void 0 : _a.dataset.version) ?? "";
  var seen = "";
  var page = location.pathname;
  try {
    page = decodeURIComponent(page);
  } catch {
  }
  async function ask() {
    const r = await fetch("/.annals/diagnostics?" + new URLSearchParams({ page, since, seen }), { cache: "no-store" });
    if (r.status !== 200) return;
    const news = await r.json();
    if (news.reload) {
      location.reload();
      return;
    }
    since = news.version;
    if (seen === news.diagnostics) return;
    seen = news.diagnostics;
    show(news);
  }
  var asking = false;
  var pending = false;
  async function update() {
    pending = true;
    if (asking) return;
    asking = true;
    while (pending) {
      pending = false;
      await ask().catch(() => {
      });
    }
    asking = false;
  }
  addEventListener("load", () => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/.annals/live.css";
    document.head.append(style);
  });
  addEventListener("keydown", (e) => {
    if (e.key === "Escape") hide();
  });
  onNews(update);
  addEventListener("pageshow", (e) => {
    if (e.persisted) location.reload();
  });
})();
