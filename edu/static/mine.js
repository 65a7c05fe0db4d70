// What somebody chose for herself and the step she wants to take: in this browser's own store, in no
// form, and nothing here sends anything. What another person left is dropped before it is read.
(function () {
  "use strict";
  var d = document, box = d.querySelector("[data-mine]"), NAME = "mine", store, mine;
  try { store = localStorage; } catch (error) { return; }
  if (!box || !store) { return; }

  function all(what) { return Array.prototype.slice.call(d.querySelectorAll(what)); }
  function show(name, yes) { all("[data-show=" + name + "]").forEach(function (e) { e.hidden = !yes; }); }
  function read() {
    try { return JSON.parse(store.getItem(NAME)) || {}; } catch (error) { return {}; }
  }
  function keep() {
    mine.who = box.dataset.mine;
    try { store.setItem(NAME, JSON.stringify(mine)); return true; } catch (error) { return false; }
  }
  function drop() { store.removeItem(NAME); mine = {}; }

  mine = read();
  if (box.dataset.keeps !== "yes" || (mine.who && mine.who !== box.dataset.mine)) { drop(); }
  // Leaving deletes it here, too: without encryption the server's word for it is not heard.
  all("form").forEach(function (form) {
    if (/\/(leave|forget)$/.test(form.action)) { form.addEventListener("submit", drop); }
  });
  if (box.dataset.keeps !== "yes") { return; }

  var today = new Date().toDateString(), ticks = all("[data-lessons]");
  // Asked when she has answered after the lessons, or on another day than that of her step. The
  // phone's clock may be wrong: then it is asked earlier or later, and nothing else happens.
  var asks = mine.step && !mine.became && (box.dataset.follows === "yes" || mine.on !== today);
  show("unable", false);
  show("able", true);
  show("became", asks);
  if (asks && location.hash === "#became") { d.getElementById("became").scrollIntoView(); }
  all("[data-step]").forEach(function (e) { e.textContent = mine.step || ""; });

  // On her way: asked once whether she wants to choose, and led to what suits.
  show("ask", !mine.asked && !mine.chosen && !mine.step);
  all("[data-later]").forEach(function (b) {
    b.onclick = function () { mine.asked = true; keep(); show("ask", false); };
  });
  var suits = d.querySelector("[data-suits]") && (mine.lessons || []).map(function (id) {
    return d.querySelector("li.open [data-lesson=\"" + id + "\"]");
  }).filter(Boolean)[0];
  if (suits) {
    all("[data-suits]").forEach(function (p) { p.appendChild(suits.cloneNode(true)); });
    show("suits", true);
  }

  function lists() {
    var any = ticks.some(function (t) { return t.checked; });
    all("[data-for]").forEach(function (li) {
      var t = d.querySelector("[data-lessons][value=" + li.dataset.for + "]");
      li.hidden = any && !t.checked;
    });
    all("[data-group]").forEach(function (s) { s.hidden = !s.querySelector("li:not([hidden])"); });
  }
  function said(name) {
    ["kept", "wiped", "full"].forEach(function (each) { show(each, each === name); });
  }
  if (!ticks.length) { return; }
  ticks.forEach(function (t) {
    t.checked = (mine.chosen || []).indexOf(t.value) >= 0;
    t.onchange = function () {
      var on = ticks.filter(function (each) { return each.checked; });
      mine.chosen = on.map(function (each) { return each.value; });
      mine.lessons = on.map(function (each) { return each.dataset.lessons; }).join(" ").split(" ");
      mine.asked = true;
      said(keep() ? "kept" : "full");
      lists();
    };
  });
  lists();
  all("[name=became]").forEach(function (r) {
    r.onchange = function () { mine.became = r.value; keep(); show("thanks", true); };
  });
  var text = d.getElementById("my-step");
  text.value = asks ? "" : mine.step || "";
  d.querySelector("[data-keep]").onclick = function () {
    mine.step = text.value.trim();
    mine.on = today;
    delete mine.became;
    mine.asked = true;
    said(keep() ? "kept" : "full");
    show("became", false);
  };
  d.querySelector("[data-wipe]").onclick = function () {
    drop();
    mine.asked = true;
    keep();
    ticks.forEach(function (t) { t.checked = false; });
    text.value = "";
    lists();
    show("became", false);
    said("wiped");
  };
}());
