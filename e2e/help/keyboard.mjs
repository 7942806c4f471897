// A page without a mouse.
import { expect } from "@playwright/test";

/** Presses Tab until the target has the focus; each stop on the way must be seen, and lie after the last. */
export async function tabTo(page, target, most = 60) {
  for (let step = 0; step < most; step += 1) {
    const before = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(seen, before);
    expect(stop.visible, `the focus shows at ${stop.name}`).toBe(true);
    expect(stop.forward, `${stop.name} comes after what had the focus before`).toBe(true);
    if (await target.evaluate((it) => it === document.activeElement)) return;
  }
  throw new Error(`Tab did not reach ${target} in ${most} steps`);
}

/** Runs in the page: whether what has the focus can be seen to have it. */
function seen(before) {
  const now = document.activeElement;
  // A browser may give the focus to a choice and paint the ring on its label.
  const marked = [now, now.closest("label"), now.nextElementSibling, now.parentElement].filter(Boolean).some((it) => {
    const style = getComputedStyle(it);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  });
  const box = now.getBoundingClientRect();
  // Day, month and year of a date are stops within one field.
  const forward = before === now || before === document.body || Boolean(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING);
  return { visible: marked && box.width > 0 && box.height > 0, forward, name: `${now.tagName} ${now.textContent.trim().slice(0, 40) || now.name}` };
}

/** Goes to a link or a button, and presses it. */
export async function press(page, target) {
  await tabTo(page, target, 200);
  await page.keyboard.press("Enter");
}

/** Goes to a field, empties it and types. */
export async function typeInto(page, field, words) {
  await tabTo(page, field, 200);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(words);
}
