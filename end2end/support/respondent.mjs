// Someone who answers the survey, question by question, with whatever the page offers.

import assert from "node:assert/strict";

import { followed } from "./answering.mjs";

/** What the respondent wants to say; anything else gets the first option. */
export const PLAN = {
  employment: "employee",
  supervise: "s10",
  age_band: "pnts",
  ai_use: "daily",
  ai_tasks: ["write", "find"],
  preset_by_system: ["draft"],
  quote_consent: "public",
  consent_open_data: "yes",
  attention: "rarely",
};

const SHORT = { zh: "听人说话", en: "Listening" };
const LONG = {
  zh: "知道理由，也能说不。比如排班可以商量。",
  en: "Knowing the reasons and being able to say no. For example, shifts we can talk about.",
};

/**
 * From the consent page to the receipt; returns the code. `base` is where the survey lives, `dice(n)`
 * picks one of n, for a respondent who varies; `looks` is whether every page is judged; `toReview` ends
 * it where the answers are looked over.
 */
export async function takeSurvey(
  person,
  { plan = PLAN, dice, looks = true, toReview = false, onSection = async () => {}, base = `/${person.lang}` } = {},
) {
  const { page } = person;
  const look = () => (looks ? person.look() : undefined);
  await person.goto(`${base}/survey`);
  await look();
  await page.locator('input[name^="consent"][value="yes"]').check();
  await person.press(page.locator('form[action$="/survey"] button[type=submit]'));

  const seen = new Set();
  for (let step = 0; step < 25; step += 1) {
    const code = page.locator(".receipt .code");
    if (await code.isVisible()) return { code: (await code.innerText()).trim(), seen };
    if (toReview && (await page.locator("section.part").count()) > 0) return { seen };
    const title = await page.locator("#section-title").innerText();
    for (const id of await answerSection(person, plan, dice)) seen.add(id);
    await onSection(title);
    await look();
    await forward(person, title);
  }
  throw new Error("the survey does not end");
}

/** What the form says, by question: a section that is shown again replaces what it said before. */
export async function chosen(page, known) {
  const { ids, pairs } = await page.locator("main form").evaluate((form) => ({
    ids: [...form.querySelectorAll(".question[id]")].map((question) => question.id.replace(/^q-/, "")),
    pairs: [...new FormData(form)].filter(([name, value]) => value && !name.startsWith("page-")),
  }));
  for (const id of ids) {
    const of = ([name]) => name === id || name.startsWith(`${id}.`) || name.startsWith(`${id}__`);
    known.set(id, pairs.filter(of).map((pair) => pair.join("=")));
  }
}

/** Presses the button that goes on, and waits until something else is there. */
export async function forward(person, title) {
  const { page, js } = person;
  const button = page.locator(".bar button[type=submit]:not(.quiet)").last();
  if (!js) {
    await person.press(button);
    return;
  }
  // A section may have several screens: then the heading stays and the questions change.
  const shown = () =>
    [...document.querySelectorAll(".question[id]")].filter((q) => !q.hidden).map((q) => q.id).join();
  const before = await page.evaluate(shown);
  await button.click();
  await page.waitForFunction(
    ([title, before]) => {
      const heading = document.querySelector("#section-title")?.innerText;
      const shown = [...document.querySelectorAll(".question[id]")].filter((q) => !q.hidden).map((q) => q.id).join();
      return heading && (heading !== title || shown !== before);
    },
    [title, before],
  );
}

async function answerSection(person, plan, dice) {
  const { page, js } = person;
  const done = new Set();
  for (let questions = 0; questions < 200; questions += 1) {
    if (js) await followed(page);
    const ids = await page
      .locator(".question[id]:not([hidden])")
      .evaluateAll((all) => all.map((q) => q.id.replace(/^q-/, "")));
    const next = ids.find((id) => !done.has(id));
    if (!next) return done;
    await answer(person, next, plan, dice);
    done.add(next);
  }
  return assert.fail("the section does not end");
}

async function answer({ page, lang }, id, plan, dice) {
  const question = page.locator(`[id="q-${id}"]`);
  const has = async (selector) => (await question.locator(selector).count()) > 0;
  const wanted = plan[id];

  if (await has("select")) {
    const selects = question.locator("select");
    for (let place = 0; place < (await selects.count()); place += 1) {
      await selects.nth(place).selectOption({ index: place + 1 });
    }
  } else if (await has("button.rank")) {
    for (let place = 0; place < 3; place += 1) await question.locator("button.rank").nth(place).click();
  } else if (await has("table.best-worst")) {
    for (const table of await question.locator("table.best-worst").all()) {
      await table.locator('tbody tr:first-child input[name$=".best"]').check();
      await table.locator('tbody tr:last-child input[name$=".worst"]').check();
    }
  } else if (await has("fieldset.matrix-row")) {
    const rows = question.locator("fieldset.matrix-row:visible");
    for (const row of (await rows.all()).slice(0, id === "votes" ? 3 : undefined)) {
      const name = await row.locator("input").first().getAttribute("name");
      const value = name.endsWith("__att") ? plan.attention : null;
      const inputs = row.locator("input");
      const at = dice ? dice(await inputs.count()) : 1;
      await (value ? row.locator(`input[value="${value}"]`) : inputs.nth(at)).check();
    }
  } else if (await has("textarea")) {
    await question.locator("textarea").fill(LONG[lang]);
  } else if (await has(`input[type=checkbox][name="${id}"]`)) {
    for (const value of wanted ?? []) await question.locator(`input[value="${value}"]`).check();
    const open = question.locator("input[type=checkbox]:not([data-exclusive])");
    if (!wanted) await open.nth(dice ? dice(await open.count()) : 0).check();
  } else if (await has(`input[type=radio][name="${id}"]`)) {
    const input = wanted
      ? question.locator(`input[name="${id}"][value="${wanted}"]`)
      : question.locator(`input[name="${id}"]`).nth(dice ? dice(await question.locator(`input[name="${id}"]`).count()) : 0);
    await input.check();
  } else if (await has(`input[type=text][name="${id}"]`)) {
    const numeric = await question.locator("input[inputmode]").count();
    await question.locator(`input[name="${id}"]`).fill(wanted ?? (numeric ? String(dice ? dice(20) : 3) : SHORT[lang]));
  } else if (await question.evaluate((q) => q.classList.contains("statement"))) {
    // Only to be read.
  } else {
    assert.fail(`no way to answer ${id}`);
  }
}
