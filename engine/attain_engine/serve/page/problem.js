// Why there is no answer: place, cause and what to do.
import { make } from "./dom.js";

const place = (each) => (each.start ? `${each.path}:${each.start.line}:${each.start.column}` : each.path);
const spot = (each) => [each.file, each.sheet, each.line, [each.table, each.row && `row ${each.row}`].filter(Boolean).join(" "), each.field].filter(Boolean).join(", ");

/** A problem as part of the page. */
export function problemShown(problem) {
  const mistakes = problem.diagnostics ?? [];
  const inFacts = problem.facts_problems ?? [];
  const more = (problem.facts_problems_found ?? 0) - inFacts.length;
  const same = mistakes.length === 1 && mistakes[0].message === problem.detail;
  return [
    make("p", {}, make("strong", {}, problem.title), problem.detail && !same ? `: ${problem.detail}` : "", problem.help && !same ? `. ${problem.help}` : ""),
    make("ul", {},
      mistakes.map((each) => make("li", {}, each.message, " ", make("code", {}, place(each)), each.help ? `: ${each.help}` : "")),
      inFacts.map((each) => make("li", {}, each.message, " ", make("code", {}, spot(each)), each.value ? ` is ${each.value}` : "", each.help ? `: ${each.help}` : "")),
      more > 0 ? make("li", {}, `and ${more} more`) : null),
  ];
}
