// Houses to walk through: the built program with a folder of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

// Playing a year takes seconds; this is for a machine that is busy with other things.
const PATIENCE = 180_000;

/** `duology serve` on an empty folder, with a `duology.toml` if words for one are given; reached
 * by a name where one is given, which passkeys need. */
export async function serve({ development = true, toml = "", name = "" } = {}) {
  const house = await empty();
  if (name) {
    house.url = house.url.replace("127.0.0.1", name);
    toml = `base_url = "${house.url}"\n${toml}`;
  }
  if (toml) await writeFile(join(house.data, "duology.toml"), toml);
  house.words = ["serve", "--data", house.data, "--listen", house.address, ...(development ? ["--development"] : [])];
  return house.start();
}

/** `duology demo`: a year of invented people up to a day, and then its pages. */
export async function demo({ duos = 5, seed = 7, until, annualMeeting, port } = {}) {
  const house = await empty(port);
  house.words = ["demo", "--data", house.data, "--listen", house.address, "--seed", `${seed}`, "--duos", `${duos}`];
  if (until) house.words.push("--until", until);
  if (annualMeeting) house.words.push("--annual-meeting", annualMeeting);
  return house.start();
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

async function empty(port) {
  const data = await mkdtemp(join(tmpdir(), "duology-journeys-"));
  return new House(data, `127.0.0.1:${port ?? (await freePort())}`);
}

class House {
  constructor(data, address) {
    this.data = data;
    this.address = address;
    this.url = `http://${address}`;
    this.said = "";
  }

  /** Starts the program and waits until it answers. */
  async start() {
    const program = process.env.DUOLOGY_BIN;
    if (!program) throw new Error("DUOLOGY_BIN names the program to walk through; `cargo xtask test` sets it");
    this.running = spawn(program, this.words, { stdio: ["ignore", "pipe", "pipe"] });
    const keep = (words) => {
      this.said = `${this.said}${words}`.slice(-20_000);
    };
    this.running.stdout.on("data", keep);
    this.running.stderr.on("data", keep);
    this.running.on("error", (failure) => keep(failure.message));
    try {
      await this.#answer();
    } catch (failure) {
      await this.end();
      throw new Error(`${failure.message}. The last it said:\n${this.said}`);
    }
    return this;
  }

  /** The one-time link of the first start. */
  setUpLink() {
    return this.said.match(/https?:\S+\/set-up\/\S+/)[0];
  }

  /** Stops the program; SIGKILL is a fall of the machine. */
  async stop(signal = "SIGTERM") {
    const { running } = this;
    if (!this.#runs()) return;
    const gone = once(running, "exit");
    running.kill(signal);
    const late = globalThis.setTimeout(() => running.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(late);
  }

  async end() {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }

  #runs() {
    const { running } = this;
    return Boolean(running?.pid) && running.exitCode === null && running.signalCode === null;
  }

  async #answer() {
    const late = Date.now() + PATIENCE;
    while (Date.now() < late) {
      if (!this.#runs()) throw new Error(`The house ended before it answered (${this.running.exitCode ?? "it did not start"})`);
      const reply = await fetch(`${this.url}/livez`).catch(() => null);
      if (reply) return;
      await pause(50);
    }
    throw new Error(`The house did not answer at ${this.url} within ${PATIENCE / 1000} s`);
  }
}
