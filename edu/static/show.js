// On the big screen: keys turn the blocks as the links do, and a timer counts down. The page works
// without it.
(function () {
  "use strict";
  var d = document, slides = d.querySelectorAll(".slide");
  function now() {
    for (var n = 0; n < slides.length; n++) {
      if ("#" + slides[n].id === location.hash) return n;
    }
    return 0;
  }
  // No trail of blocks behind the back button: one press leads out of the lesson.
  function turn(by) {
    var n = Math.max(0, Math.min(slides.length - 1, now() + by));
    location.replace("#" + slides[n].id);
    scrollTo(0, 0);
  }
  d.addEventListener("keydown", function (e) {
    if (e.defaultPrevented || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return;
    if (e.target.matches("input,select,textarea,audio,video,[tabindex]")) return;
    var on = getComputedStyle(d.documentElement).direction === "rtl" ? -1 : 1;
    var by = { ArrowRight: on, ArrowLeft: -on, PageDown: 1, PageUp: -1 }[e.key];
    if (!by) return;
    // A presenter's button sends PageDown: a long block is first read to its end.
    var top = scrollY, end = d.documentElement.scrollHeight - innerHeight - 2;
    if (e.key === "PageDown" && top < end || e.key === "PageUp" && top > 2) return;
    e.preventDefault();
    turn(by);
  });
  d.querySelectorAll("[data-timer]").forEach(function (box) {
    var button = box.querySelector("button"), told = box.querySelector("output");
    var field = box.querySelector("input"), start = button.textContent, end = 0, beat = 0;
    function stop() {
      clearInterval(beat);
      beat = 0;
      button.textContent = start;
    }
    function show() {
      var left = Math.max(0, Math.round((end - Date.now()) / 1000));
      told.textContent = left
        ? Math.floor(left / 60) + ":" + ("0" + left % 60).slice(-2)
        : box.dataset.over;
      if (!left) stop();
    }
    box.hidden = false;
    button.addEventListener("click", function () {
      if (beat) { stop(); return; }
      end = Date.now() + 60000 * (parseFloat(field.value) || 0);
      beat = setInterval(show, 500);
      button.textContent = box.dataset.stop;
      show();
    });
  });
}());
