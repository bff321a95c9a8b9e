// The shortest way through the survey, for tests of what may happen on it.

import assert from "node:assert/strict";

import { visit } from "./browser.mjs";

const RETIRED = { employment: "retired", ai_use: "never" };

export const heading = (page) => page.locator("#section-title").innerText();

/** Waits until what follows from an answer is on the screen: two frames for the answer, two for what follows. */
export const followed = (page) =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 4; frames += 1) {
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    }
  });

/** Somebody on a phone whose network and server may fail. */
export async function arriveAt(t, browser, site, way = {}) {
  const person = await visit(t, browser, site, { lang: "en", viewport: "phone", ...way });
  person.expecting(422, 429, 503, "ERR_INTERNET_DISCONNECTED", "ERR_FAILED");
  return person;
}

export async function begin(person, { shared = false } = {}) {
  const { page, lang } = person;
  await person.goto(`/${lang}/survey`);
  await page.locator('input[name="consent_main"][value="yes"]').check();
  if (shared) await page.locator('input[name="shared"]').check();
  await person.press(page.locator('form[action$="/survey"] button[type=submit]'));
}

/** Answers what is required and presses on; stops at the review, or at section `stop`. */
export async function walk({ page }, { stop = "review", each = async () => {} } = {}) {
  for (let step = 0; step < 15; step += 1) {
    const at = new URL(page.url()).pathname.split("/").pop();
    if (at === stop) return;
    for (const [name, value] of Object.entries(RETIRED)) {
      const input = page.locator(`input[name="${name}"][value="${value}"]`);
      if (await input.count()) await input.check();
    }
    await each(step);
    await followed(page);
    const before = await heading(page);
    await page.locator(".bar button[type=submit]").click();
    await page.waitForFunction((was) => document.querySelector("#section-title")?.innerText !== was, before);
  }
  assert.fail("the survey does not end");
}

export const submit = (page) => page.locator(".bar button[type=submit]").click();

export async function receipt(page) {
  await page.locator(".receipt .code").waitFor({ timeout: 20_000 });
  return (await page.locator(".receipt .code").innerText()).trim();
}
