// The instrument changes, or its collection ends, while somebody is answering.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { arriveAt, begin, receipt, submit, walk } from "./support/answering.mjs";
import { launch } from "./support/browser.mjs";
import { takeSurvey } from "./support/respondent.mjs";
import { startSite, until } from "./support/site.mjs";

const INSTRUMENT = fileURLToPath(new URL("../instruments/partake_core/instrument.yaml", import.meta.url));

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

const arrive = (t, way) => arriveAt(t, browser, site, way);
const stored = async (code) => JSON.parse(await site.partake("response", "show", code));

async function current() {
  const list = JSON.parse(await site.partake("instrument", "list", "--json"));
  return list.versions.find((wave) => wave.current && wave.survey === "partake_core");
}

async function supersede(t) {
  const { version } = await current();
  const next = `${version}.next`;
  const text = await readFile(INSTRUMENT, "utf8");
  const folder = await mkdtemp(path.join(tmpdir(), "partake-wave-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "next.yaml");
  await writeFile(file, text.replace(/^ {2}version: .*$/m, `  version: "${next}"`));
  await site.partake("instrument", "publish", file);
  const served = async () => (await (await fetch(`${site.origin}/api/v1/instrument`)).json()).version;
  await until(async () => (await served()) === next, "the server to see the new version");
  return { old: version, next };
}

test("a version superseded on the way is finished as it was begun, and new people get the new one", { timeout: 120_000 }, async (t) => {
  const device = await arrive(t);
  const plain = await arrive(t, { js: false });
  await begin(device);
  await begin(plain);
  const { old, next } = await supersede(t);

  await walk(device);
  await submit(device.page);
  assert.equal((await stored(await receipt(device.page))).wave, old);
  await device.leave();

  const next_button = plain.page.locator(".bar button[type=submit]:not(.quiet)").last();
  await plain.page.locator('input[name="employment"][value="retired"]').check();
  for (let step = 0; step < 20 && !(await plain.page.locator(".receipt .code").count()); step += 1) {
    const never = plain.page.locator('input[name="ai_use"][value="never"]');
    if (await never.count()) await never.check();
    await plain.press(next_button);
  }
  assert.equal((await stored(await receipt(plain.page))).wave, old);
  await plain.leave();

  const later = await arrive(t);
  const { code } = await takeSurvey(later, { looks: false });
  assert.equal((await stored(code)).wave, next);
  await later.leave();
});

test("a survey closed on the way says so, and takes nothing", { timeout: 120_000 }, async (t) => {
  const device = await arrive(t);
  const plain = await arrive(t, { js: false });
  const before = await arrive(t);
  await begin(before);
  await walk(before);
  await submit(before.page);
  const earlier = await receipt(before.page);
  await begin(device);
  await walk(device);
  await begin(plain);
  const closed = async () => /<h1[^>]*>This survey is closed/.test(await (await fetch(`${site.origin}/en/survey`)).text());
  assert.ok(!(await closed()), "so far it is open");
  await site.partake("instrument", "close", "partake_core");
  await until(closed, "the server to close");

  await submit(device.page);
  await device.page.locator("h1", { hasText: "has closed" }).waitFor();
  const told = await device.page.locator("main").innerText();
  assert.match(told, /nothing of them is stored/);
  assert.doesNotMatch(told, /try again/i, "nothing is offered that cannot help");
  assert.equal(await device.page.locator('[data-act="retry"]').count(), 0);
  await device.look();
  await device.leave();

  await plain.page.locator('input[name="employment"][value="retired"]').check();
  await plain.press(plain.page.locator(".bar button[type=submit]:not(.quiet)").last());
  assert.match(await plain.page.locator("h1").innerText(), /closed/);
  await plain.look();
  await plain.leave();

  // What was sent before can still be seen and withdrawn, and is not offered for change.
  await before.goto("/en/response");
  await before.page.locator('input[name="code"]').fill(earlier);
  await before.press(before.page.locator("main form button[type=submit]").first());
  assert.match(await before.page.locator("main").innerText(), /can no longer be changed/);
  assert.equal(await before.page.locator('form[action$="/change"]').count(), 0);
  assert.equal(await before.page.locator('form[action$="/withdraw"]').count(), 1);
  await before.look();
  await before.leave();
});
