// What HTML cannot say alone: send with Ctrl+Enter, say when the line is cut, leave when the session is over.
"use strict";

const lost = () => document.querySelector("[data-lost]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("[data-words]")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

document.addEventListener("htmx:sse:error", () => {
  if (lost()) lost().hidden = false;
});

document.addEventListener("htmx:sse:after:connection", () => {
  if (lost()) lost().hidden = true;
});

document.addEventListener("signed-out", () => location.assign("/console/sign-in"));

// While a form is under way its buttons wait: a second click would be a second request.
document.addEventListener("htmx:before:request", (event) => waiting(event.target, true));
document.addEventListener("htmx:finally:request", (event) => waiting(event.target, false));

function waiting(element, yes) {
  if (!element.matches || !element.matches("form")) return;
  for (const button of element.querySelectorAll("button")) button.disabled = yes;
}
