// The duos of a demo.
import { become, namesOf } from "./people.mjs";

/** The n-th mentee with a duo: `{ path, mentee, mentor, liaison }`, by name. Signed in as the mentee. */
export async function findDuo(page, nth = 0) {
  let left = nth;
  for (const mentee of await namesOf(page, "Mentees")) {
    await become(page, "Mentees", mentee);
    await page.goto("/duo");
    const path = new URL(page.url()).pathname;
    if (!path.startsWith("/duos/") || left-- > 0) continue;
    const mentor = (await page.getByRole("heading", { level: 1 }).innerText()).replace("You and ", "");
    const card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: "Your liaison" }) });
    return { path, mentee, mentor, liaison: await card.locator("strong").innerText() };
  }
  throw new Error(`There is no duo number ${nth} in this demo`);
}
