// What all browser tests share: one Chromium of Debian's with an empty profile, a small server that
// sends pages from memory as the product would send them, and the built program.
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = process.env.TELGIRO_BINARY ?? join(root, "build/dev/telgiro");

// How long anything that a page is asked to do may take, on a busy machine.
const kWaitMs = 60_000;

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
export async function violations(page: Page, rules: string[] | null = null) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
  const result = await page.evaluate((given) => (globalThis as any).axe.run(given), options);
  return result.violations.map((each: any) =>
    `${each.id}: ${each.nodes.map((node: any) => node.target.join(" ")).join(", ")}`);
}

export type Answer = { body: string; status?: number; headers?: Record<string, string> };

// Serves { "/path": { body, headers } }, and at /live a stream; answers { url, seen, tell, close }.
// `seen` has every path that was asked for; tell() says something to those who listen.
export async function serve(answers: Record<string, Answer>) {
  const seen: string[] = [];
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    seen.push(request.url!);
    const path = new URL(request.url!, "http://localhost").pathname;
    if (path === "/live") {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write("retry: 1000\n\n");
      listeners.add(response);
      response.on("close", () => listeners.delete(response));
      return;
    }
    const answer = answers[path];
    if (!answer) return response.writeHead(404).end();
    response.writeHead(answer.status ?? 200, { "Content-Type": "text/html; charset=utf-8", ...answer.headers });
    response.end(answer.body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    listeners,
    tell: (text: string) => { for (const each of listeners) each.write(text); },
    close: () =>
      new Promise((closed) => { server.closeAllConnections(); server.close(closed); }),
  };
}

// A page in a context of its own that remembers what went wrong in it.
export async function open(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(kWaitMs);
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  // A page that is left closes its stream, which is no failure.
  page.on("requestfailed", (request) => {
    if (request.resourceType() !== "eventsource") complaints.push(`failed: ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return { page, complaints, close: () => context.close() };
}

// Style of the test's own, in a way that the page's policy allows.
export function restyle(page: Page, css: string) {
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, css);
}

// "" where nothing is wider than the window, else what is. Of text, not only of boxes.
export function overflow(page: Page) {
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
