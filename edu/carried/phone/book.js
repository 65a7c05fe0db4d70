// Small comforts of a file of lessons; it can be read without them.
(function () {
  "use strict";
  var d = document;
  function each(list, act) { for (var i = 0; i < list.length; i += 1) { act(list[i]); } }
  // Days are written year first, so that they can be compared as words.
  function today() {
    var now = new Date();
    function two(number) { return (number < 10 ? "0" : "") + number; }
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }
  each(d.querySelectorAll("[data-after]"), function (e) {
    if (today() > e.getAttribute("data-after")) { e.hidden = false; e.removeAttribute("hidden"); }
  });
  each(d.querySelectorAll("[data-until]"), function (e) {
    if (today() > e.getAttribute("data-until")) { e.parentNode.removeChild(e); }
  });
  // Leaving quickly takes this page's place, so that the back button does not return to it.
  each(d.querySelectorAll("[data-exit]"), function (a) {
    a.addEventListener("click", function (e) {
      e.preventDefault();
      d.body.textContent = "";
      location.replace("about:blank");
    });
  });
}());
