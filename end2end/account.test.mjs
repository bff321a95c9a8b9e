// An account from its first day to its last: codes, sessions, the second step, a lost password,
// and leaving.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { launch, visit } from "./support/browser.mjs";
import { PASSWORD, signIn, signUp } from "./support/member.mjs";
import { startSite } from "./support/site.mjs";

const OTHER = "nine bridges over them";
const SAY = {
  zh: { title: "谁来决定？", body: "我自己。", signedUp: "账号注册好了", once: "只显示这一次", this: "就是这里", on: "两步登录已打开", recovered: "新密码设好了", none: "还没有投过票", gone: "账号已注销", copied: "已复制", missing: "要求两步登录" },
  en: { title: "Who decides?", body: "I do.", signedUp: "Your account is ready", once: "shown only now", this: "this one", on: "Two-step sign-in is on", recovered: "new password is set", none: "not voted on anything", gone: "Your account is deleted", copied: "Copied", missing: "asks for two-step" },
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
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** The code an authenticator shows now. */
function totp(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function fill(person, form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await form.locator(`input[name="${name}"]`).fill(value);
  }
  await person.press(form.locator("button[type=submit]").first());
}

const says = async (person, text) =>
  assert.ok((await person.page.locator("main").innerText()).includes(text), `${person.page.url()} says “${text}”`);

for (const way of WAYS) {
  const script = way.js ? "with" : "without";
  test(`an account in ${way.lang} on a ${way.viewport} ${script} a script`, async (t) => {
    const say = SAY[way.lang];
    const base = `/${way.lang}/account`;
    const handle = `mei_${way.lang}_${way.viewport}`;
    const mei = await visit(t, browser, site, way);
    const { page } = mei;
    mei.expecting(422);

    // Signing up shows ten codes, once.
    await mei.goto(base);
    await mei.look();
    await signUp(mei, handle);
    await says(mei, say.signedUp);
    await says(mei, say.once);
    await mei.look();
    const codes = (await page.locator(".code-list .code").allInnerTexts()).map((code) => code.trim());
    assert.equal(new Set(codes).size, 10);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator('form[action$="/file"] button').click(),
    ]);
    const saved = await readFile(await download.path(), "utf8");
    assert.ok(codes.every((code) => saved.includes(code)) && saved.includes(handle));
    const copy = page.locator(".keep button").first();
    assert.equal(await copy.isVisible(), way.js);
    if (way.js) {
      await mei.context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await copy.click();
      await page.locator(".keep [role=status]", { hasText: say.copied }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), codes.join("\n"));
    }
    await mei.goto(`${base}/recovery-codes`);
    assert.equal(await page.locator(".code-list").count(), 0, "shown once");
    await mei.look();

    // Something of her own.
    await mei.goto(`/${way.lang}/discuss/new`);
    await page.locator('input[name="title"]').fill(say.title);
    await page.locator('textarea[name="body"]').fill(say.body);
    await mei.press(page.locator("form.compose button[type=submit]").first());
    const thread = new URL(page.url()).pathname.split("/").slice(0, 4).join("/");
    await mei.goto(base);
    await says(mei, say.title);
    await mei.look();
    for (const list of ["votes", "reports"]) {
      await mei.goto(`${base}/${list}`);
      await mei.look();
    }
    await mei.goto(`${base}/votes`);
    await says(mei, say.none);

    // Another device is seen and signed out from here.
    const elsewhere = await visit(t, browser, site, { ...way, js: false });
    await signIn(elsewhere, handle);
    await mei.goto(`${base}/sessions`);
    await says(mei, say.this);
    await mei.look();
    assert.equal(await page.locator(".session").count(), 2);
    await mei.press(page.locator(".session button"));
    assert.equal(await page.locator(".session").count(), 1);
    await mei.look();
    await elsewhere.goto(base);
    assert.equal(await elsewhere.page.locator('form[action$="/sign-in"]').count(), 1);
    await elsewhere.leave();

    // The second step.
    await mei.goto(`${base}/two-step`);
    await mei.look();
    await mei.press(page.locator("main form button"));
    await mei.look();
    const secret = await page.locator(".set-up .code").innerText();
    const form = page.locator(".set-up form");
    await fill(mei, form, { current: PASSWORD, code: "000000" });
    assert.equal(await page.locator(".fault").count(), 1);
    assert.equal(await page.locator(".set-up .code").innerText(), secret, "the secret stays");
    await mei.look();
    await fill(mei, page.locator(".set-up form"), { current: PASSWORD, code: totp(secret) });
    await says(mei, say.on);
    await mei.look();

    // Signing in takes a code now; a recovery code will do.
    await mei.goto(base);
    await mei.press(page.locator('form[action$="/sign-out"] button'));
    await signIn(mei, handle);
    await mei.look();
    await fill(mei, page.locator("main form"), { code: "12345" });
    await mei.look();
    await fill(mei, page.locator("main form"), { code: codes[0] });
    await says(mei, say.title);

    // The password is lost.
    await mei.press(page.locator('form[action$="/sign-out"] button'));
    await mei.press(page.locator(`a[href="${base}/recover"]`));
    await mei.look();
    const lost = page.locator("main form");
    await fill(mei, lost, { handle, code: codes[0], password: OTHER, again: OTHER });
    assert.equal(await page.locator(".fault").count(), 1, "a code works once");
    await mei.look();
    await fill(mei, page.locator("main form"), { code: codes[1].toLowerCase(), password: OTHER, again: OTHER });
    await fill(mei, page.locator("main form"), { code: codes[2] });
    await says(mei, say.recovered);

    // Her data, and leaving without a trace.
    const [exported] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(`a[href="${base}/export"]`).click(),
    ]);
    const data = JSON.parse(await readFile(await exported.path(), "utf8"));
    assert.equal(data.comments[0].body, say.body);
    assert.equal(data.second_step, true);
    assert.equal(data.recovery_codes_left, 7);
    await mei.goto(`${base}/delete`);
    await mei.look();
    await page.locator('input[name="words"][value="erase"]').check();
    await fill(mei, page.locator("main form"), { current: OTHER });
    await says(mei, say.gone);
    const gone = await fetch(`${site.origin}${thread}`);
    assert.ok(!(await gone.text()).includes(say.body));
    await mei.leave();
  });
}

test("the command takes off a second step, sets a password and changes a role", async (t) => {
  const way = { lang: "en", viewport: "desktop", js: false };
  const ann = await visit(t, browser, site, way);
  await signUp(ann, "ann_command");
  await ann.goto("/en/account/two-step");
  await ann.press(ann.page.locator("main form button"));
  const secret = await ann.page.locator(".set-up .code").innerText();
  await fill(ann, ann.page.locator(".set-up form"), { current: PASSWORD, code: totp(secret) });
  const listed = JSON.parse(await site.partake("account", "list", "--json"));
  assert.equal(listed.find((one) => one.handle === "ann_command").second_step, true);
  await site.partake("account", "reset-second-step", "--handle", "ann_command");
  await assert.rejects(site.partake("account", "reset-second-step", "--handle", "ann_command"), /no second step/);
  await site.partakeWith(`${OTHER}\n`, "account", "reset-password", "--handle", "Ann_Command");
  await site.partake("account", "set-role", "--handle", "ann_command", "--role", "moderator");
  await signIn(ann, "ann_command", OTHER);
  assert.match(ann.page.url(), /first-password/);
  await ann.look();
  await fill(ann, ann.page.locator("main form"), { password: PASSWORD, again: PASSWORD });
  await ann.goto("/en/moderation");
  await ann.look();
  await ann.leave();
});
