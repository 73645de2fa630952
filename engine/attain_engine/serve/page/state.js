// What is asked, as one value that a link can carry.

const EMPTY = { policy: "", facts: "", upload: "", uploadName: "", asOf: "", readings: {}, sets: {}, steps: [], day: "", wishes: {} };

/** A state in which nothing is chosen. */
export const empty = () => structuredClone(EMPTY);

/** The state that a link's fragment carries; what it does not say is as in `empty`. */
export function fromFragment(fragment) {
  const state = empty();
  try {
    const given = JSON.parse(decodeURIComponent(fragment.replace(/^#/, "")));
    for (const name of Object.keys(EMPTY)) {
      const fits = typeof given[name] === typeof EMPTY[name] && Array.isArray(given[name]) === Array.isArray(EMPTY[name]);
      if (fits && given[name] !== null) state[name] = given[name];
    }
  } catch {
    return empty(); // no state, or one that was cut off
  }
  return state;
}

/** Whether a fragment carries a state, and not the name of a place in the page. */
export const carriesState = (fragment) => /^#%7B/i.test(fragment) || fragment.startsWith("#{");

/** The fragment of a link that reproduces a state: only what is not as in `empty`. */
export function toFragment(state) {
  const said = Object.entries(state).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(EMPTY[name]));
  return said.length ? `#${encodeURIComponent(JSON.stringify(Object.fromEntries(said)))}` : "";
}

/** What stands for facts where there are none. */
export const NONE = "-";

/** The question about policy, facts, date and readings, as the API takes it. */
export function question(state, { moved = true } = {}) {
  return {
    policy: state.policy,
    facts: state.upload || state.facts === NONE ? null : state.facts || null,
    upload: state.upload || null,
    as_of: state.asOf || (state.facts === NONE && !state.upload ? today() : null),
    readings: state.readings,
    sets: moved ? Object.entries(state.sets).map(([name, value]) => `${name}=${value}`) : [],
  };
}

/** The ticked changes, as the API takes them; a step of a plan begins when the plan says. */
export function made(state) {
  return state.steps.map(({ change, arguments: given, units, start }) => ({ change, arguments: given, units, ...(start ? { start } : {}) }));
}

/** A step of a plan as a ticked change. */
export const ticked = ({ change, arguments: given, units, start, text }) => ({ change, arguments: given, units, start, text });

function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** What tells a change with its arguments from all others. */
export const keyOf = (step) => JSON.stringify([step.change, Object.entries(step.arguments).sort()]);
