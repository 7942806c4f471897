// For the pages of signing in alone. Without it they work with one click more, and
// without passkeys.
"use strict";
(() => {
  // A form that waited goes on by itself.
  const waiting = document.querySelector("form[data-go]");
  if (waiting) waiting.requestSubmit();

  const can = globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;
  if (!can) return;
  document.querySelectorAll(".no-script").forEach((it) => { it.hidden = true; });
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      ask(form);
    });
  }

  // Asks the house for a question, the device for its answer, and sends it as a form.
  const ask = async (form) => {
    const say = (words) => { form.querySelector("[data-says]").textContent = words; };
    say("");
    try {
      const reply = await fetch(form.dataset.question, { method: "POST" });
      if (!/json/.test(reply.headers.get("content-type"))) {
        location.assign(`/sign-in/again?next=${encodeURIComponent(location.pathname + location.search)}`);
        return;
      }
      const { step, options, words } = await reply.json();
      if (!options) return say(words);
      const key = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.step.value = step;
      form.elements.answer.value = JSON.stringify(key.toJSON());
      form.submit();
    } catch {
      say("Your device did not answer. Please try again.");
    }
  };
})();
