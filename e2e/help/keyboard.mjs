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

/** Goes to a choice or a box, through the arrows where it is one of several, and takes it. */
export async function tick(page, target) {
  const name = await target.getAttribute("name");
  const value = await target.getAttribute("value");
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((name) => document.activeElement.name === name, name)) break;
  }
  await page.keyboard.press("Space");
  for (let step = 0; step < 20 && !(await target.isChecked()); step += 1) {
    const isRadio = await page.evaluate(() => document.activeElement.type === "radio");
    await page.keyboard.press(isRadio ? "ArrowDown" : "Tab");
    if (!isRadio && (await page.evaluate((value) => document.activeElement.value === value, value))) await page.keyboard.press("Space");
  }
  await expect(target).toBeChecked();
}

/**
 * Goes through a form from where the focus is to its button, and presses it. At each stop that
 * must be answered and is not yet: the choice one likes or the first, another of a list than
 * before, some words.
 */
export async function answerByKeyboard(page, button, liked = ["will join", "11 or more"]) {
  const taken = { lists: 0, liked };
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press("Tab");
    if (await button.evaluate((it) => it === document.activeElement)) {
      await page.keyboard.press("Enter");
      return;
    }
    await answerStop(page, await page.evaluate(wanted), taken);
  }
  throw new Error(`Tab did not reach ${button} in 400 steps`);
}

async function answerStop(page, kind, taken) {
  if (kind === "choice") {
    await page.keyboard.press("Space");
    for (let down = await page.evaluate(stepsTo, taken.liked); down > 0; down -= 1) await page.keyboard.press("ArrowDown");
  }
  if (kind === "day") await page.keyboard.type("01312027");
  if (kind === "list") {
    // Three wishes want three topics, so each list goes one further than the last.
    taken.lists += 1;
    for (let down = 0; down < taken.lists; down += 1) await page.keyboard.press("ArrowDown");
  }
  if (kind === "address") await page.keyboard.type("somebody@example.org");
  if (kind === "number") await page.keyboard.type("15");
  if (kind === "words") await page.keyboard.type("A small branch library.");
}

/** Runs in the page: how far below the first answer of its group stands one of these. */
function stepsTo(liked) {
  const stop = document.activeElement;
  const group = [...stop.form.elements].filter((it) => it.name === stop.name && it.type === "radio");
  return group.findIndex((it) => liked.some((words) => it.value.startsWith(words)));
}

/** Runs in the page: what the stop wants, or nothing where it is optional or answered. */
function wanted() {
  const stop = document.activeElement;
  const label = stop.id ? document.querySelector(`label[for="${CSS.escape(stop.id)}"]`)?.textContent : "";
  const legend = stop.closest("fieldset")?.querySelector("legend")?.textContent;
  if (!stop.name || /\(optional\)/.test(`${label ?? ""} ${legend ?? ""}`) || /\(optional\)/.test(stop.closest("label")?.textContent ?? "")) return "";
  if (stop.type === "radio" || stop.type === "checkbox") {
    const all = [...stop.form.elements].filter((it) => it.name === stop.name);
    return all.some((it) => it.checked) ? "" : "choice";
  }
  if (stop.value || stop.type === "submit" || stop.tagName === "BUTTON") return "";
  if (stop.tagName === "SELECT") return "list";
  return { date: "day", email: "address", number: "number" }[stop.type] ?? "words";
}
