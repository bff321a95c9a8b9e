// The switch in the header: whoever changes the language on the way loses nothing, even where
// nothing is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { arriveAt, begin, receipt, submit, walk } from "./support/answering.mjs";
import { launch } from "./support/browser.mjs";
import { forward, takeSurvey } from "./support/respondent.mjs";
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

const arrive = (way) => arriveAt(browser, site, way);
const stored = async (code) => JSON.parse(await site.partake("response", "show", code));

/** Presses the switch and waits until the page speaks the other language. */
async function change(person, to) {
  const { page, js } = person;
  const language = page.locator("header.site .language");
  if (js) await language.click();
  else await person.press(language);
  await page.waitForFunction((tag) => document.documentElement.lang.startsWith(tag), to);
}

for (const js of [true, false]) {
  const how = `JavaScript ${js ? "on" : "off"}`;

  test(`on a shared device the language changes and every answer stays: ${how}`, { timeout: 60_000 }, async () => {
    const person = await arrive({ js });
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

  test(`the receipt stays too: ${how}`, { timeout: 120_000 }, async () => {
    const person = await arrive({ js, lang: "en" });
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

  test(`while a stored response is changed: ${how}`, { timeout: 120_000 }, async () => {
    const person = await arrive({ js });
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
}

test("what cannot be read as an answer stays in its field", { timeout: 60_000 }, async () => {
  const person = await arrive();
  const { page } = person;
  await person.goto("/en/survey");
  await page.locator('input[name="consent_main"][value="yes"]').check();
  await person.press(page.locator('form[action$="/survey"] button[type=submit]'));
  await page.locator('input[name="employment"][value="employee"]').check();
  const { field, typed } = await page.evaluate(() => {
    const text = document.querySelector('form.runner input[type="text"][inputmode]');
    return { field: text?.name, typed: "about ten" };
  });
  if (field) {
    await page.locator(`input[name="${field}"]`).fill(typed);
    await change(person, "zh");
    assert.equal(await page.locator(`input[name="${field}"]`).inputValue(), typed);
  }
  await person.leave();
});

test("without a network the language stays, and so does everything else", { timeout: 60_000 }, async () => {
  const person = await arrive();
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
