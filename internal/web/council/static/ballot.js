// A member's ballot: what is chosen is kept at once, item by item, so that two open
// tabs do not undo each other. Without this file the buttons of the form do the same.
"use strict";
(() => {
  const form = document.getElementById("ballot");
  if (!form) return;
  const words = document.body.dataset;
  const state = form.querySelector("[data-save-state]");
  const progress = form.querySelector("[data-filled]");
  let waiting = new Map(); // field → choice, not kept yet
  let busy = false;
  let timer = 0;

  const say = (text, offline) => {
    state.textContent = text;
    state.classList.toggle("offline", Boolean(offline));
  };
  const count = () => {
    const chosen = form.querySelectorAll("input[type=radio]:checked").length;
    progress.textContent = progress.dataset.filled.replace("{0}", chosen).replace("{1}", progress.dataset.asked);
  };
  const send = async () => {
    if (busy || waiting.size === 0) return;
    busy = true;
    const sent = waiting;
    waiting = new Map();
    say(words.saving);
    let retry = 0;
    try {
      const body = new URLSearchParams([["csrf", form.elements.csrf.value], ...sent]);
      const res = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "X-Autosave": "1", Accept: "application/json" } });
      const out = await res.json();
      if (res.ok) {
        say(words.saved.replace("{0}", out.saved));
      } else if (out.sign_in) { // over, or begun anew in another window
        retry = 3000;
        const now = await window.vinhdanh.session();
        if (now.csrf) retry = 200;
        else if (now.offline) say(words.offline, true);
        else window.vinhdanh.ended(state, now);
      } else if (res.status >= 500 || res.status === 429) {
        retry = 3000;
        say(words.offline, true);
      } else {
        say(out.error || words.offline, true); // refused: cast elsewhere, or closed
      }
    } catch {
      retry = 3000;
      say(words.offline, true);
    } finally {
      busy = false;
      if (retry) for (const [k, v] of sent) if (!waiting.has(k)) waiting.set(k, v);
      if (waiting.size === 0) delete form.dataset.dirty;
      else timer = setTimeout(send, retry);
    }
  };
  const keep = (input) => {
    waiting.set(input.name, input.value);
    form.dataset.dirty = "1";
    clearTimeout(timer);
    timer = setTimeout(send, 400);
  };
  form.addEventListener("change", (e) => {
    if (e.target.type !== "radio") return;
    keep(e.target);
    count();
  });
  // A button that fills a group, without leaving the page.
  form.addEventListener("click", (e) => {
    const button = e.target.closest("button[data-fill]");
    if (!button) return;
    e.preventDefault();
    button.closest("details").querySelectorAll("fieldset.line").forEach((line) => {
      if (line.querySelector("input:checked")) return;
      const input = line.querySelector(`input[value="${button.dataset.fill}"]`);
      if (!input) return;
      input.checked = true;
      keep(input);
    });
    count();
  });
  // 1, 2 and 3 choose on the line that has the focus and go on to the next.
  form.addEventListener("keydown", (e) => {
    const choice = { 1: "yes", 2: "no", 3: "abstain" }[e.key];
    const line = e.target.closest("fieldset.line");
    if (!choice || !line || e.ctrlKey || e.altKey || e.metaKey) return;
    const input = line.querySelector(`input[value="${choice}"]`);
    if (!input) return;
    e.preventDefault();
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    const lines = [...form.querySelectorAll("fieldset.line:not(.blocked)")];
    const next = lines[lines.indexOf(line) + 1];
    (next ? next.querySelector("input:checked") || next.querySelector("input") : input).focus();
  });
})();
