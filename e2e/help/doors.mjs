// Which doors of the house the journeys have been to: noted on the way, told at the end.
import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A link of ours leads there. */
export const LINKED = "linked";
/** The page was looked at with everything that axe knows. */
export const JUDGED = "judged";

/** Makes the place for notes, if none is given; answers with what forgets it. */
export async function beginNotes() {
  // To gather the notes of several runs; `npx playwright test doors.spec.mjs --no-deps` tells them.
  if (process.env.DUOLOGY_NOTES) return () => {};
  const folder = await mkdtemp(join(tmpdir(), "duology-notes-"));
  process.env.DUOLOGY_NOTES = join(folder, "notes");
  await writeFile(process.env.DUOLOGY_NOTES, "");
  return () => rm(folder, { recursive: true, force: true });
}

/** Notes that a journey was at an address; `what` is one of the words above. */
export function note(what, address) {
  // Lines this short are written whole, so two browsers can share the file.
  appendFileSync(process.env.DUOLOGY_NOTES, `${what} ${new URL(address, "http://house").pathname}\n`);
}

/** The doors that GET opens, as the house lists them: "/duos/{duo}/goals". */
export function allDoors() {
  const routes = JSON.parse(execFileSync(process.env.DUOLOGY_BIN, ["routes", "--json"], { encoding: "utf8" }));
  return routes.filter((route) => route.method === "GET").map((route) => route.path);
}

/** Those of the doors that have a note of a kind. */
export function doorsThatWere(what) {
  const doors = allDoors().map((path) => ({ path, pattern: patternOf(path), blanks: path.split("{").length }));
  // `/mentors/mine` is a door of its own and no mentor's profile.
  doors.sort((one, other) => one.blanks - other.blanks);
  const lines = readFileSync(process.env.DUOLOGY_NOTES, "utf8").split("\n");
  const addresses = lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));
  const found = addresses.map((address) => doors.find((door) => door.pattern.test(address))?.path);
  return new Set(found.filter(Boolean));
}

function patternOf(path) {
  const parts = path.split(/\{[^}]*\}/).map((part) => part.replace(/[.]/g, "\\."));
  return new RegExp(`^${parts.join("[^/]+")}$`);
}
