// Making and finding parts of the page. Texts are only ever put in as texts.

/** The element with this id. */
export const id = (name) => document.getElementById(name);

/** An element with attributes and children. `on...` is a listener, `true` an attribute without value; what is null,
 * undefined or false is left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== ""));
  return element;
}

/** A text whose names stand between backticks, with these as code. */
export const coded = (text) => text.split("`").map((part, number) => (number % 2 ? make("code", {}, part) : part));

/** Put options into a select and choose one. */
export function fill(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
  select.value = chosen;
}

/** A function that is run once nothing has asked for it for so many milliseconds. */
export function settled(run, milliseconds) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), milliseconds);
  };
}

/** Give `box` new content made of HTML that the server escaped. What was open in it stays open, and the keyboard stays
 * where it was, as far as the content is of the same shape. */
export function renew(box, html) {
  const before = [...box.querySelectorAll("details")].map((each) => [placeOf(box, each), each.open]);
  const focused = box.contains(document.activeElement) && document.activeElement !== box ? placeOf(box, document.activeElement) : null;
  box.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const [place, open] of before) {
    const found = at(box, place);
    if (found?.tagName === "DETAILS") found.open = open;
  }
  if (focused !== null) at(box, focused)?.focus({ preventScroll: true });
}

function placeOf(box, element) {
  const place = [];
  for (let each = element; each !== box; each = each.parentElement) place.unshift([...each.parentElement.children].indexOf(each));
  return place;
}

function at(box, place) {
  return place.reduce((element, index) => element?.children[index], box);
}
