// What people write in the survey: read, redacted, cleared or refused by a person, and then a
// shuffled list; and what became of it for whoever holds the code.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, visit } from "./support/browser.mjs";
import { appoint, signIn } from "./support/member.mjs";
import { startSite } from "./support/site.mjs";

const QUESTION = "open_condition";
const LEAST = 10;
/** More pages than a list of these texts has. */
const PAGES = 50;
const SAY = {
  zh: { cleared: "已通过", refused: "已拒绝", back: "已收回", reason: "不展示：", foreign: "不是作者写的" },
  en: { cleared: "Cleared.", refused: "Refused.", back: "Taken back", reason: "Refused: ", foreign: "are not the writer’s" },
};
const WAYS = [
  { lang: "zh", viewport: "phone", js: true, dark: true },
  { lang: "en", viewport: "desktop", js: true },
  { lang: "en", viewport: "phone", js: false },
];

let browser;
let site;
let release = 1;
/** Texts that were refused: none may be on a list. */
const gone = [];
/** What was left of those that were redacted: all of them are to be on it. */
const left = [];

before(async () => {
  browser = await launch();
  site = await startSite();
  await appoint(site, "reader", "researcher");
  await site.partake("simulate", "--responses", "260", "--seed", "9");
  await site.partake("release", "cut");
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function arriveAsReader(t, way) {
  const person = await visit(t, browser, site, way);
  await signIn(person, "reader");
  return person;
}

const entry = (person) => person.page.locator("ol.texts > li").first();
const form = (person, act) => entry(person).locator("form", { has: person.page.locator(`input[value="${act}"]`) });
const said = (person) => person.page.locator("main").innerText();
const written = (person) => entry(person).locator(".as-written").first().innerText();

async function publish(person, words) {
  const place = form(person, "publish");
  if (words !== undefined) await place.locator('textarea[name="words"]').fill(words);
  await person.press(place.locator("button[type=submit]"));
}

for (const way of WAYS) {
  const name = `${way.lang}, ${way.viewport}, ${way.js ? "with" : "without"} scripts`;
  test(`a text is redacted, another refused, a third taken back: ${name}`, async (t) => {
    const words = SAY[way.lang];
    const person = await arriveAsReader(t, way);
    const waiting = `/${way.lang}/moderation/texts?question=${QUESTION}`;
    await person.goto(waiting);
    await person.look();

    person.expecting(422);
    const text = await written(person);
    await publish(person, "I love robots");
    assert.ok((await said(person)).includes(words.foreign), await said(person));
    assert.equal(await form(person, "publish").locator("textarea").inputValue(), "I love robots", "it is kept");
    await person.look();

    const half = [...text].slice(0, 5).join("");
    left.push(`${half}[…]`);
    await publish(person, `${half}[...]`);
    assert.ok((await said(person)).includes(words.cleared), await said(person));

    const refused = await written(person);
    gone.push(refused);
    const no = form(person, "refuse");
    await no.locator('select[name="reason"]').selectOption("identifies");
    await person.press(no.locator("button[type=submit]"));
    assert.ok((await said(person)).includes(words.refused), await said(person));

    await person.goto(`${waiting}&view=decided`);
    const decided = await said(person);
    assert.ok(decided.includes(`${half}[…]`) && decided.includes(refused), "both stand there");
    await person.look();
    // Others may have written the same.
    const entries = person.page.locator("ol.texts > li", { hasText: refused });
    const again = entries.filter({ hasText: words.reason }).first();
    await person.press(again.locator("button[type=submit]"));
    assert.ok((await said(person)).includes(words.back), await said(person));
    await person.leave();
  });
}

test("what was cleared becomes a list that shows no order, and nothing that was refused", async (t) => {
  const person = await arriveAsReader(t, { lang: "en", viewport: "desktop" });
  const order = [];
  await person.goto(`/en/moderation/texts?question=${QUESTION}`);
  for (let n = 0; n < 2 * LEAST; n++) {
    const text = await written(person);
    if (gone.includes(text)) {
      const no = form(person, "refuse");
      await no.locator('select[name="reason"]').selectOption("off_topic");
      await person.press(no.locator("button[type=submit]"));
    } else {
      order.push(text);
      await publish(person);
    }
  }
  await person.leave();

  await site.partake("simulate", "--responses", "60", "--seed", "10");
  await site.partake("release", "cut");
  release += 1;
  for (const way of WAYS) {
    const visitor = await visit(t, browser, site, way);
    await visitor.goto(`/${way.lang}/results`);
    const teaser = visitor.page.locator(`#own-words a[href$="/texts#${QUESTION}"]`);
    assert.equal(await teaser.count(), 1);
    await visitor.goto(`/${way.lang}/results/${release}/texts`);
    await visitor.look();
    const onward = visitor.page.locator(`#${QUESTION} .pages a:not([rel="prev"])`);
    if (await onward.count()) await visitor.press(onward);
    await visitor.look();
    const texts = () => visitor.page.locator(`#${QUESTION} .as-written`).allInnerTexts();
    const list = await texts();
    for (let turned = 0; await onward.count(); turned += 1) {
      assert.ok(turned < PAGES, "the list does not end");
      await visitor.press(onward);
      list.push(...(await texts()));
    }
    assert.ok(list.length >= LEAST, `${list.length} texts`);
    assert.notDeepEqual(list.filter((text) => order.includes(text)), order.slice(0, list.length));
    for (const words of left) assert.ok(list.includes(words), words);
    for (const words of gone) assert.ok(!list.includes(words), words);
    await visitor.leave();
  }
});
