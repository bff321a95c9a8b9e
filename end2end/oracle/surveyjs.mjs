// Asks another survey engine which questions our export asks, and compares with our own routing.
//
//     cargo run --example export_cases -p partake-core --features yaml > cases.jsonl
//     node surveyjs.mjs cases.jsonl

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Model } from "survey-core";

const lines = createInterface({ input: createReadStream(process.argv[2]) });
let survey;
let carried;
let judged = 0;
let cases = 0;
let questions = 0;
const differences = [];

for await (const line of lines) {
  const value = JSON.parse(line);
  if (value.pages) {
    survey = value;
    carried = new Set(survey.pages.flatMap((page) => page.elements.map((e) => e.name)));
    continue;
  }
  const model = new Model(survey);
  const known = Object.entries(value.answers).filter(([name]) => carried.has(name));
  if (value.faulty) {
    // As a person would: in order, and only where there is a question.
    for (const name of carried) {
      const shown = model.getQuestionByName(name);
      if (name in value.answers && shown.isVisible && shown.page.isVisible) {
        model.setValue(name, value.answers[name]);
      }
    }
  } else {
    for (const [name, answer] of known) model.setValue(name, answer);
  }
  const shown = new Set(
    model
      .getAllQuestions()
      .filter((q) => q.isVisible && q.page.isVisible)
      .map((q) => q.name),
  );
  for (const name of carried) {
    if (name === survey.pages[0].elements[0].name) continue;
    questions += 1;
    if (shown.has(name) !== value.asked.includes(name)) {
      differences.push(`case ${cases}: ${name} is ${shown.has(name) ? "" : "not "}asked there`);
    }
  }
  if (value.faulty) {
    for (const name of value.asked.filter((name) => carried.has(name))) {
      const question = model.getQuestionByName(name);
      judged += 1;
      const there = question.hasErrors(false);
      if (there !== value.faulty.includes(name)) {
        const answer = JSON.stringify(value.answers[name]);
        const said = question.errors.map((error) => error.text).join("; ");
        differences.push(`case ${cases}: ${name} = ${answer} is ${there ? "" : "not "}wrong there ${said}`);
      }
    }
  }
  cases += 1;
}

if (cases < 1000 || differences.length > 0) {
  console.error(differences.slice(0, 20).join("\n"));
  console.error(`${differences.length} differences in ${cases} cases`);
  process.exit(1);
}
const errors = judged > 0 ? `, and finds the same ${judged} answers right or wrong` : "";
console.log(`${cases} cases, ${questions} decisions: the other engine asks the same questions${errors}`);
