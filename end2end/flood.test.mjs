// A thousand submissions a second from one address, through the real server: it is slowed and told
// why, and nobody else notices.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { after, before, test } from "node:test";

import { newReceipt } from "./support/receipt.mjs";
import { startSite } from "./support/site.mjs";

const SECONDS = 3;
const PER_SECOND = 1000;
const MOST_PER_MINUTE = 120;
const FLOODER = "203.0.113.9";
const LIAR = "203.0.113.10";
/** More than pass in two minutes, of which it may see the end and the beginning. */
const AT_ONCE = 250;

let site;
let version;
const agents = { flood: new Agent({ keepAlive: true, maxSockets: 64 }), others: new Agent({ keepAlive: true }) };

before(async () => {
  // Behind one proxy, so that each request can come from an address of its own.
  site = await startSite({ PARTAKE_TRUSTED_HOPS: "1" });
  ({ version } = await (await fetch(`${site.origin}/api/v1/instrument`)).json());
});
after(async () => {
  for (const agent of Object.values(agents)) agent.destroy();
  await site?.close();
});

function submit(address) {
  const body = JSON.stringify({
    survey: "partake_core",
    version,
    seed: randomBytes(4).readUInt32LE(),
    receipt: newReceipt(),
    answers: { employment: { code: "retired" }, ai_use: { code: "never" } },
  });
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      `${site.origin}/en/survey/receipt`,
      {
        agent: agents[address.includes("198.51.100.") ? "others" : "flood"],
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          accept: "application/json",
          origin: site.origin,
          "x-forwarded-for": address,
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => (text += chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode,
            wait: response.headers["retry-after"],
            ms: performance.now() - started,
            body: text,
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Starts `send` so many times a second, whatever becomes of those before. */
async function steadily(perSecond, seconds, send) {
  const sent = [];
  const start = performance.now();
  for (let tick = 0; tick < seconds * 100; tick += 1) {
    const due = start + tick * 10;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const upTo = Math.round(((tick + 1) * perSecond) / 100);
    while (sent.length < upTo) sent.push(send(sent.length));
  }
  return await Promise.all(sent);
}

test("one address that floods is slowed and told why; others get in as before", { timeout: 60_000 }, async () => {
  const [flood, others] = await Promise.all([
    steadily(PER_SECOND, SECONDS, () => submit(FLOODER)),
    steadily(20, SECONDS, (n) => submit(`198.51.100.${1 + n}`)),
  ]);
  assert.equal(flood.length, PER_SECOND * SECONDS);

  const stored = flood.filter(({ status }) => status === 200).length;
  const slowed = flood.filter(({ status }) => status === 429);
  assert.equal(stored + slowed.length, flood.length, "nothing else happened to them");
  // The minute may have changed on the way.
  assert.ok(stored >= MOST_PER_MINUTE && stored <= 2 * MOST_PER_MINUTE, `${stored} were stored`);
  for (const { wait, body } of slowed) {
    assert.equal(wait, "60");
    const { error, message } = JSON.parse(body);
    assert.equal(error, "too_many_submissions");
    assert.match(message, /Too many submissions came from this network address/);
  }

  assert.equal(others.length, 20 * SECONDS);
  assert.deepEqual([...new Set(others.map(({ status }) => status))], [200], "everybody else got in");
  const slowest = Math.max(...others.map(({ ms }) => ms));
  console.log(`others waited ${slowest.toFixed(0)} ms at most while one address sent ${PER_SECOND} a second`);
  // How long depends on what else the machine does; so long is locked out.
  assert.ok(slowest < 10_000, `somebody waited ${slowest.toFixed(0)} ms`);
});

test("an address in front of the trusted proxy cannot be made up", async () => {
  // Only the last entry is the proxy's; what stands before it is the client's own word.
  const made = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => submit(`192.0.2.${n}, ${LIAR}`)));
  const stored = made.filter(({ status }) => status === 200).length;
  const slowed = made.filter(({ status }) => status === 429).length;
  assert.equal(stored + slowed, AT_ONCE, "nothing else happened to them");
  assert.ok(stored >= MOST_PER_MINUTE && stored <= 2 * MOST_PER_MINUTE, `${stored} were stored`);
});
