// The contents of a report. They are a <details>, closed as the page comes: on
// a phone one line. On a wide screen, where they stand beside the text, they are
// opened, and mark the part that is being read.

export function contents(list: HTMLDetailsElement): void {
  const beside = (): boolean => getComputedStyle(list.parentElement!).position === "sticky";
  const open = (): void => void (list.open = beside());
  open();
  matchMedia("(min-width: 60rem)").addEventListener("change", open);
  const links = Array.from(list.querySelectorAll<HTMLAnchorElement>("a"));
  list.addEventListener("click", (e) => {
    if (!beside() && (e.target as Element).closest("a")) list.open = false;
  });
  const parts = links.map((a) => document.getElementById(a.hash.slice(1))!.closest("section")!);
  const seen = new Set<Element>();
  const watch = new IntersectionObserver((changes) => {
    for (const c of changes) c.isIntersecting ? seen.add(c.target) : seen.delete(c.target);
    const at = parts.findIndex((p) => seen.has(p));
    links.forEach((a, i) => (i === at ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
  }, { rootMargin: "-25% 0px -60% 0px" });
  parts.forEach((p) => watch.observe(p));
}
