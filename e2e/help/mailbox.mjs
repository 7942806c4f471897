// A mail server of our own, with moods.
import { once } from "node:events";
import { SMTPServer } from "smtp-server";
import { freePort } from "./house.mjs";

/** Takes letters on a port; `mood.refuse` and `mood.drop` say how often it misbehaves first. */
export class Mailbox {
  letters = [];
  /** The Message-IDs of letters that were read to the end and then not confirmed. */
  dropped = [];
  refused = 0;

  constructor(port, mood = {}) {
    this.port = port;
    this.mood = { refuse: 0, drop: 0, ...mood };
  }

  static async open(mood) {
    const mailbox = new Mailbox(await freePort(), mood);
    await mailbox.listen();
    return mailbox;
  }

  async listen() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      onMailFrom: (_, __, done) => done(this.#refusal()),
      onData: (stream, session, done) => this.#take(stream, session, done),
    });
    // A connection that is cut on purpose is no fault of the server.
    this.server.on("error", () => {});
    this.server.listen(this.port, "127.0.0.1");
    await once(this.server.server, "listening");
  }

  close() {
    return new Promise((closed) => this.server.close(closed));
  }

  to(address) {
    return this.letters.filter((letter) => letter.to.includes(address));
  }

  #refusal() {
    if (this.mood.refuse === 0) return null;
    this.mood.refuse -= 1;
    this.refused += 1;
    return Object.assign(new Error("Too busy, please try again later"), { responseCode: 451 });
  }

  async #take(stream, session, done) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString("utf8");
    if (this.mood.drop > 0) {
      this.mood.drop -= 1;
      this.dropped.push(header(raw, "Message-ID"));
      for (const connection of this.server.connections) if (connection.id === session.id) connection._socket.destroy();
      return;
    }
    this.letters.push({ raw, to: session.envelope.rcptTo.map((it) => it.address) });
    done();
  }
}

/** What `duology.toml` says so that a house writes to a mailbox. */
export function tomlFor(mailbox) {
  return `[smtp]\nhost = "127.0.0.1"\nport = ${mailbox.port}\nsecurity = "none"\nfrom = "mentoring@example.org"\n`;
}

/** A header of a letter, with its folded lines joined; empty when it is not there. */
export function header(raw, name) {
  const [head] = raw.split("\r\n\r\n");
  const line = head.replace(/\r\n[ \t]+/g, " ").split("\r\n").find((it) => it.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line ? line.slice(name.length + 1).trim() : "";
}

/** The parts of a letter by kind: `{ "text/plain": "…", "text/html": "…" }`. */
export function partsOf(raw) {
  const boundary = raw.match(/boundary="([^"]+)"/)[1];
  const parts = raw.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(parts.map((part) => [header(part.trimStart(), "Content-Type").split(";")[0], decoded(part.trimStart())]));
}

function decoded(part) {
  const body = part.slice(part.indexOf("\r\n\r\n") + 4);
  const coding = header(part, "Content-Transfer-Encoding").toLowerCase();
  if (coding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (coding !== "quoted-printable") return body;
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
