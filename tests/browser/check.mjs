// node check.mjs REPORT.html [FOLDER]: axe finds nothing in the report, light and dark, at three widths; nothing is wider
// than the window, and no table than the paper; every control is reached by the keyboard. Screenshots go into FOLDER.
// CHROMIUM names the browser (Debian: chromium).
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import puppeteer from "puppeteer-core";

const [, , file, folder = "screens"] = process.argv;
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
mkdirSync(folder, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const faults = [];
try {
  for (const scheme of ["light", "dark"]) {
    for (const width of [360, 800, 1400]) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 1000 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(pathToFileURL(resolve(file)).href);
      await page.screenshot({ path: `${folder}/${scheme}-${width}.png`, fullPage: true });
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
      await page.addScriptTag({ path: axe });
      const found = await page.evaluate(() => axe.run(document));
      for (const each of found.violations) {
        faults.push(`${scheme} ${width}: ${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map((one) => one.html).join(" ")}`);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) faults.push(`${scheme} ${width}: the page is ${wide} pixels wide`);
      if (scheme === "light" && width === 800) {
        await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = false)));
        await page.keyboard.press("Tab");
        const first = await page.evaluate(() => document.activeElement.className);
        if (first !== "skip") faults.push(`the first stop of the keyboard is ${first}, not the link to the answer`);
        await page.focus("details summary");
        await page.keyboard.press("Enter");
        if (!(await page.evaluate(() => document.activeElement.parentElement.open))) faults.push("Enter opens no details");
      }
      await page.close();
    }
  }
  // On paper, and on a screen that is not narrow, no column is cut off, even beside a word without end.
  for (const [medium, width] of [["print", 680], ["screen", 800], ["screen", 1400]]) {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 1000 });
    await page.emulateMediaType(medium);
    await page.goto(pathToFileURL(resolve(file)).href);
    const cutOff = () => [...document.querySelectorAll(".wide")].filter((each) => each.scrollWidth > each.clientWidth + 1).length;
    for (const word of ["", "x".repeat(300)]) {
      await page.evaluate((text) => document.querySelectorAll(".wide tbody tr").forEach((each) => each.querySelector("th, td:not(.number, .mark)")?.append(text)), word);
      const found = await page.evaluate(cutOff);
      if (found) faults.push(`${medium} ${width}: ${found} tables are wider than the page${word && ", with a long word"}`);
    }
    await page.close();
  }
} finally {
  await browser.close();
}
faults.forEach((each) => console.error(each));
console.log(faults.length ? `${faults.length} faults` : "no faults at 360, 800 and 1,400 pixels, light and dark");
process.exit(faults.length ? 1 : 0);
