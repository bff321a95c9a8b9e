// A browser that watches: a page that logs an error, asks another host for something or fails an
// accessibility rule fails the test.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const VIEWPORTS = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1280, height: 900 },
};

export async function launch(more = []) {
  return await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      ...more,
    ],
  });
}

/** A person at a device. `expectErrors` are statuses whose console line the test provokes. */
export class Person {
  static async arrive(browser, site, { lang, viewport, js = true, dark = false }) {
    const settings = {
      baseURL: site.origin,
      viewport: VIEWPORTS[viewport],
      hasTouch: viewport === "phone",
      javaScriptEnabled: js,
      colorScheme: dark ? "dark" : "light",
      locale: lang === "zh" ? "zh-CN" : "en-GB",
      acceptDownloads: true,
    };
    const context = await browser.newContext(settings);
    const page = await context.newPage();
    return new Person({ site, context, page, lang, js, settings });
  }

  constructor(circumstances) {
    Object.assign(this, circumstances);
    const { page, site } = circumstances;
    this.problems = [];
    this.expected = new Set();
    page.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      const status = /status of (\d{3})|net::(\w+)/.exec(message.text())?.slice(1).find(Boolean);
      if (status && this.expected.has(status)) return;
      this.problems.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.problems.push(`script: ${error.message}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== site.origin) {
        this.problems.push(`request to another host: ${url}`);
      }
    });
    page.on("response", (response) => {
      const provoked = this.expected.has(String(response.status()));
      if (response.status() >= 500 && !provoked) this.problems.push(`${response.status()} ${response.url()}`);
    });
  }

  /** Statuses that the next steps provoke on purpose. */
  expecting(...statuses) {
    for (const status of statuses) this.expected.add(String(status));
  }

  async goto(path) {
    await this.page.goto(path);
    await this.ready();
  }

  /** Waits until the page reacts. */
  async ready() {
    if (!this.js || (await this.page.locator("script[data-wasm]").count()) === 0) return;
    await this.page.waitForSelector('html[data-wasm="ready"]', { state: "attached" });
    const plain = this.page.locator("[data-runner] form:not(.runner)");
    if ((await plain.count()) > 0) await plain.waitFor({ state: "detached" });
  }

  /** Follows a link or presses a button that leads to another page. */
  async press(locator) {
    await Promise.all([this.page.waitForEvent("load"), locator.click()]);
    await this.ready();
  }

  /** Looks at the page: no sideways scrolling, no accessibility violation. */
  async look() {
    const page = this.js ? this.page : await this.#copy();
    const { scrollWidth, clientWidth } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      clientWidth: document.documentElement.clientWidth,
    }));
    assert.ok(
      scrollWidth <= clientWidth,
      `${this.page.url()} is ${scrollWidth} px wide in a window of ${clientWidth}`,
    );
    await page.evaluate(AXE);
    const violations = await page.evaluate(
      async (tags) =>
        (await window.axe.run(document, { runOnly: { type: "tag", values: tags } })).violations.map(
          (v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 4).join(", ")} (${v.help})`,
        ),
      AXE_TAGS,
    );
    assert.deepEqual(violations, [], `accessibility of ${this.page.url()}`);
  }

  /** Where scripts are off, axe cannot run: it looks at the same markup in a page of its own. */
  async #copy() {
    if (!this.audit) {
      const context = await this.context.browser().newContext({
        ...this.settings,
        javaScriptEnabled: true,
        bypassCSP: true,
      });
      this.audit = await context.newPage();
      await this.audit.goto(`${this.site.origin}/robots.txt`);
    }
    const html = (await this.page.content()).replace(/<script[^>]*><\/script>/g, "");
    await this.audit.setContent(html, { waitUntil: "load" });
    return this.audit;
  }

  async close() {
    await this.context.close();
    await this.audit?.context().close();
  }

  async leave() {
    await this.close();
    assert.deepEqual(this.problems, [], "what the browser complained about");
  }
}

/** Somebody who is gone with test `t`, whatever becomes of it. */
export async function visit(t, browser, site, way) {
  const person = await Person.arrive(browser, site, way);
  t.after(() => person.close());
  return person;
}
