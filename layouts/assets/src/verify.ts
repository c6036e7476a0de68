// The page that verifies one report in the browser: /verify/?report=agencies/x/2024/.
// It holds what the report's page shows against the line of the last release, the line
// against the tree of the checkpoint, and the checkpoint against its signature, with
// hashes and signatures of its own, for on plain http a browser has none. What it finds,
// and what it does not check, it says in the list #verify-results. The words are data
// attributes of #verify-app.

import { sha256 } from "@noble/hashes/sha2";
import { make, ready } from "./dom.ts";
import { differences, parseLine, type State } from "./held.ts";
import { leafHash, same, Tree } from "./merkle.ts";
import { open, parseCheckpoint, unbase64, utf8 } from "./note.ts";
import { say } from "./say.ts";

type Verdict = "good" | "bad" | "open"; // it agrees, it does not, it was not checked

/** Stop ends the verification: what follows cannot be checked. */
class Stop extends Error {}

const hex = (data: Uint8Array): string => Array.from(data, (b) => b.toString(16).padStart(2, "0")).join("");
const decode = (data: Uint8Array): string => new TextDecoder().decode(data);
const timeout = 30_000; // milliseconds for a file

class Verification {
  private readonly words: DOMStringMap;
  private bad = 0;

  constructor(private readonly app: HTMLElement, private readonly results: HTMLElement, private readonly key: string) {
    this.words = app.dataset;
  }

  private tell(verdict: Verdict, word: string, values: Record<string, string | number> = {}): void {
    if (verdict === "bad") this.bad++;
    const item = make("li", verdict, "", this.results);
    make("b", "", this.words[verdict], item);
    item.append(" " + say(this.words[word] ?? word, values));
  }

  private stop(word: string, values: Record<string, string | number> = {}): never {
    this.tell("bad", word, values);
    throw new Stop();
  }

  private readonly read = async (path: string): Promise<Uint8Array> => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), timeout);
    try {
      const answer = await fetch(this.words.root + path, { signal: stop.signal, cache: "no-cache" });
      if (!answer.ok) throw new Error(path);
      return new Uint8Array(await answer.arrayBuffer());
    } catch {
      this.stop("failed", { file: path });
    } finally {
      clearTimeout(timer);
    }
  };

  /** page parses a page as the browser would show it, without running what is in it. */
  private page(path: string): Promise<Document> {
    return new Promise((resolve, reject) => {
      const x = new XMLHttpRequest();
      x.open("GET", this.words.root + path);
      x.setRequestHeader("Cache-Control", "no-cache");
      x.responseType = "document";
      x.timeout = timeout;
      x.onload = () => x.response ? resolve(x.response as Document) : reject(new Error(path));
      x.onerror = x.ontimeout = () => reject(new Error(path));
      x.send();
    });
  }

  async run(report: string): Promise<void> {
    const [, agency, year] = /^agencies\/([a-z0-9\-\/]+)\/(\d{4})\/$/.exec(report) ?? [];
    if (!agency) this.stop("address", { report });
    const c = open(decode(await this.read("checkpoint")), this.key);
    const checkpoint = parseCheckpoint(c.text) ?? this.stop("malformed", { file: "checkpoint" });
    this.tell("good", "checkpoint", { origin: checkpoint.origin, size: checkpoint.size });
    this.tell(c.trust === "signed" ? "good" : c.trust === "forged" ? "bad" : "open", c.trust, { key: this.key });
    const { record, leaves } = await this.record(agency, checkpoint.root);
    const lines = decode(record).split("\n");
    const tree = new Tree(checkpoint.size, checkpoint.root, this.read);
    let state: State | null = null;
    for (const [i, n] of leaves.entries()) {
      const s = parseLine(lines[i]);
      if (String(s.year) !== year) continue;
      if (!await tree.has(n, leafHash(utf8(lines[i])))) this.stop("line", { n });
      this.tell("good", "held", { n });
      state = s;
    }
    if (!state) this.stop("unreleased");
    let text: string | null = null;
    let files: Record<string, string> = {};
    for (const line of lines.slice(leaves.length)) {
      if (!line) continue;
      const x = JSON.parse(line) as { year?: number; text?: string; files?: Record<string, string> };
      if (String(x.year) === year) text = x.text ?? null;
      files = x.files ?? files;
    }
    await this.shown(report, state, text);
    await this.files(report, files);
  }

  /** record reads the record of an agency, by the inventory. */
  private async record(agency: string, root: Uint8Array): Promise<{ record: Uint8Array; leaves: number[] }> {
    const inventory = open(decode(await this.read("proof/inventory")), this.key);
    const [, of, ...lists] = inventory.text.trimEnd().split("\n");
    if (inventory.trust === "forged" || !same(unbase64(of), root)) this.stop("malformed", { file: "proof/inventory" });
    const list = lists.map((l) => l.split(" ")).filter(([, , first]) => first <= agency).pop() ?? this.stop("unknown-agency", { agency });
    const data = await this.read(list[1]);
    if (!same(sha256(data), unbase64(list[0]))) this.stop("bytes", { file: list[1] });
    const entry = decode(data).split("\n").map((l) => l.split(" ")).find(([a]) => a === agency) ?? this.stop("unknown-agency", { agency });
    const file = `agencies/${agency}/record.jsonl`;
    const record = await this.read(file);
    if (hex(sha256(record)) !== entry[1]) this.stop("bytes", { file });
    return { record, leaves: entry[2] ? entry[2].split(",").map(Number) : [] };
  }

  /** shown holds the page against the line. */
  private async shown(report: string, state: State, text: string | null): Promise<void> {
    const page = await this.page(report + "index.html").catch(() => this.stop("failed", { file: report + "index.html" }));
    if (state.withdrawn) {
      const said = page.body.textContent ?? "";
      const told = said.includes(state.withdrawn.date) && said.includes(state.withdrawn.reason);
      this.tell(told ? "good" : "bad", told ? "withdrawn" : "not-withdrawn", state.withdrawn);
      return;
    }
    const { list, count } = differences(page, state);
    for (const d of list) this.tell("bad", d.what, { cell: d.cell, was: d.was || "∅", is: d.is || "∅" });
    if (list.length === 0) this.tell(count > 0 ? "good" : "open", count > 0 ? "cells" : "bare", { count });
    const same = text !== null && hex(sha256(utf8(text))) === state.text;
    this.tell(same ? "good" : "bad", same ? "text" : "rewritten");
  }

  /** files holds the files of the report against their hashes. */
  private async files(report: string, files: Record<string, string>): Promise<void> {
    for (const [file, sum] of Object.entries(files)) {
      if (!file.startsWith(report)) continue;
      const fine = hex(sha256(await this.read(file))) === sum;
      this.tell(fine ? "good" : "bad", fine ? "file" : "bytes", { file });
    }
  }

  end(failed: boolean): void {
    for (const word of ["since", "others"]) this.tell("open", word);
    make("p", "", this.words[this.bad > 0 || failed ? "differs" : "fine"], this.app).setAttribute("role", "status");
  }
}

ready(() => {
  const app = document.getElementById("verify-app");
  const form = app?.querySelector("form");
  const results = document.getElementById("verify-results");
  if (!app || !form || !results) return;
  if (location.protocol === "file:") return; // the page says which command does it
  document.getElementById("verify-plain")?.remove();
  app.hidden = false;
  const q = new URLSearchParams(location.search);
  const [report, key] = [form.elements.namedItem("report") as HTMLInputElement, form.elements.namedItem("key") as HTMLInputElement];
  report.value = q.get("report") ?? "";
  key.value = q.get("key") ?? app.dataset.key ?? "";
  if (!report.value) return;
  const v = new Verification(app, results, key.value.trim());
  v.run(report.value).then(() => v.end(false), (e: unknown) => {
    v.end(true);
    if (!(e instanceof Stop)) throw e;
  });
});
