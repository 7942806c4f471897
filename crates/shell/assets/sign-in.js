// For the pages of signing in alone. Without it they work with one click more.
"use strict";
(() => {
  // A form that waited goes on by itself.
  const waiting = document.querySelector("form[data-go]");
  if (waiting) waiting.requestSubmit();
})();
