// The record of what was checked in a report: a <details> whose line the page has.
// When it is opened, each equation is written out below it, with the numbers that
// stand on the page; those of the year before are read from that report's data,
// and the sums over the agencies below come with the page.

import { fetchForm, fetchReports } from "./archive.ts";
import { record, type Judged, type Operand } from "./cell.ts";
import { link, make } from "./dom.ts";
import { inTag } from "./fill.ts";
import { Pair, type Sums } from "./pair.ts";
import { sheetOf } from "./reportfile.ts";
import type { Form } from "./rules.ts";
import { say } from "./say.ts";
import { read, Sheet } from "./sheet.ts";
import { english } from "./words.ts";

const tag = english ? "en" : "zh";

/** checked fills the record when it is opened first, or again if that failed. The addresses and words are attributes of the dialog about a cell. */
export function checked(details: HTMLDetailsElement, { dataset: words }: HTMLElement): void {
  const status = make("p", "note");
  status.setAttribute("role", "status");
  details.append(status);
  let wanted = true;
  const fill = (): void => {
    if (!details.open || !wanted) return;
    wanted = false;
    status.textContent = words.loading!;
    judged(details.dataset, words).then((list) => {
      status.textContent = "";
      write(details, list, words);
    }, () => {
      status.textContent = words.failed!;
      wanted = true;
    });
  };
  details.addEventListener("toggle", fill);
  fill(); // it may be open as the page comes back
}

async function judged({ form: id, last, sums, reported, expected }: DOMStringMap, words: DOMStringMap): Promise<Judged[]> {
  const form = await fetchForm(words.rules!, id!);
  const below: Sums | undefined = sums === undefined ? undefined : { sums: sumsOf(form, sums), reported: Number(reported), expected: Number(expected) };
  return record(new Pair(printed(form, Number(words.year)), last ? await before(Number(last), words) : undefined, below));
}

/** printed are the figures as they stand on the page. */
function printed(form: Form, year: number): Sheet {
  const sheet = new Sheet(form, year);
  for (const { id } of form.cells) {
    const td = document.getElementById(id);
    const text = (td?.querySelector(".token, .invalid") ?? td?.firstChild)?.textContent!.trim();
    sheet.set(id, !td || td.querySelector(".missing") ? undefined : td.querySelector(".blank") ? "" : text);
  }
  return sheet;
}

async function before(year: number, words: DOMStringMap): Promise<Sheet | undefined> {
  const report = (await fetchReports(say(words.reports!, { year }))).find((r) => r.year === year)!;
  const figures = report.variant ?? report;
  return sheetOf(await fetchForm(words.rules!, figures.form), report, figures);
}

function sumsOf(form: Form, text: string): Sums["sums"] {
  return text.split(",").map((s, i) => ({ known: s[0] !== ">", value: read(form, form.cells[i].type, s.replace(">", "")).value }));
}

function write(details: HTMLElement, list: Judged[], words: DOMStringMap): void {
  const explained = (details.dataset.explained ?? "").split(" ");
  let rule: Judged["rule"] | undefined, lines: HTMLElement | undefined;
  for (const j of list) {
    if (rule !== j.rule) {
      rule = j.rule;
      // The cells that are held against the agencies below are many.
      const part = make(rule.scope === "agencies" ? "details" : "div", "", "", details);
      const head = make(rule.scope === "agencies" ? "summary" : "p", "", "", part);
      if (rule.scope === "agencies") head.textContent = inTag(rule.label, tag);
      else link("", inTag(rule.label, tag), words.rulesPage! + "#rule-" + rule.id, head);
      lines = make("ul", "", "", part);
    }
    const line = make("li", "", "", lines);
    link("", inTag(j.where, tag), "#" + j.at, line);
    const sign = j.known && !j.holds ? (j.atLeast ? "<" : "≠") : j.atLeast ? "≥" : "=";
    const numbers = make("span", "", side(j.left, j, words) + " " + sign + " " + side(j.right, j, words), line);
    if (j.known && j.holds) continue;
    numbers.append(" ");
    if (!j.known) make("b", "open", words.open!, numbers);
    else if (explained.includes(j.rule.id + "@" + j.at)) make("b", "open", words.explained!, numbers);
    else make("b", "fails", words.fails!, numbers);
  }
}

/** side writes the numbers of one side, with the year of those that are not of this report. */
function side(terms: Operand[], { left: [{ year: own }] }: Judged, words: DOMStringMap): string {
  return terms.map(({ text, year, minus, below }, i) => {
    const number = (below ? words.sum! + " " : "") + (text || words.none!) + (year === own ? "" : ` (${year})`);
    return (i === 0 ? (minus ? "−" : "") : minus ? " − " : " + ") + number;
  }).join("");
}
