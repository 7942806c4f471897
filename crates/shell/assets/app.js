// Every journey works without this file.
"use strict";
(() => {
  const root = document.documentElement;
  const one = (query, from = document) => from.querySelector(query);
  const on = (what, act) => document.addEventListener(what, act);
  const live = "form[data-live]";
  root.classList.add("js");

  // The theme changes at once; the server remembers it.
  on("submit", (event) => {
    const form = event.target;
    if (form.matches("form.theme")) {
      event.preventDefault();
      const theme = event.submitter.value;
      const body = new URLSearchParams(new FormData(form, event.submitter));
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
      fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => form.submit());
    } else if (form.matches(live)) {
      event.preventDefault();
      show(address(form), "push");
    } else if (form.method === "post") {
      sessionStorage.setItem("place", JSON.stringify([location.pathname, scrollY, Date.now()]));
    }
  });

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
    old.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { headers: { accept: "text/html" } });
      const text = await answer.text();
      if (mine !== turn) return;
      const fresh = new DOMParser().parseFromString(pages?.createHTML(text) ?? text, "text/html").getElementById(part);
      if (!answer.ok || answer.redirected || !fresh) throw answer.status;
      old.replaceChildren(...fresh.childNodes);
      if (step && url !== location.href) history[step + "State"](null, "", url);
      seen = location.search;
      reveal();
    } catch {
      if (mine === turn) location.assign(url);
    } finally {
      if (mine === turn) old.removeAttribute("aria-busy");
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

  // One menu at a time; Escape or a click closes it.
  const close = (but) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== but) menu.open = false;
  });
  on("click", (event) => {
    close(event.target.closest("details.menu"));
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(copy.dataset.copy).then(() => {
      one("span", copy).textContent = "Copied";
    });
  });
  on("keydown", (event) => {
    const open = one("details.menu[open]");
    if (event.key !== "Escape" || !open) return;
    close();
    one("summary", open).focus();
  });

  const reveal = () => document.querySelectorAll("[data-copy][hidden]").forEach((copy) => {
    copy.hidden = !navigator.clipboard;
  });
  reveal();

  // After a form: its faults, or the place one was at.
  const place = JSON.parse(sessionStorage.getItem("place") || "[]");
  sessionStorage.removeItem("place");
  const errors = one(".errors");
  if (errors) errors.focus();
  else if (place[0] === location.pathname && !location.hash && Date.now() - place[2] < 15000) {
    root.classList.add("kept-place");
    scrollTo(0, place[1]);
  }
})();
