// A site of its own for each test file: a fresh database, a free port, the real binary.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const BIN = process.env.PARTAKE_BIN;
const POSTGRES = process.env.E2E_POSTGRES;
const PATIENCE = 20_000;

async function freePort() {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function createDatabase(folder) {
  if (!POSTGRES) return { url: `sqlite://${folder}/partake.db?mode=rwc`, drop: async () => {} };
  const name = `e2e_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await run("psql", [POSTGRES, "-qc", `CREATE DATABASE ${name}`]);
  const url = new URL(POSTGRES);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => run("psql", [POSTGRES, "-qc", `DROP DATABASE ${name} WITH (FORCE)`]),
  };
}

/** Starts a site, with further settings if asked; `close` stops it and removes everything. */
export async function startSite(settings = {}) {
  if (!BIN) throw new Error("PARTAKE_BIN must name the partake binary");
  const folder = await mkdtemp(path.join(tmpdir(), "partake-e2e-"));
  const database = await createDatabase(folder);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { ...process.env, ...settings, DATABASE_URL: database.url };
  const server = spawn(BIN, ["serve", "--addr", `127.0.0.1:${port}`, "--base-url", origin], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let log = "";
  server.stderr.on("data", (chunk) => (log += chunk));
  await new Promise((resolve, reject) => {
    server.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Partake is at")) resolve();
    });
    server.on("exit", (code) => reject(new Error(`the server ended (${code}): ${output}${log}`)));
  });
  const owner = {
    handle: /First owner: (\S+)/.exec(output)?.[1],
    password: /One-time password[^:]*: (\S+)/.exec(output)?.[1],
  };

  return {
    origin,
    owner,
    databaseUrl: database.url,
    log: () => log,
    /** Runs a command of the binary on the same database. */
    partake: async (...args) => (await run(BIN, args, { cwd: folder, env })).stdout,
    /** The same, with `input` on standard input. */
    partakeWith: (input, ...args) =>
      new Promise((resolve, reject) => {
        const child = execFile(BIN, args, { cwd: folder, env }, (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        );
        child.stdin.end(input);
      }),
    close: async () => {
      const ended = new Promise((resolve) => server.on("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again and again until it holds: for what the site takes over within some seconds. */
export async function until(holds, what) {
  const deadline = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
