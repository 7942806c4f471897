// Too much of everything: refused with a sentence, and the house stays as small as it was. F-19
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { expect, test } from "@playwright/test";
import { demo } from "./help/house.mjs";

const FORM = "application/x-www-form-urlencoded";
const MOST_GROWTH = 64 * 1024 * 1024;

test("Floods are turned away with a sentence, and cost less than 64 MB", async () => {
  test.setTimeout(240_000);
  const house = await demo({ duos: 3, until: "2026-09-01" });
  const floods = [
    ["1 MB in one field", 60, [413], post("/sign-in", FORM, `email=${"x".repeat(1024 * 1024)}`)],
    ["10,000 fields", 60, [413], post("/sign-in", FORM, "email=&".repeat(10_000))],
    ["5,000 combining marks", 60, [422], post("/sign-in", FORM, `email=Z${"%CC%81".repeat(5_000)}`)],
    ["NUL", 60, [400], post("/sign-in", FORM, "email=a%00b")],
    ["no UTF-8", 60, [400], post("/sign-in", FORM, "email=%FF%FE%ED%A0%80")],
    ["a right-to-left override", 60, [422], post("/sign-in", FORM, "email=%E2%80%AE")],
    ["fields that nobody named", 60, [400], post("/sign-in", FORM, "role=chair&is_admin=1")],
    ["a field that comes twice", 60, [400], post("/sign-in", FORM, "email=a&email=b")],
    ["10 MB from a stranger", 30, [303, 413], post("/roster/import", "multipart/form-data; boundary=x", "x".repeat(10 * 1024 * 1024))],
    ["a file that is too large", 30, [303, 413], post("/roster/import", "multipart/form-data; boundary=x", "x".repeat(12 * 1024 * 1024))],
    ["an address of 20 KB", 60, [414], `GET /?q=${"x".repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`],
    ["an address of 1 MB", 30, [414, 431], `GET /?q=${"x".repeat(1024 * 1024)} HTTP/1.1\r\nhost: x\r\n\r\n`],
    ["50 KB of headers", 60, [431], `GET / HTTP/1.1\r\nhost: x\r\n${lines(90, 550)}\r\n`],
    ["1 MB of headers", 30, [431], `GET / HTTP/1.1\r\nhost: x\r\n${lines(90, 12_000)}\r\n`],
    ["10,000 headers", 30, [400, 431], `GET / HTTP/1.1\r\nhost: x\r\n${lines(10_000, 1)}\r\n`],
  ];
  // What the first requests of each kind need stays; what more of them need must not.
  for (const [name, , statuses, bytes] of floods) expect(statuses, name).toContain((await ask(house, bytes)).status);
  const before = await memory(house, "VmRSS");
  await forgetPeak(house);
  for (const [name, times, statuses, bytes] of floods) {
    for (let turn = 0; turn < times; turn += 4) {
      for (const answer of await Promise.all(Array.from({ length: 4 }, () => ask(house, bytes)))) {
        expect(statuses, `${name}: ${answer.text.slice(0, 300)}`).toContain(answer.status);
        const isOurs = answer.status !== 303 && answer.text.includes("<main");
        if (isOurs) expect(answer.text, name).toMatch(/Nothing was changed|try again/);
      }
    }
  }
  const growth = (await memory(house, "VmHWM")) - before;
  console.log(`in the floods the house held at most ${(growth / 1024 / 1024).toFixed(1)} MB more than ${(before / 1024 / 1024).toFixed(0)} MB`);
  expect(growth).toBeLessThan(MOST_GROWTH);
  expect((await fetch(`${house.url}/about`)).status).toBe(200);
  await house.end();
});

function post(path, kind, body) {
  return `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${kind}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function lines(many, length) {
  return Array.from({ length: many }, (_, number) => `x-${number}: ${"y".repeat(length)}\r\n`).join("");
}

/** Sends bytes as they are, on a connection of their own. A server may hang up early. */
async function ask(house, bytes) {
  const { hostname, port } = new URL(house.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  const chunks = [];
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [head, body = ""] = text.split("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (Buffer.byteLength(body) >= length) socket.end();
  });
  socket.write(bytes);
  const late = setTimeout(() => socket.destroy(), 15_000);
  await once(socket, "close").catch(() => {});
  clearTimeout(late);
  const text = Buffer.concat(chunks).toString();
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text };
}

/** How much of the machine's memory the house holds (VmRSS), or has held at most (VmHWM). */
async function memory(house, line) {
  const status = await readFile(`/proc/${house.running.pid}/status`, "utf8");
  return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(status)[1]) * 1024;
}

/** Lets the most that was held begin anew at what is held now; playing the year held more. */
async function forgetPeak(house) {
  await writeFile(`/proc/${house.running.pid}/clear_refs`, "5");
}
