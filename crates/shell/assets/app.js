// Every journey works without this file.
"use strict";
(() => {
  const root = document.documentElement;
  const one = (query, from = document) => from.querySelector(query);
  const all = (query, from = document) => from.querySelectorAll(query);
  const on = (what, act) => document.addEventListener(what, act);
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
    } else if (form.method === "post") {
      sessionStorage.setItem("place", JSON.stringify([location.pathname, scrollY, Date.now()]));
    }
  });

  // One menu at a time; Escape or a click closes it.
  const close = (but) => all("details.menu[open]").forEach((menu) => {
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

  const reveal = () => all("[data-copy][hidden]").forEach((copy) => {
    copy.hidden = !navigator.clipboard;
  });
  reveal();
  on("shown", reveal);

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
