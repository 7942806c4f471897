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
  const forms = globalThis.trustedTypes?.createPolicy("forms", { createHTML: (text) => text }) ?? { createHTML: (text) => text };

  // A draft saves itself a moment after the last key; again once there is a connection.
  let saving;
  const save = async (form) => {
    const state = one("[data-saved]", form);
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.saves, { method: "POST", body, headers: { accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(forms.createHTML(await answer.text()), "text/html");
      if (!answer.ok) throw answer.status;
      one("[name=seen]", form).value = one("form[data-saves] [name=seen]", fresh).value;
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
    clearTimeout(saving);
    saving = setTimeout(() => save(form), 2500);
  });
  document.addEventListener("submit", () => clearTimeout(saving));
  ask();
})();
