// How fast answering is on a slow phone: the network and the processor are slowed as Lighthouse's
// mobile emulation slows them. Prints each figure beside its limit and fails over any.
//
// PARTAKE_BIN=target/release/partake node bars/answering.mjs

import assert from "node:assert/strict";

import { Person, launch } from "../support/browser.mjs";
import { takeSurvey } from "../support/respondent.mjs";
import { startSite } from "../support/site.mjs";

const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const CPU_SLOWDOWN = 4;
const PHONE = { width: 412, height: 823 };
const ANSWERABLE_MS = 1500;
const PAINT_MS = 50;
const VISITS = 5;

const median = (of) => [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)];

/** A page on a slow phone; `cold` has nothing in its cache. */
async function phone(browser, site, { lang = "en", network = true } = {}) {
  const person = await Person.arrive(browser, site, { lang, viewport: "phone" });
  await person.page.setViewportSize(PHONE);
  const session = await person.context.newCDPSession(person.page);
  // The window is made as high as the page, bars and all: what lies below its edge is never drawn, and
  // an answer there seems to be shown only with the next thing that is.
  const { windowId } = await session.send("Browser.getWindowForTarget");
  const bounds = { width: PHONE.width + 200, height: PHONE.height + 300 };
  await session.send("Browser.setWindowBounds", { windowId, bounds });
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  if (network) {
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", NETWORK);
  }
  return { ...person, person, session };
}

/** Milliseconds from pressing "begin" until the runner answers to the first question. */
async function firstQuestion(browser, site, lang, { cold }) {
  const { person, page, session } = await phone(browser, site, { lang });
  await person.goto(`/${lang}/survey`);
  await page.locator('input[name="consent_main"][value="yes"]').check();
  if (cold) await session.send("Network.clearBrowserCache");
  await page.addInitScript(() => {
    const look = () => {
      const live = document.querySelector("form.runner input");
      if (live) globalThis.answerable = performance.now();
      else requestAnimationFrame(look);
    };
    look();
  });
  await person.press(page.locator('form[action$="/survey"] button[type=submit]'));
  await page.waitForFunction(() => globalThis.answerable);
  const ms = await page.evaluate(() => globalThis.answerable);
  await person.leave();
  return ms;
}

/** The longest time from a touch or a key to the next paint, over a whole survey. */
async function slowestAnswer(browser, site, lang) {
  const { person, page } = await phone(browser, site, { lang, network: false });
  await page.addInitScript(() => {
    globalThis.slow = [];
    new PerformanceObserver((list) => {
      for (const { name, startTime, duration, target, processingStart, processingEnd } of list.getEntries()) {
        if (!/^(pointerup|click|keydown|keyup|input|change)$/.test(name)) continue;
        // Going to another part is not an answer; what was pressed for it is no longer there.
        if (!target?.closest?.(".question")) continue;
        globalThis.slow.push({ name, duration, waited: processingStart - startTime, busy: processingEnd - processingStart, at: target?.name ?? target?.className ?? "" });
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
  });
  const found = [];
  let answers = 0;
  await takeSurvey(person, {
    looks: false,
    onSection: async () => {
      answers += await page.locator("input:checked").count();
      // Entries come after the paint that they wait for.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
      found.push(...(await page.evaluate(() => globalThis.slow.splice(0))));
    },
  });
  await person.leave();
  found.sort((a, b) => b.duration - a.duration);
  return { answers, found };
}

const browser = await launch();
const site = await startSite();
const over = [];
const judge = (what, ms, most) => {
  console.log(`${what}: ${ms.toFixed(0)} ms, at most ${most} ms`);
  if (ms > most) over.push(what);
};
try {
  for (const lang of ["zh", "en"]) {
    for (const cold of [false, true]) {
      const times = [];
      for (let visit = 0; visit < VISITS; visit += 1) times.push(await firstQuestion(browser, site, lang, { cold }));
      const what = `first question answerable, ${lang}`;
      // Nobody comes to the first question but through the consent page, which loads the same files.
      if (cold) console.log(`${what}, were nothing cached: ${median(times).toFixed(0)} ms`);
      else judge(`${what}, after the consent page (median of ${VISITS})`, median(times), ANSWERABLE_MS);
    }
    const { answers, found } = await slowestAnswer(browser, site, lang);
    assert.ok(answers >= 30, `${answers} answers were given`);
    const [slowest = { duration: 16, name: "none over 16 ms", at: "" }] = found;
    judge(`an answer to the next paint, ${lang}, slowest of ${answers} (${slowest.name} on ${slowest.at})`, slowest.duration, PAINT_MS);
    for (const { name, duration, waited, busy, at } of found.slice(0, 5)) {
      console.log(`  ${name} on ${at}: ${duration} ms: begun after ${waited.toFixed(0)}, at work for ${busy.toFixed(0)}`);
    }
  }
} finally {
  await browser.close();
  await site.close();
}
if (over.length > 0) {
  console.error(`over its limit: ${over.join("; ")}`);
  process.exitCode = 1;
}
