// Measures that are moved, and changes that are ticked.
import { make } from "./dom.js";
import { keyOf } from "./state.js";

const number = (text) => {
  const [above, below] = String(text).split("/").map(Number);
  return below ? above / below : above;
};
const shown = (value) => value.toLocaleString("en", { maximumFractionDigits: 6, useGrouping: false });

/** Levers made by `lever`, those of one measure under its title. */
export function grouped(levers, lever) {
  const titles = [...new Set(levers.map((each) => each.title))];
  return titles.map((title) => make("fieldset", {}, make("legend", {}, title), levers.filter((each) => each.title === title).map(lever)));
}

/** The lever of a measure. `moved(setting, value)` is told what it is set to, and null when it is put back. */
export function measureLever(lever, set, moved) {
  const row = make("div", { class: "lever" });
  const back = make("button", { class: "back", type: "button", "aria-label": `Put ${lever.call} back`, onclick: () => put(null) }, "back");
  const note = make("span", { class: "note" });
  row.append(make("p", {}, make("code", {}, lever.call), " ", note));
  const inputs = controls(lever, (value) => put(value));
  row.append(make("div", { class: "amount" }, ...inputs.elements, back));

  function put(value) {
    show(value);
    moved(lever.setting, value);
  }
  function show(value) {
    row.classList.toggle("moved", value !== null);
    back.hidden = value === null;
    note.textContent = value === null ? (lever.given ? "given" : "") : `the facts say ${lever.value}`;
    inputs.show(value);
  }
  show(set ?? null);
  return row;
}

function controls(lever, put) {
  if (lever.form === "flag") return choice(lever, put, [["yes", "yes"], ["no", "no"]]);
  if (["count", "number", "percent", "money"].includes(lever.form)) return amount(lever, put);
  const type = { date: "date", month: "month" }[lever.form] ?? "text";
  const input = make("input", { type, "aria-label": lever.call, onchange: () => put(input.value || null) });
  return { elements: [input], show: (value) => (input.value = value ?? (type === "text" ? lever.value : "")) };
}

function choice(lever, put, options) {
  const select = make("select", { "aria-label": lever.call, onchange: () => put(select.value || null) },
    make("option", { value: "" }, `as it is (${lever.value})`), ...options.map(([value, text]) => make("option", { value }, text)));
  return { elements: [select], show: (value) => (select.value = value ?? "") };
}

function amount(lever, put) {
  const suffix = lever.form === "percent" ? "%" : "";
  const step = lever.form === "count" ? "1" : "any";
  const [low, high] = [number(lever.low), number(lever.high)];
  const slider = make("input", { type: "range", min: low, max: high, step: step === "any" ? (high - low) / 200 || 1 : 1,
    "aria-label": `${lever.call}, slider`, oninput: () => send(slider) });
  const field = make("input", { type: "number", min: lever.least && number(lever.least), max: lever.most && number(lever.most), step,
    "aria-label": lever.unit === lever.form ? lever.call : `${lever.call} in ${lever.unit}`, oninput: () => send(field) });
  const send = (input) => {
    if (input === field && (field.value === "" || !field.checkValidity())) return;
    put(shown(Number(input.value)) + suffix);
  };
  const show = (value) => {
    const now = value === null ? lever.value_exact && number(lever.value_exact.number) : number(value.replace("%", ""));
    const text = now === null ? "" : shown(now);
    if (document.activeElement !== field) field.value = text;
    slider.value = text === "" ? low : text;
    slider.setAttribute("aria-valuetext", `${text || "unknown"}${suffix}`);
    field.placeholder = text === "" ? lever.value : "";
  };
  return { elements: [slider, field, make("span", { class: "note" }, suffix || (lever.form === "money" ? lever.unit : ""))], show };
}

/** A change that may be ticked. `ticked(step)` is told the step, and null when it is not made. */
export function changeLever(lever, step, ticked) {
  const key = keyOf(lever);
  const row = make("div", { class: `lever${step ? " moved" : ""}`, "data-key": key });
  const text = make("span");
  const box = make("input", { type: "checkbox", onchange: () => put(box.checked ? lever.least : 0) });
  box.checked = Boolean(step);
  const note = make("span", { class: "note" }, [lever.cost, lever.takes].filter(Boolean).join(", "));
  row.append(make("label", { class: "tick" }, box, make("span", {}, text, " ", note)));
  let slider, field;
  if (lever.amount) {
    slider = make("input", { type: "range", min: 0, max: lever.most, step: 1, "aria-label": `How many: ${lever.text}, slider`,
      oninput: () => put(raised(Number(slider.value))) });
    field = make("input", { type: "number", min: 0, max: lever.most, step: 1, "aria-label": `How many: ${lever.text}`,
      oninput: () => field.value !== "" && field.checkValidity() && put(Number(field.value)) });
    row.append(make("div", { class: "amount" }, slider, field, make("span", { class: "note" }, `of ${lever.most.toLocaleString("en")}`)));
  }
  const raised = (units) => (units > 0 && units < lever.least ? lever.least : units);
  function put(units) {
    show(units);
    ticked(units > 0 ? { change: lever.change, arguments: lever.arguments, units } : null);
  }
  function show(units) {
    box.checked = units > 0;
    row.classList.toggle("moved", units > 0);
    text.textContent = lever.text.replace("…", units > 0 ? units.toLocaleString("en") : "…");
    if (!lever.amount) return;
    slider.value = units;
    slider.setAttribute("aria-valuetext", units.toLocaleString("en"));
    if (document.activeElement !== field) field.value = units;
  }
  show(step?.units ?? 0);
  return row;
}
