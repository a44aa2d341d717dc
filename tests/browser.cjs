// The pages in Debian's chromium at 320, 390, 768 and 1280 px, light, and dark (at 1280 px alone where no FOLDER for pictures
// is given, since colours are the same at all): no violation of axe-core's rules (WCAG and
// best practice: contrast, labels, order, lang and dir), nothing wider than the window, nothing asked of another host, no
// error on the console, an address that is copied, also over plain http, and a filter that filters. `make browser` fetches
// axe-core and playwright-core from npm.
//
// Pages of the app are given with the language of their reader ("/app/#ar").
//
//   node tests/browser.cjs MODULES URL... [FOLDER]
"use strict";
const { join } = require("node:path");
const { readFileSync } = require("node:fs");
const [modules, ...given] = process.argv.slice(2);
const pages = given.filter((one) => one.startsWith("http"));
const folder = given.find((one) => !one.startsWith("http"));
const { chromium } = require(join(modules, "playwright-core"));
const axe = readFileSync(join(modules, "axe-core", "axe.min.js"), "utf8");

const WIDTHS = [320, 390, 768, 1280];

async function look(browser, url, tell) {
  const { host, pathname, hash } = new URL(url);
  const locale = hash.slice(1) || "en";
  const context = await browser.newContext({ bypassCSP: true, locale });
  const page = await context.newPage();
  let found = [];
  page.on("request", (r) => r.url().startsWith("data:") || new URL(r.url()).host === host || found.push(`asks ${r.url()}`));
  await page.goto(url);
  await page.evaluate(axe);
  for (const width of WIDTHS) {
    for (const colorScheme of folder || width === WIDTHS.at(-1) ? ["light", "dark"] : ["light"]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const name = `${pathname.slice(1).replaceAll("/", "-")}${locale}-${width}-${colorScheme}.png`;
      if (folder) await page.screenshot({ path: join(folder, name), clip: { x: 0, y: 0, width, height: 2400 }, fullPage: true });
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) found.push(`${wide} px wide`);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"], iframes: false }));
      for (const one of violations) found.push(`${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 120)}`);
      tell(`${url} ${width} ${colorScheme}`, found);
      found = [];
    }
  }
  await context.close();
}

async function copy(page, url, found) {
  const box = page.locator("details.subscribe").first();
  if (!(await box.count())) return;
  await box.locator("summary").focus();
  await page.keyboard.press("Enter");
  const field = box.locator("input");
  const wanted = new URL(await field.getAttribute("data-feed"), url).href;
  await page.locator(".told:not(:empty)").waitFor({ timeout: 5000 });
  const shown = await field.inputValue();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  if (shown !== wanted || copied !== wanted) found.push(`shows ${shown}, copied ${copied}`);
}

async function filter(page, found) {
  const field = page.locator(".filter input");
  if (!(await field.count())) return;
  const title = await page.locator(".headlines a").nth(1).innerText();
  const visible = () => page.locator(".headlines li:visible").count();
  const before = await visible();
  await field.fill(title);
  const after = await visible();
  if (!(after >= 1 && after < before)) found.push(`the filter leaves ${after} of ${before} headlines`);
  await field.fill("\u0640\u0640 xyzzy");
  if (await visible()) found.push("the filter finds what is not there");
  if (!(await page.locator(".nothing").innerText())) found.push("nothing is said where nothing is found");
  await field.fill("");
  if ((await visible()) !== before) found.push("an empty filter hides something");
}

async function use(browser, url, hasClipboard) {
  const found = [];
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && found.push(`console: ${message.text()}`));
  // Over plain http there is no clipboard API for scripts to write with.
  if (!hasClipboard) await page.addInitScript(() => { navigator.clipboard.writeText = undefined; });
  await page.goto(url);
  await copy(page, url, found);
  await filter(page, found);
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
    await look(browser, url, tell);
    if (new URL(url).hash) continue; // a page of the app
    for (const has of [true, false]) tell(`${url} used`, await use(browser, url, has));
  }
  await browser.close();
  console.log(`${pages.length} pages in ${views} views: ${faults} faults`);
  process.exit(faults ? 1 : 0);
})();
