// The files of the index. Each is in a folder whose name is a hash of the content,
// so that a file that was loaded once never becomes out of date.

import { inflate } from "./inflate.ts";

/** most is the largest number of files that are kept in memory; the browser's own cache has the others. */
const most = 4000;

// DecompressionStream of Chromium 80 to 102 does not support raw deflate.
const streams = ((): boolean => {
  try {
    return !!new DecompressionStream("deflate-raw");
  } catch {
    return false;
  }
})();

function unpacked(r: Response): Response | Promise<Response> {
  if (streams) return new Response(r.body!.pipeThrough(new DecompressionStream("deflate-raw")));
  return r.arrayBuffer().then((b) => new Response(inflate(new Uint8Array(b))));
}

/** unpack inflates a deflated part of a file. */
export async function unpack(data: ArrayBuffer): Promise<Uint8Array> {
  return streams ? new Uint8Array(await (await unpacked(new Response(data))).arrayBuffer()) : inflate(new Uint8Array(data));
}

export class Files {
  private readonly loaded = new Map<string, Promise<unknown>>();

  /** base is the address of the index's folder, with a slash at its end. */
  constructor(private readonly base: string) {}

  json<T>(path: string): Promise<T> {
    return this.get(path, (r) => r.json() as Promise<T>);
  }

  bytes(path: string): Promise<ArrayBuffer> {
    return this.get(path, (r) => r.arrayBuffer());
  }

  /** inflated and text are for files ending in .bin, which are deflated as a whole. */
  inflated(path: string): Promise<ArrayBuffer> {
    return this.get(path, async (r) => (await unpacked(r)).arrayBuffer());
  }

  text(path: string): Promise<string> {
    return this.get(path, async (r) => (await unpacked(r)).text());
  }

  forget(): void {
    this.loaded.clear();
  }

  private get<T>(path: string, read: (r: Response) => Promise<T>): Promise<T> {
    let p = this.loaded.get(path) as Promise<T> | undefined;
    if (!p) {
      p = fetch(this.base + path).then((r) => {
        if (!r.ok) throw new Error(path + ": " + r.status);
        return read(r);
      });
      p.catch(() => this.loaded.delete(path));
      this.loaded.set(path, p);
      if (this.loaded.size > most) this.loaded.delete(this.loaded.keys().next().value!);
    }
    return p;
  }
}
