// Texts that turn into something else wherever a page forgets to write them as text.
// Each would leave an element or an attribute with "canary" in it, or call `canary()`.
export const PAYLOADS = [
  `<img data-canary src=x onerror=canary(1)>`,
  `<script data-canary>canary(2)</script>`,
  `"><script data-canary>canary(3)</script>`,
  `'><img data-canary src=x onerror=canary(4)>`,
  `</title><canary-x>5</canary-x>`,
  `</textarea><canary-x>6</canary-x>`,
  `</option></select><canary-x>7</canary-x>`,
  `</script><canary-x>8</canary-x>`,
  `</style><canary-x>9</canary-x>`,
  `--><canary-x>10</canary-x><!--`,
  `]]><canary-x>11</canary-x>`,
  `" onmouseover="canary(12)" data-canary="`,
  `' onfocus='canary(13)' autofocus data-canary='`,
  `" autofocus onfocus=canary(14) data-canary x="`,
  `\` onclick=canary(15) data-canary \``,
  `<svg data-canary onload=canary(16)>`,
  `<svg><canary-x/onload=canary(17)>`,
  `<svg><script data-canary>canary(18)</script></svg>`,
  `<math><canary-x xlink:href="javascript:canary(19)">x</canary-x></math>`,
  `<body data-canary onload=canary(20)>`,
  `<iframe data-canary srcdoc="<script>parent.canary(21)</script>"></iframe>`,
  `<iframe data-canary src="javascript:parent.canary(22)"></iframe>`,
  `<object data-canary data="data:text/html,<script>canary(23)</script>"></object>`,
  `<embed data-canary src="data:text/html,24">`,
  `<form data-canary action="javascript:canary(25)"><button>x</button></form>`,
  `<input data-canary autofocus onfocus=canary(26)>`,
  `<details data-canary open ontoggle=canary(27)>x</details>`,
  `<video data-canary src=x onerror=canary(28)></video>`,
  `<audio data-canary src=x onerror=canary(29)></audio>`,
  `<a data-canary href="javascript:canary(30)">30</a>`,
  `<base data-canary href="//canary.example/">`,
  `<meta data-canary http-equiv="refresh" content="0;url=//canary.example/">`,
  `<link data-canary rel=stylesheet href="//canary.example/x.css">`,
  `<style data-canary>*{background:url(//canary.example/)}</style>`,
  `<canary-x style="animation-name:x" onanimationstart=canary(35)>`,
  `<template data-canary><canary-x>36</canary-x></template>`,
  `<noscript><p title="</noscript><canary-x>37</canary-x>">`,
  `<marquee data-canary onstart=canary(38)>x</marquee>`,
  `[canary 39](javascript:canary(39))`,
  `[canary 40](JaVaScRiPt:canary(40) "title")`,
  `[canary 41](data:text/html;base64,PHNjcmlwdD5jYW5hcnkoNDEpPC9zY3JpcHQ+)`,
  `![canary 42](x" onerror="canary(42))`,
  `![canary 43](//canary.example/43.png)`,
  `<javascript:canary(44)>`,
  `[canary 45]: javascript:canary(45)`,
  `\`\`\`"><canary-x>46</canary-x>`,
  `javascript:canary(47)`,
  `vbscript:canary(48)`,
  `data:text/html,<script>canary(49)</script>`,
  `{{canary}} \${canary(50)} <%= canary(50) %> #{canary(50)}`,
  `&lt;canary-x&gt;51&lt;/canary-x&gt;`,
  `&#60;canary-x&#62;52&#60;/canary-x&#62;`,
  `%3Ccanary-x%3E53%3C%2Fcanary-x%3E`,
  `\\u003ccanary-x\\u003e54`,
  `\\x3ccanary-x\\x3e55`,
  `＜canary-x＞56＜/canary-x＞`,
  `<<canary-x>57<</canary-x>`,
  `<canary-x\n>58</canary-x\n>`,
  `<canary-x/data-canary/x=">59">`,
  `=HYPERLINK("//canary.example/","60")<canary-x>`,
];

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
