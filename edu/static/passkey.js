// Asks a device for a passkey and puts its answer into a form, which is sent as any other.
(function () {
  "use strict";
  var d = document, keys = navigator.credentials, box = d.querySelector("[data-passkey]"),
    able = d.querySelector("[data-passkey-able]"), unable = d.querySelector("[data-passkey-unable]");
  if (!window.PublicKeyCredential || !window.isSecureContext || !keys || !window.fetch) { return; }
  if (able) { able.hidden = false; unable.hidden = true; }
  if (!box) { return; }
  var form = box.querySelector("form"), button = box.querySelector("button"),
    status = box.querySelector("[data-status]");
  box.hidden = false;
  // Bytes travel as base64url.
  function bytes(text) {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), function (sign) { return sign.charCodeAt(0); });
  }
  function text(buffer) {
    var found = "";
    new Uint8Array(buffer).forEach(function (each) { found += String.fromCharCode(each); });
    return btoa(found).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function known(list) {
    return (list || []).map(function (each) { return Object.assign({}, each, { id: bytes(each.id) }); });
  }
  function make(wish) {
    wish.challenge = bytes(wish.challenge);
    wish.user.id = bytes(wish.user.id);
    wish.excludeCredentials = known(wish.excludeCredentials);
    return keys.create({ publicKey: wish }).then(function (made) {
      return [made, {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : []
      }];
    });
  }
  function see(wish) {
    wish.challenge = bytes(wish.challenge);
    wish.allowCredentials = known(wish.allowCredentials);
    return keys.get({ publicKey: wish }).then(function (shown) {
      var said = shown.response;
      return [shown, {
        clientDataJSON: text(said.clientDataJSON),
        authenticatorData: text(said.authenticatorData),
        signature: text(said.signature),
        userHandle: said.userHandle ? text(said.userHandle) : null
      }];
    });
  }
  function send(found) {
    form.elements.passkey.value = JSON.stringify({ id: found[0].id, rawId: text(found[0].rawId), type: found[0].type, response: found[1] });
    form.submit();
  }
  function begin() {
    if (box.dataset.options) { return make(JSON.parse(box.dataset.options)).then(send); }
    // A name that was typed goes along: the passkey must belong to it.
    var typed = d.querySelector("main input[name=login]:not([type=hidden])");
    form.elements.login.value = typed ? typed.value : "";
    return fetch(box.dataset.begin, { method: "POST", body: new URLSearchParams({ csrf_token: form.elements.csrf_token.value }) }).then(function (answer) {
      // What is wrong, the page says that comes of an empty form.
      if (!answer.ok) { form.submit(); return null; }
      return answer.json().then(see).then(send);
    });
  }
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    button.disabled = true;
    status.textContent = status.dataset.waiting;
    begin().catch(function (error) {
      button.disabled = false;
      status.textContent = (error.name === "InvalidStateError" && status.dataset.known) || status.dataset.stopped;
    });
  });
}());
