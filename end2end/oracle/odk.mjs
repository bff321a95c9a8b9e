// Asks ODK's engine what it makes of our exported forms: which questions are asked, whose answers
// do not hold, and what a person reads, in both languages.
//
//     cargo run --example odk_cases -p partake-core --features yaml > cases.jsonl
//     python3 xforms.py cases.jsonl > forms.jsonl
//     node odk.mjs forms.jsonl

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { JSDOM } from "jsdom";

// The engine wants a browser's document, and reads forms with nothing else of a browser.
const { window } = new JSDOM("");
for (const name of ["window", "document", ...Object.getOwnPropertyNames(window)]) {
  if (/^(window|document|[A-Z][A-Za-z]*)$/.test(name)) globalThis[name] ??= window[name];
}
globalThis.__dirname = "/";
const { loadForm } = await import("@getodk/xforms-engine");

const said = { asked: 0, judged: 0, read: 0 };
const found = [];
let cases = 0;
let forms = 0;
let form;
let name;
let questions;

// The converter makes curly quotes straight and runs of spaces one.
const plain = (text) => (text ?? "").trim().replace(/ +/g, " ").replace(/[“”]/g, '"').replace(/[‘’]/g, "'");

/** Questions by name; of a matrix also its rows. */
function nodes(root) {
  const all = new Map();
  const walk = (node) => {
    for (const child of node.currentState.children ?? []) {
      all.set(child.currentState.reference.split("/").at(-1), child);
      walk(child);
    }
  };
  walk(root);
  return all;
}

function tell(node, answer) {
  if (answer === undefined || answer === null) return;
  if (node.nodeType === "select") node.selectValues([answer].flat());
  else node.setValue(answer);
}

function judge(value, there, root) {
  root.setLanguage(root.languages.find(({ language }) => language.endsWith(`(${value.language})`)));
  for (const [question, answer] of Object.entries(value.answers)) {
    const node = there.get(question);
    if (node?.nodeType === "group") {
      for (const [row, code] of Object.entries(answer)) tell(there.get(`${question}__${row}`), code);
    } else if (node) {
      tell(node, answer);
    }
  }
  const asked = new Set(value.asked);
  const faulty = new Set(value.faulty);
  const differ = (question, what) => found.push(`${name}, case ${cases}: ${question} ${what}`);
  for (const question of questions) {
    const node = there.get(question);
    if (!node) continue;
    const { relevant } = node.currentState;
    said.asked += 1;
    if (relevant !== asked.has(question)) differ(question, `is ${relevant ? "" : "not "}asked there`);
    if (!relevant || !asked.has(question)) continue;
    const answer = JSON.stringify(value.answers[question]);
    if (node.nodeType !== "group" && node.nodeType !== "note") {
      said.judged += 1;
      const wrong = node.validationState.violation !== null;
      if (wrong !== faulty.has(question)) differ(question, `= ${answer} is ${wrong ? "" : "not "}wrong there`);
    }
    for (const [part, text] of Object.entries(value.read[question] ?? {})) {
      const [kind, code] = part.split(" ");
      const row = there.get(`${question}__${code}`);
      const list = node.nodeType === "group" ? node.currentState.children[0] : node;
      const option = () => list.currentState.valueOptions.find((one) => one.value === code);
      const label = { title: () => node.currentState.label, row: () => row.currentState.label, option: () => option()?.label };
      const words = label[kind]()?.asString;
      said.read += 1;
      if (plain(words) !== plain(text)) differ(question, `${part} reads ${JSON.stringify(words)}, not ${JSON.stringify(text)}`);
    }
  }
}

/** What a judge that sees anything must notice. */
const SPOILT = {
  relevance: (form) => form.replace(/relevant="[^"]*"/g, (rule) => rule.replaceAll(/(?<!!)= '/g, "!= '")),
  constraints: (form) => form.replaceAll('constraint="', 'constraint="false() and '),
  languages: (form) =>
    form.replaceAll(/lang="(中文 \(zh\)|English \(en\))"/g, (_, one) =>
      one.startsWith("E") ? 'lang="中文 (zh)"' : 'lang="English (en)"',
    ),
};

async function load(value, xform) {
  const form = await loadForm(xform);
  if (form.status !== "success") throw new Error(`${value.name}: ${form.error?.message ?? form.status}`);
  return form;
}

function ask(form, value) {
  const { root } = form.createInstance();
  judge(value, nodes(root), root);
}

let first;
const firstCases = [];
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const value = JSON.parse(line);
  if (value.xform) {
    form = await load(value, value.xform);
    name = `form ${forms} (${value.name})`;
    questions = value.questions;
    forms += 1;
    first ??= value;
    continue;
  }
  if (forms === 1 && firstCases.length < 10) firstCases.push(value);
  ask(form, value);
  cases += 1;
}

console.log(
  `${cases} cases on ${forms} forms: ${said.asked} questions asked or not, ${said.judged} answers right or ` +
    `wrong, ${said.read} texts in two languages; ${found.length} differences`,
);
const faults = found.splice(0);
questions = first.questions;
for (const [what, spoil] of Object.entries(SPOILT)) {
  const spoilt = await load(first, spoil(first.xform));
  for (const value of firstCases) ask(spoilt, value);
  console.log(`${what} spoilt on purpose: ${found.length} differences`);
  if (found.splice(0).length === 0) faults.push(`nothing was noticed when ${what} were spoilt`);
}
if (cases < 1060 || forms < 41 || faults.length > 0) {
  console.error(faults.slice(0, 20).join("\n"));
  process.exit(1);
}
