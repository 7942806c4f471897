// Results follow the filters beside them. Every journey works without this file.
"use strict";
(() => {
  const one = (query, from = document) => from.querySelector(query);
  const all = (query, from = document) => from.querySelectorAll(query);
  const on = (what, act) => document.addEventListener(what, act);
  const live = "form[data-live]";
  const figures = "[data-live] option, [data-live] .choice > span";

  // Only pages of this house become markup.
  const pages = globalThis.trustedTypes?.createPolicy("pages", { createHTML: (it) => it });

  // The results follow the filters; the address follows the results.
  let wait;
  let turn = 0;
  let seen = location.search;
  const address = (form) => {
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) url.searchParams.append(name, value);
    return url.href;
  };
  const show = async (url, step) => {
    clearTimeout(wait);
    const mine = ++turn;
    const part = step ? "results" : "main";
    const old = document.getElementById(part);
    old.ariaBusy = "true";
    try {
      const answer = await fetch(url, { headers: { accept: "text/html" } });
      const text = await answer.text();
      if (mine !== turn) return;
      const page = new DOMParser().parseFromString(pages?.createHTML(text) ?? text, "text/html");
      const fresh = page.getElementById(part);
      if (!answer.ok || answer.redirected || !fresh) throw answer.status;
      old.replaceChildren(...fresh.childNodes);
      // Beside each choice stands how many it would leave now.
      const shown = all(figures);
      all(figures, page).forEach((it, n) => {
        if (shown[n]) shown[n].textContent = it.textContent;
      });
      if (step && url !== location.href) history[step + "State"](null, "", url);
      seen = location.search;
      document.dispatchEvent(new Event("shown"));
    } catch {
      if (mine === turn) location.assign(url);
    } finally {
      if (mine === turn) old.ariaBusy = null;
    }
  };
  const follow = (event) => {
    const form = event.target.form;
    if (!form || !form.matches(live)) return;
    const typing = /^(text|search)$/.test(event.target.type);
    if (typing !== (event.type === "input")) return;
    clearTimeout(wait);
    wait = setTimeout(() => show(address(form), typing ? "replace" : "push"), typing ? 300 : 0);
  };
  on("input", follow);
  on("change", follow);
  addEventListener("popstate", () => location.search !== seen && one(live) && show(location.href));
  on("submit", (event) => {
    if (!event.target.matches(live)) return;
    event.preventDefault();
    show(address(event.target), "push");
  });
})();
