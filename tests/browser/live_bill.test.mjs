// The bill page as the product serves it: a demo in a fresh data folder, a server, a browser.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, open, overflow, violations } from "./browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.TELGIRO_BINARY ?? join(root, "build/dev/telgiro");
const folder = mkdtempSync(join(tmpdir(), "telgiro-live-bill-"));
const data = join(folder, "data");

let browser, server, url, paths;

before(async () => {
  const demo = execFileSync(
    binary, ["demo", "--data", data, "--seed", "1", "--customers", "50", "--json"],
    { encoding: "utf8" });
  paths = JSON.parse(demo.trim().split("\n").at(-1)).links.map((each) => new URL(each).pathname);
  assert.ok(paths.length > 0, "the demo names no links to bills");
  server = spawn(binary, ["serve", "--data", data, "--port", "0", "--json"],
    { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: server.stdout })) {
    const event = JSON.parse(line);
    if (event.event !== "listening") continue;
    url = event.url;
    break;
  }
  assert.ok(url, "the server did not say where it listens");
  browser = await launch();
});

after(async () => {
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
      const answer = await tab.page.goto(url + path);
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

test("a page is one request, and an unchanged one is not sent again", async () => {
  const tab = await open(browser);
  const seen = [];
  tab.page.on("request", (request) => {
    if (request.url().startsWith("http")) seen.push(request.url());
  });
  await tab.page.goto(url + paths[0]);
  await tab.page.waitForLoadState("networkidle");
  assert.deepEqual(seen, [url + paths[0]]);
  await tab.close();
  const first = await fetch(url + paths[0]);
  const headers = { "If-None-Match": first.headers.get("etag") };
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
  const answer = await tab.page.goto(`${url}/b/AAAAAAAAAAAAAAAAAAAAAAAAAAA`);
  assert.equal(answer.status(), 404);
  assert.equal(await tab.page.locator("html").getAttribute("lang"), "de");
  assert.equal(await tab.page.locator(".sum").count(), 0);
  assert.deepEqual(await violations(tab.page), []);
  // A browser notes every 404 in its console; that is all there may be.
  assert.ok(tab.complaints.every((each) => each.includes("404")), tab.complaints.join("; "));
  await tab.close();
});
