// On a learner's way: what this phone still has to send, and whose way it is, for a phone that
// keeps one. Without a worker nothing is asked of anybody.
(function () {
  "use strict";
  var d = document, line = d.querySelector("[data-letters]"), there = navigator.serviceWorker;
  if (!line || !there || !there.controller) { return; }

  function ask(what, then) {
    var wire = new MessageChannel();
    wire.port1.onmessage = function (event) { then(event.data.value); };
    there.controller.postMessage(what, [wire.port2]);
  }

  function said(count) {
    var was = !line.hidden;
    line.hidden = count === 0;
    line.querySelector("strong").textContent = count;
    // All of it was sent: the way as the server knows it now.
    if (was && count === 0) { location.reload(); }
  }

  function send() { ask({ do: "send" }, said); }
  if (line.dataset.letters === "clear") { ask({ do: "clear" }, function () {}); return; }
  ask({ do: "meet", way: line.dataset.letters }, function (count) {
    said(count);
    if (count > 0) { send(); }
  });
  window.addEventListener("online", send);
  d.addEventListener("visibilitychange", function () { if (!d.hidden) { send(); } });
}());
