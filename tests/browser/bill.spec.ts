// The bill page in a browser: every state in eight languages, light and dark, narrow and wide,
// on paper, by keyboard, with large text. The pages are made by bill_page_fixture (fixture/).
//
// TELGIRO_BINARY names the built program; the fixture stands beside it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { test } from "@playwright/test";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { binary, launch, open, overflow, restyle, root, serve, violations } from "./browser.ts";
import type { Answer } from "./browser.ts";

const fixture = join(dirname(binary), "bill_page_fixture");
const folder = mkdtempSync(join(tmpdir(), "telgiro-bill-page-"));

// States whose pages differ in form, where all of them would only repeat the test.
const kForms = ["open", "overdue_with_fee", "instalments", "paid", "business", "hostile", "away"];
const kAsking = ["open", "due_soon", "overdue", "partly_paid", "overdue_with_fee", "instalments",
                 "business", "euro", "hostile"];

let browser: Browser, server: Awaited<ReturnType<typeof serve>>;
let pages: { states: string[]; languages: string[]; policy: string };
const bodies: Record<string, string> = {};
const answers: Record<string, Answer> = {};

test.beforeAll(async () => {
  assert.ok(existsSync(fixture), `${fixture} is not built`);
  execFileSync(fixture, [root, folder]);
  pages = JSON.parse(readFileSync(join(folder, "pages.json"), "utf8"));
  for (const state of pages.states) {
    for (const language of pages.languages) {
      const name = `${state}.${language}`;
      bodies[name] = readFileSync(join(folder, `${name}.html`), "utf8");
      answers[`/${name}`] = {
        body: bodies[name],
        headers: { "Content-Security-Policy": pages.policy, "Content-Language": language },
      };
    }
  }
  server = await serve(answers);
  browser = await launch();
});

test.afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = (name: string) => `${server.url}/${name}`;

async function each(names: string[], options: BrowserContextOptions,
                    check: (page: Page, name: string) => Promise<void>) {
  const tab = await open(browser, options);
  for (const name of names) {
    await tab.page.goto(address(name));
    await check(tab.page, name);
  }
  assert.deepEqual(tab.complaints, []);
  await tab.close();
}

const all = () => pages.states.flatMap((state) =>
  pages.languages.map((language) => `${state}.${language}`));
const forms = (languages = ["sv", "de"]) => kForms.flatMap((state) =>
  languages.map((language) => `${state}.${language}`));

test("axe finds nothing in any state, language or theme, and the console is silent", async () => {
  await each(all(), {}, async (page, name) => {
    await page.emulateMedia({ colorScheme: "light" });
    assert.deepEqual(await violations(page), [], `${name} light`);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await violations(page, ["color-contrast"]), [], `${name} dark`);
  });
});

test("axe finds nothing on a wide screen", async () => {
  await each(forms(), { viewport: { width: 1280, height: 900 } }, async (page, name) => {
    assert.deepEqual(await violations(page), [], name);
  });
});

test("nothing is cut off at 320 pixels in any language", async () => {
  await each(all(), { viewport: { width: 320, height: 640 } }, async (page, name) => {
    assert.equal(await overflow(page), "", name);
  });
});

test("nothing is cut off with text of 200 %", async () => {
  for (const width of [320, 390, 1280]) {
    await each(forms(), { viewport: { width, height: 800 } }, async (page, name) => {
      await restyle(page, "html { font-size: 200% }");
      assert.equal(await overflow(page), "", `${name} at ${width}`);
    });
  }
});

test("nothing is cut off with the spacing of WCAG 1.4.12", async () => {
  const spacing = `* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`;
  await each(forms(), { viewport: { width: 320, height: 640 } }, async (page, name) => {
    await restyle(page, spacing);
    assert.equal(await overflow(page), "", name);
  });
});

test("state, sum, last day and the way to pay are on the first screen of a telephone", async () => {
  const names = kAsking.flatMap((state) => pages.languages.map((each) => `${state}.${each}`));
  await each(names, {}, async (page, name) => {
    for (const part of [".state", ".sum", ".by", ".hero .button"]) {
      const box = await page.locator(part).boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 844, `${name} ${part}`);
    }
  });
});

test("a page is one request and a stream, and stays within its bytes", async () => {
  const tab = await open(browser);
  const requests: string[] = [];
  tab.page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requests.push(request.url());
  });
  const listening = tab.page.waitForRequest("**/live?*");
  await tab.page.goto(address("instalments.sv"));
  await listening;
  assert.deepEqual(requests, [address("instalments.sv"), `${server.url}/live?v=1`]);
  await tab.close();
  for (const [name, body] of Object.entries(bodies)) {
    const css = body.match(/<style>(.*?)<\/style>/s)![1];
    const script = body.match(/<script>(.*?)<\/script>/s)?.[1] ?? "";
    const html = gzipSync(body.replace(css, "").replace(script, "")).length;
    assert.ok(html <= 12_000, `${name}: ${html} bytes of HTML`);
    assert.ok(gzipSync(css).length <= 8_000, `${name}: ${gzipSync(css).length} bytes of CSS`);
    assert.ok(gzipSync(script).length <= 2_000, `${name}: ${gzipSync(script).length} of script`);
  }
});

test("the page has nothing that its policy refuses", async () => {
  await each(["open.sv", "hostile.sv", "unknown.en"], {}, async (page, name) => {
    assert.equal(await page.locator("[style], [onclick], script[src]").count(), 0, name);
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(colour, "rgb(245, 244, 240)", name);
  });
});

test("language of page, links and addresses agree", async () => {
  await each(all(), {}, async (page, name) => {
    const language = name.split(".")[1];
    const found = await page.evaluate(() => ({
      lang: document.documentElement.lang,
      links: [...document.querySelectorAll("nav.languages a")].map((link) => ({
        href: link.getAttribute("href"), lang: link.lang, hreflang: link.hreflang,
        current: link.getAttribute("aria-current"),
      })),
    }));
    assert.equal(found.lang, language, name);
    assert.deepEqual(found.links, pages.languages.map((each) => ({
      href: `?l=${each}`, lang: each, hreflang: each, current: each === language ? "true" : null,
    })), name);
  });
});

test("tab order is the order of the page, and nothing with the focus is covered", async () => {
  await each(forms(["sv"]), {}, async (page, name) => {
    const expected = await page.evaluate(() =>
      [...document.querySelectorAll("a[href], button, summary")].map((each) => each.outerHTML));
    for (const html of expected) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const box = element.getBoundingClientRect();
        const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return {
          html: element.outerHTML,
          seen: element === at || element.contains(at),
          outline: getComputedStyle(element).outlineWidth,
        };
      });
      assert.equal(focused.html, html, name);
      assert.ok(focused.seen, `${name}: ${html} is covered`);
      assert.equal(focused.outline, "3px", `${name}: ${html}`);
    }
  });
});

test("what can be tapped is large enough", async () => {
  await each(forms(), { viewport: { width: 320, height: 640 } }, async (page, name) => {
    const small = await page.evaluate(() => [...document.querySelectorAll("a[href]")]
      .filter((link) => !link.closest("p") && !link.matches(".skip"))
      .filter((link) => {
        const box = link.getBoundingClientRect();
        return box.height < 44 || box.width < 24;
      }).map((link) => link.outerHTML));
    assert.deepEqual(small, [], name);
  });
});

test("doors lead where they say", async () => {
  const tab = await open(browser, { javaScriptEnabled: false });
  await tab.page.goto(address("open.sv"));
  for (const [door, place] of [[".hero .button", "#pay"], [".doors a:last-child", "#lines"],
                               [".head a", "#languages"]]) {
    await tab.page.locator(door).click();
    assert.ok(tab.page.url().endsWith(place), door);
    assert.ok(await tab.page.locator(place).isVisible(), place);
  }
  await tab.close();
});

test("one heading of the first level, then a heading for each section", async () => {
  await each(forms(["en"]), {}, async (page, name) => {
    const levels = await page.evaluate(() =>
      [...document.querySelectorAll("h1, h2, h3")].map((each) => Number(each.tagName[1])));
    assert.equal(levels[0], 1, name);
    assert.equal(levels.filter((level) => level === 1).length, 1, name);
    levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, name));
  });
});

test("an OCR number is copied without the gaps that are seen in it", async () => {
  await each(["open.sv"], {}, async (page) => {
    const digits = page.locator("dd.digits");
    await digits.selectText();
    assert.equal(await page.evaluate(() => getSelection().toString()), "100012392");
    const [first, second] = await digits.locator("span").all();
    const gap = (await second.boundingBox()).x -
      ((await first.boundingBox()).x + (await first.boundingBox()).width);
    assert.ok(gap >= 4, `${gap} pixels`);
  });
});

test("the QR code is read from the screen in light and dark", async () => {
  try {
    execFileSync("zbarimg", ["--version"], { stdio: "ignore" });
  } catch {
    return test.skip(true, "zbarimg (Debian's zbar-tools) is not installed");
  }
  const expected: Record<string, RegExp> = {
    "open.sv": /^https:\/\/faktura\.aurora\.example\/b\//,
    "euro.fi": /^BCD\n002\n1\nSCT\nNDEAFIHH\nRevontuli Oy\nFI2112345600000785\nEUR39\.90\n\nRF/,
  };
  for (const colorScheme of ["light", "dark"]) {
    await each(Object.keys(expected), { colorScheme }, async (page, name) => {
      const picture = join(folder, "qr.png");
      writeFileSync(picture, await page.locator(".qr").screenshot());
      const read = execFileSync("zbarimg", ["--quiet", "--raw", picture], { encoding: "utf8" });
      assert.match(read, expected[name], `${name} ${colorScheme}`);
    });
  }
});

test("paper has the slip, the rows and nothing to press, on two pages at most", async () => {
  await each(forms(["sv", "de"]), {}, async (page, name) => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const gone of [".button", ".doors", ".languages", ".skip", ".screen"]) {
      for (const element of await page.locator(gone).all()) {
        assert.ok(!(await element.isVisible()), `${name} ${gone}`);
      }
    }
    for (const stays of [".sum", ".slip", ".qr", ".rows"]) {
      for (const element of await page.locator(stays).all()) {
        assert.ok(await element.isVisible(), `${name} ${stays}`);
      }
    }
    const ink = await page.evaluate(() => {
      const hero = document.querySelector(".hero") ?? document.querySelector(".card");
      return [getComputedStyle(hero).color, getComputedStyle(document.body).backgroundColor];
    });
    assert.deepEqual(ink, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], name);
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const count = paper.match(/\/Type\s*\/Page\b(?!s)/g).length;
    assert.ok(count <= 2, `${name}: ${count} pages`);
    await page.emulateMedia({ media: null, colorScheme: null });
  });
});

test("forced colours keep edges, bars and the ring of the focus", async () => {
  await each(["instalments.sv"], { forcedColors: "active" }, async (page) => {
    const seen = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return {
        hero: style(".hero").borderTopWidth,
        button: style(".button").borderTopWidth,
        track: style(".track").fill,
        done: style(".done").fill,
      };
    });
    assert.equal(seen.hero, "1px");
    assert.equal(seen.button, "1px");
    assert.notEqual(seen.track, seen.done);
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(ring, "solid");
  });
});

test("a sum of any length stays on one line inside the hero", async () => {
  const names = kAsking.flatMap((state) => pages.languages.map((each) => `${state}.${each}`));
  await each(names, { viewport: { width: 320, height: 640 } }, async (page, name) => {
    const [lines, end, edge] = await page.evaluate(() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(".sum"));
      return [range.getClientRects().length, range.getBoundingClientRect().right,
              document.querySelector(".hero").getBoundingClientRect().right];
    });
    assert.equal(lines, 1, name);
    assert.ok(end <= edge, `${name}: ${end} beyond ${edge}`);
  });
});

test("the column beside the reasons can be read to its end", async () => {
  await each(["open.sv", "instalments.de", "paid.sv"], { viewport: { width: 1280, height: 720 } },
    async (page, name) => {
      const last = page.locator(".stays section").last();
      await last.evaluate((each) => each.scrollIntoView({ block: "end", behavior: "instant" }));
      const box = (await last.boundingBox())!;
      assert.ok(box.y + box.height <= 721, `${name}: ends at ${box.y + box.height}`);
    });
});
