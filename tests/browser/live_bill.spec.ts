// The bill page as the product serves it: a demo in a fresh data folder, a server, a browser.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "@playwright/test";
import type { Browser } from "@playwright/test";
import { binary, launch, open, overflow, violations } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "telgiro-live-bill-"));
const data = join(folder, "data");

let browser: Browser, server: ChildProcess, url: string, paths: string[];

test.beforeAll(async () => {
  const demo = execFileSync(
    binary, ["demo", "--data", data, "--seed", "1", "--customers", "50", "--json"],
    { encoding: "utf8" });
  paths = JSON.parse(demo.trim().split("\n").at(-1)!).links.map((each: string) => new URL(each).pathname);
  assert.ok(paths.length > 0, "the demo names no links to bills");
  server = spawn(binary, ["serve", "--data", data, "--port", "0", "--json"],
    { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: server.stdout! })) {
    const event = JSON.parse(line);
    if (event.event !== "listening") continue;
    url = event.url;
    break;
  }
  assert.ok(url, "the server did not say where it listens");
  browser = await launch();
});

test.afterAll(async () => {
  await browser?.close();
  if (server && server.exitCode === null) {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

test("bills of the demo open by their links, whole and readable", async () => {
  for (const width of [320, 390, 1280]) {
    const tab = await open(browser, { viewport: { width, height: 844 } });
    for (const path of paths) {
      const answer = (await tab.page.goto(url + path))!;
      assert.equal(answer.status(), 200);
      const headers = answer.headers();
      const spoken = await tab.page.locator("html").getAttribute("lang");
      assert.equal(headers["content-language"], spoken);
      assert.equal(headers["cache-control"], "private, no-cache");
      assert.match(headers["content-security-policy"], /^default-src 'none'; style-src 'sha256-/);
      assert.deepEqual(await violations(tab.page), []);
      assert.equal(await overflow(tab.page), "");
      assert.match(await tab.page.locator(".sum").innerText(), /\d/);
    }
    assert.deepEqual(tab.complaints, []);
    await tab.close();
  }
});

test("a page is one request and a stream, and an unchanged one is not sent again", async () => {
  const tab = await open(browser);
  const seen: string[] = [];
  tab.page.on("request", (request) => {
    if (request.url().startsWith("http")) seen.push(request.url());
  });
  const listening = tab.page.waitForRequest("**/live?*");
  await tab.page.goto(url + paths[0]);
  await listening;
  assert.deepEqual(seen, [url + paths[0], `${url}${paths[0]}/live?v=1`]);
  await tab.close();
  const first = await fetch(url + paths[0]);
  const headers = { "If-None-Match": first.headers.get("etag")! };
  const again = await fetch(url + paths[0], { headers });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), "");
});

test("a language link changes the language of the page and of its answer", async () => {
  const tab = await open(browser, { javaScriptEnabled: false });
  await tab.page.goto(url + paths[0]);
  for (const language of ["fi", "de", "sv"]) {
    const [answer] = await Promise.all([
      tab.page.waitForNavigation(),
      tab.page.locator(`nav.languages a[lang=${language}]`).click(),
    ]);
    assert.equal(answer.headers()["content-language"], language);
    assert.equal(await tab.page.locator("html").getAttribute("lang"), language);
  }
  await tab.close();
});

test("a link that opens nothing says so in the reader's language", async () => {
  const tab = await open(browser, { locale: "de-AT" });
  const answer = (await tab.page.goto(`${url}/b/AAAAAAAAAAAAAAAAAAAAAAAAAAA`))!;
  assert.equal(answer.status(), 404);
  assert.equal(await tab.page.locator("html").getAttribute("lang"), "de");
  assert.equal(await tab.page.locator(".sum").count(), 0);
  assert.deepEqual(await violations(tab.page), []);
  // A browser notes every 404 in its console; that is all there may be.
  assert.ok(tab.complaints.every((each) => each.includes("404")), tab.complaints.join("; "));
  await tab.close();
});

// A new bill's page, open in a browser, and its number for the commands.
async function openBill(at: number) {
  const path = paths[at];
  const tab = await open(browser);
  const listening = tab.page.waitForResponse((each) => each.url().includes("/live?"));
  await tab.page.goto(url + path);
  assert.equal((await listening).headers()["content-type"], "text/event-stream");
  const number = await tab.page.locator(".foot dd").first().innerText();
  return { ...tab, path, number };
}

const telgiro = (...words: string[]) =>
  JSON.parse(execFileSync(binary, [...words, "--data", data, "--json"], { encoding: "utf8" }));

// The change is made by another process, as an import of a bank file would be.
test("a bill that is credited elsewhere is seen live, without a reload", async () => {
  const { page, complaints, close, number } = await openBill(0);
  await page.evaluate(() => { (globalThis as any).sameDocument = true; });
  const before = await page.locator(".sum").innerText();
  telgiro("bill", "credit", number, "--amount", "1.00", "--reason", "test");
  await page.waitForFunction((old) => document.querySelector(".sum")!.textContent !== old, before);
  assert.equal(await page.evaluate(() => (globalThis as any).sameDocument), true);
  assert.notEqual(await page.locator("#said").innerText(), "");
  assert.match(await page.locator("#block-days").innerText(), /1[,.]00/);
  assert.equal(await page.locator("main").getAttribute("data-version"), "2");
  // The rest of it, and there is nothing to pay any more: no slip, no code, no button.
  telgiro("bill", "credit", number, "--reason", "test");
  await page.locator("#pay").waitFor({ state: "detached" });
  assert.equal(await page.locator(".hero .button").count(), 0);
  assert.equal(await page.evaluate(() => (globalThis as any).sameDocument), true);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await close();
});

test("without script the same change is there after a reload", async () => {
  const tab = await open(browser, { javaScriptEnabled: false });
  await tab.page.goto(url + paths[1]);
  const number = await tab.page.locator(".foot dd").first().innerText();
  assert.ok(await tab.page.locator("#pay").isVisible());
  telgiro("bill", "credit", number, "--reason", "test");
  await tab.page.reload();
  assert.equal(await tab.page.locator("#pay").count(), 0);
  await tab.close();
});

test("a stream is told of the version, and only who holds a link has one", async () => {
  const stop = new AbortController();
  const answer = await fetch(`${url}${paths[2]}/live?v=0`, { signal: stop.signal });
  assert.equal(answer.status, 200);
  const reader = answer.body!.getReader();
  let heard = "";
  while (!heard.includes("event: bill")) {
    heard += new TextDecoder().decode((await reader.read()).value);
  }
  assert.match(heard, /retry: \d+\n\nid: (\d+)\nevent: bill\ndata: \1\n\n/);
  stop.abort();
  assert.equal((await fetch(`${url}/b/AAAAAAAAAAAAAAAAAAAAAAAAAAA/live`)).status, 404);
});

// The loop closes: from the link to paid, seen as it happens. Most bills are paid rightly by the
// bank file, some oddly; each page ends up showing what a fresh look at the bill shows.
test("R40 a bank file lands, and the bills that are looked at become paid", async () => {
  const { bills } = telgiro("bill", "list", "--state", "open", "--limit", "6");
  const open_paths: string[] = bills.map((each: { id: string }) =>
    new URL(telgiro("bill", "link", each.id).url).pathname);
  const tabs = [];
  for (const path of open_paths) {
    const tab = await open(browser);
    const listening = tab.page.waitForResponse((each) => each.url().includes("/live?"));
    await tab.page.goto(url + path);
    await listening;
    await tab.page.evaluate(() => { (globalThis as any).sameDocument = true; });
    tabs.push({ ...tab, path });
  }
  const file = join(folder, "bank.txt");
  execFileSync(binary, ["bank", "simulate", "--output", file, "--data", data]);
  telgiro("bank", "import", file);
  let paid = 0;
  for (const { page, path, complaints, close } of tabs) {
    const fresh = await (await fetch(url + path)).text();
    const version = fresh.match(/data-version="(\d+)"/)![1];
    await page.locator(`main[data-version="${version}"]`).waitFor();
    const state = fresh.match(/<span class="state">.*?<span>(.*?)<\/span>/s)![1];
    assert.equal(await page.locator(".hero .state span").innerText(), state);
    assert.equal(await page.locator("#pay").count(), fresh.includes('id="pay"') ? 1 : 0);
    assert.equal(await page.evaluate(() => (globalThis as any).sameDocument), true);
    if (fresh.includes("i-check") && version !== "1" && !fresh.includes('id="pay"')) {
      if (/Bankgiro/.test(await page.locator("#block-days").innerText())) paid += 1;
    }
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(complaints, []);
    await close();
  }
  assert.ok(paid > 0, "no bill that was looked at was paid");
});
