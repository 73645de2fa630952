// What the server says of a plan, with steps that can be ticked.
import { coded, make } from "./dom.js";
import { keyOf } from "./state.js";

const WITHOUT = {
  qualified: () => "Nothing needs to change.",
  impossible: ({ horizon }) => (horizon ? `No plan is ready by ${horizon}: that is proved.` : "No plan exists: that is proved."),
  "nothing found": ({ horizon }) => (horizon ? `No plan was found; that none is ready by ${horizon} is not proved.` : "No plan was found; that none exists is not proved."),
  undetermined: () => "A plan would rest on facts that are not known.",
};
const VERDICTS = { met: "qualified", failed: "not qualified", undetermined: "undetermined" };
const plural = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
const strong = (text) => make("strong", {}, text);
const note = (text) => make("p", { class: "note" }, coded(text));

/** The plans of an answer, of whatever kind; none of null. */
export function plansOf(answer) {
  if (answer === null) return [];
  return answer.kind === "front" ? answer.plans.flatMap((each) => each.plans) : (answer.plan ?? answer).plans;
}

/** An answer as part of the page. `ticked` are the steps that are made now; `tick(step, made)` is told what is to be made,
 * `tickAll(plan)` the plan whose steps are to be made and no others. */
export function answerShown(answer, ticked, tick, tickAll) {
  if (answer.kind === "closest") return closestShown(answer, ticked, tick, tickAll);
  if (answer.kind === "front") return frontShown(answer, ticked, tick, tickAll);
  return planShown(answer, ticked, tick, tickAll);
}

function closestShown(answer, ticked, tick, tickAll) {
  if (!answer.unmet) return planShown(answer.plan, ticked, tick, tickAll);
  const head = `No plan within the limits qualifies${answer.proved ? "" : " (not proved)"}; the closest leaves ${plural(answer.unmet, "requirement")} unmet:`;
  const unmet = make("ul", {}, answer.requirements.map((each) => make("li", {}, each)));
  const none = answer.plan.status === "qualified";
  return [make("p", {}, strong(head)), unmet, ...(none ? [note("No change within the limits brings another requirement.")] : planShown(answer.plan, ticked, tick, tickAll))];
}

function frontShown(answer, ticked, tick, tickAll) {
  const shown = answer.plans.filter((each) => each.plans.length);
  const rest = answer.complete ? [] : [note("There may be others, and better ones: not all could be told.")];
  if (!shown.length) return [...answer.plans.flatMap((each) => planShown(each, ticked, tick, tickAll)), ...rest];
  const head = shown.length === 1 ? "One plan is the best in cost, changes and time alike." : `${shown.length} plans, none of which is better than another in cost, changes and time together.`;
  return [make("p", {}, strong(head)), ...shown.flatMap((each) => planShown(each, ticked, tick, tickAll)), ...rest];
}

function proof(plan) {
  if (plan.status === "proved") return "Proved minimal";
  return plan.gap ? `Best found, at most ${plan.gap} above the proven bound of ${plan.bound}` : "Best found, not proved";
}

function planShown(plan, ticked, tick, tickAll) {
  if (!plan.plans.length) {
    return [make("p", {}, strong(WITHOUT[plan.status]?.(plan) ?? plan.status)), make("ul", {}, [...plan.reasons, ...plan.relaxations.map(relaxed)].map((each) => make("li", {}, coded(each))))];
  }
  return plan.plans.flatMap((one) => [
    make("p", {}, strong(proof(plan)), `: ${one.cost}, ${plural(one.changes, "change")}, ready ${one.ready}`),
    make("ol", { class: "timeline" }, one.steps.map((step) => make("li", {}, stepShown(step, plan.as_of, ticked, tick)))),
    make("p", {}, make("button", { type: "button", onclick: () => tickAll(one) }, "Tick these steps, and no others")),
    ...one.after.map((each) => note(
      `After it, assessed again as of ${one.ready}: ${each.title}, ${VERDICTS[each.verdict]}${each.award ? `: ${each.award}` : ""}${each.total ? ` with ${each.total} points` : ""}.`)),
    ...one.lapses.map((each) => note(`Lapses before it is ready: ${each}`)),
    ...[one.afterwards, one.assumed.length && `Assumed: ${one.assumed.join("; ")}`].filter(Boolean).map(note),
    ...(plan.status === "proved" && plan.horizon ? [note(`Minimal among the plans that are ready by ${plan.horizon}.`)] : []),
  ]);
}

const relaxed = (each) => `There would be a plan without ${each.drop.join(" and ")}: ${each.cost}, ${plural(each.changes, "change")}, ready ${each.ready}.`;

function stepShown(step, asOf, ticked, tick) {
  const box = make("input", { type: "checkbox", "data-key": keyOf(step), onchange: () => tick(step, box.checked) });
  box.checked = isMade(step, ticked);
  const more = [step.cost, step.takes && `takes ${step.takes}`, step.start > asOf && `begins ${step.start}`, `ready ${step.ready}`].filter(Boolean).join(", ");
  return [
    make("label", { class: "tick" }, box, make("span", {}, make("strong", {}, step.text), " ", make("span", { class: "note" }, more))),
    step.without && note(step.without),
    step.any_of.length > 0 && make("details", {}, make("summary", {}, `Any of ${step.any_of.length} would do`), make("ul", {}, step.any_of.map((each) => make("li", {}, each)))),
  ].filter(Boolean);
}

/** Whether a step of a plan is among those that are made, as often. */
export const isMade = (step, ticked) => ticked.some((each) => keyOf(each) === keyOf(step) && each.units === step.units);
