// A member's secret ballot is sealed here, before it leaves this machine: HPKE
// (RFC 9180) in base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, first
// to the chair's key and then to the secretary's, as package ballotbox does. Without
// this file, or where the browser cannot, the server seals it in memory.
"use strict";
(() => {
  const form = document.getElementById("sealed");
  if (!form || !window.crypto?.subtle) return;
  document.querySelector("[data-sealed-here]").hidden = false;
  document.querySelector("[data-sealed-there]").hidden = true;

  const utf8 = (s) => new TextEncoder().encode(s);
  const join = (...parts) => new Uint8Array(parts.flatMap((p) => [...p]));
  const unhex = (s) => new Uint8Array(s.match(/../g).map((b) => parseInt(b, 16)));
  const hex = (b) => [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  const kem = join(utf8("KEM"), [0, 16]);
  const suite = join(utf8("HPKE"), [0, 16, 0, 1, 0, 2]);
  const none = new Uint8Array();

  const hmac = async (key, data) => {
    const k = await crypto.subtle.importKey("raw", key.length ? key : new Uint8Array(32), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", k, data));
  };
  // Outputs here are never longer than one block of HMAC.
  const extract = (id, salt, label, input) => hmac(salt, join(utf8("HPKE-v1"), id, utf8(label), input));
  const expand = async (id, secret, label, info, length) =>
    (await hmac(secret, join([0, length], utf8("HPKE-v1"), id, utf8(label), info, [1]))).slice(0, length);

  const seal = async (recipient, info, plain) => {
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const to = await crypto.subtle.importKey("raw", recipient, curve, false, []);
    const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
    const enc = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
    const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: to }, own.privateKey, 256));
    const shared = await expand(kem, await extract(kem, none, "eae_prk", dh), "shared_secret", join(enc, recipient), 32);
    const context = join([0], await extract(suite, none, "psk_id_hash", none), await extract(suite, none, "info_hash", info));
    const secret = await extract(suite, shared, "secret", none);
    const key = await crypto.subtle.importKey("raw", await expand(suite, secret, "key", context, 32), "AES-GCM", false, ["encrypt"]);
    const iv = await expand(suite, secret, "base_nonce", context, 12);
    return join(enc, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain)));
  };

  const sealHere = async (event) => {
    event.preventDefault();
    const { case: session, member, chair, secretary, items } = form.elements.sealed.dataset;
    let choices = "";
    for (let i = 0; i < Number(items); i++) {
      choices += (form.elements["s" + i]?.value || "-")[0];
    }
    const info = (holder) => utf8("vinhdanh secret ballot 1\n" + session + "\n" + member + "\n" + holder);
    const inner = await seal(unhex(chair), info("chair"), utf8(choices));
    form.elements.sealed.value = hex(await seal(unhex(secretary), info("secretary"), inner));
    for (const box of form.querySelectorAll("input[type=radio]")) box.disabled = true; // they stay here
    form.submit();
  };
  const onSubmit = (event) =>
    sealHere(event).catch(() => { // the page says so before the voter sends it to be sealed there
      form.removeEventListener("submit", onSubmit);
      document.querySelector("[data-sealed-here]").hidden = true;
      const there = document.querySelector("[data-sealed-there]");
      there.hidden = false;
      there.tabIndex = -1;
      there.focus();
    });
  form.addEventListener("submit", onSubmit);
})();
