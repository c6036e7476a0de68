// The reader's choice of large text, high contrast and a dark page. It is kept
// in the browser, and applied before the page is drawn. Without scripts the
// page follows the system's settings. And on every page, / leads to the box
// for a search, and Escape back out of it.
(function () {
  "use strict";
  var key = "annals-view";
  var root = document.documentElement;
  var choice = new Set();
  try {
    (localStorage.getItem(key) || "").split(" ").forEach(function (name) { if (name) choice.add(name); });
  } catch (e) { /* storage is off: the choice lasts for this page */ }
  if (!choice.has("dark") && !choice.has("light") && matchMedia("(prefers-color-scheme: dark)").matches) root.classList.add("system-dark");

  function apply() {
    ["large", "contrast", "dark", "light"].forEach(function (name) { root.classList.toggle(name, choice.has(name)); });
  }
  function isOn(name) {
    if (name !== "dark") return choice.has(name);
    return choice.has("dark") || (root.classList.contains("system-dark") && !choice.has("light"));
  }
  apply();

  document.addEventListener("keydown", function (e) {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    var at = document.activeElement, box = document.getElementById("site-search");
    if (e.key === "Escape" && box && at === box) return box.blur();
    if (e.key !== "/" || at && (/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) || at.isContentEditable)) return;
    box = document.getElementById("search-query") || box; // the search page has a larger one
    if (!box) return;
    e.preventDefault();
    box.focus();
    box.select();
  });

  document.addEventListener("DOMContentLoaded", function () {
    var bar = document.getElementById("view-choice");
    if (!bar) return;
    bar.hidden = false;
    var buttons = bar.querySelectorAll("button[data-view]");
    function show() {
      buttons.forEach(function (b) { b.setAttribute("aria-pressed", String(isOn(b.dataset.view))); });
    }
    buttons.forEach(function (b) {
      b.addEventListener("click", function () {
        var name = b.dataset.view;
        if (name === "dark") {
          var on = isOn("dark");
          choice.delete("dark");
          choice.delete("light");
          choice.add(on ? "light" : "dark");
        } else if (!choice.delete(name)) {
          choice.add(name);
        }
        apply();
        show();
        try { localStorage.setItem(key, Array.from(choice).join(" ")); } catch (e) { /* as above */ }
      });
    });
    show();
  });
})();
