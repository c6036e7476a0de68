// The words of the search page, in the language of the page: those of
// layouts/words.json that layouts/search.html hands over, as data-word-… of
// the element that the page gives.

type Word = "label" | "hint" | "year" | "kind" | "agency" | "sort" | "all" | "relevance" | "byName" | "agencies" | "reports" |
  "figure" | "more" | "moreAgencies" | "loading" | "found" | "most" | "andAgencies" | "mostAgencies" | "none" | "try1" | "try2" | "try3" |
  "unfilter" | "browse" | "years" | "file" | "failed" | "retry" | "kindRegion" | "kindGovernment" | "kindDepartment" |
  "kindTownship" | "kindInstitution";

/** wordFor is a text of the page: moreAgencies is what data-word-more-agencies says. */
export function wordFor(key: Word): string {
  const name = "word" + key[0]!.toUpperCase() + key.slice(1);
  return document.getElementById("search-app")?.dataset[name] ?? "";
}

/** kindWord names a kind of agencies; one that the page does not know is its own name. */
export function kindWord(kind: string): string {
  return wordFor(("kind" + kind.charAt(0).toUpperCase() + kind.slice(1)) as Word) || kind;
}

/** english tells the language of the page. */
export const english = /^en/i.test(document.documentElement.lang);
