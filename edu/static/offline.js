// The page on which a learner keeps modules and sees what waits. It keeps nothing itself: it asks
// the worker, which is set to work only when somebody presses "Keep".
(function () {
  "use strict";
  var d = document, root = d.getElementById("offline"), tag = root.dataset.tag;
  var able = window.isSecureContext && navigator.serviceWorker && window.caches && window.indexedDB;
  var busy = false, shared = false;

  function one(what, within) { return (within || root).querySelector(what); }
  function all(what, within) { return Array.from((within || root).querySelectorAll(what)); }
  function show(name, on) { all('[data-if="' + name + '"]').forEach(function (e) { e.hidden = !on; }); }
  function number(value) { return new Intl.NumberFormat(d.documentElement.lang).format(value); }
  function words(name, values) {
    var said = one('template[data-words="' + name + '"]').content.textContent;
    return said.replace(/\{(\w+)\}/g, function (whole, key) { return number(values[key]); });
  }
  function put(tagName, text, to) { var e = d.createElement(tagName); e.textContent = text; to.append(e); return e; }

  function worker() {
    return navigator.serviceWorker.getRegistration("/").then(function (known) {
      return known && (known.active || known.waiting || known.installing);
    });
  }

  // Ask the worker; `tell` hears how far it is. One that falls silent was stopped by the phone.
  function ask(what, tell) {
    return worker().then(function (found) {
      if (!found) { return null; }
      return new Promise(function (yes) {
        var line = new MessageChannel(), clock;
        function wait() { clearTimeout(clock); clock = setTimeout(function () { yes(null); }, 40000); }
        line.port1.onmessage = function (event) {
          wait();
          if (event.data.last) { clearTimeout(clock); yes(event.data.value); } else if (tell) { tell(event.data); }
        };
        wait();
        found.postMessage(Object.assign({ tag: tag }, what), [line.port2]);
      });
    });
  }

  function steps(told) {
    var list = one("[data-steps]"), done = function (step) {
      return step.done || told.done[step.href.replace(/^\/[^/]+(\/r\d+)?/, "")];
    };
    var lessons = told.steps.filter(function (s) { return s.kind === "lesson"; });
    var begun = lessons.some(done), through = lessons.every(done);
    var after = told.steps.some(function (s) { return s.kind === "after" && done(s); });
    var open = { before: !begun, lesson: true, after: through, "looking-back": after };
    list.textContent = "";
    told.steps.forEach(function (step) {
      var item = put("li", "", list), is = done(step) ? "done" : open[step.kind] ? "open" : "later";
      if (is === "later" && step.kind === "before") { is = "missed"; }
      item.className = is;
      var link = put(is === "open" || (is === "done" && step.kind === "lesson") ? "a" : "span", step.label, item);
      if (link.href !== undefined) { link.href = step.href; }
      if (step.lang) { link.lang = step.lang; link.dir = step.dir; }
      item.append(" ");
      put("span", is === "open" ? step.remark : words(is), item).className = "facts";
    });
    show("way", told.steps.length > 0);
  }

  function modules(told) {
    var others = one("[data-others]");
    others.textContent = "";
    all("[data-module]").forEach(function (item) { stand(item, null); });
    told.modules.forEach(function (kept) {
      var at = kept.name.replace(/^r\d+\//, ""), item = kept.tag === tag && one('[data-module="' + at + '"]');
      if (item) { stand(item, kept); return; }
      var line = put("li", "", others), link = put("a", kept.title, line);
      link.href = "/" + kept.tag + "/" + at + "/";
      link.lang = kept.tag;
      link.dir = kept.dir;
      line.append(" (");
      var name = put("bdi", kept.language, line);
      name.lang = kept.tag;
      line.append(")");
    });
    show("others", others.children.length > 0);
  }

  function stand(item, kept) {
    var whole = kept && kept.kept >= kept.files.length, part = kept && !whole;
    one("[data-stand]", item).textContent = whole ? words("kept") : part ? words("part", { kept: kept.kept, all: kept.files.length }) : "";
    one("[data-keep]", item).hidden = Boolean(whole || shared || !able);
    if (part) { one("[data-keep] span", item).textContent = one('template[data-words="goon"]').content.textContent; }
    one("[data-remove]", item).hidden = !kept;
    item.dataset.name = kept ? kept.name : item.dataset.module;
  }

  function tell(told) {
    if (!told) { told = { waiting: 0, notices: {}, done: {}, steps: [], modules: [] }; }
    show("waiting", told.waiting > 0);
    one("[data-count]").textContent = number(told.waiting);
    show("stuck", told.stuck);
    // Marking the phone as shared clears it: not while something lies here that is nowhere else.
    one("[data-sharing]").hidden = told.waiting > 0;
    show("notices", Object.keys(told.notices).length > 0);
    ["closed", "gone", "refused", "lost"].forEach(function (name) {
      show(name, told.notices[name]);
      one('[data-if="' + name + '"] strong').textContent = number(told.notices[name] || 0);
    });
    steps(told);
    modules(told);
    return told;
  }

  function look() { return busy ? null : ask({ do: "state" }).then(tell); }
  function send() { return ask({ do: "send" }).then(look); }

  // Whose way it is says where her lessons are: in the words that her group began with.
  function placed(name) {
    return fetch("/" + tag + "/offline/way").then(function (answer) { return answer.json(); }).then(
      function (told) {
        shared = Boolean(told.shared);
        show("shared", shared);
        show("alone", !shared);
        return (told.modules || []).find(function (at) { return at.replace(/^r\d+\//, "") === name; }) || name;
      }
    );
  }

  function keep(item) {
    var going = one("[data-going]", item), bar = one("progress", item), line = one("[data-stand]", item);
    busy = true;
    one("[data-keep]", item).hidden = true;
    going.hidden = false;
    placed(item.dataset.module).then(function (name) {
      if (shared) { return { end: "shared" }; }
      return navigator.serviceWorker.register("/worker.js").then(function () { return navigator.serviceWorker.ready; }).then(function () {
        return ask({ do: "keep", name: name }, function (far) {
          bar.max = far.of;
          bar.value = far.kept;
          line.textContent = words("part", { kept: far.kept, all: far.of });
        });
      });
    }).catch(function () { return null; }).then(function (end) {
      busy = false;
      going.hidden = true;
      end = end || { end: "stopped", kept: bar.value, of: bar.max };
      return look().then(function () {
        if (end.end === "whole" || end.end === "shared") { return; }
        line.textContent = words(end.end, { kept: end.kept || 0, all: end.of || 0 });
      });
    });
  }

  root.addEventListener("click", function (event) {
    var button = event.target.closest("button"), item = button && button.closest("[data-module]");
    if (!button) { return; }
    if (button.matches("[data-keep]")) { keep(item); }
    if (button.matches("[data-remove]")) { ask({ do: "remove", name: item.dataset.name }).then(look); }
    if (button.matches("[data-send]")) { send(); }
    if (button.matches("[data-read]")) { ask({ do: "read" }).then(look); }
  });

  show("unable", !able && window.isSecureContext);
  show("clear", !window.isSecureContext);
  show("elsewhere", !/\/offline\/$/.test(location.pathname));
  if (!able) { return; }
  show("shared", false);
  show("unkept", location.search === "?unkept");
  show("leaving", location.search.indexOf("?leaving") === 0);
  if (/to=next/.test(location.search)) { one('[name="to"]').value = "next"; }
  look();
  send();
  placed("").then(look).catch(function () {});
  window.addEventListener("online", send);
  d.addEventListener("visibilitychange", function () { if (!d.hidden) { send(); } });
}());
