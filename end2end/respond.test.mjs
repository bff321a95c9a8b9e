// Answering when things are not as they should be: no network, no storage, two tabs, a shared
// device, a clock in 1970, nobody's hand on a mouse.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { arriveAt, begin, followed, heading, receipt, submit, walk } from "./support/answering.mjs";
import { launch } from "./support/browser.mjs";
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

const SUBMISSION = "**/survey/receipt";
const stored = async (code) => JSON.parse(await site.partake("response", "show", code));
const arrive = (t, way) => arriveAt(t, browser, site, way);

test("the network may go at any step before the end: nothing is lost and nothing is claimed", { timeout: 120_000 }, async (t) => {
  const person = await arrive(t);
  const { page, context } = person;
  await begin(person);
  let cuts = 0;
  await walk(person, {
    each: async () => {
      await context.setOffline(true);
      await page.locator(".network", { hasText: "no connection" }).waitFor();
      await page.locator(".overview summary").click();
      await context.setOffline(false);
      await page.waitForFunction(() => document.querySelector(".network")?.textContent === "");
      cuts += 1;
    },
  });
  assert.ok(cuts >= 5, `${cuts} cuts`);
  await context.setOffline(true);
  await submit(page);
  await page.locator(".unsent").waitFor();
  assert.equal(await heading(page), "Not sent yet");
  assert.match(await page.locator(".unsent").innerText(), /nothing has left it[^]*still on this device/);
  await person.look();
  await context.setOffline(false);
  const code = await receipt(page);
  assert.match(await heading(page), /Received/);
  assert.deepEqual((await stored(code)).answers.employment, { code: "retired" });
  await person.leave();
});

test("a reply lost on the way: the page does not know, says so, and sending again counts once", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page } = person;
  await begin(person);
  await walk(person);
  await page.route(SUBMISSION, async (route) => {
    await route.fetch();
    await route.abort("failed");
  }, { times: 1 });
  await submit(page);
  await page.locator(".unsent").waitFor();
  assert.match(await heading(page), /No confirmation/);
  const promised = (await page.locator(".unsent .code").innerText()).trim();
  await stored(promised);
  await person.look();
  await page.locator('[data-act="retry"]').click();
  assert.equal(await receipt(page), promised);
  assert.match(await page.locator(".receipt .notice").innerText(), /have not sent a second one/);
  await person.leave();
});

test("a reply lost and the tab closed: the draft says that it was tried", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page, context } = person;
  await begin(person);
  await walk(person);
  await page.route(SUBMISSION, async (route) => {
    await route.fetch();
    await route.abort("failed");
  });
  await submit(page);
  await page.locator(".unsent .code").waitFor();
  const promised = (await page.locator(".unsent .code").innerText()).trim();
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto("/en/survey/review");
  await again.locator(".notice", { hasText: "no confirmation came" }).waitFor();
  await submit(again);
  assert.equal(await receipt(again), promised);
  await person.leave();
});

test("a request that never arrives, and a server that cannot: neither is called sent", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page } = person;
  await begin(person);
  await walk(person);
  await page.route(SUBMISSION, (route) => route.abort("failed"), { times: 1 });
  await submit(page);
  await page.locator(".unsent").waitFor();
  assert.match(await heading(page), /No confirmation/);
  await page.route(SUBMISSION, (route) => route.fulfill({ status: 503, body: "busy" }), { times: 1 });
  await page.locator('[data-act="retry"]').click();
  await page.waitForFunction(() => document.querySelector('[data-act="retry"]'));
  assert.match(await heading(page), /No confirmation/);
  await page.locator('[data-act="retry"]').click();
  await stored(await receipt(page));
  assert.equal(await page.locator(".receipt > .notice").count(), 0, "it is new");
  await page.context().setOffline(true);
  await page.locator('[data-act="beside"]').click();
  await page.locator("#beside [role=status]", { hasText: "cannot be read" }).waitFor();
  await person.leave();
});

test("a receipt is words, a picture and a file, and each of them opens the response", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page } = person;
  await begin(person);
  await walk(person);
  await submit(page);
  const code = await receipt(page);
  await person.look();
  const words = (await page.locator(".stub .words").innerText()).trim();
  assert.equal(words.split(" ").length, 12);
  assert.ok(await page.locator(".stub svg.qr").isVisible());
  const file = decodeURIComponent((await page.locator(".stub a[download]").getAttribute("href")).split(",")[1]);
  assert.ok(file.includes(code) && file.includes(words));
  await page.reload();
  assert.equal(await receipt(page), code, "a reload does not take it away");
  await person.goto("/en/response");
  await page.locator('input[name="code"]').fill(words.toUpperCase().replaceAll(" ", ", "));
  await person.press(page.locator("main form button[type=submit]").first());
  assert.ok((await page.locator("main").innerText()).includes("Retired"));
  await page.goto("about:blank");
  await person.goto(`/en/response#${code}`);
  assert.equal(await page.locator('input[name="code"]').inputValue(), code);
  assert.equal(new URL(page.url()).hash, "", "the code does not stay in the address");
  await person.leave();
});

test("the tab may be loaded again without a network: the draft goes on, and is sent once it is back", { timeout: 90_000 }, async (t) => {
  const person = await arrive(t);
  const { page, context } = person;
  await begin(person);
  await page.locator('input[name="age_band"][value="a65"]').check();
  // What is kept for it is complete when the instrument is there.
  await page.waitForFunction(async () => {
    const held = await (await caches.open("partake-survey")).keys();
    const has = (part) => held.some(({ url }) => url.includes(part));
    return has("/survey/review") && has("/survey/instrument/") && has(".wasm") && has(".css") && held.length >= 7;
  });
  await context.setOffline(true);
  await page.reload();
  await person.ready();
  await page.locator(".notice", { hasText: "draft on this device" }).waitFor();
  assert.ok(await page.locator('input[name="age_band"][value="a65"]').isChecked());
  // What the browser knows of its network, the page says.
  const online = await page.evaluate(() => navigator.onLine);
  assert.equal((await page.locator(".network").textContent()) === "", online);
  await person.look();
  await walk(person);
  await page.reload();
  await person.ready();
  await context.setOffline(false);
  await submit(page);
  const code = await receipt(page);
  assert.deepEqual((await stored(code)).answers.age_band, { code: "a65" });
  const held = await page.evaluate(async () => {
    const cache = await caches.open("partake-survey");
    const texts = [];
    for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
    return texts.join();
  });
  assert.ok(!held.includes(code), "nothing of the response is kept with the pages");
  await person.leave();
});

test("on a shared device no page is kept either", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page } = person;
  await begin(person, { shared: true });
  await walk(person);
  assert.deepEqual(await page.evaluate(async () => [...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations())]), []);
  await person.leave();
});

test("a second tab goes on with the same response, and only one of them sends", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page, context } = person;
  await begin(person);
  await walk(person, { stop: "s3_ai" });
  const other = await context.newPage();
  await other.goto("/en/survey/s1_you");
  await other.locator('form.runner input[name="age_band"][value="a65"]').check();
  await page.locator(".notice", { hasText: "another tab" }).waitFor();
  await other.locator('input[name="employment"][value="retired"]').check();
  await walk({ page: other });
  await submit(other);
  const code = await receipt(other);
  assert.deepEqual((await stored(code)).answers.age_band, { code: "a65" });
  await page.locator("h1", { hasText: "dealt with elsewhere" }).waitFor();
  await person.leave();
});

test("on a shared device nothing is kept", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page } = person;
  const kept = () => page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length);
  await begin(person, { shared: true });
  assert.match(await page.locator(".bar .device").innerText(), /No draft is kept/);
  await walk(person);
  assert.equal(await kept(), 0);
  await submit(page);
  await receipt(page);
  assert.equal(await kept(), 0);
  await page.reload();
  assert.equal(await page.locator(".receipt .code").count(), 0);
  await person.leave();
});

test("a browser without storage, with a clock in 1970, still answers and says what it cannot keep", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page } = person;
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.clock.setFixedTime(0);
  await begin(person);
  await page.locator('input[name="age_band"]').first().check();
  await page.locator(".bar .device", { hasText: "does not let us keep a draft" }).waitFor();
  await walk(person);
  await submit(page);
  await stored(await receipt(page));
  await person.leave();
});

test("a draft of an earlier program is continued", { timeout: 60_000 }, async (t) => {
  const person = await arrive(t);
  const { page } = person;
  await begin(person);
  await page.locator('input[name="employment"][value="retired"]').check();
  await page.evaluate(() => {
    const [key] = Object.keys(localStorage);
    const { reviewed, tried, ...old } = JSON.parse(localStorage[key]);
    localStorage[key] = JSON.stringify(old);
  });
  await person.goto("/en/survey");
  await person.press(page.locator(".draft a.button"));
  await page.locator(".notice", { hasText: "draft on this device" }).waitFor();
  assert.ok(await page.locator('input[name="employment"][value="retired"]').isChecked());
  await person.leave();
});

for (const viewport of ["phone", "desktop"]) {
  test(`${viewport}: nobody goes past a question that no frame has shown yet`, { timeout: 60_000 }, async (t) => {
    const person = await arrive(t, { viewport });
    const { page } = person;
    await begin(person);
    const first = await heading(page);
    await page.evaluate(() => {
      document.querySelector('input[name="employment"][value="employee"]').click();
      document.querySelector(".bar button[type=submit]").click();
    });
    await page.locator(".notice", { hasText: "brought up further questions" }).waitFor();
    assert.equal(await heading(page), first);
    assert.equal(await page.evaluate(() => document.activeElement.id), "q-occupation");
    await page.locator('input[name="occupation"]').first().check();
    await followed(page);
    await submit(page);
    await page.waitForFunction((was) => document.querySelector("#section-title")?.innerText !== was, first);
    await person.leave();
  });
}

test("the whole survey is answered by keyboard alone", { timeout: 120_000 }, async (t) => {
  const person = await arrive(t, { viewport: "desktop" });
  const { page } = person;
  const key = (name) => page.keyboard.press(name);
  const active = () =>
    page.evaluate(() => {
      const it = document.activeElement;
      const tag = it?.tagName ?? "";
      return { tag, id: it?.id ?? "", type: it?.type ?? "", name: it?.name ?? "", mode: it?.inputMode ?? "", rank: it?.matches?.("button.rank") ?? false, first: it?.name?.endsWith(".best") ?? false };
    });
  const tabTo = async (reached) => {
    for (let presses = 0; presses < 80; presses += 1) {
      const at = await active();
      if (reached(at)) return at;
      await key("Tab");
    }
    return assert.fail("Tab never gets there");
  };
  await person.goto("/en/survey");
  await tabTo((at) => at.name === "consent_main");
  await key("Space");
  await Promise.all([page.waitForEvent("load"), key("Enter")]);
  await person.ready();
  await tabTo((at) => at.name === "employment");

  const seen = new Set();
  for (let step = 0; step < 300; step += 1) {
    if (await page.locator(".receipt").count()) break;
    if (await page.locator(".sending").count()) {
      await page.locator(".sending").waitFor({ state: "detached" });
      continue;
    }
    const at = await active();
    if (at.name) seen.add(at.name);
    if (at.tag === "H1") await key("Enter");
    else if (at.tag === "FIELDSET") await key("Tab"); // a screen of its own begins with its question
    else if (at.type === "submit") await key("Enter");
    else if (at.rank) {
      for (const digit of ["2", "1", "3"]) await key(digit);
      await tabTo(({ rank, name, tag }) => !rank && (name || tag === "H1") && tag !== "BUTTON");
    } else if (at.type === "radio" || at.type === "checkbox") {
      await key(at.name.endsWith(".worst") ? "2" : "1");
      if (at.first) await key("Tab");
      else await key("Enter");
    } else if (at.tag === "TEXTAREA") {
      await page.keyboard.type("Being asked 1 2 3");
      await key("Control+Enter");
    } else if (at.type === "text" || at.type === "range") {
      if (at.type === "text") await page.keyboard.type(at.mode ? "12" : "Listening 1");
      else await key("ArrowRight");
      await key("Enter");
    } else assert.fail(`the focus is lost: ${JSON.stringify(at)}`);
    await followed(page);
  }
  const code = await receipt(page);
  const { answers } = await stored(code);
  assert.deepEqual(answers.employment, { code: "employee" });
  assert.equal(answers.change_rank.ranking.length, 3);
  // Which questions come is drawn. Whatever had the focus is answered, texts apart from the sheet too.
  const questions = new Set([...seen].map((name) => name.split(/__|\./)[0]));
  assert.deepEqual([...questions].filter((id) => !(id in answers)), []);
  assert.ok(questions.size >= 20, [...questions].join());
  await person.leave();
});
