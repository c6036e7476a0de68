// Made from layouts/assets/src by npm run build or go test ./layouts -update; not to be edited.
"use strict";
(() => {
  // dom.ts
  function typing() {
    const at = document.activeElement;
    return !!at && (/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) || at.isContentEditable);
  }
  function plain(e) {
    return !(e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing);
  }

  // site.ts
  var stored = "annals-view";
  var views = ["large", "contrast", "dark", "light"];
  var { documentElement: root } = document;
  var choice = /* @__PURE__ */ new Set();
  try {
    for (const name of (localStorage.getItem(stored) ?? "").split(" ")) if (name) choice.add(name);
  } catch {
  }
  var systemDark = !choice.has("dark") && !choice.has("light") && matchMedia("(prefers-color-scheme: dark)").matches;
  if (systemDark) root.classList.add("system-dark");
  function apply() {
    for (const name of views) root.classList.toggle(name, choice.has(name));
  }
  function isOn(name) {
    return choice.has(name) || name === "dark" && systemDark && !choice.has("light");
  }
  function toggle(name) {
    const on = isOn(name);
    if (name === "dark") {
      choice.delete("dark");
      choice.delete("light");
      choice.add(on ? "light" : "dark");
    } else if (on) {
      choice.delete(name);
    } else {
      choice.add(name);
    }
    apply();
    try {
      localStorage.setItem(stored, Array.from(choice).join(" "));
    } catch {
    }
  }
  apply();
  document.addEventListener("keydown", (e) => {
    var _a;
    if (!plain(e)) return;
    const own = document.getElementById("site-search");
    if (e.key === "Escape" && own && document.activeElement === own) {
      own.blur();
      return;
    }
    if (e.key !== "/" || typing()) return;
    const box = document.getElementById("search-query") ?? own;
    if (!box) return;
    e.preventDefault();
    if (!box.offsetParent) (_a = document.querySelector(".more")) == null ? void 0 : _a.setAttribute("open", "");
    box.focus();
    box.select();
  });
  document.addEventListener("DOMContentLoaded", () => {
    const bar = document.getElementById("view-choice");
    if (!bar) return;
    const buttons = bar.querySelectorAll("button[data-view]");
    const show = () => buttons.forEach((b) => b.setAttribute("aria-pressed", String(isOn(b.dataset.view))));
    for (const b of buttons) {
      b.addEventListener("click", () => {
        toggle(b.dataset.view);
        show();
      });
    }
    bar.hidden = false;
    show();
  });
})();
