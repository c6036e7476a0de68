// Texts in both languages, and messages whose placeholders are filled in:
// generator/diag in TypeScript.

/** Text is a text in both languages. If one is empty, the other is used for it. */
export interface Text { zh: string; en?: string }

export type Tag = "zh" | "en";

export type Args = Record<string, string | number | Text | Text[]>;

/** inTag returns the text in a language. */
export function inTag(x: Text, tag: Tag): string {
  const en = x.en ?? "";
  return x.zh === "" || (tag === "en" && en !== "") ? en : x.zh;
}

/** both joins two texts in each language. */
export function both(x: Text, y: Text): Text {
  return { zh: inTag(x, "zh") + inTag(y, "zh"), en: inTag(x, "en") + inTag(y, "en") };
}

/** fill replaces the {placeholders} of a message by values; list is the separator for the texts of a list. */
export function fill(message: Text, args: Args, list: Text = { zh: "" }): Text {
  const one = (pattern: string, tag: Tag) => pattern.replace(/\{(\w+)\}/g, (mark, key: string) => {
    if (!Object.prototype.hasOwnProperty.call(args, key)) return mark;
    const v = args[key]!;
    if (typeof v === "number") return String(v);
    if (typeof v === "string") return visible(excerpt(v));
    if (!Array.isArray(v)) return visible(inTag(v, tag));
    const joined = { zh: v.map((x) => inTag(x, "zh")).join(list.zh), en: v.map((x) => inTag(x, "en")).join(list.en ?? "") };
    return visible(inTag(joined, tag));
  });
  return { zh: one(message.zh, "zh"), en: one(message.en ?? "", "en") };
}

/** excerpt returns the beginning of a value that is too long for a message. */
function excerpt(s: string): string {
  const most = 200; // code points
  if (s.length <= most) return s;
  const chars = Array.from(s);
  return chars.length <= most ? s : chars.slice(0, most).join("") + "…";
}

/** visible writes characters that could deceive a reader as escapes: controls, line separators and format characters, except the joiners that some scripts need. */
function visible(s: string): string {
  return s.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => {
    const code = c.codePointAt(0)!;
    if (code === 0x200c || code === 0x200d || code === 0x180e) return c;
    if (c === "\t") return "\\t";
    if (c === "\n") return "\\n";
    return code <= 0xff ? "\\x" + code.toString(16).padStart(2, "0") : "\\u" + code.toString(16).padStart(4, "0");
  });
}
