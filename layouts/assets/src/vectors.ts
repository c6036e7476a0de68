// Test vectors: inputs with the results of the Go code, which
// generator/search/vectors_test.go writes.

import { readFileSync } from "node:fs";

/** vectors reads a file of testdata by its name, or any file by its path. */
export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(name.includes("/") ? name : "testdata/" + name + ".json", "utf8")) as T;
}
