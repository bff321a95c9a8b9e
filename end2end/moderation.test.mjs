// Moderation as both sides live it: a newcomer who waits, mends, appeals and is heard; a moderator
// who clears a queue without a mouse; two who meet at one comment.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setInterval } from "node:timers/promises";

import { launch, visit } from "./support/browser.mjs";
import { appoint, signIn, signUp } from "./support/member.mjs";
import { startSite } from "./support/site.mjs";

const SAY = {
  zh: { first: "说这种话的人真没脑子。", second: "没脑子的人才这么说。", sentence: "请谈观点，不要评价人。", appeal: "这是引用书里的话。", answer: "确实是引文，已恢复。", merged: "刚才已有别人处理过", told: ["等你修改", "被移除了", "原决定已撤销"] },
  en: { first: "Only a fool would say that.", second: "A fool might say that.", sentence: "Speak of the view, not of the person.", appeal: "This quotes a book.", answer: "It is a quotation; it is back.", merged: "Somebody decided this meanwhile", told: ["withheld until you change it", "was removed", "the decision is taken back"] },
};
const WAYS = [
  { lang: "zh", viewport: "phone", js: true },
  { lang: "en", viewport: "desktop", js: true },
  { lang: "en", viewport: "phone", js: false },
  { lang: "zh", viewport: "desktop", js: false },
];

/** More pages than the queue fills here. */
const PAGES = 20;

let browser;
let site;

before(async () => {
  browser = await launch();
  site = await startSite();
  for (const handle of ["warden", "umpire"]) await appoint(site, handle, "moderator");
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const arrive = (t, way) => visit(t, browser, site, way);

async function openThread(person, title) {
  const { page, lang } = person;
  await person.goto(`/${lang}/discuss/new`);
  await page.locator('input[name="title"]').fill(title);
  await page.locator('textarea[name="body"]').fill("?!");
  await person.press(page.locator("form.compose button[type=submit]").first());
  return new URL(page.url()).pathname;
}

async function setPremoderation(person, value) {
  const { page, lang } = person;
  await person.goto(`/${lang}/moderation/settings`);
  await person.look();
  await page.locator('select[name="premoderate"]').selectOption(value);
  await person.press(page.locator("form.settings button[type=submit]"));
}

async function decide(person, text, act, sentence) {
  const { page, lang } = person;
  await person.goto(`/${lang}/moderation`);
  const entry = page.locator("ol.queue > li", { hasText: text });
  await entry.locator('select[name="reason"]').selectOption("abuse");
  await entry.locator('.decide textarea[name="note"]').fill(sentence);
  await person.look();
  await person.press(entry.locator(`.decide button[value="${act}"]`));
  assert.equal(await page.locator("ol.queue > li", { hasText: text }).count(), 0);
}

const main = (person) => person.page.locator("main").innerText();

for (const way of WAYS) {
  const name = `${way.lang}, ${way.viewport}, JavaScript ${way.js ? "on" : "off"}`;
  const suffix = `${way.lang}_${way.js ? "js" : "plain"}`;

  test(`a newcomer waits, mends, appeals, and another moderator restores: ${name}`, { timeout: 120_000 }, async (t) => {
    const { lang } = way;
    const say = SAY[lang];
    const warden = await arrive(t, way);
    await signIn(warden, "warden");
    const thread = await openThread(warden, `${suffix}: ?`);
    await setPremoderation(warden, "newcomers");

    const ann = await arrive(t, way);
    ann.expecting(404);
    await signUp(ann, `ann_${suffix}`);
    await ann.goto(thread);
    const form = ann.page.locator('section.join form[action$="/reply"]');
    await form.locator("textarea").fill(say.first);
    if (way.js) {
      await form.locator("button[type=submit]").first().click();
      await ann.page.locator("article.comment", { hasText: say.first }).first().waitFor();
    } else {
      await ann.press(form.locator("button[type=submit]").first());
    }
    await ann.look();
    await ann.goto(thread);
    await ann.press(ann.page.locator('a[href*="/moderation/mine/"]').first());
    await ann.look();
    const mine = new URL(ann.page.url()).pathname;

    // Others see nothing of it.
    const visitor = await arrive(t, way);
    await visitor.goto(thread);
    assert.ok(!(await main(visitor)).includes(say.first));

    // Withheld for a change: she reads why, mends it and sends it in again.
    await decide(warden, say.first, "withhold", say.sentence);
    await ann.goto(mine);
    assert.ok((await main(ann)).includes(say.sentence));
    await ann.look();
    await ann.page.locator('form.compose textarea[name="body"]').fill(say.second);
    await ann.press(ann.page.locator("form.compose button[type=submit]").first());
    await ann.look();

    // Removed again: she appeals.
    await decide(warden, say.second, "remove", say.sentence);
    await ann.goto(mine);
    assert.match(ann.page.url(), /\/moderation\/statement\//);
    assert.ok((await main(ann)).includes("abuse@1"));
    await ann.look();
    await ann.page.locator('form.appeal textarea[name="body"]').fill(say.appeal);
    await ann.press(ann.page.locator("form.appeal button[type=submit]"));
    await ann.look();

    // Not the first moderator, another one decides.
    await warden.goto(`/${lang}/moderation/appeals`);
    assert.ok((await main(warden)).includes(say.appeal));
    assert.equal(await warden.page.locator('main a[href*="/moderation/appeals/"]').count(), 0);
    await warden.look();
    const keeper = await arrive(t, way);
    await signIn(keeper, "umpire");
    await keeper.goto(`/${lang}/moderation/appeals`);
    await keeper.press(keeper.page.locator('main a[href*="/moderation/appeals/"]').first());
    await keeper.look();
    await keeper.page.locator('textarea[name="answer"]').fill(say.answer);
    await keeper.press(keeper.page.locator('button[value="overturn"]'));
    await keeper.look();

    await ann.goto(`/${lang}/moderation/mine`);
    await ann.look();
    await ann.press(ann.page.locator('main a[href*="/moderation/statement/"]').first());
    assert.ok((await main(ann)).includes(say.answer));
    // Everything that was decided stands among her notices, with the rule and the sentence.
    await ann.goto(`/${lang}/discuss/notices`);
    await ann.look();
    const told = await main(ann);
    for (const words of [say.sentence, "abuse@1", ...say.told]) assert.ok(told.includes(words), words);
    await visitor.goto(thread);
    assert.ok((await main(visitor)).includes(say.second));
    for (const path of ["log", "statistics"]) {
      await visitor.goto(`/${lang}/moderation/${path}`);
      await visitor.look();
      assert.ok(!(await main(visitor)).includes(`ann_${suffix}`));
    }
    await visitor.goto(`/${lang}/rules`);
    await visitor.look();
    await setPremoderation(warden, "nobody");
    for (const person of [ann, warden, keeper, visitor]) await person.leave();
  });

  test(`a second moderator is told, and overwrites nothing: ${name}`, { timeout: 60_000 }, async (t) => {
    const { lang } = way;
    const warden = await arrive(t, way);
    await signIn(warden, "warden");
    const bo = await arrive(t, way);
    await signUp(bo, `bo_${suffix}`);
    const thread = await openThread(bo, `${suffix}: !`);
    const cy = await arrive(t, way);
    await signUp(cy, `cy_${suffix}`);
    await cy.goto(`${thread}`);
    await cy.press(cy.page.locator('.opening .acts a[href$="/report"]'));
    await cy.page.locator('input[name="reason"]').first().check();
    await cy.press(cy.page.locator("main form button[type=submit]"));

    const keeper = await arrive(t, way);
    keeper.expecting(409);
    await signIn(keeper, "umpire");
    await keeper.goto(`/${lang}/moderation`);
    const entry = (person) => person.page.locator("ol.queue > li", { hasText: `${suffix}: !` });
    await warden.goto(`/${lang}/moderation`);
    await warden.press(entry(warden).locator('.decide button[value="dismiss"]'));
    await entry(keeper).locator('select[name="reason"]').selectOption("spam");
    await keeper.press(entry(keeper).locator('.decide button[value="remove"]'));
    assert.ok((await main(keeper)).includes(SAY[lang].merged));
    await keeper.look();
    await cy.goto(`/${lang}/moderation/mine`);
    await cy.look();
    for (const person of [warden, keeper, bo, cy]) await person.leave();
  });
}

/** Forty reports that nobody has looked at yet. */
async function fortyReports(seed) {
  await site.partake("simulate", "--responses", "0", "--threads", "3", "--comments", "200", "--reports", "40", "--seed", `${seed}`);
}

const waiting = async (person) => Number(/\d+/.exec(await person.page.locator(".counts strong").first().innerText())?.[0] ?? 0);

/** What was decided together is applied after the seconds in which it can be taken back. */
async function untilNothingWaits(person) {
  const { page, lang } = person;
  const queue = new URL(`/${lang}/moderation`, page.url()).href;
  const end = Date.now() + 30_000;
  for await (const _ of setInterval(500)) {
    const count = /class="counts"[^]*?<strong>(\d+)/.exec(await (await page.request.get(queue)).text())?.[1];
    if (count === "0" || Date.now() > end) break;
  }
  await person.goto(`/${lang}/moderation`);
  assert.equal(await waiting(person), 0);
}

describe("forty reports", () => {
  for (const [seed, lang] of ["en", "zh"].entries()) {
    test(`are cleared by keyboard alone: ${lang}`, { timeout: 120_000 }, async (t) => {
      await fortyReports(1 + seed);
      const warden = await arrive(t, { lang, viewport: "desktop", js: true });
      await signIn(warden, "warden");
      const { page } = warden;
      const press = async (...keys) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const leads = (key) => Promise.all([page.waitForEvent("load"), page.keyboard.press(key)]);
      await warden.goto(`/${lang}/moderation`);
      await warden.look();
      const first = await waiting(warden);
      assert.ok(first >= 40, `${first} wait`);

      // Five one by one: a rule and away, or left.
      await press("j", "1");
      await leads("r");
      await warden.ready();
      // Nothing is decided about a case that nobody chose.
      await press("a");
      assert.equal(await waiting(warden), first - 1);
      for (let n = 0; n < 4; n += 1) {
        await press("j");
        await leads("a");
        await warden.ready();
      }
      assert.equal(await waiting(warden), first - 5);

      // The rest by the page, one of them taken back first.
      await press("X", "4");
      await leads("R");
      await warden.ready();
      await warden.look();
      assert.equal(await page.locator(".notice.batch button").count(), 1);
      await page.locator(".notice.batch button").focus();
      await leads("Enter");
      await warden.ready();
      assert.equal(await waiting(warden), first - 5);
      for (let pages = 0; (await page.locator("[data-case]").count()) > 0; pages += 1) {
        assert.ok(pages < PAGES, "the queue does not empty");
        await press("X");
        await leads("D");
        await warden.ready();
      }
      await untilNothingWaits(warden);
      await warden.look();
      const verified = await site.partake("audit", "verify");
      assert.match(verified, /the log holds/);
      await warden.leave();
    });
  }

  for (const [seed, way] of [
    { lang: "zh", viewport: "phone", js: false },
    { lang: "en", viewport: "desktop", js: false },
  ].entries()) {
    test(`are cleared with plain forms: ${way.lang}, ${way.viewport}`, { timeout: 120_000 }, async (t) => {
      await fortyReports(11 + seed);
      const warden = await arrive(t, way);
      await signIn(warden, "warden");
      const { page, lang } = warden;
      await warden.goto(`/${lang}/moderation`);
      const first = await waiting(warden);
      assert.ok(first >= 40, `${first} wait`);

      // One by itself, with the act undone on the page that follows.
      const entry = () => page.locator("ol.queue > li").first();
      await entry().locator('select[name="reason"]').selectOption("spam");
      await warden.press(entry().locator('.decide button[value="remove"]'));
      assert.equal(await waiting(warden), first - 1);
      await warden.press(page.locator(".notice button").first());

      // The rest by the page: ticked, decided together, once taken back.
      await warden.goto(`/${lang}/moderation`);
      const together = async () => {
        for (const box of await page.locator('ol.queue input[name="item"]').all()) await box.check();
        await warden.press(page.locator('#together button[value="dismiss"]'));
      };
      await together();
      await warden.look();
      await warden.press(page.locator(".notice.batch button"));
      assert.equal(await waiting(warden), first - 1);
      await warden.goto(`/${lang}/moderation`);
      for (let pages = 0; (await page.locator("[data-case]").count()) > 0; pages += 1) {
        assert.ok(pages < PAGES, "the queue does not empty");
        await together();
      }
      await untilNothingWaits(warden);
      await warden.look();
      await warden.leave();
    });
  }

  test("every page of moderation reads well in both languages, light and dark", { timeout: 120_000 }, async (t) => {
    for (const lang of ["zh", "en"]) {
      for (const viewport of ["phone", "desktop"]) {
        const person = await arrive(t, { lang, viewport, js: false, dark: viewport === "phone" });
        await signIn(person, "umpire");
        for (const path of ["", "/appeals", "/review", "/settings", "/statistics", "/mine", "/log"]) {
          await person.goto(`/${lang}/moderation${path}`);
          await person.look();
        }
        await person.leave();
      }
    }
  });
});
