// From the link to paid, through the demo's practice provider: the pages that a customer goes
// through, and the bill that becomes paid while somebody looks at it.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "@playwright/test";
import type { Browser, Page } from "@playwright/test";
import { binary, launch, open, overflow, violations } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "telgiro-pay-"));
const data = join(folder, "data");

let browser: Browser, server: ChildProcess, url: string, paths: string[];

const telgiro = (...words: string[]) =>
  JSON.parse(execFileSync(binary, [...words, "--data", data, "--json"], { encoding: "utf8" }));

test.beforeAll(async () => {
  execFileSync(binary, ["demo", "--data", data, "--seed", "1", "--customers", "50"]);
  server = spawn(binary, ["serve", "--data", data, "--port", "0", "--json"],
    { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: server.stdout! })) {
    const event = JSON.parse(line);
    if (event.event !== "listening") continue;
    url = event.url;
    break;
  }
  assert.ok(url, "the server did not say where it listens");
  const { bills } = telgiro("bill", "list", "--state", "open", "--limit", "4");
  paths = bills.map((each: { id: string }) =>
    new URL(telgiro("bill", "link", each.id).url).pathname);
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

async function sound(page: Page) {
  assert.deepEqual(await violations(page), []);
  assert.equal(await overflow(page), "");
}

// From the bill over the page with the methods to the provider's.
async function goToProvider(page: Page, path: string) {
  await page.goto(`${url}${path}?l=en`);
  await page.locator(".hero .button").click();
  await page.locator(".ways .button").first().click();
  await page.waitForURL("**/practice/*");
}

test("R62 from the link to paid, seen live by who looks at the bill", async () => {
  const watcher = await open(browser);
  const listening = watcher.page.waitForResponse((each) => each.url().includes("/live?"));
  await watcher.page.goto(`${url}${paths[0]}?l=en`);
  await listening;
  await watcher.page.evaluate(() => { (globalThis as any).sameDocument = true; });

  const payer = await open(browser);
  await payer.page.goto(`${url}${paths[0]}?l=en`);
  await sound(payer.page);
  await payer.page.locator(".hero .button").click();
  await payer.page.waitForURL("**/pay?l=en");
  await sound(payer.page);
  await payer.page.locator(".ways .button").first().click();
  await payer.page.waitForURL("**/practice/*");
  assert.match(await payer.page.locator("main").innerText(), /no money moves/);
  await sound(payer.page);
  await watcher.page.locator("#block-pay .notice").waitFor();
  await payer.page.locator("button[value=approve]").click();
  await payer.page.locator(".notice.good").waitFor();
  await sound(payer.page);

  await watcher.page.locator("#pay").waitFor({ state: "detached" });
  assert.equal(await watcher.page.locator(".hero .button").count(), 0);
  assert.equal(await watcher.page.evaluate(() => (globalThis as any).sameDocument), true);
  assert.deepEqual(watcher.complaints, []);
  assert.deepEqual(payer.complaints, []);
  await watcher.close();
  await payer.close();
  const [paid] = telgiro("intent", "list", "--state", "settled").intents;
  assert.equal(paid.captured, paid.amount);
  assert.equal(telgiro("intent", "refund", paid.id, "--amount", "1.00").refunded, "1.00");
});

test("an answer that comes late is awaited, without script", async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await goToProvider(page, paths[1]);
  await page.locator("button[value=late]").click();
  assert.match(await page.locator(".going").innerText(), /We are checking/);
  await page.locator(".notice.good").waitFor();
  await close();
});

test("who declines is told so, and who goes away can go on or stop", async () => {
  const { page, close } = await open(browser);
  await goToProvider(page, paths[2]);
  await page.locator("button[value=decline]").click();
  assert.match(await page.locator(".notice").innerText(), /was not approved. Nothing was drawn/);
  await page.locator(".ways .button").first().click();
  await page.waitForURL("**/practice/*");
  await page.locator("main a").click();
  await page.waitForURL("**/pay?**");
  assert.match(await page.locator(".going").innerText(), /waits for you to approve/);
  await sound(page);
  // Another form for the same bill, opened before: it leads to what is under way.
  assert.equal(await page.locator(".ways").count(), 0);
  await page.locator(".going .quiet").click();
  await page.locator(".notice").waitFor();
  assert.match(await page.locator(".notice").innerText(), /was stopped. Nothing was drawn/);
  assert.equal(await page.locator(".ways").count(), 1);
  await close();
});
