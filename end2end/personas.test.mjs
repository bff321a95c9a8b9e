// Each persona of the instrument answers in a real browser, and what is stored is what was chosen.
// On the way every page is judged under every way of looking at it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { followed } from "./support/answering.mjs";
import { VIEWPORTS, launch, visit } from "./support/browser.mjs";
import { chosen, takeSurvey } from "./support/respondent.mjs";
import { startSite } from "./support/site.mjs";

const PERSONAS = {
  "worker who uses AI": { employment: "employee", supervise: "s0", ai_use: "daily", ai_tasks: ["write", "find"], preset_by_system: ["draft"] },
  manager: { employment: "employee", supervise: "s10", ai_use: "weekly", ai_tasks: ["plan", "check"], preset_by_system: ["score"] },
  "platform worker": { employment: "platform", supervise: "s0", ai_use: "never", preset_by_system: ["tasks", "price"] },
  student: { employment: "student", ai_use: "many", ai_tasks: ["learn", "write"], preset_by_system: ["feed"] },
  retired: { employment: "retired", ai_use: "never", preset_by_system: ["none"] },
};
const VARIANTS = {
  desktop: { viewport: "desktop" },
  phone: { viewport: "phone" },
  tablet: { viewport: "tablet" },
  "forced colours": { viewport: "desktop", media: { forcedColors: "active" } },
  "reduced motion": { viewport: "phone", media: { reducedMotion: "reduce" } },
  dark: { viewport: "phone", media: { colorScheme: "dark" } },
};
const PLAIN = { forcedColors: "none", reducedMotion: "no-preference", colorScheme: "light" };

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

/** A respondent who varies, and does the same again for the same seed. */
function dice(seed) {
  let state = seed;
  return (n) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * n);
  };
}

/** A stored answer as the fields that a form would carry. */
function fields(id, answer) {
  const [[kind, value]] = Object.entries(answer);
  switch (kind) {
    case "codes":
      return value.map((code) => `${id}=${code}`);
    case "rows":
      return Object.entries(value).map(([row, code]) => `${id}__${row}=${code}`);
    case "ranking":
      return value.map((code, at) => `${id}.${at + 1}=${code}`);
    case "best_worst":
      return value.flatMap(({ best, worst }, at) => [best && `${id}.${at}.best=${best}`, worst && `${id}.${at}.worst=${worst}`]).filter(Boolean);
    default:
      return [`${id}=${value}`];
  }
}

for (const [at, [name, persona]] of Object.entries(PERSONAS).entries()) {
  for (const js of [true, false]) {
    const lang = (at % 2 === 0) === js ? "zh" : "en";
    test(`${name}, ${lang}, JavaScript ${js ? "on" : "off"}: stored as chosen`, { timeout: 120_000 }, async (t) => {
      const person = await visit(t, browser, site, { lang, viewport: js ? "phone" : "desktop", js });
      const known = new Map();
      const plan = { quote_consent: "public", attention: "rarely", ...persona };
      const onSection = () => chosen(person.page, known);
      const { code } = await takeSurvey(person, { plan, dice: dice(7 + at), looks: false, onSection });
      const stored = JSON.parse(await site.partake("response", "show", code));
      const expected = [...known.values()].flat().sort();
      const found = Object.entries(stored.answers).flatMap(([id, answer]) => fields(id, answer)).sort();
      assert.deepEqual(found, expected);
      await person.leave();
    });
  }
}

for (const lang of ["zh", "en"]) {
  test(`no page breaks a rule, however it is looked at: ${lang}`, { timeout: 240_000 }, async (t) => {
    const person = await visit(t, browser, site, { lang, viewport: "desktop" });
    const { page } = person;
    person.expecting(422);
    const everyWay = async (what) => {
      for (const [name, { viewport, media }] of Object.entries(VARIANTS)) {
        await page.setViewportSize(VIEWPORTS[viewport]);
        await page.emulateMedia({ ...PLAIN, ...media });
        await person.look().catch((error) => assert.fail(`${what}, ${name}: ${error.message}`));
      }
      await page.setViewportSize(VIEWPORTS.desktop);
      await page.emulateMedia(PLAIN);
    };
    let sections = 0;
    await takeSurvey(person, {
      looks: false,
      onSection: async (title) => {
        sections += 1;
        await everyWay(title);
      },
    });
    assert.ok(sections >= 8, `${sections} pages were seen`);
    await everyWay("receipt");

    // Sent empty, and left by the browser's back button.
    await page.evaluate(() => localStorage.clear());
    await person.goto(`/${lang}/survey`);
    await person.press(page.locator('form[action$="/survey"] button[type=submit]'));
    await everyWay("consent, sent empty");
    await page.locator('input[name="consent_main"][value="yes"]').check();
    await person.press(page.locator('form[action$="/survey"] button[type=submit]'));
    await page.locator(".bar button[type=submit]").click();
    await page.locator("#summary").waitFor();
    await everyWay("first section, sent empty");
    await page.locator("#summary a").first().click();
    assert.ok(await page.locator("#q-employment").evaluate((q) => q === document.activeElement || q.contains(document.activeElement)));
    assert.ok(await page.locator("#summary").isVisible(), "going to the field keeps the message");
    await page.locator('input[name="employment"]').first().check();
    await followed(page);
    await page.locator(".bar button[type=submit]").click();
    await page.waitForURL("**/s2_*");
    await page.goBack();
    await page.locator('input[name="employment"]').first().waitFor();
    assert.ok(await page.locator('input[name="employment"]').first().isChecked());
    await everyWay("after going back");
    await person.goto(`/${lang}/accessibility`);
    await everyWay("accessibility");
    await person.leave();
  });
}
