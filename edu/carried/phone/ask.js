// The questions of a group, one step at a time, for one person after the other. What somebody
// answers is sealed at once and never shown again; what was not sealed is forgotten.
(function () {
  "use strict";
  var d = document, asking, person, way, place, pieces = [], turn = 0, quiet = true, idle;
  var form = d.getElementById("q-form"), STATES = "?!/", IDLE = 600000;
  // Digits of other scripts begin at these signs.
  var ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xbe6, 0xde6, 0xff10];
  // Damm's table: it finds every wrong digit and every swap of neighbours.
  var DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"];

  function $(id) { return d.getElementById("q-" + id); }
  function all(pick, within) { return Array.prototype.slice.call((within || form).querySelectorAll(pick)); }
  function put(element, shown) { element.hidden = !shown; }
  function filled(words, values) {
    return words.replace(/%\((\w+)\)s/g, function (whole, name) { return values[name]; });
  }

  // What waits on this phone: lists of lines, sealed. Without a store they wait in the page.
  var SHELF = "k" + (JSON.parse($("asking").textContent).file), waiting = [], loose = false;
  function load() {
    try {
      waiting = JSON.parse(window.localStorage.getItem(SHELF) || "[]");
    } catch (e) {
      loose = true;
    }
  }
  function store() {
    try {
      if (waiting.length) {
        window.localStorage.setItem(SHELF, JSON.stringify(waiting));
        loose = window.localStorage.getItem(SHELF) !== JSON.stringify(waiting);
      } else {
        window.localStorage.removeItem(SHELF);
        loose = false;
      }
    } catch (e) {
      loose = true;
    }
  }

  function show(name) {
    all(".step").forEach(function (step) { put(step, step.id === "q-" + name); });
    all("[data-count]").forEach(function (e) {
      e.textContent = filled(asking.words.count, { count: waiting.length });
    });
    all("[data-loose]").forEach(function (e) { put(e, loose && waiting.length); });
    var head = all(".step:not([hidden]) h3")[0];
    $("over").hidden = !over();
    all("[data-wave]").forEach(function (e) { put(e, !over()); });
    // Not at the first look: whoever came to read stays where she is.
    if (head && !quiet) { head.focus(); head.scrollIntoView(); }
    quiet = false;
  }
  function today() {
    var now = new Date();
    function two(number) { return (number < 10 ? "0" : "") + number; }
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }
  function over() { return today() > asking.until; }

  // Nobody finds what another one answered or typed.
  function forget() {
    form.reset();
    person = null;
    way = [];
    place = -1;
    $("mine").textContent = "";
    all(".error[id]").forEach(function (e) { put(e, false); });
    put($("sure"), false);
    put($("pictures"), false);
  }
  function start() { forget(); show("start"); }

  function digitsOf(text) {
    var out = "", i, j, sign;
    for (i = 0; i < text.length; i += 1) {
      sign = text.charCodeAt(i);
      for (j = 0; j < ZEROS.length; j += 1) {
        if (sign >= ZEROS[j] && sign < ZEROS[j] + 10) { out += sign - ZEROS[j]; }
      }
    }
    return out;
  }
  function damm(digits) {
    var held = 0, i;
    for (i = 0; i < digits.length; i += 1) { held = +DAMM[held].charAt(+digits.charAt(i)); }
    return held;
  }
  function newNumber() {
    var out = "", byte;
    while (out.length < 11) {
      byte = carriedSeal.random(1)[0];
      // Above 249 some digits would come more often than others.
      if (byte < 250) { out += byte % 10; }
    }
    return out + damm(out);
  }

  function begin(wave) {
    forget();
    person = { wave: wave, made: 0 };
    asking.waves.forEach(function (each) { if (each.name === wave) { person.about = each; } });
    way = person.about.forms;
    all("[data-new]").forEach(function (e) { put(e, person.about.first); });
    show("agree");
  }
  function afterNumber() { if (person.about.first) { next(); } else { show("lessons"); } }
  function next() {
    var step, last;
    place += 1;
    if (place >= way.length) { seal(); return; }
    last = place === way.length - 1;
    step = $("form-" + way[place]);
    put(all("[data-next]", step)[0], !last);
    put(all("[data-seal]", step)[0], last);
    put(all("[data-aloud]", step)[0], last);
    put(all("[data-back]", step)[0], person.wave === "looking-back");
    all("[data-part]", step)[0].textContent = filled(asking.words.part, { number: place + 1, count: way.length });
    show("form-" + way[place]);
  }

  // An item as one sign of a row: its codes, a reason for none, or a dash for what was left open.
  function answerOf(item) {
    var chosen, reason;
    if (item.tagName === "TEXTAREA") { return item.value.trim() ? "*" : "-"; }
    chosen = all("input:checked", item).map(function (e) { return e.value; });
    reason = chosen.filter(function (each) { return STATES.indexOf(each) >= 0; });
    return reason[0] || chosen.sort().join("+") || "-";
  }
  function slip() {
    var answers = {}, texts = {}, id = "", random = carriedSeal.random(16), i;
    for (i = 0; i < 16; i += 1) { id += (random[i] < 16 ? "0" : "") + random[i].toString(16); }
    way.forEach(function (name) {
      var items = all("[data-item]", $("form-" + name));
      answers[name] = "1:" + items.map(answerOf).join(",");
      items.forEach(function (item) {
        if (item.tagName === "TEXTAREA" && item.value.trim()) {
          texts[name] = texts[name] || {};
          texts[name][item.getAttribute("data-item")] = item.value.trim();
        }
      });
    });
    return JSON.stringify({
      f: asking.file, p: id, c: person.code, m: person.made, w: person.wave, d: today(),
      l: person.about.first ? 0 : 1, r: all(".q-aloud:checked").length ? 1 : 0, a: answers, t: texts
    });
  }
  function seal() {
    var text = slip();
    carriedSeal.lines(text, asking.key).then(function (lines) {
      load();
      waiting.push(lines);
      store();
      forget();
      show("sealed");
    }, function () { forget(); show("failed"); });
  }

  function turnTo(by) {
    turn = (turn + by + pieces.length) % pieces.length;
    var box = $("picture");
    box.textContent = "";
    box.appendChild(carriedPicture.draw(pieces[turn]));
    $("which").textContent = filled(asking.words.piece, { number: turn + 1, count: pieces.length });
    $("text").textContent = pieces[turn].replace(/(.{6})/g, "$1 ");
  }
  function hand() {
    forget();
    load();
    pieces = waiting.reduce(function (before, lines) { return before.concat(lines); }, []);
    turn = 0;
    put(all("[data-some]")[0], pieces.length);
    var text = pieces.join("\n") + "\n", save = $("save");
    $("all").value = text;
    if (save.href) { URL.revokeObjectURL(save.href); }
    save.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    show("hand");
  }

  var deeds = {
    "data-wave": function (e) { begin(e.getAttribute("data-wave")); },
    "data-agree": function () { show("number"); },
    "data-typed": function () {
      var code = digitsOf($("code").value), right = code.length === 12 && damm(code) === 0;
      put($("code-wrong"), !right);
      if (right) { person.code = code; afterNumber(); } else { $("code").focus(); }
    },
    "data-make": function () {
      person.code = newNumber();
      person.made = 1;
      $("mine").textContent = person.code.replace(/(.{4})/g, "$1 ").trim();
      show("made");
    },
    "data-noted": afterNumber,
    "data-read": function () {
      var missing = all(".q-read:not(:checked)").length > 0;
      put($("unread"), missing);
      if (!missing) { next(); }
    },
    "data-next": next,
    "data-seal": next,
    "data-stop": start,
    "data-hand": hand,
    "data-pictures": function () { put($("pictures"), true); turnTo(0); },
    "data-turn": function (e) { turnTo(+e.getAttribute("data-turn")); },
    "data-done": function () { put($("sure"), true); },
    "data-delete": function () { waiting = []; store(); start(); }
  };
  form.addEventListener("click", function (e) {
    var at = e.target;
    while (at && at !== form && at.tagName !== "BUTTON") { at = at.parentNode; }
    if (!at || at === form) { return; }
    Object.keys(deeds).forEach(function (name) { if (at.hasAttribute(name)) { deeds[name](at); } });
  });
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  // Whoever puts the phone down leaves nothing open.
  function awake() {
    clearTimeout(idle);
    idle = setTimeout(function () { if (person) { start(); } }, IDLE);
  }
  ["click", "keydown", "touchstart"].forEach(function (name) { d.addEventListener(name, awake); });
  window.addEventListener("pagehide", forget);
  window.addEventListener("beforeunload", function (e) {
    if (loose && waiting.length) { e.preventDefault(); e.returnValue = ""; }
  });

  asking = JSON.parse($("asking").textContent);
  if (!carriedSeal.works()) {
    put($("unable"), true);
    return;
  }
  load();
  put(form, true);
  start();
}());
