// What the engine decides on generated instruments when built for WebAssembly, as one number.
//
//     cargo build --target wasm32-unknown-unknown --manifest-path agree/Cargo.toml
//     node agree.mjs agree.wasm 250 48

import { readFileSync } from "node:fs";

const [file, instruments, people] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
const digest = instance.exports.digest(1, Number(instruments), Number(people));
console.log(`digest ${BigInt.asUintN(64, digest)}`);
