// Holds the schema of instrument files to what the loader takes, as an editor would use it: YAML 1.2
// read by one program of others, judged by another.
//
//     cargo run --example schema_cases -p partake-core --features yaml > cases.jsonl
//     node schema.mjs cases.jsonl

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const lines = createInterface({ input: createReadStream(process.argv[2]) });
let validate;
const wrong = [];
const seen = { taken: 0, refused: 0, found: 0 };
for await (const line of lines) {
  const value = JSON.parse(line);
  if (!validate) {
    validate = new Ajv({ strict: false, allErrors: false }).compile(value);
    continue;
  }
  let valid;
  try {
    valid = validate(parse(value.file));
  } catch {
    valid = false;
  }
  if (value.loads) {
    seen.taken += 1;
    if (!valid) wrong.push(`${value.what}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
  } else {
    seen.refused += 1;
    if (!valid) seen.found += 1;
  }
}
const share = seen.found / seen.refused;
console.log(
  `${seen.taken} files that load are valid but for ${wrong.length}; of ${seen.refused} that do not, ` +
    `the schema finds ${seen.found} (${(share * 100).toFixed(0)} %)`,
);
if (wrong.length > 0 || seen.taken < 2 || seen.refused < 300 || share < 0.85) {
  console.error(wrong.slice(0, 10).join("\n"));
  process.exit(1);
}
