// Comforts of the translators' desk: words are kept while somebody types, checks speak at once, the
// page beside them is made anew, and a line is written where it stands. All of it works without.
(function () {
  "use strict";
  var d = document, timer = 0, checking = 0;

  function all(root, what, deed) { root.querySelectorAll(what).forEach(deed); }
  function parse(html) { return new DOMParser().parseFromString(html, "text/html"); }

  function refresh() {
    all(d, "[data-preview]", function (frame) {
      try { frame.contentWindow.location.reload(); } catch (e) { frame.src = frame.src; }
    });
  }

  // The frame shows the block that is written; it alone scrolls, and not the page around it.
  function show(frame, name) {
    var page = frame.contentDocument, block = page && name && page.getElementById("b-" + name);
    if (block) frame.contentWindow.scrollTo(0, block.offsetTop - 16);
  }
  all(d, "[data-preview]", function (frame) {
    var first = true;
    frame.addEventListener("load", function () {
      if (first) show(frame, frame.dataset.preview);
      first = false;
    });
  });

  // One editor: on a page of its own, or in the line where it stands.
  function start(box, place) {
    var form = box.querySelector("[data-words]"), at = box.dataset.editor;
    if (!form) return;
    var text = form.elements.text, live = form.querySelector("[data-live]");
    var said = box.querySelector("[data-said]"), kept = text.value, gone = false;

    function say(words) { if (live) live.textContent = words; }
    function send(where, fields) {
      var body = new FormData();
      body.append("csrf_token", form.elements.csrf_token.value);
      Object.keys(fields).forEach(function (name) { body.append(name, fields[name]); });
      return fetch(at + "/" + where, { method: "POST", body: body, credentials: "same-origin" });
    }
    function words() { return { text: text.value, version: form.elements.version.value }; }
    function json(answer) {
      if (!answer.ok || answer.redirected) throw new Error("lost");
      return answer.json();
    }

    function keep() {
      if (gone || text.value === kept) return;
      var now = text.value;
      send("typed", words()).then(json).then(function (told) {
        kept = now;
        say(told.said);
        refresh();
      }).catch(function (e) { say(e.message === "lost" ? form.dataset.lost : form.dataset.offline); });
    }
    function check() {
      send("checked", words()).then(function (answer) {
        return answer.ok && !answer.redirected ? answer.text() : null;
      }).then(function (html) { if (html !== null && said) said.replaceChildren.apply(said, parse(html).body.childNodes); }).catch(function () {});
    }
    function grow() {
      text.style.height = "auto";
      text.style.height = text.scrollHeight + 4 + "px";
    }
    function typing() {
      grow();
      clearTimeout(checking);
      checking = setTimeout(check, 700);
    }
    function take(link) {
      text.value = link.dataset.take;
      if (link.dataset.version) form.elements.version.value = link.dataset.version;
      form.elements.revision.value = link.dataset.revision || "";
      typing();
      text.focus();
    }
    function why() {
      var reason = form.elements.reason, field = form.querySelector("[data-why]");
      if (field) field.hidden = reason.value !== "+";
    }
    function press(what) {
      var button = form.querySelector("[name=do][value=" + what + "]");
      if (button) button.click();
    }
    function follow(what) {
      var link = box.querySelector(what);
      if (link) link.click();
    }

    text.addEventListener("input", typing);
    all(box, "[data-take]", function (link) {
      link.addEventListener("click", function (e) { e.preventDefault(); take(link); });
    });
    if (form.elements.reason && form.elements.reason.addEventListener) {
      form.elements.reason.addEventListener("change", why);
      why();
    }
    all(box, "[data-keys]", function (keys) { keys.hidden = false; });
    box.addEventListener("keydown", function (e) {
      var ctrl = (e.ctrlKey || e.metaKey) && !e.altKey, alt = e.altKey && e.shiftKey && !e.ctrlKey;
      var number = /^Digit([1-9])$/.exec(e.code || "");
      if (ctrl && e.key === "Enter") press("next");
      else if (ctrl && !e.shiftKey && e.key.toLowerCase() === "s") press("save");
      else if (alt && e.key === "ArrowUp") follow("[data-above]");
      else if (alt && e.key === "ArrowDown") follow("[data-below]");
      else if (alt && number) {
        var links = box.querySelectorAll(".terms [data-take]");
        if (links[number[1] - 1]) take(links[number[1] - 1]);
      } else return;
      e.preventDefault();
    });
    form.addEventListener("submit", function (e) {
      gone = true;
      if (place) {
        e.preventDefault();
        place(form, e.submitter, function () {
          gone = false;
          say(form.dataset.offline);
        });
      }
    });
    // Somebody who leaves in the middle of a sentence finds it again.
    addEventListener("pagehide", function () {
      if (gone || text.value === kept || !d.contains(form)) return;
      var body = new FormData();
      body.append("csrf_token", form.elements.csrf_token.value);
      body.append("text", text.value);
      body.append("version", form.elements.version.value);
      fetch(at + "/typed", {method: "POST", body: body, keepalive: true}).catch(function () {});
    });
    clearInterval(timer);
    timer = setInterval(function () { if (d.contains(form)) keep(); }, 4000);
    grow();
    send("working", {}).then(json).then(function (told) {
      var others = box.querySelector("[data-others]");
      if (told.said && others && others.hidden) {
        others.textContent = told.said;
        others.hidden = false;
      }
    }).catch(function () {});
    box.stopWriting = function () { keep(); gone = true; };
  }

  // The part's page: a line is written where it stands.
  var lines = d.querySelector("[data-lines]"), opened = null;

  function close() {
    if (!opened) return;
    if (opened.stopWriting) opened.stopWriting();
    var line = opened.parentNode;
    line.classList.remove("opened");
    opened.remove();
    opened = null;
    return line;
  }
  function put(line, box) {
    close();
    all(box, "h1,h2", function (old) {
      var small = d.createElement(old.tagName === "H1" ? "h3" : "h4");
      small.append.apply(small, old.childNodes);
      small.className = old.className;
      old.replaceWith(small);
    });
    line.append(box);
    line.classList.add("opened");
    opened = box;
    start(box, save);
    all(d, "[data-preview]", function (frame) { show(frame, box.dataset.block); });
    all(box, "[data-leave]", function (link) {
      link.addEventListener("click", function (e) { e.preventDefault(); back(close()); });
    });
    all(box, "[data-above],[data-below]", function (link) {
      link.addEventListener("click", function (e) { e.preventDefault(); open(link.href); });
    });
    var text = box.querySelector("textarea");
    (text || box).focus({ preventScroll: true });
    line.scrollIntoView({ block: "start" });
  }
  function back(line) {
    var link = line && line.querySelector("[data-edit]");
    if (link) link.focus();
  }
  function lineOf(address) {
    return d.getElementById("l-" + new URL(address, location).pathname.split("/").pop());
  }
  function open(address) {
    fetch(address, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) throw new Error();
      return answer.text();
    }).then(function (html) {
      put(lineOf(address), d.importNode(parse(html).getElementById("editor"), true));
    }).catch(function () { location.href = address; });
  }
  function renew(page) {
    all(page, ".pair", function (fresh) {
      var old = d.getElementById(fresh.id);
      if (old && !old.contains(opened)) old.replaceWith(d.importNode(fresh, true));
    });
    refresh();
  }
  function save(form, button, failed) {
    var body = new FormData(form);
    if (button && button.name) body.append(button.name, button.value);
    fetch(form.action, { method: "POST", body: body, credentials: "same-origin" }).then(function (answer) {
      return answer.text().then(function (html) { arrive(answer, parse(html)); });
    }).catch(failed);
  }
  function arrive(answer, page) {
    var box = page.getElementById("editor"), here = location.pathname;
    var path = new URL(answer.url).pathname, line;
    if (!answer.ok && !box) {
      d.querySelector("main").replaceWith(d.importNode(page.querySelector("main"), true));
      var title = d.querySelector("main h1");
      title.tabIndex = -1;
      title.focus();
    } else if (!answer.ok) {
      put(opened.parentNode, d.importNode(box, true));
    } else if (path === here) {
      line = close();
      renew(page);
      back(line && d.getElementById(line.id));
    } else if (box && path.indexOf(here + "/") === 0 && lineOf(answer.url)) {
      close();
      fetch(here, { credentials: "same-origin" }).then(function (fresh) { return fresh.text(); }).then(function (html) {
        renew(parse(html));
        put(lineOf(answer.url), d.importNode(box, true));
      }).catch(function () { location.href = answer.url; });
    } else {
      location.href = answer.url;
    }
  }
  if (lines) {
    lines.addEventListener("click", function (e) {
      var link = e.target.closest("[data-edit]");
      if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      open(link.href);
    });
  } else {
    all(d, "[data-editor]", function (box) { start(box, null); });
  }
}());
