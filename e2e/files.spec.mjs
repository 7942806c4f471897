// Files with an application: a plain input does, the draft keeps them, and nothing that
// somebody sends runs in a browser. V-07
import { expectOpenToAll } from "./help/axe.mjs";
import { serve } from "./help/house.mjs";
import { expect, houseForEach } from "./help/journey.mjs";
import { dayFromNow, openHouse, register } from "./help/people.mjs";

const test = houseForEach(() => serve());
const SCRIPT = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">";
const PDF = Buffer.from(`%PDF-1.4\n${SCRIPT}\n%%EOF\n`);
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** Pages that call themselves something else. */
const HARM = [
  ["cv.pdf", `<!doctype html>${SCRIPT}`],
  ["photo.png", `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`],
  ["photo.gif", `GIF89a=1;/*${SCRIPT}*/`],
  ["cv.html", `﻿<html>${SCRIPT}`],
  ["invitation.ics", `BEGIN:VCALENDAR\nDESCRIPTION:${SCRIPT}\nEND:VCALENDAR`],
];

test("A paper stays in the draft while other answers are missing, and nothing in a file runs", async ({ house, page, newcomer }) => {
  await openHouse(house, await newcomer(), { annualMeeting: dayFromNow(100) });
  await register(house, page, "Nora Field", "nora@example.org");
  for (const [name, text] of HARM) {
    await page.goto("/apply/mentee?all=yes");
    await choose(page, name, Buffer.from(text));
    await page.getByRole("button", { name: "Save the draft" }).click();
    await expect(page.getByRole("alert")).toContainText("neither a PDF nor a picture");
    await expect(page).not.toHaveTitle("ran");
  }
  await page.goto("/apply/mentee?all=yes");
  await page.getByLabel("Why do you want a mentor now?").fill("To learn how others begin.");
  await choose(page, "My CV.exe", PDF);
  await page.getByRole("button", { name: "Check your answers" }).click();
  await expect(page.getByRole("alert")).toContainText("Please tell us");
  await expect(page.getByLabel("Why do you want a mentor now?")).toHaveValue("To learn how others begin.");
  const kept = page.getByRole("link", { name: "My CV.pdf" });
  await expect(kept).toBeVisible();
  await expectOpenToAll(page);

  const [download] = await Promise.all([page.waitForEvent("download"), kept.click()]);
  expect(download.suggestedFilename()).toBe("MyCV.pdf");
  await expect(page).not.toHaveTitle("ran");
  const address = await kept.getAttribute("href");
  const answer = await page.request.get(address);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
  expect(answer.headers()["content-security-policy"]).toContain("sandbox");

  // A picture with a page behind it: opened by itself it is a picture, and nothing more.
  await choose(page, "photo.html", Buffer.concat([PHOTO, Buffer.from(SCRIPT)]));
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("status")).toContainText("Your draft is saved.");
  const photo = await page.getByRole("link", { name: "photo.png" }).getAttribute("href");
  const shown = await page.goto(photo);
  expect(shown.headers()["content-type"]).toBe("image/png");
  expect((await shown.body()).includes("script")).toBe(false);
  await expect(page).not.toHaveTitle("ran");

  const stranger = await newcomer();
  await register(house, stranger, "Oskar Lind", "oskar@example.org");
  expect((await stranger.goto(photo)).status()).toBe(404);

  await page.goto("/apply/mentee?all=yes");
  await page.getByLabel("Take this file away").check();
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("link", { name: "photo.png" })).toHaveCount(0);
});

function choose(page, name, buffer) {
  const input = page.getByRole("group", { name: /CV or profile/ }).getByLabel(/^(A file|Another file)$/);
  return input.setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}
