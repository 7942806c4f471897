// The second factor: an app with codes, as an authenticator computes them (RFC 6238).
import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "@playwright/test";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP = 30;

/** The secrets of apps that were set up, by address, with the last step used. */
const apps = new Map();

function bytes(secret) {
  const bits = [...secret.replaceAll(/\s|=/g, "")].map((it) => LETTERS.indexOf(it).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((it) => Number.parseInt(it, 2)));
}

export function codeAt(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", bytes(secret)).update(counter).digest();
  const place = hash.at(-1) & 15;
  return String((hash.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A code that was not used before; each counts once, so this may wait for the next. */
export async function freshCode(app) {
  const now = () => Math.floor(Date.now() / 1000 / STEP);
  // The house takes the neighbours of now, too: the next one need not be waited for.
  while (now() + 1 <= app.step) await pause(1000);
  app.step = Math.max(now(), app.step + 1);
  return codeAt(app.secret, app.step);
}

export function appOf(email) {
  return apps.get(email);
}

/** From the page of the second factor through an app; leads on to where one was going. */
export async function setUpApp(page, email) {
  await page.getByRole("button", { name: "Set up an app" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("An app with codes");
  const app = { secret: (await page.locator("code.secret").textContent()).replaceAll(" ", ""), step: 0 };
  apps.set(email, app);
  await page.getByLabel("The code that the app shows").fill(await freshCode(app));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your recovery codes");
  app.codes = await page.locator("ul.codes code").allTextContents();
  return app;
}

/** The second step of a sign-in. */
export async function typeCode(page, code) {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Go on" }).click();
}
