// Enhancement of long forms only: without this file every question stands there, and a
// button saves the draft.
"use strict";
(() => {
  // Two parts of a page may ask for it.
  const root = document.documentElement;
  if (root.dataset.forms) return;
  root.dataset.forms = "ready";
  const one = (query, from) => from.querySelector(query);

  // A question that follows from an answer shows itself when the answer is given.
  const ask = () => {
    for (const part of document.querySelectorAll("[data-only-if]")) {
      const given = [...document.getElementsByName(part.dataset.onlyIf)].filter(
        (input) => (input.checked || input.matches("select")) && !input.closest("[data-only-if][hidden]"),
      );
      const wanted = JSON.parse(part.dataset.answers);
      part.hidden = !given.some((input) => wanted.includes(input.value));
    }
  };
  document.addEventListener("change", ask);
  addEventListener("pageshow", ask);

  // The page that answers is read, and nothing of it is shown.
  const rules = { createHTML: (text) => text };
  const forms = globalThis.trustedTypes?.createPolicy("forms", rules) ?? rules;

  // A draft saves itself a moment after the last key; again once there is a connection.
  let waiting;
  let saving = Promise.resolve();
  let isSaving = 0;
  const save = (form) => {
    isSaving += 1;
    saving = saving.then(() => send(form)).finally(() => (isSaving -= 1));
  };
  const send = async (form) => {
    const state = one("[data-saved]", form);
    // A file goes when a button is pressed, once, and not with every pause.
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    try {
      const answer = await fetch(form.dataset.saves, { method: "POST", body, headers: { accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(forms.createHTML(await answer.text()), "text/html");
      const seen = one("form[data-saves] [name=seen]", fresh);
      if (!answer.ok || !seen) throw answer.status;
      one("[name=seen]", form).value = seen.value;
      state.textContent = state.dataset.saved;
    } catch (status) {
      const { elsewhere, refused, offline } = state.dataset;
      const isOffline = typeof status !== "number";
      state.textContent = isOffline ? offline : status === 409 ? elsewhere : refused;
      if (isOffline) addEventListener("online", () => save(form), { once: true });
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.matches("form[data-saves]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => save(form), 2500);
  });
  // A press waits for the save that is on its way, so that one window is no quarrel.
  document.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!isSaving || !event.target.matches("form[data-saves]")) return;
    event.preventDefault();
    saving.then(() => event.target.requestSubmit(event.submitter));
  });
  ask();
})();
