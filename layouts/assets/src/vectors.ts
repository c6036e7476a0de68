// What Go does, for tests: generator/search/vectors_test.go writes it.

import { readFileSync } from "node:fs";

/** vectors reads a file of testdata, or the one that has the path. */
export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(name.includes("/") ? name : "testdata/" + name + ".json", "utf8")) as T;
}
