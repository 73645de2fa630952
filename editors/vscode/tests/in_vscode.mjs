// Runs the packaged extension in a real Visual Studio Code: its server with a headless Chromium as the window.
//
// VSCODE_SERVER is the `out/server-main.js` of a Visual Studio Code server (tests/install_vscode.sh installs one),
// CHROMIUM a Chromium (default: chromium), ATTAIN the command `attain`. Pictures go to the folder PICTURES, if given.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const EXTENSION = path.join(HERE, "..", "attain.vsix");
const POLICIES = path.join(HERE, "..", "..", "..", "tests", "lsp", "workspace");
const PORT = Number(process.env.PORT ?? 18779);
const PATIENCE = 60_000;

const server = process.env.VSCODE_SERVER;
assert(server, "say in VSCODE_SERVER where the server of Visual Studio Code is");
const folder = mkdtempSync(path.join(tmpdir(), "attain-vscode-"));
const data = path.join(folder, "data");
const workspace = path.join(folder, "workspace");
cpSync(POLICIES, workspace, { recursive: true });
mkdirSync(path.join(data, "data", "Machine"), { recursive: true });
mkdirSync(path.join(data, "data", "User"), { recursive: true });
const settings = {
  "attain.command": [process.env.ATTAIN ?? "attain", "lsp"],
  "attain.date": "2024-06-30",
  "workbench.startupEditor": "none",
  "editor.hover.delay": 50,
};
for (const each of ["Machine", "User"]) {
  writeFileSync(path.join(data, "data", each, "settings.json"), JSON.stringify(settings));
}
const shared = ["--server-data-dir", data, "--extensions-dir", path.join(folder, "extensions")];
execFileSync(process.execPath, [server, ...shared, "--accept-server-license-terms", "--install-extension", EXTENSION]);
const running = spawn(
  process.execPath,
  [server, ...shared, "--accept-server-license-terms", "--without-connection-token", "--host", "127.0.0.1", "--port", String(PORT)],
  { stdio: process.env.LOUD ? "inherit" : "ignore" },
);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });

async function picture(name) {
  if (process.env.PICTURES) {
    await page.screenshot({ path: path.join(process.env.PICTURES, `${name}.png`) });
  }
}

async function open(name) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget .quick-input-box input").first().fill(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
  await page.locator(".tab.active", { hasText: name }).waitFor({ timeout: PATIENCE });
}

async function goTo(line, column) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget .quick-input-box input").first().fill(`:${line}:${column}`);
  await page.keyboard.press("Enter");
}

/** Clicks the lens with this text until something comes of it: the lines move while lenses come and go. */
async function run(lens, outcome) {
  for (let tries = 1; ; tries++) {
    await page.locator(".codelens-decoration a", { hasText: lens }).first().click({ timeout: PATIENCE });
    try {
      await outcome.waitFor({ timeout: PATIENCE / 3 });
      return;
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

async function step(name, action) {
  try {
    await action();
    console.log(`ok  ${name}`);
  } catch (error) {
    await picture(`failed`);
    throw new Error(`${name}: ${error.message}`, { cause: error });
  }
}

try {
  await step("the editor opens", async () => {
    for (let tries = 0; ; tries++) {
      try {
        await page.goto(`http://127.0.0.1:${PORT}/?folder=${workspace}`);
        break;
      } catch (error) {
        if (tries === 40) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
    await page.locator(".monaco-workbench .statusbar").waitFor({ timeout: PATIENCE });
    await page.getByText("Yes, I trust the authors").click({ timeout: PATIENCE });
    await page.locator(".explorer-folders-view", { hasText: "grant.attain" }).waitFor({ timeout: PATIENCE });
  });
  await step("a policy is highlighted, and has code lenses and hints", async () => {
    await open("grant.attain");
    await page.locator(".codelens-decoration", { hasText: "run 2 examples" }).waitFor({ timeout: PATIENCE });
    const colours = await page.locator(".view-line span span").evaluateAll((all) => new Set(all.map((each) => each.className)).size);
    assert(colours > 4, `only ${colours} kinds of text`);
    await goTo(36, 1);
    await page.locator(".view-line", { hasText: "= 60" }).first().waitFor({ timeout: PATIENCE });
    await picture("hints");
  });
  await step("hover shows the declaration", async () => {
    await page.locator(".view-line span", { hasText: /^standing$/ }).first().hover();
    await page.locator(".monaco-hover", { hasText: "score standing(t Track)" }).first().waitFor({ timeout: PATIENCE });
    await picture("hover");
  });
  await step("a mistake is marked as it is typed, and its fix mends it", async () => {
    await goTo(25, 5);
    await page.keyboard.press("Delete");
    await page.locator(".squiggly-error").first().waitFor({ timeout: PATIENCE });
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget", { hasText: "to `joined`" }).first().waitFor({ timeout: PATIENCE });
    await picture("fix");
    await page.keyboard.press("Enter");
    await page.locator(".squiggly-error").first().waitFor({ state: "detached", timeout: PATIENCE });
    await page.locator(".view-line", { hasText: "m.joined on or before" }).first().waitFor({ timeout: PATIENCE });
  });
  await step("completion offers the fields of a row", async () => {
    await goTo(25, 4);
    await page.keyboard.press("Shift+End");
    await page.keyboard.press("Delete");
    await page.keyboard.type(".");
    await page.locator(".suggest-widget", { hasText: "joined" }).first().waitFor({ timeout: PATIENCE });
    await picture("completion");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Z");
    await page.keyboard.press("Control+Z");
  });
  await step("the examples are run, and their results stand above them", async () => {
    await goTo(1, 1);
    await page.waitForTimeout(1000);
    await run("run 2 examples", page.locator(".tab", { hasText: "examples.txt" }).first());
    await page.locator(".tab", { hasText: "grant.attain" }).first().click();
    await goTo(58, 1);
    await page.locator(".codelens-decoration", { hasText: "failed" }).first().waitFor({ timeout: PATIENCE });
    await picture("examples");
  });
  await step("facts are chosen, assessed, and the answer is shown", async () => {
    await goTo(38, 1);
    await page.waitForTimeout(1000);
    const choice = page.locator(".notification-toast .monaco-button", { hasText: "oak" }).first();
    await run("assess with ...", choice);
    await choice.click();
    await page.locator(".view-line", { hasText: "NOT" }).first().waitFor({ timeout: PATIENCE });
    await page.locator(".codelens-decoration", { hasText: "assess with oak" }).first().waitFor({ timeout: PATIENCE });
    await picture("assessment");
  });
} finally {
  await browser.close();
  running.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
