// The whole chain as people walk it: answer, cut a release, read it, discuss it, moderate, download.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "./support/browser.mjs";
import { appoint, signIn, signUp } from "./support/member.mjs";
import { takeSurvey } from "./support/respondent.mjs";
import { startSite } from "./support/site.mjs";

const SAY = {
  zh: { title: "这道题问得清楚吗？", body: "我觉得**选项**很全。", reply: "少了一项。", again: "少了哪一项？", edit: "少了“兼职”这一项。", rude: "这是一条应当移走的话。", note: "含有人身攻击。", label: "受雇上班" },
  en: { title: "Is this question clear?", body: "The **options** look complete.", reply: "One is missing.", again: "Which one is it?", edit: "“Part-time” is missing.", rude: "This is a remark that should go.", note: "It attacks a person.", label: "Employed" },
};
const WAYS = [
  { lang: "zh", viewport: "phone", js: true },
  { lang: "en", viewport: "desktop", js: true },
  { lang: "en", viewport: "phone", js: false },
  { lang: "zh", viewport: "desktop", js: false },
];

let browser;
let site;

before(async () => {
  browser = await launch();
  site = await startSite();
  await appoint(site, "warden", "moderator");
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const arrive = (t, way) => visit(t, browser, site, way);

test("/ leads to the browser's language", async () => {
  const asked = async (language) => {
    const response = await fetch(`${site.origin}/`, {
      headers: { "accept-language": language },
      redirect: "manual",
    });
    return [response.status, response.headers.get("location")];
  };
  assert.deepEqual(await asked("zh-CN,zh;q=0.9,en;q=0.5"), [303, "/zh"]);
  assert.deepEqual(await asked("de-DE,de;q=0.9"), [303, "/en"]);
});

test("before the first release the results say why they wait", async (t) => {
  for (const way of WAYS) {
    const person = await arrive(t, way);
    await person.goto(`/${way.lang}/results`);
    await person.look();
    assert.match(await person.page.locator("main").innerText(), /30/);
    await person.leave();
  }
});

for (const way of WAYS) {
  const name = `${way.lang}, ${way.viewport}, JavaScript ${way.js ? "on" : "off"}`;

  test(`someone answers and sees what is stored: ${name}`, { timeout: 240_000 }, async (t) => {
    const person = await arrive(t, way);
    const { page, lang } = person;
    const { code, seen } = await takeSurvey(person);
    assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/);
    for (const id of ["employment", "occupation", "agency", "change_rank", "bws_conditions", "votes"]) {
      assert.ok(seen.has(id), `${id} was asked`);
    }
    await person.look();

    await person.goto(`/${lang}/response`);
    await page.locator('input[name="code"]').fill(code.toLowerCase());
    await person.press(page.locator("main form button[type=submit]").first());
    await person.look();
    assert.ok((await page.locator("main").innerText()).includes(SAY[lang].label));
    await person.leave();
  });
}

test("an unknown receipt is explained beside its field, and what was typed stays", async (t) => {
  const person = await arrive(t, { lang: "en", viewport: "phone", js: false });
  const { page } = person;
  person.expecting(404, 422);
  await person.goto("/en/response");
  await page.locator('input[name="code"]').fill("NOT-A-CODE");
  await person.press(page.locator("main form button[type=submit]").first());
  assert.equal(await page.locator('input[name="code"]').inputValue(), "NOT-A-CODE");
  assert.equal(await page.locator('input[name="code"]').getAttribute("aria-invalid"), "true");
  await person.look();
  await person.leave();
});

describe("with a release", () => {
  before(async () => {
    await site.partake("simulate", "--responses", "500", "--seed", "1");
    await site.partake("release", "cut");
  });

  for (const way of WAYS) {
    const name = `${way.lang}, ${way.viewport}, JavaScript ${way.js ? "on" : "off"}`;

    test(`someone reads the results: ${name}`, async (t) => {
      const person = await arrive(t, { ...way, dark: way.viewport === "phone" });
      const { page, lang } = person;
      await person.goto(`/${lang}/results`);
      await person.look();
      const charts = await page.locator("main svg[role=img]").count();
      const tables = await page.locator("main details table").count();
      assert.ok(charts >= 30, `${charts} charts`);
      assert.ok(tables >= 30, `${tables} tables`);
      await page.locator("main details summary").first().click();
      assert.ok(await page.locator("main details table").first().isVisible());
      await person.goto(`/${lang}/results?by=gender`);
      assert.equal(await person.page.locator("#ai_use .group").count(), 2, "the two groups that are large enough");
      await person.look();
      await person.goto(`/${lang}/results/1`);
      await person.leave();
    });

    test(`people discuss and a moderator acts: ${name}`, { timeout: 120_000 }, async (t) => {
      const say = SAY[way.lang];
      const suffix = `${way.lang}_${way.js ? "js" : "plain"}`;
      const anna = await arrive(t, way);
      await signUp(anna, `anna_${suffix}`);
      await anna.look();
      await anna.goto(`/${way.lang}/discuss`);
      await anna.look();
      await anna.goto(`/${way.lang}/discuss/new?about=employment`);
      await anna.look();
      await anna.page.locator('input[name="title"]').fill(say.title);
      await anna.page.locator('textarea[name="body"]').fill(say.body);
      await anna.press(anna.page.locator("form.compose button[type=submit]").first());
      assert.equal(await anna.page.locator("h1").innerText(), say.title);
      assert.equal(await anna.page.locator("article.opening strong").last().count(), 1);
      await anna.look();
      const thread = new URL(anna.page.url()).pathname;

      const bo = await arrive(t, way);
      await signUp(bo, `bo_${suffix}`);
      await bo.look();
      await bo.goto(thread);
      await reply(bo, bo.page.locator("section.join"), say.reply);
      await anna.goto(thread);
      await reply(anna, anna.page.locator("article.comment", { hasText: say.reply }).last(), say.again);
      await bo.goto(thread);
      await reply(bo, bo.page.locator("article.comment", { hasText: say.again }).last(), say.rude);
      await bo.look();
      await bo.goto(thread);
      assert.equal(await bo.page.locator("article.comment article.comment article.comment").count(), 1);

      // Bo mends the first reply.
      const mine = bo.page.locator("article.comment", { hasText: say.reply }).first();
      await bo.press(mine.locator('.acts a[href$="/edit"]').first());
      await bo.look();
      await bo.page.locator('textarea[name="body"]').fill(say.edit);
      await bo.press(bo.page.locator("form.compose button[type=submit]").first());
      assert.ok((await bo.page.locator("main").innerText()).includes(say.edit));

      // Anna votes for it.
      await anna.goto(thread);
      const votes = () => anna.page.locator("article.comment", { hasText: say.edit }).first().locator('button[name="vote"]');
      if (way.js) await votes().first().click();
      else await anna.press(votes().first());
      await votes().and(anna.page.locator("[aria-pressed=true]")).first().waitFor();
      await anna.look();

      // Anna reports the rude remark.
      await anna.goto(thread);
      const rude = anna.page.locator("article.comment", { hasText: say.rude }).last();
      await anna.press(rude.locator('.acts a[href$="/report"]'));
      await anna.look();
      await anna.page.locator('input[name="reason"]').first().check();
      await anna.press(anna.page.locator("main form button[type=submit]"));

      const warden = await arrive(t, way);
      await signIn(warden, "warden");
      await warden.goto(`/${way.lang}/moderation`);
      await warden.look();
      const entry = warden.page.locator("ol.queue > li", { hasText: say.rude });
      await entry.locator('select[name="reason"]').selectOption({ index: 1 });
      await entry.locator('.decide textarea[name="note"]').fill(say.note);
      await warden.press(entry.locator('.decide button[value="remove"]'));
      await warden.look();
      assert.equal(await warden.page.locator("ol.queue > li", { hasText: say.rude }).count(), 0);

      // Bo sees why, others see that it is gone.
      await bo.goto(thread);
      assert.ok((await bo.page.locator("main").innerText()).includes(say.note));
      await bo.look();
      await anna.goto(thread);
      assert.ok(!(await anna.page.locator("main").innerText()).includes(say.rude));

      // The thread is locked: no way to reply is left.
      await warden.goto(thread);
      await warden.press(warden.page.locator('a[href*="/moderation/thread/"]').first());
      await warden.look();
      await warden.page.locator('input[name="reason"]').first().check();
      await warden.press(warden.page.locator("main form button[type=submit]"));
      await bo.goto(thread);
      assert.equal(await bo.page.locator('form[action$="/reply"]').count(), 0);
      await bo.look();

      await warden.goto(`/${way.lang}/moderation/log`);
      await warden.look();
      assert.ok((await warden.page.locator("main").innerText()).includes(say.note));
      for (const person of [anna, bo, warden]) await person.leave();
    });

    test(`a researcher downloads what was hashed: ${name}`, async (t) => {
      const person = await arrive(t, way);
      const { page, lang } = person;
      await person.goto(`/${lang}/data`);
      await person.look();
      const text = await page.locator("main").innerText();
      for (const file of ["aggregates.csv", "instrument.json"]) {
        const download = page.waitForEvent("download");
        await page.locator(`main a[href$="/${file}"]`).first().click();
        const bytes = await readFile(await (await download).path());
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        assert.ok(text.includes(sha256), `${file} has the hash that the page names`);
      }
      await person.leave();
    });
  }
});

test("every other page reads well in both languages, light and dark", { timeout: 240_000 }, async (t) => {
  for (const lang of ["zh", "en"]) {
    for (const viewport of ["phone", "desktop"]) {
      for (const dark of [false, true]) {
        const person = await arrive(t, { lang, viewport, js: false, dark });
        person.expecting(404);
        for (const path of ["", "/about", "/privacy", "/rules", "/account", "/response", "/survey/receipt", "/survey/s1_you", "/discuss", "/moderation/log", "/data", "/no-such-page"]) {
          await person.goto(`/${lang}${path}`);
          await person.look();
        }
        await person.leave();
      }
    }
  }
});

test("the owner's one-time password has to be changed at once", async (t) => {
  const person = await arrive(t, { lang: "en", viewport: "desktop", js: false });
  await signIn(person, site.owner.handle, site.owner.password);
  assert.match(person.page.url(), /\/account\/first-password/);
  await person.look();
  await person.goto("/en/moderation");
  assert.match(person.page.url(), /\/account/, "nothing is open before the password is changed");
  await person.leave();
});

async function reply(person, place, text) {
  const { page, js } = person;
  const fold = place.locator("details.reply > summary").first();
  if (await fold.count()) await fold.click();
  const form = place.locator('form[action$="/reply"]').first();
  await form.locator("textarea").fill(text);
  const button = form.locator("button[type=submit]").first();
  if (js) {
    await button.click();
    await page.locator("article.comment", { hasText: text }).last().waitFor();
  } else {
    await person.press(button);
  }
  assert.ok((await page.locator("main").innerText()).includes(text));
}
