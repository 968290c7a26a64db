// What all browser tests share: one Chromium of Debian's with an empty profile, and a small
// server that sends pages from memory as the product would send them.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const kFlags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export function launch() {
  return chromium.launch({
    executablePath: process.env.TELGIRO_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: kFlags,
  });
}

export const axeSource = readFileSync(
  new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

// Runs axe in the page; answers "rule: elements" for each violation. Colours on gradients cannot
// be judged there: src/web/assets/contrast_test.cpp holds those pairs.
export async function violations(page, rules = null) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
  const result = await page.evaluate((given) => globalThis.axe.run(given), options);
  return result.violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

// Serves { "/path": { body, headers } }; answers { url, seen, close }. `seen` has every path that
// was asked for.
export async function serve(answers) {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    const answer = answers[new URL(request.url, "http://localhost").pathname];
    if (!answer) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...answer.headers });
    response.end(answer.body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    seen,
    close: () => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }),
  };
}

// A page in a context of its own that remembers what went wrong in it.
export async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return { page, complaints, close: () => context.close() };
}

// Style of the test's own, in a way that the page's policy allows.
export function restyle(page, css) {
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, css);
}

// "" where nothing is wider than the window, else what is. Of text, not only of boxes.
export function overflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return "";
    const range = document.createRange();
    const wide = [...document.body.querySelectorAll("*")].filter((each) => {
      range.selectNodeContents(each);
      return range.getBoundingClientRect().right > root.clientWidth;
    }).map((each) => each.getAttribute("class") ?? each.tagName);
    return `${root.scrollWidth} > ${root.clientWidth}: ${wide.slice(-3).join(" ")}`;
  });
}
