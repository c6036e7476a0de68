// Making DOM nodes. No string of content is ever parsed as markup.

/** make returns a new element with a class and a text, and adds it to the parent if there is one. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, name = "", text = "", parent?: ParentNode): HTMLElementTagNameMap[K] {
  const n = document.createElement(tag);
  if (name) n.className = name;
  if (text) n.textContent = text;
  parent?.append(n);
  return n;
}

export function button(name: string, text: string, parent: ParentNode | undefined, run: () => void): HTMLButtonElement {
  const b = make("button", name, text, parent);
  b.type = "button";
  b.addEventListener("click", run);
  return b;
}

export function link(name: string, text: string, address: string, parent: ParentNode): HTMLAnchorElement {
  const a = make("a", name, text, parent);
  a.href = address;
  return a;
}

/** bar draws a number as a bar beside others, of which most is the largest. */
export function bar(value: number, most: number): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const rect = document.createElementNS(svg.namespaceURI, "rect");
  for (const [k, v] of [["class", "meter"], ["viewBox", "0 0 100 8"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(k, v);
  rect.setAttribute("height", "8");
  rect.setAttribute("width", String(most > 0 && value > 0 ? Math.max(.5, value / most * 100) : 0));
  svg.append(rect);
  return svg;
}

/** typing reports whether the focus is on an element in which one types. */
export function typing(): boolean {
  const at = document.activeElement as HTMLElement | null;
  return !!at && (/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) || at.isContentEditable);
}

/** plain reports whether a key is meant for the page: pressed without modifiers, not handled yet, and not part of an input method's composition. */
export function plain(e: KeyboardEvent): boolean {
  return !(e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing);
}

/** ready runs a function when the document has been parsed. */
export function ready(run: () => void): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
  else run();
}
