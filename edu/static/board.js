// Optional: tap the square, or use the arrow keys on it, to choose the two answers.
document.querySelectorAll(".square").forEach(function (square) {
  var set = square.parentNode;
  function choose(axis, n) {
    set.querySelector("." + axis + Math.max(0, Math.min(4, n))).checked = true;
  }
  function step(axis, by) {
    var now = set.querySelector("[class^=" + axis + "]:checked");
    choose(axis, (now ? +now.className[1] : 2) + by);
  }
  function rtl() {
    return getComputedStyle(square).direction === "rtl";
  }
  square.tabIndex = 0;
  square.setAttribute("role", "group");
  square.setAttribute("aria-label", set.firstChild.textContent);
  square.onclick = function (e) {
    var box = square.getBoundingClientRect(), x = (e.clientX - box.left) / box.width;
    choose("i", ((rtl() ? 1 - x : x) * 5) | 0);
    choose("w", ((box.bottom - e.clientY) / box.height * 5) | 0);
  };
  square.onkeydown = function (e) {
    var x = { ArrowLeft: -1, ArrowRight: 1 }[e.key] || 0;
    var y = { ArrowDown: -1, ArrowUp: 1 }[e.key] || 0;
    if (!x && !y) return;
    e.preventDefault();
    step("i", rtl() ? -x : x);
    step("w", y);
  };
});
