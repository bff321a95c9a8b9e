// Every example of the CommonMark specification through our renderer. What comes out differently
// is listed with its reason in docs/MARKDOWN.md, and only that.
//
//     node commonmark.mjs PATH_OF_render_comments [--write]

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tests } from "commonmark-spec";

const LIST = new URL("../../docs/MARKDOWN.md", import.meta.url);

const asked = tests.map(({ markdown, html }) =>
  JSON.stringify({ markdown: markdown.replaceAll("→", "\t"), html: html.replaceAll("→", "\t") }),
);
const { stdout, stderr, status } = spawnSync(process.argv[2], {
  input: `${asked.join("\n")}\n`,
  maxBuffer: 1 << 26,
  encoding: "utf8",
});
if (status !== 0) throw new Error(stderr);
const answers = stdout.trim().split("\n").map((line) => JSON.parse(line));

/** Each way in which we differ on purpose, told by what is taken back to make both the same. */
const REASONS = {
  "line ends": ({ ours, theirs }) => breaks(ours) === breaks(theirs),
  "bare addresses": ({ ours, theirs }) =>
    breaks(ours).replace(/<a [^>]*>|<\/a>/g, "") === breaks(theirs).replace(/<a [^>]*>|<\/a>/g, ""),
  html: ({ ours, theirs, source }) => /<[a-z/!?]/i.test(source) && ours.includes("&lt;") && words(ours).length >= words(theirs).length,
};
const breaks = (html) => html.replace(/<br>\n?/g, "\n").replace(/ *\n/g, "\n");
const words = (html) => html.replace(/<[^>]*>/g, "").replace(/\s/g, "");

const found = new Map(Object.keys(REASONS).map((reason) => [reason, []]));
const faults = [];
let same = 0;
for (const [at, { ours, theirs }] of answers.entries()) {
  const { number, markdown, section } = tests[at];
  if (ours.trim() === theirs.trim()) {
    same += 1;
    continue;
  }
  const reason = Object.keys(REASONS).find((name) => REASONS[name]({ ours, theirs, source: markdown }));
  if (reason) found.get(reason).push(number);
  else faults.push(`${number} (${section}): ${JSON.stringify({ markdown, ours, theirs })}`);
}

const listed = (numbers) => numbers.join(", ") || "none";
let text = readFileSync(LIST, "utf8");
for (const [reason, numbers] of found) {
  const place = new RegExp(`(<!-- ${reason} -->\n)[^<]*(\n<!-- end -->)`);
  if (process.argv.includes("--write")) {
    text = text.replace(place, `$1${listed(numbers)}$2`);
    writeFileSync(LIST, text);
  } else if (place.exec(text)?.[0] !== `<!-- ${reason} -->\n${listed(numbers)}\n<!-- end -->`) {
    faults.push(`docs/MARKDOWN.md lists other examples under "${reason}" than ${listed(numbers)}`);
  }
}
if (tests.length < 652 || answers.length !== tests.length || faults.length > 0) {
  console.error(faults.slice(0, 30).join("\n"));
  console.error(`${faults.length} faults in ${tests.length} examples`);
  process.exit(1);
}
console.log(`${tests.length} examples: ${same} alike, the others listed in docs/MARKDOWN.md`);
