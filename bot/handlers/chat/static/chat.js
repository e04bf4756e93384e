// What the page gains with JavaScript: sending without leaving it, answers that arrive by themselves, a queue that survives a lost network.
// Everything works without this file; nothing is kept in the browser's storage.
const { body } = document;
const { dataset: said } = body;
const by = (id) => document.getElementById(id);
const [lines, chips, box, dots, word, end, who] = ["lines", "chips", "write", "dots", "word", "end", "who"].map(by);
const session = document.querySelector("[name=session]")?.value ?? "";
const queue = [];
let { after } = said;
let sending = false, pause = 1000, stream, timer, silent, turning = false, leaving = false, gone = false;

const newId = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12)))).replace(/\+/g, "-").replace(/\//g, "_");
const words = (line) => line.classList[1] + line.children[1].textContent.replace(/\s+/g, " ");
const lineOf = (id) => lines.querySelector(`[data-id="${id}"]`);
const element = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });

async function post(url, fields) {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 20000);
  try {
    const sent = new URLSearchParams({ ...fields, session });
    return await fetch(url, { method: "POST", body: sent, headers: { Accept: "application/json" }, signal: stop.signal });
  } finally {
    clearTimeout(late);
  }
}

// --- what the person sends: shown at once, sent in order, one at a time, again until the house has it ---

function mark(item, name, text) {
  item.line.className = `line me ${name}`;
  item.line.lastChild.textContent = text;
}

function send(form, button) {
  const fields = { id: newId() };
  for (const one of form.elements) if (one.type === "hidden" && one.name !== "id") fields[one.name] = one.value;
  const isButton = Boolean(button?.name);
  const text = isButton ? button.textContent.trim() : box.value.trim();
  if (!text) return;
  fields[isButton ? button.name : "text"] = isButton ? button.value : box.value;
  const line = element("li", "line me going", "");
  const bubble = element("div", "bubble", "");
  const inside = element("p", "", text);
  inside.dir = "auto";
  bubble.append(inside);
  line.append(element("p", "who", said.me), bubble, element("p", "state", said.sending));
  lines.append(line);
  if (!isButton) { box.value = ""; grow(); }
  chips.replaceChildren();
  word.hidden = true;
  queue.push({ url: form.getAttribute("action").split("#")[0], fields, line, reload: "reload" in form.dataset });
  show(line);
  pump();
}

async function pump() {
  if (sending || !queue.length) return;
  sending = true;
  const [item] = queue;
  mark(item, "going", said.sending);
  try {
    const answer = await post(item.url, item.fields);
    if (answer.ok) arrived(item, await answer.json());
    else if (answer.status < 500 && answer.status !== 429) refused(item);
    else throw answer.status;
    pause = 1000;
    sending = false;
    pump();
  } catch {
    mark(item, "lost", said.lost);
    sending = false;
    setTimeout(pump, pause);
    pause = Math.min(pause * 2, 15000);
  }
}

function arrived(item, got) {
  queue.shift();
  if (item.line.dataset.id !== String(got.id) && lineOf(got.id)) item.line.remove();
  item.line.dataset.id = got.id;
  mark(item, "", said.sent);
  if (got.cut) tell(said.cut);
  turning ||= item.reload;
  dots.hidden = Boolean(got.floor);
  for (const one of document.querySelectorAll("[data-before], [data-after]:not(body)")) one.hidden = "before" in one.dataset;
  if (timer) askSoon(300);
  else if (!stream) listen();
}

function refused(item) {
  queue.shift();
  mark(item, "lost", said.refused);
  const again = element("button", "again", said.again);
  again.addEventListener("click", () => { queue.push(item); pump(); });
  item.line.lastChild.append(again);
}

function tell(text) {
  word.textContent = text;
  word.hidden = false;
}

// --- what arrives: lines by their number, each shown once, in order ---

function place(line) {
  const id = Number(line.dataset.id);
  if (lineOf(id)) return false;
  const same = [...lines.children].find((one) => !Number(one.dataset.id) && words(one) === words(line));
  if (same) { same.dataset.id = id; return false; }
  const next = [...lines.children].find((one) => !one.dataset.id || Number(one.dataset.id) > id);
  lines.insertBefore(line, next ?? null);
  return true;
}

function news(got) {
  if (got.erased && !gone) lines.replaceChildren();
  gone = got.erased;
  const shape = document.createElement("template");
  shape.innerHTML = got.lines;
  const fresh = [...shape.content.children].filter(place);
  after = got.after;
  if (who.textContent !== got.who) who.textContent = got.who;
  if (!queue.length && chips.dataset.now !== got.answers) {
    chips.innerHTML = got.answers;
    chips.dataset.now = got.answers;
  }
  const heard = fresh.filter((line) => !line.classList.contains("me"));
  if (heard.length) {
    dots.hidden = true;
    if (turning && stream) location.reload();
    show(heard[0]);
  }
}

function show(line) {
  const room = innerHeight - by("say").offsetHeight - 120;
  const tall = end.getBoundingClientRect().top - line.getBoundingClientRect().top > room;
  (tall ? line : end).scrollIntoView({ block: tall ? "start" : "end" });
}

// --- listening: a stream where cookies work, asking every few seconds where they or the stream do not ---

function listen() {
  hush();
  clearTimeout(timer);
  timer = 0;
  if (!window.EventSource) return ask();
  stream = new EventSource(`${said.home}/events?after=${after}`);
  stream.addEventListener("news", (event) => { clearTimeout(silent); silent = 0; news(JSON.parse(event.data)); });
  // a stream that worked comes back by itself; one that never spoke never will
  stream.addEventListener("error", () => { if (silent || stream?.readyState === 2) ask(); });
  silent = setTimeout(ask, 8000);
}

function hush() {
  clearTimeout(silent);
  stream?.close();
  stream = undefined;
}

async function ask() {
  hush();
  clearTimeout(timer);
  timer = 0;
  try {
    const answer = await post(`${said.home}/news`, { after });
    if (answer.status === 410) return gone || location.reload();
    if (answer.ok) news(await answer.json());
  } catch { /* no network: the next round asks again */ }
  askSoon(document.hidden ? 30000 : 3000);
}

function askSoon(wait) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

// --- the page ---

function grow() {
  box.style.height = "";
  box.style.height = `${box.scrollHeight + 3}px`;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("send" in form.dataset)) return;
  event.preventDefault();
  form.closest("details")?.removeAttribute("open");
  if (form === by("answers") && form.contains(document.activeElement)) by("log").focus({ preventScroll: true });
  send(form, event.submitter);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  by("say").requestSubmit();
});
box.addEventListener("input", grow);
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details[open]");
  if (!open) return;
  open.open = false;
  open.firstElementChild.focus();
});
for (const way of document.querySelectorAll("[data-exit]")) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leaving = true;
    hush();
    body.replaceChildren();
    document.title = "\u200b";
    location.replace(way.href);
  });
}
addEventListener("online", () => { pause = 1000; pump(); });
addEventListener("beforeunload", (event) => { if (queue.length && !leaving) event.preventDefault(); });
document.addEventListener("visibilitychange", () => {
  if (!stream && !timer) return;
  if (!document.hidden) listen();
  else if (stream) { hush(); timer = setTimeout(listen, 60000); }
});

chips.dataset.now = chips.innerHTML;
if (said.live) listen();
if (lines.childElementCount > 1) end.scrollIntoView({ block: "end" });
