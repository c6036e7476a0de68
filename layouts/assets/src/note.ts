// Checkpoints and inventories: signed notes (C2SP signed-note). generator/proof makes them.

import { sha256 } from "@noble/hashes/sha2";
import nacl from "tweetnacl";
import { concat, same } from "./merkle.ts";

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function unbase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

const ed25519 = 1; // the algorithm's number in a key

/** Trust is what is known of a signature: there is none, it was not checked for want of a key, it is good, it is bad. */
export type Trust = "unsigned" | "unknown" | "signed" | "forged";

/** open returns the text of a note, and whether a key to verify with signed it. */
export function open(note: string, vkey: string): { text: string; trust: Trust } {
  const at = note.lastIndexOf("\n\n");
  if (at < 0) return { text: note, trust: vkey ? "forged" : "unsigned" };
  const text = note.slice(0, at + 1);
  if (!vkey) return { text, trust: "unknown" };
  return { text, trust: signed(text, note.slice(at + 2), vkey) ? "signed" : "forged" };
}

function signed(text: string, signatures: string, vkey: string): boolean {
  const [name, id, ...rest] = vkey.trim().split("+");
  try {
    const key = unbase64(rest.join("+"));
    const hash = sha256(concat(utf8(name + "\n"), key)).slice(0, 4);
    if (key[0] !== ed25519 || key.length !== 33 || Array.from(hash, (b) => b.toString(16).padStart(2, "0")).join("") !== id) return false;
    for (const line of signatures.split("\n")) {
      const [dash, by, base64] = line.split(" ");
      if (dash !== "—" || by !== name) continue;
      const s = unbase64(base64);
      if (same(s.slice(0, 4), hash)) return nacl.sign.detached.verify(utf8(text), s.slice(4), key.slice(1));
    }
  } catch {
    // What cannot be read is no signature.
  }
  return false;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

/** parseCheckpoint reads the text of a checkpoint; null if it is none. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin, size, root, ...rest] = text.split("\n");
  if (!origin || rest.length === 0 || !/^(0|[1-9]\d{0,14})$/.test(size) || !/^[A-Za-z0-9+/]{43}=$/.test(root)) return null;
  return { origin, size: Number(size), root: unbase64(root) };
}
