// Asks another survey engine what it makes of our export: which questions are asked, whose answers
// do not hold, what a person reads, earlier answers included, and what is computed.
//
//     cargo run --example export_cases -p partake-core --features yaml > cases.jsonl
//     node surveyjs.mjs cases.jsonl 400

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Model } from "survey-core";

const [file, least] = process.argv.slice(2);
const lines = createInterface({ input: createReadStream(file) });
let survey;
let carried;
let cases = 0;
const said = { asked: 0, judged: 0, read: 0, computed: 0 };
/** Each of these has to be met on the way, or the comparison says less than it seems to. */
const met = { wrong: 0, piped: 0, missing: 0, numbers: 0 };
const differences = [];

const same = (one, other) => (one === null || other === null ? one === other : Math.abs(one - other) < 1e-9);
const shown = (question) => question.isVisible && question.page.isVisible;

function reads(question, part) {
  const [kind, code] = part.split(" ");
  if (kind === "row") return question.rows.find((row) => row.value === code)?.locText;
  if (kind === "option") {
    const options = question.getType() === "matrix" ? question.columns : question.choices;
    return options.find((one) => one.value === code)?.locText;
  }
  return question.getType() === "html" ? question.locHtml : question.locTitle;
}

/** What stands in markup as it was written. */
function unmarked(html) {
  const inside = html?.replace(/^<p>|<\/p>$/g, "").replaceAll("</p><p>", "\n\n").replaceAll("<br>", "\n");
  return inside?.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function judge(model, value, differ) {
  model.locale = value.language === "zh" ? "zh-cn" : "en";
  // An answer that does not count here is none that a person could have given.
  const asked = new Set([carried[0], ...value.asked]);
  const given = Object.entries(value.answers).filter(([name, answer]) => asked.has(name) && answer !== null);
  model.mergeData(Object.fromEntries(given.filter(([name]) => carried.includes(name))));
  for (const name of carried.slice(1)) {
    const question = model.getQuestionByName(name);
    said.asked += 1;
    if (shown(question) !== asked.has(name)) {
      differ(`${name} is ${asked.has(name) ? "not " : ""}asked there`);
      continue;
    }
    if (!asked.has(name)) continue;
    said.judged += 1;
    const wrong = question.hasErrors(false);
    met.wrong += wrong;
    if (wrong !== value.faulty.includes(name)) {
      const why = question.errors.map((error) => error.text).join("; ");
      differ(`${name} = ${JSON.stringify(value.answers[name])} is ${wrong ? "" : "not "}wrong there ${why}`);
    }
    for (const [part, text] of Object.entries(value.read[name])) {
      const localised = reads(question, part);
      const marked = question.getType() === "html" && part === "title";
      const words = marked ? unmarked(localised?.textOrHtml) : localised?.textOrHtml;
      said.read += 1;
      met.piped += /\{[a-z0-9_]+\}/.test(localised?.getJson?.()?.default ?? localised?.getJson?.() ?? "");
      if (words !== text) differ(`${name}: ${part} reads ${JSON.stringify(words)}, not ${JSON.stringify(text)}`);
    }
  }
  for (const { name, value: there } of model.calculatedValues) {
    const here = value.values[name];
    const number = (there ?? "") === "" ? null : Number(there);
    said.computed += 1;
    met[here === null ? "missing" : "numbers"] += 1;
    if (!same(here, number)) differ(`${name} comes to ${JSON.stringify(there)} there, not ${here}`);
  }
}

for await (const line of lines) {
  const value = JSON.parse(line);
  if (value.pages) {
    survey = value;
    const elements = survey.pages.flatMap((page) => page.elements);
    // What is only read has a name that no question can have.
    const asks = (element) => element.visible !== false && !element.name.startsWith("text__");
    carried = elements.filter(asks).map((element) => element.name);
    continue;
  }
  judge(new Model(survey), value, (what) => differences.push(`case ${cases}: ${what}`));
  cases += 1;
}

console.log(
  `${cases} cases: ${said.asked} questions asked or not, ${said.judged} answers right or wrong (${met.wrong} wrong), ` +
    `${said.read} texts (${met.piped} with earlier answers), ${said.computed} computed values (${met.missing} missing); ` +
    `${differences.length} differences`,
);
const unmet = Object.keys(met).filter((what) => met[what] < 100);
if (cases < Number(least) || differences.length > 0 || unmet.length > 0) {
  console.error([...differences.slice(0, 20), ...unmet.map((what) => `hardly any were ${what}`)].join("\n"));
  process.exit(1);
}
