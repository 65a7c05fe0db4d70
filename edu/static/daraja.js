// Adds small comforts; every page works without it.
(function () {
  "use strict";
  var d = document;
  // A button that prints is of use only where a script can press it.
  d.querySelectorAll("[data-print]").forEach(function (b) {
    b.hidden = false;
    b.addEventListener("click", function () { print(); });
  });
  // Leaving quickly takes this page's place, so that the back button does not return to it.
  function out(e) { e.preventDefault(); location.replace("/out"); }
  d.querySelectorAll("[data-exit]").forEach(function (a) { a.addEventListener("click", out); });
  // A card's picture carries the number behind the #, where no server ever sees it.
  var code = d.getElementById("code"), hash = location.hash.slice(1);
  if (code && /^\d{12}$/.test(hash)) {
    code.value = hash;
    history.replaceState(null, "", location.pathname);
  }
}());
