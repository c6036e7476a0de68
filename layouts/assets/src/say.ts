/** say replaces the {placeholders} in a text or an address by values. */
export function say(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, k: string) => String(values[k]));
}
