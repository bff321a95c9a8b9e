// The discussion as people use it: finding, writing, following, reading what is new.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, visit } from "./support/browser.mjs";
import { signUp } from "./support/member.mjs";
import { startSite } from "./support/site.mjs";

const WAYS = [
  { lang: "zh", viewport: "phone", js: true },
  { lang: "en", viewport: "desktop", js: true },
  { lang: "en", viewport: "phone", js: false },
  { lang: "zh", viewport: "desktop", js: false },
];

let browser;
let site;
let count = 0;

before(async () => {
  browser = await launch();
  site = await startSite();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function member(t, way) {
  const person = await visit(t, browser, site, way);
  person.handle = `reader${++count}`;
  await signUp(person, person.handle);
  return person;
}

async function open(person, title, body) {
  const { page, lang } = person;
  await person.goto(`/${lang}/discuss/new`);
  await page.locator('input[name="title"]').fill(title);
  await page.locator('textarea[name="body"]').fill(body);
  await person.press(page.locator("form.compose button[type=submit]").first());
  return new URL(page.url()).pathname;
}

/** Replies by a plain form, whoever watches. */
async function reply(person, path, body) {
  const answer = await person.page.request.post(`${path}/reply`, {
    form: { body },
    headers: { "sec-fetch-site": "same-origin", origin: site.origin },
    maxRedirects: 0,
  });
  assert.equal(answer.status(), 303);
  return answer.headers().location.split("?")[0];
}

for (const way of WAYS) {
  const name = `${way.lang}, ${way.viewport}, JavaScript ${way.js ? "on" : "off"}`;

  test(`words are looked at, published, quoted, changed and found: ${name}`, async (t) => {
    const person = await member(t, way);
    const { page, lang } = person;
    await person.goto(`/${lang}/discuss/new`);
    await page.locator('input[name="title"]').fill("机器与人的角色");
    await page.locator('textarea[name="body"]').fill("**谁**来决定？");
    const preview = page.locator("button[value=preview]");
    if (way.js) await preview.click();
    else await person.press(preview);
    await page.locator("[data-preview] strong").waitFor();
    assert.equal(await page.locator("[data-preview] strong").innerText(), "谁");
    assert.match(await page.locator("[data-count]").innerText(), /10,000/);
    await person.look();
    await person.press(page.locator("form.compose button[type=submit]").first());
    const path = new URL(page.url()).pathname;
    const comment = await reply(person, path, "first words\n\nsecond words");
    await reply(person, path, "中文的一句");

    await person.goto(`${comment}?quote=1`);
    assert.match(await page.locator("#reply-here").inputValue(), /^> first words/);
    await person.look();

    await person.goto(`${comment}/edit`);
    await page.locator('textarea[name="body"]').fill("first thoughts");
    await person.press(page.locator("form.compose button[type=submit]").first());
    await person.press(page.locator(`a[href="${comment}/history"]`).first());
    assert.ok((await page.locator("ins").count()) > 0);
    await person.look();

    await person.goto(path);
    assert.ok((await page.locator(".languages a").count()) === 3);
    await person.look();
    await person.press(page.locator(".languages a").nth(2));
    assert.ok((await page.locator("details.folded").count()) > 0);
    await person.look();
    await person.press(page.locator(".sorts a[href*='sort=active']"));

    await person.goto(`/${lang}/discuss/search`);
    await person.look();
    await page.locator("#q").fill("角色");
    await person.press(page.locator("form.search button"));
    assert.equal(await page.locator("mark").first().innerText(), "角色");
    await person.look();

    await person.goto(`/${lang}/discuss/notices`);
    await person.look();
    await person.leave();
  });
}

/** The preview as it stands, without what the markup of the page puts around it. */
const shown = (page) =>
  page.evaluate(() => ({
    html: document.querySelector("[data-preview] .prose").innerHTML,
    count: document.querySelector("[data-count]").textContent,
    near: document.querySelector("[data-near]").textContent,
  }));

test("a draft is looked at on the device, as the server would show it", async (t) => {
  for (const lang of ["zh", "en"]) {
    const person = await member(t, { lang, viewport: "phone" });
    const { page } = person;
    const asked = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/discuss/preview")) asked.push(request.url());
    });
    await person.goto(`/${lang}/discuss/new`);
    const area = page.locator('textarea[name="body"]');
    for (const body of [
      "**“系统”**替我决定，_这_ 不算。\n\n> 引用\n\n1. 一\n2. 二",
      "| a | b |\n|---|---|\n| 1 | `2` |\n\n~~no~~ https://example.org <b>x</b>",
      "[x](javascript:alert(1)) <img src=x onerror=alert(1)> you idiot",
      "字".repeat(10_001),
    ]) {
      await area.fill(body);
      const answer = await page.request.post(`/${lang}/discuss/preview`, {
        form: { body },
        headers: { "sec-fetch-site": "same-origin", origin: site.origin },
      });
      const told = await answer.json();
      await page.waitForFunction(
        (count) => document.querySelector("[data-count]").textContent === count,
        told.count,
      );
      const here = await shown(page);
      const there = await page.evaluate((html) => {
        const page = new DOMParser().parseFromString(html, "text/html");
        return page.body.innerHTML;
      }, told.html);
      assert.deepEqual(here, { html: there, count: told.count, near: told.near ?? "" });
    }
    assert.deepEqual(asked, [], "nothing of it left the device");
    await area.fill("you idiot");
    await page.waitForFunction(() => document.querySelector("[data-near]").textContent !== "");
    await person.look();
    await person.leave();
  }
});

test("a device that cannot look at a draft lets the server do it", async (t) => {
  const person = await member(t, { lang: "en", viewport: "desktop" });
  const { page } = person;
  person.expected.add("ERR_FAILED");
  await page.route("**/assets/composer*", (route) => route.abort());
  await person.goto("/en/discuss/new");
  await page.locator('textarea[name="body"]').fill("**who** decides");
  await page.locator("[data-preview] strong").waitFor();
  await person.leave();
});

test("votes, drafts, keys and news work without leaving the page", async (t) => {
  const person = await member(t, { lang: "en", viewport: "desktop" });
  const other = await member(t, { lang: "zh", viewport: "phone", js: false });
  const { page } = person;
  const path = await open(other, "Who decides at work?", "opening");
  const comment = await reply(other, path, "a remark");
  await reply(other, comment, "an answer to it");

  await person.goto(path);
  const vote = page.locator(`form[action="${comment}/vote"]`);
  await vote.locator("button").first().click();
  await vote.locator("button[aria-pressed=true]").waitFor();
  assert.match(await vote.locator(".score").innerText(), /^1/);
  await vote.locator("button").first().click();
  await vote.locator("button[aria-pressed=true]").waitFor({ state: "detached" });
  assert.match(await vote.locator(".score").innerText(), /^0/);

  // From the button just pressed the way would go on to the next comment.
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("j");
  const id = comment.split("/").pop();
  assert.equal(await page.evaluate(() => document.activeElement.id), `c${id}`);
  await page.keyboard.press("o");
  assert.equal(await page.locator(`#c${id} > details.replies`).getAttribute("open"), null);
  await page.keyboard.press("o");
  await page.keyboard.press("j");
  await page.keyboard.press("u");
  assert.equal(await page.evaluate(() => document.activeElement.id), `c${id}`);
  await page.keyboard.press("r");
  await page.keyboard.type("half a thought **here**");
  await page.locator(`#c${id} [data-preview] strong`).first().waitFor();
  await person.look();
  await page.reload();
  await person.ready();
  const kept = page.locator(`#reply-${id}`);
  await page.waitForFunction((name) => document.getElementById(name).value !== "", `reply-${id}`);
  assert.equal(await kept.inputValue(), "half a thought **here**");
  await page.locator(`#c${id} form.compose button`).first().click();
  await page.locator(`#c${id} .children strong`, { hasText: "here" }).waitFor();
  await page.reload();
  await person.ready();
  assert.equal(await kept.inputValue(), "", "what was published is no draft any more");

  const before = await page.evaluate(() => window.scrollY);
  const news = await reply(other, path, "something new");
  await page.locator("#live a").waitFor();
  assert.equal(await page.locator("#live a").innerText(), "有 1 条新回复");
  assert.equal(await page.evaluate(() => window.scrollY), before);
  await person.look();
  await person.press(page.locator("#live a"));
  assert.ok(await page.locator(`#c${news.split("/").pop()} .tag.fresh`).first().isVisible());
  await person.leave();
  await other.leave();
});

test("whoever follows a thread is told, and sees it in the head of every page", async (t) => {
  const person = await member(t, { lang: "zh", viewport: "phone", js: false });
  const other = await member(t, { lang: "en", viewport: "desktop", js: false });
  const path = await open(other, "A thread to follow", "opening");
  await person.goto(path.replace("/en/", "/zh/"));
  await person.press(person.page.locator("form.follow button"));
  await reply(other, path, `@${person.handle} see this`);
  await reply(other, path, "and this");
  await person.goto("/zh");
  await person.press(person.page.locator("a.unread"));
  assert.equal(await person.page.locator(".notices li").count(), 2);
  await person.look();
  await person.press(person.page.locator("main form button"));
  assert.equal(await person.page.locator("a.unread").count(), 0);
  await person.leave();
  await other.leave();
});
