// Walking through every page that links lead to, one example of each shape of address.

import { LINKED, note } from "./doors.mjs";

// A person reaches far fewer kinds of pages; more is a shape of address that `shapeOf` misses.
const MOST = 150;
const FILES = /\.(pdf|html|csv|json|ics|xlsx|txt)$|\/export\/(page|data)$|^\/certificates\/[0-9a-f]{32}(\/letter)?$/;
const LETTERS = /^\/(dev\/mail|letters|me\/letters)\/./;
// Nearly everybody sees the same there; those who edit it see more.
const PUBLIC = /^\/(demo|about|help|confidentiality|dev\/mail)(\/|$)/;

/** `/duos/0192…ef/goals?page=2` is an example of `/duos/…/goals`. */
function shapeOf(path) {
  return path
    .split("?")[0]
    .split("/")
    .map((part) => (/^[0-9a-f]{32}$/.test(part) || part.length >= 40 ? "…" : part))
    .join("/")
    .replace(/^\/(about|guides|letters|lessons)\/[^/]+/, "/$1/…")
    .replace(/^\/forms\/[^/]+(?:\/(questions|sections)\/[^/]+)?/, (_, part) => (part ? `/forms/…/${part}/…` : "/forms/…"))
    .replace(/^\/cohorts\/…\/reports\/(\w+)\/parts\/.*/, "/cohorts/…/reports/$1/parts/…");
}

/** Visits pages from `/` on; `look` gets the address, the answer, and who linked there. */
export async function crawl(page, { alsoPublic }, look) {
  const waiting = [{ path: "/", from: "" }];
  const seen = new Set(["/"]);
  const visited = [];
  while (waiting.length) {
    if (visited.length === MOST) throw new Error(`More than ${MOST} pages; the last were ${visited.slice(-5).join(", ")}`);
    const { path, from } = waiting.shift();
    note(LINKED, path);
    const answer = await page.goto(path);
    visited.push(path);
    await look(path, answer, from);
    for (const link of await linksOf(page)) {
      const shape = shapeOf(link);
      if (seen.has(shape) || (!alsoPublic && PUBLIC.test(shape))) continue;
      seen.add(shape);
      waiting.push({ path: link, from: path });
    }
  }
  return visited;
}

/** The pages of ours that a page links to. Letters shown on pages link for their readers. */
async function linksOf(page) {
  if (LETTERS.test(new URL(page.url()).pathname)) return [];
  const links = await page.evaluate(() =>
    [...document.querySelectorAll("a[href]")]
      .map((link) => new URL(link.href, location.href))
      .filter((url) => url.origin === location.origin)
      .map((url) => url.pathname + url.search),
  );
  const isFile = (link) => FILES.test(link.split("?")[0]);
  // Files are not opened here, but somebody could.
  for (const file of links.filter(isFile)) note(LINKED, file);
  return links.filter((link) => !isFile(link));
}
