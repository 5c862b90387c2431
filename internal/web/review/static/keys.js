// Shortcuts of the desk. Without this file every step works by plain controls; the
// box in the help turns single-key shortcuts off (WCAG 2.1.4); the server remembers it in a cookie.
"use strict";
(() => {
  const box = document.querySelector("[data-help-box]");
  const opener = document.querySelector("[data-help]");
  const toggle = document.querySelector("[data-keys-on]");
  const rows = [...document.querySelectorAll("[data-row]")];
  let on = !toggle || toggle.checked;
  let at = -1;

  const help = () => { if (box && !box.open) box.showModal(); };
  if (opener) { opener.hidden = false; opener.addEventListener("click", help); }
  if (toggle) {
    toggle.addEventListener("change", () => {
      on = toggle.checked;
      const form = toggle.closest("form");
      fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).catch(() => { /* holds for this page */ });
    });
  }
  const go = (n) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, n));
    rows[at].focus();
    rows[at].scrollIntoView({ block: "center" });
  };
  const row = () => document.activeElement.closest?.("[data-row]") || rows[at] || rows[0];
  const choose = (value) => {
    const radio = row()?.querySelector(`input[type=radio][value=${value}]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // The field takes the focus when the key is up again, so that an input method of
  // Vietnamese does not put the key into it.
  const write = () => {
    const field = row()?.querySelector("input.why");
    if (field) document.addEventListener("keyup", () => field.focus(), { once: true });
  };
  const follow = (name) => document.querySelector(`a[data-key=${name}]`)?.click();
  const acts = {
    j: () => go(at + 1), k: () => go(at - 1),
    1: () => choose("propose"), 2: () => { choose("not_propose"); write(); },
    r: write,
    n: () => follow("n"), p: () => follow("p"), "?": help,
  };
  document.addEventListener("focusin", (e) => {
    const here = e.target.closest("[data-row]");
    if (here) at = rows.indexOf(here);
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && e.target.matches("input.why")) { e.target.closest("[data-row]").focus(); return; }
    if (!on || e.ctrlKey || e.metaKey || e.altKey || box?.open) return;
    if (e.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const act = acts[e.key];
    if (act) { e.preventDefault(); act(); }
  });
  // Who does not propose an item gives a reason: the field shows that it is awaited.
  document.addEventListener("change", (e) => {
    if (!e.target.matches("[data-row] input[type=radio]")) return;
    e.target.closest("[data-row]").classList.toggle("refusing", e.target.value === "not_propose");
  });
  document.querySelectorAll("[data-row] input[value=not_propose]:checked").forEach((r) => r.closest("[data-row]").classList.add("refusing"));
})();
