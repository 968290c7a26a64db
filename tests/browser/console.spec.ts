// The console as agents and finance people use it: a demo in a fresh data folder, a server, a
// browser without scripts. Every page of every part, narrow and wide, light and dark.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "@playwright/test";
import type { Browser, Page } from "@playwright/test";
import { binary, launch, open, overflow, violations } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "telgiro-console-"));
const data = join(folder, "data");
let browser: Browser, server: ChildProcess, url = "";
let users: { login: string; password: string }[] = [];

test.beforeAll(async () => {
  const demo = execFileSync(
    binary, ["demo", "--data", data, "--seed", "1", "--customers", "60", "--json"],
    { encoding: "utf8" });
  users = JSON.parse(demo.trim().split("\n").at(-1)!).users;
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

// Signed in, without scripts of the page's; what we evaluate runs all the same.
async function desk(login: string, options = {}) {
  const tab = await open(browser, { viewport: { width: 1280, height: 900 }, ...options });
  await tab.page.goto(`${url}/console/sign-in`);
  await tab.page.fill("#login", login);
  await tab.page.fill("#password", users.find((user) => user.login === login)!.password);
  await tab.page.click("main button");
  await tab.page.waitForURL(`${url}/console`);
  return tab;
}

const first = async (page: Page, path: string, begin: string) => {
  await page.goto(url + path);
  return await page.locator(`main a[href^="${begin}"]`).first().getAttribute("href");
};

// Every part that finance sees, with one page of each kind.
async function addresses(page: Page) {
  const bill = await first(page, "/console/bills", "/console/bills/acct_");
  const customer = await first(page, "/console/customers", "/console/customers/cust_");
  const run = await first(page, "/console/runs", "/console/runs/run_");
  const entries = await first(page, "/console/ledger", "/console/ledger/entries");
  return ["/console", "/console/search?text=andersson", "/console/customers", customer,
          `${customer}/money`, `${customer}/services`, `${customer}/choices`, "/console/bills",
          bill, "/console/runs", run, "/console/imports", "/console/rejects", "/console/payments",
          "/console/bank-files", "/console/bank-files/new", "/console/reconciliation",
          "/console/refunds", "/console/ledger", entries, "/console/ledger/revenue",
          "/console/orders", "/console/mandates", "/console/collections", "/console/rail-costs",
          "/console/till"];
}

test("axe finds nothing on any page, narrow or wide, light or dark", async () => {
  for (const width of [1280, 390]) {
    const tab = await desk("finance", { viewport: { width, height: 900 } });
    for (const address of await addresses(tab.page)) {
      const answer = await tab.page.goto(url + address);
      assert.equal(answer!.status(), 200, address!);
      await tab.page.emulateMedia({ colorScheme: "light" });
      assert.deepEqual(await violations(tab.page), [], `${address} ${width}`);
      await tab.page.emulateMedia({ colorScheme: "dark" });
      assert.deepEqual(await violations(tab.page, ["color-contrast"]), [], `${address} dark`);
      assert.equal(await overflow(tab.page), "", `${address} ${width}`);
    }
    assert.deepEqual(tab.complaints, []);
    await tab.close();
  }
});

test("no table scrolls sideways on a desk", async () => {
  const tab = await desk("finance");
  for (const address of await addresses(tab.page)) {
    await tab.page.goto(url + address);
    const wide = await tab.page.locator(".table").evaluateAll((tables) =>
      tables.filter((table) => table.scrollWidth > table.clientWidth).length);
    assert.equal(wide, 0, address!);
  }
  await tab.close();
});

test("a customer is found and credited by keyboard alone, without scripts", async () => {
  const tab = await desk("senior", { javaScriptEnabled: false });
  const page = tab.page;
  await page.goto(`${url}/console/customers`);
  const name = await page.locator('main a[href^="/console/customers/cust_"]').first().innerText();
  const surname = name.trim().split(/\s+/).at(-1)!.toLowerCase();
  await page.focus("#find");
  await page.keyboard.type(surname);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/console\/search\?text=/);
  await page.locator("main tbody a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/console\/customers\/cust_/);
  await page.locator('main tbody a[href^="/console/bills/"]').first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/console\/bills\//);
  await page.fill("#amount", "1");
  await page.fill("#reason", "goodwill");
  await page.locator('button[value="preview"]').press("Enter");
  await page.locator('#credit [role="status"]').waitFor();
  await page.locator('button[value="do"]').press("Enter");
  await page.waitForURL((address) => !address.pathname.endsWith("/credit"));
  assert.ok((await page.locator(".events").innerText()).includes("goodwill"));
  await tab.close();
});

// With its script a field stays as it was typed; without, a link asks for the page again.
for (const [drawer, javaScriptEnabled] of [["kungsgatan-1", true], ["technician-1", false]] as const) {
  const how = javaScriptEnabled ? "in its place" : "without scripts";
  test(`a till that waits for its terminal shows what became of the card, ${how}`, async () => {
    const tab = await desk("cashier", { javaScriptEnabled });
    const page = tab.page;
    await page.goto(`${url}/console/till/${drawer}`);
    await page.fill("#float", "500");
    await page.locator("main form button").click();
    const { bills } = JSON.parse(execFileSync(
      binary, ["bill", "list", "--data", data, "--state", "open", "--limit", "2", "--json"],
      { encoding: "utf8" }));
    await page.fill("#scan", bills[javaScriptEnabled ? 0 : 1].reference);
    await page.locator('main form[role="search"] button').click();
    await page.locator('button[value="card"]').click();
    await page.locator("#card #stop").waitFor();
    assert.equal(await page.locator("meta[http-equiv]").count(), 0);
    // Where scripts are off, axe does not run either.
    if (javaScriptEnabled) assert.deepEqual(await violations(page), []);
    assert.equal(await overflow(page), "");
    const link = page.locator('#card a[href*="/practice/"]');
    // The terminal is asked beside the page, which may be there first.
    while (!javaScriptEnabled && !await link.count()) {
      await page.locator("#card noscript a").click();
    }
    const terminal = await link.getAttribute("href");
    let loads = 0;
    page.on("load", () => (loads += 1));
    if (javaScriptEnabled) await page.fill("#scan", "half a na");
    const other = await page.context().newPage();
    await other.goto(terminal!);
    await other.locator('button[value="approve"]').click();
    while (!javaScriptEnabled && !await page.locator("#card .notice.good").count()) {
      await page.locator("#card noscript a").click();
    }
    await page.locator("#card .notice.good").waitFor();
    if (javaScriptEnabled) {
      assert.equal(await page.inputValue("#scan"), "half a na");
      assert.equal(loads, 0);
      assert.deepEqual(await violations(page), []);
    }
    assert.deepEqual(tab.complaints, []);
    await tab.close();
  });
}

test("a bank's file is looked at and imported, without scripts", async () => {
  const file = join(folder, "statement.xml");
  execFileSync(binary, ["bank", "simulate", "--data", data, "--format", "camt.053", "--bills", "5",
                        "-o", file]);
  const broken = join(folder, "broken.xml");
  // An entry that the closing balance does not follow from.
  writeFileSync(broken, readFileSync(file, "utf8").replace(
    /<Ntry>[^]*?<Amt Ccy="SEK">/, (found) => found + "9"));
  for (const width of [1280, 390]) {
    const tab = await desk("finance", { viewport: { width, height: 900 } });
    const page = tab.page;
    const look = async (name: string) => {
      await page.goto(`${url}/console/bank-files`);
      await page.locator('main a[href="/console/bank-files/new"]').click();
      await page.setInputFiles("#file", name);
      await page.locator("main button").click();
      await page.waitForURL(/\/bank-files\/uploads\//);
      assert.deepEqual(await violations(page), [], `${name} ${width}`);
      assert.equal(await overflow(page), "", `${name} ${width}`);
    };
    await look(broken);
    assert.equal(await page.locator(".notice.bad").count(), 1);
    assert.ok(await page.locator('input[name="take_anyway"]').count());
    assert.ok((await page.locator("main").innerText()).includes("SE"));
    await look(file);
    // The second time, on a narrow screen, it is known.
    assert.equal(await page.locator('main a[href^="/console/bank-files/bank_"]').count(),
                 width === 390 ? 1 : 0);
    await page.locator('main form[method="post"] button').click();
    await page.waitForURL(/\/bank-files\/bank_/);
    assert.ok((await page.locator("h1").innerText()).includes("statement.xml"));
    assert.deepEqual(await violations(page), [], `imported ${width}`);
    assert.equal(await overflow(page), "", `imported ${width}`);
    await tab.close();
  }
});

test("every role signs in and sees no link that leads nowhere", async () => {
  for (const { login } of users) {
    const tab = await desk(login);
    const links = await tab.page.locator("a[href^='/console']").evaluateAll((all) =>
      all.map((each) => each.getAttribute("href")!));
    for (const link of new Set(links)) {
      const answer = await tab.page.goto(url + link);
      assert.equal(answer!.status(), 200, `${login} ${link}`);
    }
    await tab.close();
  }
});
