// The attack corpus, posted through the form and looked at by a browser: nothing runs, nothing is
// asked of another host, and nothing but text and links has been added to a page.
// `server/tests/http/corpus.rs` does the same with a parser, on more pages.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { launch, visit } from "./support/browser.mjs";
import { PASSWORD, appoint } from "./support/member.mjs";
import { startSite } from "./support/site.mjs";

const CORPUS = JSON.parse(await readFile(new URL("attacks/corpus.json", import.meta.url), "utf8"));
/** One account may write this often at once. */
const TURNS = 20;
/** Payloads in a thread: the opening, which is also its title, and replies. */
const EACH = 5;

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

/** Sends a form as a page of this site would. */
async function send(person, path, form) {
  const response = await person.context.request.post(`${site.origin}${path}`, {
    form,
    headers: { "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  assert.equal(response.status(), 303, `${path}: ${response.status()}`);
  return response.headers().location;
}

/** What text must never become, looked for in the page as the browser built it. */
function injected() {
  const found = [];
  const own = (url) => url.startsWith(location.origin) || url.startsWith("#");
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    for (const { name: attribute, value } of element.attributes) {
      if (/^on|^style$|^srcdoc$|^ping$/.test(attribute)) found.push(`${name} ${attribute}`);
      if (/^(href|src|action|formaction|data)$/.test(attribute)) {
        if (/^\s*(javascript|data|vbscript|blob):/i.test(value)) found.push(`${name} ${attribute}=${value}`);
        if (name !== "a" && !own(new URL(value, location.href).href)) found.push(`${name} ${attribute}=${value}`);
      }
    }
    if (/^(iframe|object|embed|base|img|video|audio|style|template|noscript|math|frame)$/.test(name)) found.push(name);
    if (name === "script" && !element.src.startsWith(`${location.origin}/assets/`)) found.push("script");
    if (element.namespaceURI !== "http://www.w3.org/1999/xhtml" && !element.closest("svg[class]")) found.push(`foreign ${name}`);
  }
  const allowed = "a,blockquote,br,code,del,em,h3,h4,h5,h6,hr,li,ol,p,pre,strong,table,tbody,td,th,thead,tr,ul";
  for (const element of document.querySelectorAll(".prose *")) {
    if (!element.matches(allowed) || element.className || element.id) found.push(`in a comment: ${element.outerHTML}`);
  }
  return found;
}

test("no payload of the corpus does anything in a browser", async (t) => {
  const way = { lang: "en", viewport: "desktop", js: true };
  const faults = [];
  const threads = [];
  for (let at = 0; at < CORPUS.length; at += TURNS) {
    // A moderator's words are not held back, whatever they look like.
    const handle = `writer_${at}`;
    await appoint(site, handle, "moderator");
    const writer = await visit(t, browser, site, way);
    await send(writer, "/en/account/sign-in", { handle, password: PASSWORD });
    let thread;
    for (const [place, { class: kind, payload }] of CORPUS.slice(at, at + TURNS).entries()) {
      if (place % EACH === 0) {
        const title = `Title ${[...payload].slice(0, 110).join("")}`;
        const to = await send(writer, "/en/discuss/new", { about: "", title, body: payload });
        thread = { path: to.split(/[?#]/)[0], payloads: [] };
        threads.push(thread);
      } else {
        await send(writer, `${thread.path}/reply`, { body: payload });
      }
      thread.payloads.push(`${kind}: ${payload}`);
    }
    await writer.leave();
  }
  const reader = await visit(t, browser, site, way);
  reader.page.on("dialog", async (dialog) => {
    faults.push(`${reader.page.url()}: a dialog`);
    await dialog.dismiss();
  });
  const judge = async (path, what) => {
    await reader.page.goto(path);
    for (const fault of await reader.page.evaluate(injected)) faults.push(`${what}: ${path}: ${fault}`);
    // A refused inline script, a request elsewhere, an error: whatever the browser complained of.
    for (const problem of reader.problems.splice(0)) faults.push(`${what}: ${path}: ${problem}`);
  };
  for (const { path, payloads } of threads) await judge(path, payloads.join("  |  "));
  let next = "/en/discuss";
  for (let turned = 0; next; turned += 1) {
    assert.ok(turned <= threads.length, "the list does not end");
    await judge(next, "the list");
    const older = reader.page.locator('.pages a[href*="cursor"]').last();
    next = (await older.count()) ? await older.getAttribute("href") : null;
  }
  assert.equal(threads.flatMap(({ payloads }) => payloads).length, CORPUS.length);
  assert.ok(CORPUS.length >= 200);
  assert.deepEqual(faults, []);
  await reader.leave();
});

test("the judge sees what it looks for", async (t) => {
  const person = await visit(t, browser, site, { lang: "en", viewport: "desktop", js: true });
  await person.page.goto("/en/about");
  for (const bad of [
    "<p onclick=x>x</p>",
    "<a href='javascript:x'>x</a>",
    "<svg><g></g></svg>",
    "<math></math>",
    "<div class=prose><b>x</b></div>",
    "<form action='https://evil.example'></form>",
  ]) {
    await person.page.evaluate((html) => {
      const box = document.createElement("div");
      box.innerHTML = html;
      document.body.append(box);
    }, bad);
    assert.ok((await person.page.evaluate(injected)).length > 0, bad);
    await person.page.evaluate(() => document.body.lastElementChild.remove());
  }
  // The policy of the site refused some of them, as it should.
  person.problems.length = 0;
  await person.leave();
});
