// The words of the search page, in the language of the page. layouts/search.html
// passes them from layouts/words.json, as attributes data-word-… of #search-app.

type Word = "label" | "hint" | "year" | "kind" | "agency" | "sort" | "all" | "relevance" | "byName" | "agencies" | "reports" |
  "figure" | "more" | "moreAgencies" | "loading" | "found" | "most" | "andAgencies" | "mostAgencies" | "none" | "try1" | "try2" | "try3" |
  "unfilter" | "browse" | "years" | "file" | "failed" | "retry" | "kindRegion" | "kindGovernment" | "kindDepartment" |
  "kindTownship" | "kindInstitution";

/** wordFor returns a word of the page; that for moreAgencies is in data-word-more-agencies. */
export function wordFor(key: Word): string {
  const name = "word" + key[0]!.toUpperCase() + key.slice(1);
  return document.getElementById("search-app")?.dataset[name] ?? "";
}

/** kindWord returns the name of a kind of agencies; the kind itself if the page has no word for it. */
export function kindWord(kind: string): string {
  return wordFor(("kind" + kind.charAt(0).toUpperCase() + kind.slice(1)) as Word) || kind;
}

/** english is true if the page is in English. */
export const english = /^en/i.test(document.documentElement.lang);
