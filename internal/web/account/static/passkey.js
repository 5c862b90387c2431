// Passkeys: a form with data-passkey is shown where the browser knows them. Its
// button asks the server for a question, the authenticator for the answer, and
// sends the form.
"use strict";
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ids = (list) => (list || []).map((k) => ({ ...k, id: bytes(k.id) }));

  const question = (o) => {
    const k = { ...o.publicKey, challenge: bytes(o.publicKey.challenge) };
    if (k.user) k.user = { ...k.user, id: bytes(k.user.id) };
    if (k.excludeCredentials) k.excludeCredentials = ids(k.excludeCredentials);
    if (k.allowCredentials) k.allowCredentials = ids(k.allowCredentials);
    return { publicKey: k };
  };
  const answer = (k) => {
    const r = { clientDataJSON: text(k.response.clientDataJSON) };
    if (k.response.attestationObject) {
      r.attestationObject = text(k.response.attestationObject);
      if (k.response.getTransports) r.transports = k.response.getTransports();
    } else {
      r.authenticatorData = text(k.response.authenticatorData);
      r.signature = text(k.response.signature);
      if (k.response.userHandle) r.userHandle = text(k.response.userHandle);
    }
    return JSON.stringify({ id: k.id, rawId: text(k.rawId), type: k.type, response: r, clientExtensionResults: k.getClientExtensionResults() });
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    const alert = form.querySelector("[role=alert]");
    form.addEventListener("submit", async (e) => {
      if (form.elements.answer.value) return;
      e.preventDefault();
      alert.textContent = "";
      try {
        const asked = await fetch(form.dataset.ask, { method: "POST", headers: { "X-CSRF": form.elements.csrf.value } });
        const q = await asked.json();
        if (!asked.ok) throw new Error(q.error);
        const options = question(q.options);
        const key = form.dataset.passkey === "create" ? await navigator.credentials.create(options) : await navigator.credentials.get(options);
        form.elements.id.value = q.id;
        form.elements.answer.value = answer(key);
        form.requestSubmit();
      } catch (err) {
        alert.textContent = err instanceof DOMException || err instanceof SyntaxError || err instanceof TypeError || !err.message ? form.dataset.failed : err.message;
      }
    }, true);
  });
})();
