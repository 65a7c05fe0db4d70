// Adds small comforts to pages that are not read by everybody; every page works without it.
(function () {
  "use strict";
  var d = document;
  // A button that prints is of use only where a script can press it.
  d.querySelectorAll("[data-print]").forEach(function (b) {
    b.hidden = false;
    b.addEventListener("click", function () { print(); });
  });
  // A card's picture carries the number behind the #, where no server ever sees it.
  var code = d.getElementById("code"), hash = location.hash.slice(1);
  if (code && /^\d{12}$/.test(hash)) {
    code.value = hash;
    history.replaceState(null, "", location.pathname);
  }
}());
