// The switch in the header: whoever changes the language on the way loses nothing, even where
// nothing is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { arriveAt, begin, heading, receipt, submit, walk } from "./support/answering.mjs";
import { launch } from "./support/browser.mjs";
import { chosen, forward, takeSurvey } from "./support/respondent.mjs";
import { startSite } from "./support/site.mjs";

let browser;
let site;

before(async () => {
  browser = await launch();
  site = await startSite();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const arrive = (t, way) => arriveAt(t, browser, site, way);
const stored = async (code) => JSON.parse(await site.partake("response", "show", code));

/** Presses the switch and waits until the page speaks the other language. */
async function change(person, to) {
  const { page, js } = person;
  const language = page.locator("header.site .language");
  if (js) await language.click();
  else await person.press(language);
  await page.waitForFunction((tag) => document.documentElement.lang.startsWith(tag), to);
}

/** Presses what leads to another section. */
async function turn(person, button) {
  const { page, js } = person;
  if (!js) return await person.press(button);
  const before = await heading(page);
  await button.click();
  await page.waitForFunction((was) => document.querySelector("#section-title")?.innerText !== was, before);
}

/** To the first section that asks for a number. */
async function toNumbers(person) {
  await begin(person);
  await person.page.locator('input[name="employment"][value="retired"]').check();
  await forward(person, await heading(person.page));
}

/** Compares every question of the section with what it said before; returns their ids. */
async function saysAsBefore(page, known) {
  const now = new Map();
  await chosen(page, now);
  for (const [id, fields] of now) assert.deepEqual(fields, known.get(id) ?? [], id);
  return [...now.keys()];
}

for (const js of [true, false]) {
  const how = `JavaScript ${js ? "on" : "off"}`;

  test(`on a shared device the language changes and every answer stays: ${how}`, { timeout: 60_000 }, async (t) => {
    const person = await arrive(t, { js });
    const { page } = person;
    await begin(person, { shared: true });
    await page.locator('input[name="employment"][value="retired"]').check();
    await page.locator('input[name="age_band"][value="a65"]').check();
    await change(person, "zh");
    assert.match(page.url(), /\/zh\/survey\/s1_you$/);
    assert.ok(await page.locator('input[name="employment"][value="retired"]').isChecked());
    assert.ok(await page.locator('input[name="age_band"][value="a65"]').isChecked());
    assert.match(await page.locator("main").innerText(), /退休/);
    await person.look();
    await forward(person, await page.locator("#section-title").innerText());
    await change(person, "en");
    assert.match(page.url(), /\/en\/survey\/s2_/);
    assert.doesNotMatch(await page.locator("main form").innerText(), /[\u4e00-\u9fff]/);
    if (js) assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    await person.leave();
  });

  test(`the receipt stays too: ${how}`, { timeout: 120_000 }, async (t) => {
    const person = await arrive(t, { js, lang: "en" });
    const { page } = person;
    let code;
    if (js) {
      await begin(person, { shared: true });
      await walk(person);
      await submit(page);
      code = await receipt(page);
    } else {
      ({ code } = await takeSurvey(person, { looks: false }));
    }
    await change(person, "zh");
    assert.equal(await receipt(page), code);
    assert.match(page.url(), /\/zh\/survey\/receipt$/);
    await person.look();
    await stored(code);
    await person.leave();
  });

  test(`while a stored response is changed: ${how}`, { timeout: 120_000 }, async (t) => {
    const person = await arrive(t, { js });
    const { page } = person;
    const { code } = await takeSurvey(person, { looks: false });
    await person.goto("/en/response");
    await page.locator('input[name="code"]').fill(code);
    await person.press(page.locator("main form button[type=submit]").first());
    await change(person, "zh");
    assert.ok((await page.locator("main").innerText()).includes("受雇"), "the stored answers in the other language");
    await change(person, "en");
    await person.press(page.locator('form[action$="/change"] button'));
    await page.locator('input[name="age_band"][value="a65"]').check();
    await change(person, "zh");
    assert.ok(await page.locator('input[name="age_band"][value="a65"]').isChecked());
    assert.ok(await page.locator('input[name="employment"][value="employee"]').isChecked());
    await person.leave();
  });

  test(`what cannot be read as an answer stays in its field: ${how}`, { timeout: 60_000 }, async (t) => {
    const person = await arrive(t, { js });
    const { page } = person;
    await toNumbers(person);
    const field = page.locator('input[name="outlook_chance"]');
    await field.fill("about ten");
    await change(person, "zh");
    assert.equal(await field.inputValue(), "about ten");
    assert.match(page.url(), /\/zh\/survey\/s2_/);
    await person.leave();
  });

  test(`what is being typed goes along, and leaves the next section alone: ${how}`, { timeout: 60_000 }, async (t) => {
    const person = await arrive(t, { js });
    const { page } = person;
    await toNumbers(person);
    const field = page.locator('input[name="outlook_chance"]');
    await field.fill("12");
    await forward(person, await heading(page));
    await page.locator('input[name="ai_use"][value="never"]').check();
    const known = new Map();
    await chosen(page, known);
    await turn(person, page.locator(".bar button.quiet"));
    assert.equal(await field.inputValue(), "12");
    await field.fill("");
    await field.pressSequentially("34");
    assert.ok(await field.evaluate((it) => it === document.activeElement), "it is not left yet");
    await change(person, "zh");
    assert.equal(await field.inputValue(), "34");
    await forward(person, await heading(page));
    await saysAsBefore(page, known);
    await turn(person, page.locator(".bar button.quiet"));
    assert.equal(await field.inputValue(), "34");
    await person.leave();
  });

  test(`where the answers are looked over the language changes, and each section keeps them: ${how}`, { timeout: 120_000 }, async (t) => {
    const person = await arrive(t, { js });
    const { page } = person;
    const known = new Map();
    await takeSurvey(person, { looks: false, toReview: true, onSection: () => chosen(page, known) });
    const answered = [...known.values()].filter((fields) => fields.length > 0).length;
    assert.ok(answered >= 25, `${answered} questions were answered`);
    await change(person, "zh");
    assert.match(page.url(), /\/zh\/survey\/review$/);
    assert.doesNotMatch(await heading(page), /[a-z]/);
    await turn(person, page.locator(".bar button.quiet"));
    const last = await saysAsBefore(page, known);
    assert.ok(last.length > 0);

    const seen = new Set();
    const toReview = async () => {
      await page.locator(".overview summary").click();
      await turn(person, page.locator('.overview button[formaction$="/review"]'));
    };
    await toReview();
    const parts = await page.locator("section.part").evaluateAll((all) => all.map(({ id }) => id));
    for (const part of parts) {
      await turn(person, page.locator(`[id="${part}"] button.jump`));
      for (const id of await saysAsBefore(page, known)) seen.add(id);
      await toReview();
    }
    assert.deepEqual([...seen].sort(), [...known.keys()].sort(), "every question was seen again");

    await turn(person, page.locator(".bar button[type=submit]:not(.quiet)"));
    const { answers, lang } = await stored(await receipt(page));
    assert.equal(Object.keys(answers).length, answered);
    assert.equal(lang, "zh");
    await person.leave();
  });
}

test("the receipt of a form is told again in the other language, and nothing is stored twice", { timeout: 120_000 }, async (t) => {
  const own = await startSite();
  t.after(() => own.close());
  const person = await arriveAt(t, browser, own, { js: false });
  const { page } = person;
  const { code } = await takeSurvey(person, { looks: false });
  const before = await own.partake("response", "show", code);
  for (const [lang, title, again] of [["zh", "收到了", "之前已经收到过"], ["en", "Received", "already had this response"]]) {
    await change(person, lang);
    assert.ok((await heading(page)).includes(title), await heading(page));
    assert.ok((await page.locator(".receipt > .notice").innerText()).includes(again));
    assert.equal(await receipt(page), code);
    await person.look();
    assert.equal(await own.partake("response", "show", code), before, "what is stored is what was sent");
  }
  // A closed survey releases everything, so its last release counts what is stored. It rounds to
  // the next five: to 35 with one response of ours, to 40 with two.
  await own.partake("simulate", "--responses", "36", "--seed", "1");
  await own.partake("instrument", "close", "partake_core");
  await own.partake("release", "cut");
  const { releases } = await (await fetch(`${own.origin}/api/v1/releases`)).json();
  assert.equal(releases.at(-1).n, 35);
  await person.leave();
});

test("without a network the language stays, and so does everything else", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page, context } = person;
  await begin(person, { shared: true });
  await page.locator('input[name="employment"][value="retired"]').check();
  await context.setOffline(true);
  await page.locator("header.site .language").click();
  await page.locator(".notice", { hasText: "needs a connection" }).waitFor();
  assert.ok(await page.locator('input[name="employment"][value="retired"]').isChecked());
  await context.setOffline(false);
  await change(person, "zh");
  assert.ok(await page.locator('input[name="employment"][value="retired"]').isChecked());
  await person.leave();
});
