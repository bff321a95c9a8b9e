// Two surveys on one site: the second is published beside the first, and each has its own pages,
// responses, releases, threads and data.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch, visit } from "./support/browser.mjs";
import { signUp } from "./support/member.mjs";
import { takeSurvey } from "./support/respondent.mjs";
import { startSite, until } from "./support/site.mjs";

const SECOND = fileURLToPath(new URL("../instruments/checking/instrument.yaml", import.meta.url));
const BASE = "/en/s/checking";
const PLAN = {
  used: "yes",
  last_day: "2024-03-05",
  kind: "work",
  read_all: "yes",
  changed: ["facts", "tone"],
  sure: "7",
  write_minutes: "10",
  check_minutes: "5",
  parts_facts: "50",
  parts_style: "30",
  parts_rest: "20",
  told: "yes",
  told_later: "yes",
  again: "9",
  term: "assistant",
};
const STORED = {
  used: { code: "yes" },
  kind: { code: "work" },
  changed: { codes: ["facts", "tone"] },
  sure: { code: "7" },
  write_minutes: { number: 10 },
  check_minutes: { number: 5 },
  parts_rest: { number: 20 },
  term: { text: "assistant" },
};

let browser;
let site;

before(async () => {
  browser = await launch();
  site = await startSite();
  // While the server runs: it is not started again.
  await site.partake("instrument", "publish", SECOND);
  await until(async () => (await surveys()).includes("checking"), "the server to see the second survey");
  await site.partake("simulate", "--survey", "checking", "--responses", "200", "--seed", "2");
  await site.partake("release", "cut", "--survey", "checking");
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const api = async (path) => await (await fetch(`${site.origin}/api/v1${path}`)).json();
const surveys = async () => (await api("/surveys")).surveys.map((survey) => survey.survey);

const arrive = (t, way) => visit(t, browser, site, { lang: "en", viewport: "phone", ...way });

test("a survey published while the server runs is there at once, the first one first", async () => {
  assert.deepEqual(await surveys(), ["partake_core", "checking"]);
  const list = await site.partake("instrument", "list");
  assert.match(list, /^partake_core .*: open, people start here, featured$/m);
  assert.match(list, /^checking 1\.0\.0: open, people start here$/m);
});

for (const js of [true, false]) {
  test(`it is answered to its receipt: JavaScript ${js ? "on" : "off"}`, { timeout: 120_000 }, async (t) => {
    const person = await arrive(t, { viewport: js ? "phone" : "desktop", js });
    const { page } = person;
    const { code, seen } = await takeSurvey(person, { base: BASE, plan: PLAN });
    for (const id of ["last_day", "kind", "old_note", "explain", "sure", "parts_rest", "again", "advice"]) {
      assert.ok(seen.has(id), `${id} was shown`);
    }
    await person.look();
    const stored = JSON.parse(await site.partake("response", "show", code));
    assert.equal(stored.survey, "checking");
    for (const [id, answer] of Object.entries(STORED)) assert.deepEqual(stored.answers[id], answer, id);

    // The receipt opens it wherever the code is typed.
    for (const base of [BASE, "/en", "/zh"]) {
      await person.goto(`${base}/response`);
      await page.locator('input[name="code"]').fill(code);
      await person.press(page.locator("main form button[type=submit]").first());
      assert.ok((await page.locator("main").innerText()).includes("assistant"), base);
      assert.ok((await page.locator('form[action$="/change"]').getAttribute("action")).includes("/s/checking/"));
      if (base !== "/zh") await person.look();
    }
    await person.leave();
  });

  test(`a blank that matters is asked about once, then allowed: JavaScript ${js ? "on" : "off"}`, async (t) => {
    const person = await arrive(t, { js });
    const { page } = person;
    await person.goto(`${BASE}/survey`);
    await page.locator('input[name="consent"][value="yes"]').check();
    await person.press(page.locator('form[action$="/survey"] button[type=submit]'));
    const next = page.locator(".bar button[type=submit]:not(.quiet)").last();
    const press = () => (js ? next.click() : person.press(next));
    await page.locator('input[name="used"][value="yes"]').check();
    if (!js) await press(); // brings up the questions that follow
    await press();
    await page.locator("#d-kind").waitFor();
    assert.match(await page.locator("#d-kind").innerText(), /left this one blank/);
    assert.equal(await page.locator("#d-last_day").count(), 0, "only what matters is asked about");
    await person.look();
    await press();
    await page.locator("h1", { hasText: "What you did with it" }).waitFor();
    await person.leave();
  });
}

test("its widgets read well however they are looked at", { timeout: 240_000 }, async (t) => {
  for (const viewport of ["phone", "tablet", "desktop"]) {
    for (const dark of [false, true]) {
      const person = await arrive(t, { viewport, dark, js: viewport !== "tablet" });
      await takeSurvey(person, { base: BASE, plan: PLAN });
      await person.leave();
    }
  }
  const person = await arrive(t, { viewport: "desktop" });
  await person.page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await takeSurvey(person, { base: BASE, plan: PLAN });
  await person.leave();
});

test("it has its own results, and the first survey still has none", { timeout: 120_000 }, async (t) => {
  assert.deepEqual((await api("/releases")).releases, []);
  assert.equal((await api("/surveys/checking/releases")).releases.length, 1);
  for (const js of [true, false]) {
    const person = await arrive(t, { js, viewport: js ? "phone" : "desktop" });
    const { page } = person;
    await person.goto(`${BASE}/results`);
    assert.ok((await page.locator("main svg[role=img]").count()) >= 8);
    assert.equal(await page.locator("#employment").count(), 0, "no chart of the first survey");
    await person.look();
    await person.goto(`${BASE}/results/1`);
    await person.goto("/en/results");
    assert.match(await page.locator("main").innerText(), /30/, "the first survey still waits");
    assert.equal(await page.locator("main svg[role=img]").count(), 0);
    await person.leave();
  }
});

test("it has its own threads", async (t) => {
  const person = await arrive(t, { viewport: "desktop", js: false });
  const { page } = person;
  await signUp(person, "mo");
  await person.goto(`${BASE}/discuss/new?about=sure`);
  await person.look();
  await page.locator('input[name="title"]').fill("Sure of what?");
  await page.locator('textarea[name="body"]').fill("Right in its facts, or right for the reader?");
  await person.press(page.locator("form.compose button[type=submit]").first());
  assert.match(page.url(), /\/en\/s\/checking\/discuss\//);
  await person.look();
  await person.goto(`${BASE}/discuss`);
  assert.ok((await page.locator("main").innerText()).includes("Sure of what?"));
  await person.look();
  await person.goto("/en/discuss");
  assert.ok(!(await page.locator("main").innerText()).includes("Sure of what?"));
  // Counts beside charts are a few seconds old.
  await until(async () => {
    await person.goto(`${BASE}/results`);
    return /1 thread/i.test(await page.locator("#sure").textContent());
  }, "the chart to lead to its thread");
  await person.leave();
});

test("it has its own data", async (t) => {
  const person = await arrive(t, { viewport: "desktop" });
  const { page } = person;
  await person.goto(`${BASE}/data`);
  await person.look();
  const text = await page.locator("main").innerText();
  for (const file of ["aggregates.csv", "instrument.json"]) {
    const download = page.waitForEvent("download");
    await page.locator(`main a[href$="/${file}"]`).first().click();
    const bytes = await readFile(await (await download).path());
    assert.ok(text.includes(createHash("sha256").update(bytes).digest("hex")), `${file} has the hash that the page names`);
    if (file === "instrument.json") assert.equal(JSON.parse(bytes).id, "checking");
  }
  await person.goto("/en/data");
  assert.equal(await page.locator('main a[href$="/aggregates.csv"]').count(), 0, "the first survey has no files yet");
  await person.leave();
});

test("another survey can be featured while the server runs, and paths by name stay", async (t) => {
  const feature = async (survey) => {
    await site.partake("instrument", "feature", survey);
    await until(async () => (await surveys())[0] === survey, `${survey} to be featured`);
  };
  t.after(() => feature("partake_core"));
  await feature("checking");
  const titled = async (path) => await (await fetch(`${site.origin}${path}`)).text();
  assert.match(await titled("/en/survey"), /Checking what a machine wrote/);
  assert.match(await titled("/en/s/checking/survey"), /Checking what a machine wrote/);
  assert.doesNotMatch(await titled("/en/s/partake_core/survey"), /Checking what a machine wrote/);
});
