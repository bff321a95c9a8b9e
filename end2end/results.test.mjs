// Charts as people use them: by themselves, as a picture, and before sending one's own answers.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { launch, visit } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

let browser;
let site;

before(async () => {
  browser = await launch();
  site = await startSite();
  for (const seed of ["5", "6"]) {
    await site.partake("simulate", "--responses", "400", "--seed", seed);
    await site.partake("release", "cut");
  }
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const CHARTS = ["employment", "agency", "taking_part", "bws_conditions", "tradeoff_offer", "change_rank"];
const WAYS = [
  { lang: "zh", viewport: "phone", js: true, dark: true },
  { lang: "en", viewport: "desktop", js: true },
  { lang: "en", viewport: "phone", js: false },
];

for (const way of WAYS) {
  const name = `${way.lang}, ${way.viewport}, ${way.js ? "with" : "without"} scripts`;
  test(`each chart stands by itself: ${name}`, async (t) => {
    const person = await visit(t, browser, site, way);
    for (const chart of CHARTS) {
      await person.goto(`/${way.lang}/results/2/charts/${chart}`);
      assert.equal(await person.page.locator(`figure#${chart}`).count(), 1);
      const levels = await person.page.locator("h1, h2, h3, h4").evaluateAll((all) => all.map((h) => +h.localName[1]));
      assert.ok(levels.every((level, at) => level <= (levels[at - 1] ?? 0) + 1), `${chart}: ${levels}`);
      assert.ok((await person.page.locator(".over-time svg .dot").count()) >= 2, `${chart}: both releases`);
      await person.look();
    }
    await person.goto(`/${way.lang}/results/method`);
    await person.look();
    await person.leave();
  });
}

async function savesPng(person, control) {
  const [download] = await Promise.all([person.page.waitForEvent("download"), control.click()]);
  assert.equal(download.suggestedFilename(), "partake-1-employment.png");
  const bytes = await readFile(await download.path());
  assert.equal(bytes.subarray(1, 4).toString("latin1"), "PNG");
  assert.equal(bytes.readUInt32BE(16), 1760, "two points for each point of the drawing");
}

for (const js of [true, false]) {
  test(`a chart is saved as a PNG that the server made, ${js ? "with" : "without"} scripts`, async (t) => {
    const person = await visit(t, browser, site, { lang: "zh", viewport: "desktop", js });
    await person.goto("/zh/results/1/charts/employment");
    await savesPng(person, person.page.getByRole("link", { name: "PNG" }));
    const shared = await person.page.locator('meta[property="og:image"]').getAttribute("content");
    const picture = await person.context.request.get(shared);
    assert.equal(picture.headers()["content-type"], "image/png");
    await person.leave();
  });
}

test("where the server has no letters, the browser makes the PNG", async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), "partake-fonts-"));
  t.after(() => rm(folder, { recursive: true }));
  const fonts = path.join(folder, "fonts.conf");
  await writeFile(fonts, `<fontconfig><dir>${folder}/none</dir></fontconfig>`);
  const bare = await startSite({ FONTCONFIG_FILE: fonts });
  t.after(() => bare.close());
  await bare.partake("simulate", "--responses", "60", "--seed", "5");
  await bare.partake("release", "cut");
  const person = await visit(t, browser, bare, { lang: "zh", viewport: "desktop" });
  await person.goto("/zh/results/1/charts/employment");
  assert.equal(await person.page.locator('meta[property="og:image"]').count(), 0);
  const refused = await person.context.request.get(`${bare.origin}/zh/results/1/charts/employment.png`);
  assert.equal(refused.status(), 404, "none is made with holes in it");
  await savesPng(person, person.page.getByRole("button", { name: "PNG" }));
  await person.leave();
});

test("the picture opens by itself and draws its text", async (t) => {
  const person = await visit(t, browser, site, { lang: "en", viewport: "desktop" });
  await person.page.goto("/en/results/1/charts/agency.svg");
  const texts = await person.page.evaluate(() =>
    [...document.querySelectorAll("text")].map((t) => t.textContent),
  );
  assert.ok(texts.some((text) => text.includes("Release 1")), texts.join("|"));
  const outside = await person.page.evaluate(() =>
    [...document.querySelectorAll("text")]
      .filter((t) => t.getBBox().x < 0 || t.getBBox().x + t.getBBox().width > 880)
      .map((t) => t.textContent),
  );
  assert.deepEqual(outside, []);
  await person.leave();
});
