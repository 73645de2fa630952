// What the server says of a plan, with steps that can be ticked.
import { make } from "./dom.js";
import { keyOf } from "./state.js";

const WITHOUT = {
  qualified: "Nothing needs to change.",
  impossible: "No plan exists: that is proved.",
  "nothing found": "No plan was found in the time allowed; that none exists is not proved.",
  undetermined: "A plan would rest on facts that are not known.",
};

function proof(plan) {
  if (plan.status === "proved") return "Proved minimal";
  return plan.gap ? `Best found, at most ${plan.gap} above the proven bound of ${plan.bound}` : "Best found, not proved";
}

/** The plan as part of the page. `ticked` are the steps that are made now; `tick(step, made)` and `tickAll(steps)` are
 * told what is to be made. */
export function planShown(plan, ticked, tick, tickAll) {
  if (!plan.plans.length) {
    return [make("p", {}, make("strong", {}, WITHOUT[plan.status] ?? plan.status)), make("ul", {}, plan.reasons.map((each) => make("li", {}, each)))];
  }
  return plan.plans.flatMap((one) => [
    make("p", {}, make("strong", {}, proof(plan)), `: ${one.cost}, ${one.changes} change${one.changes === 1 ? "" : "s"}, ready ${one.ready}`),
    make("ol", { class: "timeline" }, one.steps.map((step) => make("li", {}, stepShown(step, ticked, tick)))),
    make("p", {}, make("button", { type: "button", onclick: () => tickAll(one.steps) }, "Tick these steps, and no others")),
    ...one.after.map((each) => make("p", { class: "note" },
      `After it, assessed again: ${each.title}, qualified${each.award ? `: ${each.award}` : ""}${each.total ? ` with ${each.total} points` : ""}.`)),
  ]);
}

function stepShown(step, ticked, tick) {
  const box = make("input", { type: "checkbox", "data-key": keyOf(step), onchange: () => tick(step, box.checked) });
  box.checked = isMade(step, ticked);
  const more = [step.cost, step.takes && `takes ${step.takes}`, `ready ${step.ready}`].filter(Boolean).join(", ");
  return [
    make("label", { class: "tick" }, box, make("span", {}, make("strong", {}, step.text), " ", make("span", { class: "note" }, more))),
    step.without && make("p", { class: "note" }, step.without),
    step.any_of.length > 0 && make("details", {}, make("summary", {}, `Any of ${step.any_of.length} would do`), make("ul", {}, step.any_of.map((each) => make("li", {}, each)))),
  ].filter(Boolean);
}

/** Whether a step of a plan is among those that are made, as often. */
export const isMade = (step, ticked) => ticked.some((each) => keyOf(each) === keyOf(step) && each.units === step.units);
