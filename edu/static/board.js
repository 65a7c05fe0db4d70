// Optional: tap the square to choose the two answers. By keyboard the buttons above it do the same,
// so the square is no stop of its own.
document.querySelectorAll(".square").forEach(function (s) {
  function choose(axis, part) {
    s.parentNode.querySelector("." + axis + Math.max(0, Math.min(4, part * 5 | 0))).checked = true;
  }
  s.onclick = function (e) {
    var box = s.getBoundingClientRect(), x = (e.clientX - box.left) / box.width;
    choose("i", getComputedStyle(s).direction === "rtl" ? 1 - x : x);
    choose("w", (box.bottom - e.clientY) / box.height);
  };
});
