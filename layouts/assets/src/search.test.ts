import assert from "node:assert/strict";
import test from "node:test";
import { Files } from "./files.ts";
import { Index } from "./index.ts";
import { parseRoot } from "./root.ts";
import { Search, type State } from "./search.ts";
import { vectors } from "./vectors.ts";

const { files, queries } = vectors<{
  files: Record<string, string>;
  queries: (Omit<State, "q"> & { query: string; reports: string[]; agencies: string[]; label: string })[];
}>("index");

const base = "https://www.example.gov.cn/search/";

globalThis.fetch = (address) => {
  const path = String(address).slice(base.length);
  // The two tables of folding are left out, because no query here needs them.
  const data = path.startsWith("f/") ? btoa('{"from": "", "to": "", "multi": {}}') : files[path];
  return Promise.resolve(data === undefined ? new Response("", { status: 404 }) : new Response(Buffer.from(data, "base64")));
};

async function open(): Promise<Index> {
  return new Index(parseRoot(await (await fetch(base + "root.json")).json()), new Files(base));
}

/** found returns all results of a search. */
async function found(index: Index, state: State): Promise<Search> {
  const x = new Search(index, state, () => false);
  await x.start(async () => {});
  while (x.terms.length && !x.done()) await x.prove(7);
  while (x.agenciesLeft()) await x.proveAgencies(5);
  return x;
}

test("a search finds what Go finds, in its order", async () => {
  const index = await open();
  for (const { query, reports, agencies, label, ...filters } of queries) {
    const x = await found(index, { q: query, ...filters });
    const what = JSON.stringify({ query, ...filters });
    assert.deepEqual(x.shown.map((r) => r.url), reports, what);
    assert.deepEqual((x.agencyHits ?? []).map((a) => a.path), agencies, what);
    assert.equal(x.label?.url ?? "", label, what);
    assert.equal(x.total(), reports.length, what);
    assert.equal(x.empty(), !reports.length && !agencies.length && !label, what);
  }
});

test("what cannot be read is asked for again", async () => {
  const index = await open();
  const state = { q: queries.find((v) => v.reports.length)!.query, year: "", agency: "", kind: "", sort: "" };
  const online = globalThis.fetch;
  globalThis.fetch = () => Promise.reject(new Error("no network"));
  await assert.rejects(found(index, state));
  globalThis.fetch = online;
  assert.ok((await found(index, state)).shown.length);
});
