// The letters of a house that shows them at /dev/mail.
import { expect } from "@playwright/test";

/** All letters to somebody, the newest first: `{ path, name, address, kind }`. */
export async function lettersTo(house, who) {
  const page = await text(`${house.url}/dev/mail?to=${encodeURIComponent(who)}`);
  const rows = page.split("<tr>").filter((row) => row.includes('href="/dev/mail/'));
  return rows.map((row) => {
    const cells = row.split("</td>").map((cell) => cell.replace(/<[^>]*>/g, " ").trim());
    const [path] = row.match(/\/dev\/mail\/[0-9a-f]+/);
    const to = cells[1].split(/\s+/);
    return { path, name: to.slice(0, -1).join(" "), address: to.at(-1), kind: cells[3] };
  });
}

/** Waits for the newest letter of a kind and answers with the first link in it that fits. */
export async function linkFor(house, who, kind, fits = /./) {
  let letter;
  await expect(async () => {
    letter = (await lettersTo(house, who)).find((it) => it.kind === kind);
    expect(letter, `a letter ${kind} to ${who}`).toBeTruthy();
  }).toPass({ timeout: 20_000 });
  const body = await text(house.url + letter.path);
  const links = [...body.matchAll(/href="([^"]+)"/g)].map((found) => found[1].replaceAll("&amp;", "&"));
  const ours = links.filter((link) => link.startsWith(`${house.url}/`)).map((link) => link.slice(house.url.length));
  const found = ours.find((link) => fits.test(link));
  expect(found, `a link ${fits} in ${kind} to ${who}: ${ours}`).toBeTruthy();
  return found;
}

async function text(url) {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`);
  return reply.text();
}
