// The pages in Debian's chromium at 390 and 1280 px, light and dark: no violation of axe-core's rules (WCAG and best
// practice: contrast, labels, order, lang and dir), nothing wider than the window, nothing asked of another host, no
// error on the console, and a copy button that copies. `make browser` fetches axe-core and playwright-core from npm.
//
//   node tests/browser.cjs MODULES URL...
"use strict";
const { join } = require("node:path");
const { readFileSync } = require("node:fs");
const [modules, ...pages] = process.argv.slice(2);
const { chromium } = require(join(modules, "playwright-core"));
const axe = readFileSync(join(modules, "axe-core", "axe.min.js"), "utf8");

async function look(browser, url, width, colorScheme) {
  const found = [];
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  const host = new URL(url).host;
  page.on("request", (r) => r.url().startsWith("data:") || new URL(r.url()).host === host || found.push(`asks ${r.url()}`));
  await page.goto(url);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) found.push(`${wide} px wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const one of violations) found.push(`${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 120)}`);
  await context.close();
  return found;
}

async function use(browser, url) {
  const found = [];
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && found.push(`console: ${message.text()}`));
  await page.goto(url);
  const button = page.locator("button.copy").first();
  if (await button.count()) {
    await button.focus();
    await page.keyboard.press("Enter");
    const wanted = new URL(await button.getAttribute("data-feed"), url).href;
    await page.locator("[role=status]", { hasText: wanted }).waitFor({ timeout: 5000 });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    if (copied !== wanted) found.push(`copied ${copied}`);
  }
  await page.locator("body").press("Home");
  await page.reload();
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.className);
  if (first !== "skip") found.push("the first stop of the keyboard is not the link to the content");
  await context.close();
  return found;
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  let views = 0;
  let faults = 0;
  const tell = (where, found) => { views += 1; faults += found.length; found.forEach((what) => console.log(`${where}: ${what}`)); };
  for (const url of pages) {
    for (const width of [390, 1280]) {
      for (const scheme of ["light", "dark"]) tell(`${url} ${width} ${scheme}`, await look(browser, url, width, scheme));
    }
    tell(`${url} used`, await use(browser, url));
  }
  await browser.close();
  console.log(`${pages.length} pages in ${views} views: ${faults} faults`);
  process.exit(faults ? 1 : 0);
})();
