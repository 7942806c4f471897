import { readFileSync } from "node:fs";

// Texts that turn into something else wherever a page forgets to write them as text.
// Each would leave an element or an attribute with "canary" in it, or call `canary()`.
export const PAYLOADS = JSON.parse(readFileSync(new URL("payloads.json", import.meta.url), "utf8"));

/** Runs in the page before anything of ours: who calls `canary` is noted. */
export function listen() {
  globalThis.canary = (number) => console.error(`canary ${number} ran`);
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}

/** Runs in the page: what a payload has turned into, and whether one is shown as text. */
export function hatched() {
  const of = "canary-x, [data-canary], [href*='canary.example'], [src*='canary.example'], [src*='javascript:' i], [href^='javascript:' i], [href^='data:' i], [href^='vbscript:' i], [action^='javascript:' i]";
  const marked = [...document.querySelectorAll("*")].filter((it) => it.getAttributeNames().some((name) => /^on/.test(name)));
  return {
    elements: [...document.querySelectorAll(of), ...marked].map((it) => it.outerHTML.slice(0, 200)),
    isShown: document.body.innerText.includes("canary"),
  };
}

/**
 * Runs in the page: fills every text of every form that sends something, answers the rest
 * as it stands, and sends it. Answers with what became of each.
 */
export async function sendAll({ payloads, turn, leave }) {
  const pattern = new RegExp(leave);
  const sent = [];
  for (const form of document.querySelectorAll("form[method=post]")) {
    const action = new URL(form.getAttribute("action") || location.href, location.href);
    if (pattern.test(action.pathname)) continue;
    const controls = [...form.elements].filter((it) => it.name && !it.disabled);
    const isText = (it) => it.tagName === "TEXTAREA" || /^(text|search|tel|url|email)$/.test(it.type);
    const texts = controls.filter((it) => isText(it) && it.name !== "username");
    const files = controls.filter((it) => it.type === "file");
    if (!texts.length && !files.length) continue;
    for (const control of controls) {
      const group = controls.filter((it) => it.name === control.name);
      if (/^(radio|checkbox)$/.test(control.type) && !group.some((it) => it.checked)) group[0].checked = true;
      if (control.tagName === "SELECT" && !control.value) control.value = [...control.options].find((it) => it.value)?.value ?? "";
      if (control.type === "number" && !control.value) control.value = control.min || "3";
      if (control.type === "date" && !control.value) control.value = "2027-05-05";
    }
    const button = form.querySelector("button[name]");
    const data = new FormData(form);
    if (button) data.set(button.name, button.value);
    for (const text of texts) {
      const isAddress = text.type === "email" || /mail/.test(text.name);
      if (isAddress && text.value) continue;
      data.set(text.name, isAddress ? `canary${turn.number}@example.org` : payloads[turn.number % payloads.length]);
      turn.number += 1;
    }
    for (const file of files) {
      const lines = payloads.map((it, place) => `${9000 + place},"${it.replaceAll('"', '""')}",canary${place}@example.org`);
      const bytes = ["member number,name,e-mail", ...lines].join("\n");
      data.set(file.name, new File([bytes], `"><img data-canary src=x onerror=canary(61)>.csv`, { type: "text/csv" }));
    }
    const body = files.length ? data : new URLSearchParams(data);
    const reply = await fetch(action, { method: "POST", body });
    const path = new URL(reply.url).pathname;
    sent.push({ action: action.pathname, status: reply.status, taken: reply.redirected && reply.ok, path });
  }
  return { sent, turn };
}
