// Moments of the demo at which nobody has acted yet but the visitor.
import { expect } from "@playwright/test";
import { demo } from "./house.mjs";

/** A demo on the morning of a day on which letters go out that nobody answers by themselves. */
export async function morningOf(day, wish = {}) {
  const house = await demo({ ...wish, until: dayBefore(day) });
  // Whoever has been a visitor once waits for the visitor from then on.
  const page = await (await fetch(`${house.url}/demo`)).text();
  for (const [, person] of page.matchAll(/name="person" value="([0-9a-f]{32})"/g)) await post(house, "/demo/sign-in", { person });
  await post(house, "/demo/clock", { by: "day", back: "/" });
  return house;
}

export const A_DAY = /day on/i;
export const NEXT_EVENT = /next event/i;

/** Presses a button of the clock and waits until it is another day. */
export async function letPass(page, time) {
  const banner = page.getByRole("complementary", { name: "About this demo" });
  const before = await banner.getByRole("paragraph").innerText();
  await banner.getByRole("button", { name: time }).click();
  await expect(banner.getByRole("paragraph")).not.toHaveText(before);
}

function dayBefore(day) {
  const before = new Date(`${day}T12:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}

async function post(house, path, fields) {
  const answer = await fetch(house.url + path, { method: "POST", redirect: "manual", headers: { origin: house.url }, body: new URLSearchParams(fields) });
  if (answer.status !== 303) throw new Error(`POST ${path} answered ${answer.status}`);
}
