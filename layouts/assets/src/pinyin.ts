// Pinyin of names: generator/search/pinyin.go in TypeScript. A spelling has its
// syllables separated by spaces, and several readings of a syllable by "|".

/** isLetters reports whether a term consists of Latin letters, and so may be pinyin. */
export function isLetters(s: string): boolean {
  return /^[a-z]+$/.test(s);
}

/** spelled reports whether letters are a run of syllables, of which the last may be incomplete, or a run of their initials. */
export function spelled(spelling: string, letters: string): boolean {
  const list = spelling.split(" ").map((s) => s.split("|"));
  return list.some((_, i) => readsOn(list, i, letters) || initials(list, i, letters));
}

function readsOn(list: string[][], i: number, q: string): boolean {
  if (q === "") return true;
  return i < list.length && list[i].some((s) => s.startsWith(q) || q.startsWith(s) && readsOn(list, i + 1, q.slice(s.length)));
}

function initials(list: string[][], i: number, q: string): boolean {
  return i + q.length <= list.length && Array.from(q).every((c, k) => list[i + k].some((s) => s[0] === c));
}
