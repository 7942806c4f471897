// Forms with more fields than a journey wants to name.

import { expect } from "./journey.mjs";

/** Goes through the parts of an application from the first one, and answers what must be; ends at the answers to check. */
export async function answerPartByPart(page, likeOn = async () => {}) {
  await page.getByRole("link", { name: /^1\. / }).click();
  for (let part = 1; ; part += 1) {
    const on = page.getByRole("button", { name: "Save and go on" });
    await expect(page.locator("main")).toContainText(`Part ${part} of `);
    await likeOn(page);
    // A part in which all is optional says so once.
    const isOptional = await page.getByText("You may skip any question.").count();
    if (!isOptional) await answerTheRest(page.locator("main form").filter({ has: on }));
    const isLast = new RegExp(`Part ${part} of ${part}\\.`).test(await page.locator("main").innerText());
    await on.click();
    if (isLast) break;
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your answers");
}

/**
 * Answers every question of a form that must be answered and is still open: the first
 * choice, a sentence, a number. Questions marked "(optional)" stay open.
 */
export async function answerTheRest(form) {
  await form.evaluate((form) => {
    const said = (control) => {
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const words = (control) => {
      const label = form.querySelector(`label[for="${CSS.escape(control.id)}"]`);
      return `${label?.textContent ?? ""} ${control.closest("fieldset")?.querySelector("legend")?.textContent ?? ""}`;
    };
    const optional = (control) => /\(optional\)/.test(words(control));
    const named = (name) => [...form.elements].filter((it) => it.name === name);
    const chosen = new Set();
    for (const control of form.elements) {
      if (!control.name || control.type === "hidden" || control.type === "submit" || optional(control)) continue;
      if (control.type === "radio") {
        const all = named(control.name);
        if (!all.some((it) => it.checked)) all[0].checked = true;
      } else if (control.type === "checkbox") {
        const all = named(control.name);
        if (!all.some((it) => it.checked)) all[0].checked = true;
      } else if (control.tagName === "SELECT") {
        const free = [...control.options].find((it) => it.value && !chosen.has(it.value));
        if (!control.value && free) control.value = free.value;
        chosen.add(control.value);
      } else if (!control.value) {
        control.value = answer(control);
      }
      said(control);
    }
    function answer(control) {
      if (control.type === "number") return control.min || "2010";
      if (control.type === "date") return "2027-01-31";
      if (control.type === "email") return "somebody@example.org";
      if (control.type === "url") return "https://example.org/";
      if (control.type === "tel") return "+1 555 0100";
      return "I look after a small branch library and would like to lead a team one day.";
    }
  });
}
