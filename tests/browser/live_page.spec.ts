// What the page's own script does when the bill changes, and what it never does; with pages of
// bill_page_fixture from a small server that the test can make say anything.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "@playwright/test";
import type { Browser, Page } from "@playwright/test";
import { binary, launch, open, root, serve } from "./browser.ts";
import type { Answer } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "telgiro-live-page-"));
const answers: Record<string, Answer> = {};
let browser: Browser, server: Awaited<ReturnType<typeof serve>>;

test.beforeAll(async () => {
  execFileSync(join(dirname(binary), "bill_page_fixture"), [root, folder]);
  server = await serve(answers);
  browser = await launch();
});

test.afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

// The bill is in this state from now on.
function become(state: string, version: number) {
  const pages = JSON.parse(readFileSync(join(folder, "pages.json"), "utf8"));
  const body = readFileSync(join(folder, `${state}.en.html`), "utf8");
  answers["/bill"] = {
    body: body.replace(/data-version="\d+"/, `data-version="${version}"`),
    headers: { "Content-Security-Policy": pages.policy },
  };
}

const tell = (version: number) =>
  server.tell(`id: ${version}\nevent: bill\ndata: ${version}\n\n`);

async function openLive(state = "open") {
  become(state, 1);
  server.seen.length = 0;
  const tab = await open(browser);
  await tab.page.clock.install();
  const listening = tab.page.waitForResponse("**/live?*");
  await tab.page.goto(`${server.url}/bill`);
  await listening;
  return tab;
}

const said = (page: Page) => page.locator("#said");
const headline = (page: Page) => page.locator("h1 .state");

test("what has changed is swapped, said in one sentence, and nothing else moves", async () => {
  const { page, complaints, close } = await openLive();
  assert.equal(await said(page).textContent(), "");
  assert.equal(await said(page).getAttribute("role"), "status");
  const lines = await page.locator("#block-why").elementHandle();
  become("paid", 2);
  tell(2);
  await page.clock.runFor(100);
  await page.locator("#pay").waitFor({ state: "detached" });
  assert.equal(await headline(page).innerText(), "Paid");
  assert.equal(await said(page).innerText(), "Your payment has arrived. The bill is paid.");
  assert.match(await page.title(), /^Paid/);
  assert.ok(await lines!.evaluate((each) => each.isConnected));
  await page.clock.runFor(20_000);
  assert.equal(await said(page).textContent(), "");
  assert.deepEqual(complaints, []);
  await close();
});

test("a block with the focus inside is not touched, but says that there is news", async () => {
  const { page, close } = await openLive();
  await page.locator(".hero .button").focus();
  become("paid", 2);
  tell(2);
  await page.clock.runFor(100);
  await page.locator("#block-hero .news").waitFor();
  assert.equal(await headline(page).innerText(), "To pay for November");
  assert.ok(await page.locator(".hero .button").evaluate((each) => each === document.activeElement));
  assert.equal(await page.locator("#pay").count(), 0);  // That block had no focus.
  await page.locator("#block-hero .news button").press("Enter");
  assert.equal(await headline(page).innerText(), "Paid");
  assert.equal(await page.locator(".news").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement!.id), "state");
  await close();
});

test("a page is asked for at most every five seconds, however much is told", async () => {
  const { page, close } = await openLive();
  const asked = () => server.seen.filter((path) => path === "/bill").length;
  assert.equal(asked(), 1);
  become("partly_paid", 5);
  for (const version of [2, 3, 4, 5]) tell(version);
  await page.clock.runFor(100);
  await page.locator("main[data-version='5']").waitFor();
  assert.equal(asked(), 2);
  become("paid", 6);
  tell(6);
  await page.clock.runFor(3_000);
  assert.equal(asked(), 2);
  await page.clock.runFor(3_000);
  await page.locator("main[data-version='6']").waitFor();
  assert.equal(asked(), 3);
  await close();
});

test("what is known already is not asked for again", async () => {
  const { page, close } = await openLive();
  tell(1);
  await page.clock.runFor(6_000);
  assert.deepEqual(server.seen, ["/bill", "/live?v=1"]);
  await close();
});

test("a stream is held only while the page is seen", async () => {
  const { page, close } = await openLive();
  const hide = (hidden: boolean) => page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { configurable: true, value });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  assert.equal(server.listeners.size, 1);
  const gone = new Promise((resolve) => [...server.listeners][0].once("close", resolve));
  await hide(true);
  await gone;
  const again = page.waitForRequest("**/live?*");
  await hide(false);
  assert.ok((await again).url().endsWith("/live?v=1"));
  await close();
});

test("a page that cannot be had now is asked for again, and stays as it is", async () => {
  const { page, close } = await openLive();
  answers["/bill"] = { body: "away", status: 503 };
  tell(2);
  await page.clock.runFor(100);
  assert.equal(await headline(page).innerText(), "To pay for November");
  become("paid", 2);
  const fresh = page.locator("main[data-version='2']");
  for (let tries = 0; tries < 30 && (await fresh.count()) === 0; tries += 1) {
    await page.clock.runFor(1_000);
  }
  assert.equal(await headline(page).innerText(), "Paid");
  await close();
});

test("a page of another build is loaded anew as a whole", async () => {
  const { page, close } = await openLive();
  become("paid", 2);
  answers["/bill"].body = answers["/bill"].body.replace("</style>", "/* new */</style>");
  answers["/bill"].headers = {};
  const loaded = page.waitForEvent("load");
  tell(2);
  await page.clock.runFor(100);
  await loaded;
  assert.equal(await headline(page).innerText(), "Paid");
  await close();
});
