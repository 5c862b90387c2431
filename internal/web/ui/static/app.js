// Comforts of every page. Without this file everything still works.
"use strict";
(() => {
  const words = document.body.dataset;
  const fill = (text, value) => text.replace("{0}", value);

  // The summary of errors takes the focus; its links lead to their fields.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[data-field]");
    if (!link) return;
    const field = document.getElementsByName(link.dataset.field)[0];
    if (field) { e.preventDefault(); field.focus(); }
  });

  // The session of this page: {csrf} with a fresh token for its forms, {error, sign_in}
  // where it is over, {error, other} where somebody else is signed in by now,
  // {offline} without a connection.
  const session = async () => {
    const own = document.querySelector("input[name=csrf]");
    try {
      const res = await fetch("/session", { cache: "no-store", headers: { "X-CSRF": own ? own.value : "", Accept: "application/json" } });
      if (res.status >= 500) return { offline: true };
      const out = await res.json();
      if (out.csrf) {
        document.querySelectorAll("input[name=csrf]").forEach((i) => { i.value = out.csrf; });
        document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF": out.csrf }));
      }
      return out;
    } catch {
      return { offline: true };
    }
  };
  // Says that the session is over, with the way back to it.
  const ended = (place, out) => {
    place.textContent = out.error + " ";
    place.classList.add("offline");
    if (!out.sign_in) return;
    const link = document.createElement("a");
    Object.assign(link, { href: "/sign-in?next=%2Fsession%2Fagain", target: "_blank", rel: "noopener", textContent: words.signIn });
    place.append(link);
  };
  window.vinhdanh = { session, ended };

  // A form is sent once, and one with data-guard only where it can arrive: without a
  // connection or a session the page stays, with all that was typed.
  const stays = (form, submitter, out) => {
    let place = form.querySelector("[data-unsent]");
    if (!place) {
      place = document.createElement("p");
      place.className = "notice bad";
      place.setAttribute("role", "alert");
      place.dataset.unsent = "";
      const by = submitter && form.contains(submitter) ? submitter.closest(".actions, .bar") || submitter : null;
      if (by) by.before(place); else form.append(place);
    }
    if (out.offline) place.textContent = words.unsent; else ended(place, out);
    place.scrollIntoView({ block: "center" });
  };
  const ask = async (form, submitter) => {
    form.dataset.sent = "1";
    const out = await session();
    delete form.dataset.sent;
    if (out.offline || out.sign_in || out.other) { stays(form, submitter, out); return; }
    form.asked = true;
    form.requestSubmit(submitter);
    form.asked = false;
  };
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (e.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    if (form.matches("[data-guard], [data-autosave]") && !form.asked) { e.preventDefault(); ask(form, e.submitter); return; }
    form.dataset.sent = "1";
    delete form.dataset.dirty;
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent);
  });

  // What was typed and not saved is not lost by accident: forms with data-guard.
  document.addEventListener("input", (e) => {
    const form = e.target.closest("form[data-guard], form[data-autosave]");
    if (form) form.dataset.dirty = "1";
  });
  window.addEventListener("beforeunload", (e) => {
    if (document.querySelector("form[data-dirty]")) { e.preventDefault(); e.returnValue = words.leave; }
  });

  // Forms with data-autosave="/path" are saved as they are typed. The answer is JSON:
  // {version, saved} or {error}; 409 brings the page that merges.
  const say = (form, text, offline) => {
    const state = form.querySelector("[data-save-state]");
    if (!state) return;
    state.textContent = text;
    state.classList.toggle("offline", Boolean(offline));
  };
  // Where the session is over, saving goes on once the same person has signed in.
  const again = async (form) => {
    const out = await session();
    const state = form.querySelector("[data-save-state]");
    if (out.csrf) { form.timer = setTimeout(() => save(form), 100); return; }
    if (out.offline) say(form, words.offline, true); else if (state && (out.error !== state.dataset.said || !state.classList.contains("offline"))) { ended(state, out); state.dataset.said = out.error; }
    clearTimeout(form.timer);
    form.timer = setTimeout(() => again(form), 3000);
  };
  const save = async (form) => {
    if (form.saving) { form.again = true; return; }
    form.saving = true;
    say(form, words.saving);
    delete form.dataset.dirty;
    try {
      const body = new URLSearchParams(new FormData(form));
      const res = await fetch(form.dataset.autosave, { method: "POST", body, headers: { "X-Autosave": "1", Accept: "application/json" } });
      const out = await res.json();
      if (res.ok) {
        for (const [name, value] of Object.entries(out.fields || {})) {
          const field = form.elements[name];
          if (field && field !== document.activeElement) field.value = value;
        }
        say(form, fill(words.saved, out.saved));
        form.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: out }));
      } else if (out.sign_in) {
        form.dataset.dirty = "1";
        again(form);
      } else {
        form.dataset.dirty = "1";
        say(form, out.error || words.unsaved, true);
        if (res.status >= 500) setTimeout(() => save(form), 5000);
      }
    } catch {
      form.dataset.dirty = "1";
      say(form, words.offline, true);
      setTimeout(() => save(form), 3000);
    } finally {
      form.saving = false;
      if (form.again) { form.again = false; save(form); }
    }
  };
  document.addEventListener("input", (e) => {
    const form = e.target.closest("form[data-autosave]");
    if (!form) return;
    say(form, words.unsaved);
    clearTimeout(form.timer);
    form.timer = setTimeout(() => save(form), 700);
  });

  // A chosen day in words: browsers put its figures in an order of their own.
  const weekdays = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"];
  const dayWords = (iso) => {
    const d = new Date(`${iso}T00:00:00Z`);
    if (isNaN(d)) return "";
    const year = iso.split("-")[0];
    if (document.documentElement.lang === "en") {
      const name = (what) => d.toLocaleDateString("en-GB", { ...what, timeZone: "UTC" });
      return `${name({ weekday: "long" })} ${d.getUTCDate()} ${name({ month: "long" })} ${year}`;
    }
    return `${weekdays[d.getUTCDay()]}, ngày ${String(d.getUTCDate()).padStart(2, "0")} tháng ${d.getUTCMonth() + 1} năm ${year}`;
  };
  document.addEventListener("input", (e) => {
    const out = e.target.type === "date" && e.target.parentElement.querySelector("[data-date-words]");
    if (out) out.textContent = e.target.value ? dayWords(e.target.value) : "";
  });

  // Ctrl+Enter sends the form one is in.
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
    const form = e.target.closest("form");
    if (form) { e.preventDefault(); form.requestSubmit(form.querySelector("[data-default]") || undefined); }
  });

  // Files may be dropped on their field.
  document.querySelectorAll("[data-drop]").forEach((zone) => {
    const input = zone.querySelector("input[type=file]");
    const over = (on) => (e) => { e.preventDefault(); zone.classList.toggle("over", on); };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (e) => { over(false)(e); input.files = e.dataTransfer.files; input.dispatchEvent(new Event("change", { bubbles: true })); });
  });

  // data-print prints; data-check-all checks the boxes of its form.
  document.addEventListener("click", (e) => {
    if (e.target.closest("[data-print]")) window.print();
    const all = e.target.closest("[data-check-all]");
    if (all) all.closest("form").querySelectorAll(`input[type=checkbox][name="${all.dataset.checkAll}"]`).forEach((b) => { b.checked = all.checked !== undefined ? all.checked : true; });
  });
  document.querySelectorAll(".menu").forEach((menu) => menu.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); }
  }));
})();
