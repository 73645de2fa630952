// The page: what is chosen goes to the server, and what it answers is shown.
import { Latest, Refused, get, post, upload } from "./api.js";
import { fill, id, make, renew, settled } from "./dom.js";
import { changeLever, grouped, measureLever } from "./levers.js";
import { answerShown, isMade, plansOf } from "./plan.js";
import { problemShown } from "./problem.js";
import { NONE, carriesState, empty, fromFragment, keyOf, made, question, ticked, toFragment } from "./state.js";

const VERDICTS = { met: "Qualified", failed: "Not qualified", undetermined: "Undetermined" };
const MOST_BYTES = 20_000_000; // what the server takes
const UPLOADED = "\0uploaded"; // stands in the list of facts for those that were uploaded

let state = fromFragment(location.hash);
let baseline = null; // the answer before anything was moved or ticked
let known = new Map(); // levers of changes, by their keys
let planned = null;
const answers = new Latest();
const levers = new Latest();
const searches = new Latest();
const plans = new Latest();

// ------------------------------------------------------------ what is chosen

async function start() {
  const { policies } = await get("/api/listing");
  fill(id("policy"), policies.map((each) => [each.path, each.path]), state.policy);
  if (!policies.length) throw new Refused({ title: "There is no policy in this folder", detail: "", help: "Serve a folder that has one: attain serve FOLDER" });
  if (!policies.some((each) => each.path === state.policy)) state.policy = policies[0].path;
  id("policy").value = state.policy;
  await choosePolicy();
}

async function choosePolicy() {
  const asked = encodeURIComponent(state.policy);
  const contents = await get(`/api/contents?policy=${asked}`);
  const listing = await get(`/api/listing?policy=${asked}`);
  id("title").textContent = contents.policy_title;
  document.title = `${contents.policy_title} · Attain`;
  const inFolder = listing.facts.map((each) => [each.path, each.fits === false ? `${each.path} (of other policies)` : each.path]);
  const uploaded = state.upload ? [[UPLOADED, `${state.uploadName} (uploaded)`]] : [];
  if (!state.facts && !state.upload) state.facts = (listing.facts.find((each) => each.fits) ?? listing.facts.find((each) => each.fits === null))?.path ?? NONE;
  fill(id("facts"), [...uploaded, ...inFolder, [NONE, "none: only what is moved below"]], state.upload ? UPLOADED : state.facts);
  showReadings(contents.readings);
  showWishes(contents);
  await chooseFacts();
}

/** The facts, the date or the readings are others: levers and answer are asked for anew. */
async function chooseFacts() {
  baseline = null;
  known = new Map();
  showPlan(null);
  await Promise.all([refreshLevers(), refreshAnswer()]);
}

function showReadings(readings) {
  id("readings-box").hidden = readings.length === 0;
  const names = new Set(readings.map((each) => each.name));
  state.readings = Object.fromEntries(Object.entries(state.readings).filter(([name]) => names.has(name)));
  id("readings").replaceChildren(...readings.map((each) => {
    const select = make("select", { onchange: () => {
      if (select.value === each.default) delete state.readings[each.name];
      else state.readings[each.name] = select.value;
      showChosen();
      chooseFacts().catch(refuse);
    } });
    fill(select, each.alternatives.map((one) => [one, one === each.default ? `${one} (default)` : one]), state.readings[each.name] ?? each.default);
    return make("label", {}, each.title || each.name, select);
  }));
  const showChosen = () => {
    const count = Object.keys(state.readings).length;
    id("readings-chosen").textContent = count ? `${count} chosen` : "";
  };
  showChosen();
}

function showWishes(contents) {
  const targets = contents.designations.flatMap((each) => [[each.name, each.title], ...each.tiers.map((tier) => [`${each.name}:${tier}`, `${each.title}: ${tier}`])]);
  fill(id("target"), [["", contents.designations.length > 1 ? "all of them" : "what it is for"], ...targets], state.wishes.target ?? "");
  id("minimize").value = state.wishes.minimize ?? "cost,changes,time";
  id("budget").value = state.wishes.budget ?? "";
  id("by").value = state.wishes.by ?? "";
  id("until").value = state.wishes.until ?? "";
  id("most-changes").value = state.wishes.mostChanges ?? "";
  id("question").value = state.wishes.question ?? "plan";
  id("seconds").value = state.wishes.seconds ?? "30";
  id("keep").checked = state.wishes.keep ?? true;
  id("use-box").hidden = contents.changes.length === 0;
  id("use").replaceChildren(...contents.changes.map((each) => {
    const select = make("select", { "data-change": each.name, onchange: readWishes });
    fill(select, [["", "as it is best"], ["forbid", "leave out"], ["require", "use"]], state.wishes.use?.[each.name] ?? "");
    return make("label", {}, each.title || each.name, select);
  }));
  readWishes();
}

function readWishes() {
  const use = Object.fromEntries([...id("use").querySelectorAll("select")].filter((each) => each.value).map((each) => [each.dataset.change, each.value]));
  const names = ["question", "target", "minimize", "budget", "by", "until", "most-changes", "seconds"];
  const [asked, target, minimize, budget, by, until, mostChanges, seconds] = names.map((each) => id(each).value.trim());
  const said = { question: asked === "plan" ? "" : asked, target, minimize: minimize === "cost,changes,time" ? "" : minimize, budget, by, until, mostChanges, seconds: seconds === "30" ? "" : seconds };
  state.wishes = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
  if (!id("keep").checked) state.wishes.keep = false;
  const count = Object.keys(use).length;
  if (count) state.wishes.use = use;
  id("use-chosen").textContent = count ? `${count} chosen` : "";
  remember();
}

function remember() {
  const fragment = toFragment(state);
  if (fragment !== location.hash) history.replaceState(null, "", fragment || location.pathname);
}

// ------------------------------------------------------------ levers

/** The levers as the facts have them, whatever is moved: they say what is put back. */
const listed = async (signal) => (await post("/api/levers", { ...question(state, { moved: false }), search: id("search").value }, signal)).json();

async function refreshLevers() {
  const found = await levers.ask(listed);
  if (found === undefined) return;
  id("as-of").value = state.asOf || found.as_of;
  id("remarks").replaceChildren(...found.remarks.map((each) => make("li", {}, `Doubtful in the facts: ${each}`)));
  const [direct, more] = [found.measures.filter((each) => each.direct), found.measures.filter((each) => !each.direct)];
  id("measures").replaceChildren(...grouped(direct, leverOfMeasure));
  id("more-measures").replaceChildren(...grouped(more, leverOfMeasure));
  id("more-box").hidden = more.length === 0;
  if (!direct.length) id("measures").replaceChildren(make("p", { class: "note" }, "Nothing that can be moved."));
  showChanges(found);
}

function leverOfMeasure(lever) {
  return measureLever(lever, state.sets[lever.setting], (setting, value) => {
    if (value === null) delete state.sets[setting];
    else state.sets[setting] = value;
    answerSoon();
  });
}

const searchSoon = settled(async () => {
  try {
    const found = await searches.ask(listed);
    if (found !== undefined) showChanges(found);
  } catch (error) {
    refuse(error);
  }
}, 200);

function showChanges(found) {
  for (const each of found.changes) known.set(keyOf(each), each);
  const many = found.found > found.changes.length;
  id("found").textContent = `${found.found.toLocaleString("en")} possible${many ? `, the first ${found.changes.length} shown: search for others` : ""}`;
  id("changes").replaceChildren(...found.changes.map(leverOfChange));
  showTicked();
}

function leverOfChange(lever) {
  const step = state.steps.find((each) => keyOf(each) === keyOf(lever));
  return changeLever(lever, step, (made) => {
    setStep(lever, made);
    refreshOthers(lever);
  });
}

/** Ticked changes that are not in the list below stand above it. */
function showTicked() {
  const listed = new Set([...id("changes").children].map((each) => each.dataset.key));
  const absent = state.steps.filter((each) => !listed.has(keyOf(each)));
  id("ticked").replaceChildren(...absent.map((step) => leverOfChange(known.get(keyOf(step)) ?? {
    ...step, text: step.text ?? `${step.change} ${Object.values(step.arguments).join(", ")}`, amount: false, least: step.units, most: step.units, cost: "", takes: "",
  })));
}

function setStep(lever, made) {
  const others = state.steps.filter((each) => keyOf(each) !== keyOf(lever));
  state.steps = made ? [...others, made] : others;
  state.day = "";
  answerSoon();
}

/** The boxes of the plan show what is ticked, and the levers what the plan's boxes did; `changed` is the lever itself,
 * which keeps the keyboard. */
function refreshOthers(changed) {
  for (const box of id("plan").querySelectorAll("input[data-key]")) {
    const step = plansOf(planned).flatMap((one) => one.steps).find((each) => keyOf(each) === box.dataset.key);
    if (step) box.checked = isMade(step, state.steps);
  }
  if (changed) return;
  for (const row of [...id("changes").children]) row.replaceWith(leverOfChange(known.get(row.dataset.key)));
  showTicked();
}

// ------------------------------------------------------------ the answer

let slow;

/** Show that the answer is of what was asked before; where it takes long, say so. */
function wait(waiting) {
  clearTimeout(slow);
  id("standing").dataset.waiting = String(waiting);
  if (waiting) slow = setTimeout(() => (id("made").textContent = "Working it out …"), 1_000);
}

const answerSoon = settled(() => refreshAnswer().catch(refuse), 120);

async function refreshAnswer() {
  remember();
  wait(true);
  const steps = made(state);
  const untouched = !steps.length && !Object.keys(state.sets).length;
  const found = await answers.ask(async (signal) => {
    if (baseline === null && !untouched) {
      const before = await post("/page/answer", { ...question(state, { moved: false }), rows: false }, signal);
      baseline = kept(await before.json());
    }
    return (await post("/page/answer", { ...question(state), steps, day: state.day || null, rows: false }, signal)).json();
  });
  if (found === undefined) return;
  if (untouched) baseline = kept(found);
  id("problem").replaceChildren();
  id("answer").hidden = false;
  wait(false);
  const { organisation, edition, as_of: asOf, newest } = found.assessment;
  id("about").textContent = [organisation, edition && `policy edition ${edition}`, `assessed as of ${asOf}`, newest && `newest date in the facts ${newest}`].filter(Boolean).join(" · ");
  renew(id("answer"), found.html);
  markMoved();
  id("verdicts").replaceChildren(...found.assessment.designations.map(verdict));
  const { steps: number, cost, ready } = found.made;
  id("made").textContent = number ? `${number} change${number === 1 ? "" : "s"} ticked${cost ? `: ${cost}` : ""}, done ${ready}; assessed as of ${asOf}` : "";
}

/** What is compared with later: the standings, and the numbers of the answer. */
function kept(answer) {
  const page = new DOMParser().parseFromString(answer.html, "text/html");
  return { designations: answer.assessment.designations, cells: [...page.querySelectorAll("td.number")].map((each) => each.textContent) };
}

function total(designation) {
  const track = designation.tracks.find((each) => each.name === designation.shown);
  return track?.total || track?.scores[0]?.total || "";
}

function verdict(designation) {
  const before = baseline?.designations.find((each) => each.id === designation.id);
  const points = total(designation);
  const was = before && (total(before) !== points || before.verdict !== designation.verdict || before.award !== designation.award)
    ? ` (before: ${VERDICTS[before.verdict].toLowerCase()}${before.award ? `, ${before.award_title}` : ""}${total(before) ? `, ${total(before)} points` : ""})` : "";
  return make("p", { class: `verdict ${designation.verdict}` },
    make("strong", {}, `${designation.title}: ${VERDICTS[designation.verdict]}${designation.award ? `: ${designation.award_title}` : ""}`),
    points ? `, ${points} points` : "", make("span", { class: "was" }, was));
}

/** Numbers that are not what they were before anything was moved say what they were. */
function markMoved() {
  const cells = [...id("answer").querySelectorAll("td.number")];
  if (!baseline || cells.length !== baseline.cells.length) return;
  cells.forEach((cell, index) => {
    if (cell.textContent === baseline.cells[index]) return;
    cell.classList.add("moved-cell");
    cell.dataset.was = `was ${baseline.cells[index]}`;
  });
}

function refuse(error) {
  if (error.name === "AbortError") return;
  const problem = error instanceof Refused ? error.problem : { title: "The page has failed", detail: String(error) };
  wait(false);
  id("made").textContent = "";
  id("verdicts").replaceChildren(make("p", { class: "verdict undetermined" }, make("strong", {}, "No answer")));
  id("problem").replaceChildren(...problemShown(problem));
  id("answer").hidden = true; // what it says is of another question
  if (!(error instanceof Refused)) console.error(error);
}

// ------------------------------------------------------------ the plan

async function askForPlan() {
  readWishes();
  const { wishes } = state;
  const named = (what) => Object.entries(wishes.use ?? {}).filter(([, value]) => value === what).map(([name]) => name);
  const asked = {
    ...question(state), steps: id("keep").checked ? made(state) : [], question: wishes.question ?? "plan", targets: wishes.target ? [wishes.target] : [], minimize: (wishes.minimize ?? "cost,changes,time").split(","),
    budget: wishes.budget || null, by: wishes.by || null, until: wishes.until || null, most_changes: wishes.mostChanges ? Number(wishes.mostChanges) : null, forbid: named("forbid"), require: named("require"), seconds: Number(wishes.seconds ?? 30),
  };
  id("ask").disabled = true;
  id("stop").hidden = false;
  id("plan").replaceChildren(make("p", {}, "Searching, and for the proof …"));
  try {
    const found = await plans.ask(async (signal) => (await post("/api/plan", asked, signal)).json());
    showPlan(found ?? null);
  } catch (error) {
    planned = null;
    id("plan").replaceChildren(...(error instanceof Refused ? problemShown(error.problem) : [make("p", {}, String(error))]));
  } finally {
    id("ask").disabled = false;
    id("stop").hidden = true;
  }
}

function showPlan(found) {
  planned = found;
  if (found === null) {
    plans.stop();
    id("plan").replaceChildren();
    return;
  }
  const tick = (step, isTicked) => {
    setStep(step, isTicked ? ticked(step) : null);
    refreshOthers(null);
  };
  const tickAll = (one) => {
    state.steps = one.steps.map(ticked);
    state.day = one.ready;
    answerSoon();
    refreshOthers(null);
  };
  id("plan").replaceChildren(...answerShown(found, state.steps, tick, tickAll));
}

// ------------------------------------------------------------ what the controls do

const told = (text) => (id("done").textContent = text);
const trying = (run) => (...given) => Promise.resolve(run(...given)).catch(refuse);

id("policy").addEventListener("change", trying(() => {
  const { upload: held, uploadName } = state;
  state = { ...empty(), policy: id("policy").value, upload: held, uploadName };
  id("search").value = "";
  return choosePolicy();
}));
id("facts").addEventListener("change", trying(() => {
  const chosen = id("facts").value;
  if (chosen !== UPLOADED) Object.assign(state, { facts: chosen, upload: "", uploadName: "" });
  Object.assign(state, { asOf: "", sets: {}, steps: [], day: "" });
  return chooseFacts();
}));
id("as-of").addEventListener("change", trying(() => {
  state.asOf = id("as-of").value;
  state.day = "";
  for (const each of state.steps) delete each.start; // they begin on the new date
  return chooseFacts();
}));
id("search").addEventListener("input", searchSoon);
id("wishes").addEventListener("change", readWishes);
id("wishes").addEventListener("submit", (event) => {
  event.preventDefault();
  askForPlan();
});
id("stop").addEventListener("click", () => {
  showPlan(null);
  id("plan").replaceChildren(make("p", {}, "Stopped."));
});
id("reset").addEventListener("click", trying(() => {
  Object.assign(state, { asOf: "", readings: {}, sets: {}, steps: [], day: "", wishes: {} });
  told("Everything is as the facts say.");
  return choosePolicy();
}));
id("link").addEventListener("click", trying(async () => {
  remember();
  await navigator.clipboard.writeText(location.href).then(() => told("Copied."), () => told("The address of the page is the link."));
}));
id("report").addEventListener("click", trying(async () => {
  told("Writing the report …");
  const response = await post("/api/report", { ...question(state), steps: made(state), day: state.day || null, plan: state.steps.length === 0 });
  const address = URL.createObjectURL(await response.blob());
  make("a", { href: address, download: "report.html" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  told("report.html is written.");
}));
/** Take facts, a mapping for those that were taken before, or both. */
async function take(files) {
  const mapping = [...files].find((each) => each.name.toLowerCase().endsWith(".toml"));
  const facts = [...files].find((each) => each !== mapping);
  for (const file of [facts, mapping].filter(Boolean)) {
    if (file.size > MOST_BYTES) throw new Refused({ title: "Too large", detail: `${file.name} has more than ${MOST_BYTES.toLocaleString("en")} bytes`, help: "Put it into the folder that is served" });
  }
  if (!facts && !mapping) return;
  told(`Reading ${[facts, mapping].filter(Boolean).map((each) => each.name).join(" and ")} …`);
  const made = facts ? await upload(facts) : { upload: state.upload, name: state.uploadName };
  if (mapping) await upload(mapping, made.upload);
  Object.assign(state, { facts: "", upload: made.upload, uploadName: made.name, asOf: "", sets: {}, steps: [], day: "" });
  told(`${made.name} is read${mapping ? `, as ${mapping.name} says` : ""}.`);
  await choosePolicy();
}
id("file").addEventListener("change", trying(async () => {
  await take(id("file").files);
  id("file").value = ""; // the same file, after a change, is one to take again
}));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", trying((event) => {
  event.preventDefault();
  return take(event.dataTransfer?.files ?? []);
}));
addEventListener("hashchange", trying(() => {
  if (location.hash === toFragment(state)) return undefined;
  if (!carriesState(location.hash)) return remember(); // the place of a heading, or of the answer
  state = fromFragment(location.hash);
  return start();
}));

// The answer stays in view below the verdict, however high that is.
new ResizeObserver(() => document.documentElement.style.setProperty("--standing", `${id("standing").offsetHeight}px`)).observe(id("standing"));
start().catch(refuse);
