// What axe knows of a page, in both colour schemes, on a phone and on a desk.
import { expect, test } from "@playwright/test";
import axe from "axe-core";
import { JUDGED, note } from "./doors.mjs";

export const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// These alone can differ between light and dark.
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** Judges the page as it stands; leaves it light and as wide as a phone. */
export async function look(page, where, faults) {
  note(JUDGED, page.url());
  await page.setViewportSize(PHONE);
  await page.evaluate(axe.source);
  await judge(page, `${where} light`, faults);
  await fits(page, where, faults);
  await page.emulateMedia({ colorScheme: "dark" });
  await judge(page, `${where} dark`, faults, COLOURS);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(DESK);
  await judge(page, `${where} desk`, faults);
  await page.setViewportSize(PHONE);
}

/** Nothing makes the page wider than a phone. */
export async function fits(page, where, faults) {
  for (const words of await page.evaluate(sideways)) faults.add(words, where);
}

/** Everything that was drawn on pages judged so far, as tags, classes and attributes. */
const judged = new Set();

/** Judges only what no page before has drawn: a long crawl meets the same pieces over and over. */
export async function lookAtNews(page, where, faults) {
  note(JUDGED, page.url());
  const drawn = await page.evaluate(pieces);
  if (drawn.every((piece) => judged.has(piece))) return;
  await look(page, where, faults);
  for (const piece of drawn) judged.add(piece);
}

/** Runs in the page: each piece with its three nearest surroundings, and the order of headings. */
function pieces() {
  const name = (it) => {
    const attributes = it.getAttributeNames().map((key) => (/^(role|type|scope)$/.test(key) ? `${key}=${it.getAttribute(key)}` : key));
    return `${it.tagName}.${it.className.baseVal ?? it.className}[${attributes}]${it.textContent.trim() ? "" : "∅"}`;
  };
  const way = (it) => [it, it.parentElement, it.parentElement?.parentElement, it.previousElementSibling].filter(Boolean).map(name).join("<");
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((it) => it.tagName);
  const steps = levels.map((level, place) => `${levels[place - 1]}>${level}`);
  const counts = ["main", "h1", "title"].map((it) => `${it}×${document.querySelectorAll(it).length}`);
  const all = [...document.body.querySelectorAll("*")];
  const ids = all.map((it) => it.id).filter(Boolean);
  return [...new Set([...all.map(way), ...steps, ...counts, `${ids.length - new Set(ids).size} ids twice`])];
}

async function judge(page, where, faults, rules = TAGS) {
  const found = await page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run({ runOnly: rules, resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}) at ${target.join(" ")}`));
  }, rules);
  for (const words of found) faults.add(words, where);
}

/** Runs in the page: what makes it wider than the screen. */
function sideways() {
  const room = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth - room;
  if (wide <= 0) return [];
  const scrolls = (it) => it && (/auto|scroll|hidden/.test(getComputedStyle(it).overflowX) || scrolls(it.parentElement));
  const over = [...document.querySelectorAll("main *")].filter((it) => it.getBoundingClientRect().right > room + 1 && !scrolls(it.parentElement));
  const names = over.slice(0, 4).map((it) => `${it.tagName.toLowerCase()}.${it.className.baseVal ?? it.className}`);
  return [`scrolls ${wide} px sideways at ${room}: ${names.join(", ")}`];
}

/** The same fault on many pages is said once, with the first pages that have it. */
export class Faults {
  #found = new Map();

  add(words, where) {
    const places = this.#found.get(words) ?? this.#found.set(words, new Set()).get(words);
    places.add(where);
  }

  words() {
    const lines = [...this.#found].map(([words, places]) => {
      const first = [...places].slice(0, 4).join(", ");
      return `${words}\n    ${first}${places.size > 4 ? ` and ${places.size - 4} more` : ""}`;
    });
    return lines.join("\n");
  }
}

/** For a page that links alone do not lead to: nothing that axe knows, at any width. */
export async function expectOpenToAll(page) {
  // Without scripts the page is the same one, and is judged with them.
  if (test.info().project.use.javaScriptEnabled === false) return;
  const before = page.viewportSize();
  const faults = new Faults();
  await look(page, new URL(page.url()).pathname, faults);
  await page.setViewportSize(before);
  expect(faults.words()).toBe("");
}
