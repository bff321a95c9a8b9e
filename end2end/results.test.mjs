// Charts as people use them: by themselves, as a picture, and before sending one's own answers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { Person, launch } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

let browser;
let site;

before(async () => {
  browser = await launch();
  site = await startSite();
  await site.partake("simulate", "--responses", "400", "--seed", "5");
  await site.partake("release", "cut");
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
  test(`each chart stands by itself: ${name}`, async () => {
    const person = await Person.arrive(browser, site, way);
    for (const chart of CHARTS) {
      await person.goto(`/${way.lang}/results/1/charts/${chart}`);
      assert.equal(await person.page.locator(`figure#${chart}`).count(), 1);
      await person.look();
    }
    await person.goto(`/${way.lang}/results/method`);
    await person.look();
    await person.leave();
  });
}

test("a chart is saved as a PNG by the browser that shows it", async () => {
  const person = await Person.arrive(browser, site, { lang: "zh", viewport: "desktop" });
  await person.goto("/zh/results/1/charts/employment");
  const [download] = await Promise.all([
    person.page.waitForEvent("download"),
    person.page.getByRole("button", { name: "PNG" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "partake-1-employment.png");
  const bytes = await readFile(await download.path());
  assert.equal(bytes.subarray(1, 4).toString("latin1"), "PNG");
  assert.equal(bytes.readUInt32BE(16), 1760, "two points for each point of the drawing");
  await person.leave();
});

test("the picture opens by itself and draws its text", async () => {
  const person = await Person.arrive(browser, site, { lang: "en", viewport: "desktop" });
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
