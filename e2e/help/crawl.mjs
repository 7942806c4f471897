// Walking through every page that links lead to, one example of each shape of address.

const MOST = 60;
const FILES = /\.(pdf|html|csv|json|ics|xlsx|txt)$/;
const LETTERS = /^\/(dev\/mail|letters|me\/letters)\/./;
// Everybody sees the same there, so it is enough that a stranger goes.
const PUBLIC = /^\/(demo|about|help|confidentiality|dev\/mail)(\/|$)/;

/** `/duos/0192…ef/goals?page=2` is an example of `/duos/…/goals`. */
function shapeOf(path) {
  return path
    .split("?")[0]
    .split("/")
    .map((part) => (/^[0-9a-f]{32}$/.test(part) || part.length >= 40 ? "…" : part))
    .join("/")
    .replace(/^\/(about|guides|letters|lessons)\/[^/]+/, "/$1/…")
    .replace(/^\/cohorts\/…\/reports\/(\w+)\/parts\/.*/, "/cohorts/…/reports/$1/parts/…");
}

/** Visits pages from `/` on; `look` gets the address, the answer, and who linked there. */
export async function crawl(page, { isStranger }, look) {
  const waiting = [{ path: "/", from: "" }];
  const seen = new Set(["/"]);
  const visited = [];
  while (waiting.length && visited.length < MOST) {
    const { path, from } = waiting.shift();
    const answer = await page.goto(path);
    visited.push(path);
    await look(path, answer, from);
    for (const link of await linksOf(page)) {
      const shape = shapeOf(link);
      if (seen.has(shape) || (!isStranger && PUBLIC.test(shape))) continue;
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
  return links.filter((link) => !FILES.test(link.split("?")[0]));
}
