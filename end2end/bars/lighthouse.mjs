// Lighthouse on the pages that most people see, with its mobile emulation. Prints each category
// beside its limit and fails below it.
//
// (cd bars && npm install) && PARTAKE_BIN=../target/release/partake node bars/lighthouse.mjs

import lighthouse from "lighthouse";

import { launch } from "../support/browser.mjs";
import { startSite } from "../support/site.mjs";

const PORT = 9333;
const LEAST = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const PAGES = ["", "/survey", "/results"];

/** The run with the middle performance of three: one run alone depends on what else the machine does. */
async function middling(address) {
  const runs = [];
  for (let run = 0; run < 3; run += 1) {
    runs.push(await lighthouse(address, { port: PORT, logLevel: "error", onlyCategories: CATEGORIES }));
  }
  const performance = ({ lhr }) => lhr.categories.performance.score;
  return runs.sort((a, b) => performance(a) - performance(b))[1];
}

const site = await startSite();
await site.partake("simulate", "--responses", "500", "--seed", "1");
await site.partake("release", "cut");
const browser = await launch([`--remote-debugging-port=${PORT}`]);
const below = [];
try {
  for (const lang of ["zh", "en"]) {
    for (const page of PAGES) {
      const { lhr } = await middling(`${site.origin}/${lang}${page}`);
      const scores = CATEGORIES.map((id) => [id, Math.round(lhr.categories[id].score * 100)]);
      console.log(`/${lang}${page}: ${scores.map(([id, score]) => `${id} ${score}`).join(", ")}, each at least ${LEAST}`);
      for (const [id, score] of scores.filter(([, score]) => score < LEAST)) {
        below.push(`${id} of /${lang}${page} (${score})`);
        for (const { id: audit } of lhr.categories[id].auditRefs) {
          const { score: got, title, displayValue = "" } = lhr.audits[audit];
          if (got !== null && got < 0.9) console.log(`  ${audit}: ${title} ${displayValue}`);
        }
      }
    }
  }
} finally {
  await browser.close();
  await site.close();
}
if (below.length > 0) {
  console.error(`below ${LEAST}: ${below.join("; ")}`);
  process.exitCode = 1;
}
