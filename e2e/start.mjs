// Plays a year of 25 duos, serves it for the journeys, and ends it after them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

// Playing the year takes seconds; this is for a machine that is busy with other things.
const PATIENCE = 180_000;

export default async function start() {
  const program = process.env.DUOLOGY_BIN;
  if (!program) throw new Error("DUOLOGY_BIN names the program to walk through; `cargo xtask test` sets it");
  const address = `127.0.0.1:${process.env.DUOLOGY_PORT}`;
  const data = await mkdtemp(join(tmpdir(), "duology-journeys-"));
  const words = ["demo", "--data", data, "--seed", "7", "--duos", "25", "--listen", address];
  const house = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  const said = listen(house);
  const end = async () => {
    if (house.exitCode === null && house.signalCode === null && house.pid) {
      const gone = once(house, "exit");
      house.kill("SIGTERM");
      const late = globalThis.setTimeout(() => house.kill("SIGKILL"), 5_000);
      await gone;
      clearTimeout(late);
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    await answer(house, `http://${address}/`);
  } catch (failure) {
    await end();
    throw new Error(`${failure.message}. The last it said:\n${said.join("\n")}`);
  }
  return end;
}

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Keeps the last lines that the program says, for the case that it does not start. */
function listen(house) {
  const said = [];
  const keep = (words) => {
    said.push(...String(words).split("\n").filter(Boolean));
    said.splice(0, said.length - 40);
  };
  house.stdout.on("data", keep);
  house.stderr.on("data", keep);
  house.on("error", (failure) => keep(failure.message));
  return said;
}

async function answer(house, url) {
  const late = Date.now() + PATIENCE;
  while (Date.now() < late) {
    if (house.exitCode !== null || house.signalCode !== null || !house.pid) {
      throw new Error(`The demo ended before it answered (${house.exitCode ?? house.signalCode ?? "it did not start"})`);
    }
    const reply = await fetch(url, { redirect: "manual" }).catch(() => null);
    if (reply) return;
    await pause(200);
  }
  throw new Error(`The demo did not answer at ${url} within ${PATIENCE / 1000} s`);
}
