// node serve.mjs ATTAIN [SCREENS]: the page of `ATTAIN serve` in a real browser: levers, ticks, the plan, links, uploads and
// mistakes do what they say; axe finds nothing, light and dark, at three widths; nothing is wider than the window.
// CHROMIUM names the browser (Debian: chromium).
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const [, , attain, screens = "screens"] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"); // evaluated: the page allows no other script
const FACTS = "../../policies/facts/dashboard.json";
const HOSTILE = `policy club "Club <img src=x onerror=alert(1)>"
record Helper "A <b>helper</b>"
  name  text
measure helpers count 0 to 50 "Helpers <img src=x>"
  count of Helper h where h.name is not "nobody"
designation club "Club <script>alert(1)</script>"
  require helpers "Two <i>helpers</i>" helpers at least 2
change hire by 1 to 5 "Hire {n} <u>helpers</u>"
  raises helpers by 1
  cost 10 USD each
`;
const faults = [];
const expect = (what, holds) => holds || faults.push(what);

mkdirSync(screens, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "attain-serve-"));
writeFileSync(join(folder, "club.attain"), HOSTILE);
writeFileSync(join(folder, "club.json"), '{"as_of": "2024-06-30", "organisation": "<b>us</b>", "facts": {"Helper": [{"name": "<s>ana</s>"}]}}');
writeFileSync(join(folder, "broken.attain"), 'policy broken "Broken"\ndesignation broken "Broken"\n  require x "X" nothing at least 1\n');
writeFileSync(join(folder, "bad.json"), '{"as_of": "2024-06-30", "given": {"net_adds": {"smb": "many"}}}');
writeFileSync(join(folder, "attain-facts.toml"), `as_of = 2024-06-30
ignore = ["Training 2022-24", "Notes"]
[tables.Helper]
from = "Offers"
ignore = ["Course", "Fee EUR", "Hours"]
[tables.Helper.fields.name]
from = "Person"
`);

/** A server of a folder, on a free port: its address, and what ends it. */
async function served(what) {
  const server = spawn(attain, ["serve", what, "--port", "0", "--time-limit", "600"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((found, failed) => {
    let text = "";
    server.stdout.on("data", (data) => {
      text += data;
      const at = text.match(/http:\/\/\S+/);
      if (at) found(at[0]);
    });
    server.on("exit", (code) => failed(new Error(`attain serve ended with ${code}`)));
  });
  return { address, end: () => new Promise((ended) => server.removeAllListeners("exit").on("exit", ended).kill("SIGINT")) };
}

const linked = (state) => `#${encodeURIComponent(JSON.stringify(state))}`;
const verdict = (page) => page.$eval("#verdicts", (each) => each.textContent);
const says = (page, text, where = "#verdicts") =>
  page.waitForFunction((what, at) => document.querySelector(at).textContent.includes(what) && document.querySelector("#standing").dataset.waiting !== "true",
    { timeout: 60_000 }, text, where).catch(async () => faults.push(`${where} does not say ${text}, but ${await page.$eval(where, (each) => each.textContent)}`));

async function type(page, label, value) {
  const field = await page.$(`aria/${label}`);
  if (field === null) throw new Error(`there is no ${label}`);
  await field.click({ clickCount: 3 });
  await field.type(value);
}

async function opened(browser, address, fragment = "") {
  const page = await browser.newPage();
  await page.setViewport({ width: 1400, height: 1000 });
  page.on("pageerror", (error) => faults.push(`the page failed: ${error}`));
  page.on("console", (message) => message.type() === "error" && !/status of (4|5)\d\d/.test(message.text()) && faults.push(`console: ${message.text()}`));
  await page.goto(address + fragment);
  return page;
}

async function acts(browser, address) {
  const page = await opened(browser, address, linked({ policy: "modern_work.attain", facts: "facts/dashboard.json" }));
  await says(page, "Not qualified, 27.5 points");
  // a lever
  await type(page, "net_adds(smb)", "7");
  await says(page, "41.5 points (before: not qualified, 27.5 points)");
  expect("the number that moved says what it was", await page.$eval("#answer", (each) => each.querySelector(".moved-cell")?.dataset.was === "was 0"));
  expect("the keyboard stays in the field", await page.evaluate(() => document.activeElement.getAttribute("aria-label") === "net_adds(smb)"));
  await page.focus('[aria-label="net_adds(smb), slider"]');
  await page.keyboard.press("ArrowRight");
  await says(page, "43.5 points");
  await page.click('[aria-label="Put net_adds(smb) back"]');
  await says(page, "Not qualified, 27.5 points");
  expect("what is put back is as before", !(await verdict(page)).includes("before"));
  // ticks
  await type(page, "How many: Win … Small & Medium Business customers", "66");
  await says(page, "41.5 points");
  await type(page, "How many: Activate … users of Small & Medium Business customers through CSP", "5499");
  await says(page, "Qualified, 70 points (before: not qualified, 27.5 points)");
  expect("what is ticked costs and is done", (await page.$eval("#made", (each) => each.textContent)) === "2 changes ticked: 373,980 USD, done 2024-09-30; assessed as of 2024-09-30");
  expect("it is assessed on the day it is done", (await page.$eval("#about", (each) => each.textContent)).includes("assessed as of 2024-09-30"));
  const link = await page.evaluate(() => location.href);
  // a link
  const other = await opened(browser, link);
  await says(other, "Qualified, 70 points (before: not qualified, 27.5 points)");
  expect("a link ticks", await other.$eval('[aria-label="How many: Win … Small & Medium Business customers"]', (each) => each.value === "66"));
  await other.close();
  // the space bar unticks
  await page.focus("#changes input[type=checkbox]");
  await page.keyboard.press("Space");
  await says(page, "Not qualified, 56 points");
  await page.click("#reset");
  await says(page, "Not qualified, 27.5 points");
  // the plan
  await page.click("#ask");
  await says(page, "Proved minimal: 373,980 USD, 2 changes", "#plan");
  expect("names in reasons are code", await page.$eval("#plan", (each) => each.querySelector(".note code")?.textContent === "total" && !each.textContent.includes("`")));
  await page.evaluate(() => [...document.querySelectorAll("#plan button")].find((each) => each.textContent.startsWith("Tick")).click());
  await says(page, "Qualified, 70 points");
  await page.click("#plan input[type=checkbox]");
  await says(page, "Not qualified, 56 points");
  expect("the lever follows the box of the plan", await page.$eval("#changes input[type=checkbox]", (each) => !each.checked));
  // tree: what is open stays open
  await page.$$eval("#answer .tree details", (all) => all.forEach((each) => (each.open = true)));
  await type(page, "certified(advanced)", "0");
  await says(page, "(before:");
  expect("what is open stays open", await page.$$eval("#answer .tree details", (all) => all.filter((each) => each.open).length > 10));
  // facts from elsewhere
  await (await page.$("#file")).uploadFile(FACTS);
  await says(page, "dashboard.json is read.", "#done");
  await says(page, "Not qualified, 27.5 points");
  await (await page.$("#file")).uploadFile(join(folder, "bad.json"));
  await says(page, "No answer");
  await says(page, "net_adds.smb", "#problem");
  expect("no stale answer beside a mistake", await page.$eval("#answer", (each) => each.hidden));
  await page.close();
}

async function looksRight(browser, address) {
  const state = { policy: "modern_work.attain", facts: "facts/dashboard.json", sets: { "net_adds.smb": "7" } };
  for (const scheme of ["light", "dark"]) {
    for (const width of [360, 800, 1400]) {
      const page = await opened(browser, address, linked(state));
      await page.setViewport({ width, height: 1000 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await says(page, "41.5 points");
      await page.click("#ask");
      await says(page, "Proved minimal", "#plan");
      await page.$eval("#plan input[type=checkbox]", (each) => each.click());
      await says(page, "ticked", "#made");
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: `${screens}/serve-${scheme}-${width}.png`, fullPage: true });
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document));
      for (const each of found.violations) {
        faults.push(`${scheme} ${width}: ${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map((one) => one.html).join(" ")}`);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(`${scheme} ${width}: the page is ${wide} pixels wide`, wide <= width);
      await page.close();
    }
  }
}

async function isSafe(browser, address) {
  const page = await opened(browser, address, linked({ policy: "club.attain", facts: "club.json" }));
  await says(page, "Club <script>alert(1)</script>: Not qualified");
  await type(page, "How many: Hire … <u>helpers</u>", "1");
  await says(page, "Qualified");
  await page.click("#ask");
  await says(page, "Proved minimal: 10 USD", "#plan");
  // other questions
  await page.select("#question", "front");
  await page.click("#ask");
  await says(page, "One plan is the best in cost, changes and time alike.", "#plan");
  await type(page, "Budget", "5");
  await page.select("#question", "plan");
  await page.click("#ask");
  await says(page, "No plan exists: that is proved.", "#plan");
  await says(page, "the budget is too small: the cheapest plan costs 10 USD", "#plan");
  await page.select("#question", "closest");
  await page.click("#ask");
  await says(page, "No plan within the limits qualifies; the closest leaves 1 requirement unmet:", "#plan");
  const asked = await opened(browser, await page.evaluate(() => location.href));
  await says(asked, "Qualified");
  expect("a link carries the question", await asked.$eval("#question", (each) => each.value === "closest"));
  await asked.close();
  expect("texts are no marks", await page.evaluate(() => document.querySelectorAll("img, u, s, i, body script").length === 0));
  await page.select("#policy", "broken.attain");
  await says(page, "nothing is called `nothing`", "#problem");
  expect("a mistake says where", (await page.$eval("#problem", (each) => each.textContent)).includes("broken.attain:3:"));
  await page.close();
}

async function bringsItsMapping(browser, address) {
  const page = await opened(browser, address, linked({ policy: "club.attain", facts: "club.json" }));
  await says(page, "Not qualified");
  const workbook = "../../docs/training.xlsx";
  await (await page.$("#file")).uploadFile(workbook);
  await says(page, "no sheet is called like a record of the policy", "#problem");
  await (await page.$("#file")).uploadFile(join(folder, "attain-facts.toml")); // after the workbook
  await says(page, "training.xlsx is read, as attain-facts.toml says.", "#done");
  await says(page, "Qualified");
  await page.close();
  const both = await opened(browser, address, linked({ policy: "club.attain", facts: "club.json" }));
  await says(both, "Not qualified");
  await (await both.$("#file")).uploadFile(join(folder, "attain-facts.toml"), workbook); // together
  await says(both, ": Qualified");
  await both.close();
}

async function byKeyboard(browser, address) {
  const page = await opened(browser, address, linked({ policy: "modern_work.attain", facts: "facts/dashboard.json" }));
  await says(page, "27.5 points");
  await page.keyboard.press("Tab");
  expect("the first stop of the keyboard is the link to the answer", await page.evaluate(() => document.activeElement.className === "skip"));
  await page.keyboard.press("Enter");
  expect("it leads there", await page.evaluate(() => document.activeElement.id === "answer"));
  await page.waitForFunction(() => location.hash.includes("dashboard.json"), { timeout: 60_000 }) // the browser tells the page of the new place when it has time
    .catch(() => faults.push("the link does not go on to say what is asked"));
  await page.focus("#ask");
  await page.keyboard.press("Enter");
  await says(page, "Proved minimal", "#plan");
  expect("verdicts are read aloud", await page.$eval("#verdicts", (each) => each.getAttribute("aria-live") === "polite"));
  await page.close();
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const servers = [];
try {
  const shipped = await served("../../policies");
  const hostile = await served(folder);
  servers.push(shipped, hostile);
  await acts(browser, shipped.address);
  await byKeyboard(browser, shipped.address);
  await isSafe(browser, hostile.address);
  await bringsItsMapping(browser, hostile.address);
  await looksRight(browser, shipped.address);
} finally {
  await browser.close();
  await Promise.all(servers.map((each) => each.end()));
  rmSync(folder, { recursive: true });
}
faults.forEach((each) => console.error(each));
console.log(faults.length ? `${faults.length} faults` : "the page served: no faults at 360, 800 and 1,400 pixels, light and dark");
process.exit(faults.length ? 1 : 0);
