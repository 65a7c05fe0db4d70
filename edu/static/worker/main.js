// What this phone does by itself. It answers only for pages of learners, and keeps only what
// somebody chose to keep: no page that is merely opened, and none of staff.
const SLOW = 6000;
const LESSON = /^\/[\w-]+(\/r\d+)?\/[a-z][a-z0-9-]*(\/\d+)?\/$/;
const FORM = /^\/[\w-]+\/([a-z][a-z0-9-]*\/\d+\/done|questions\/[a-z0-9-]+\/[a-z][a-z0-9-]*)$/;
const FOUND = /^\/(static|media)\//;
const OWN = /^(\/|\/[\w-]+\/(my|mine|questions\/.*|offline\/|support\/)?)$/;
const FIRST = /^\/([\w-]+)\//;

self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

self.addEventListener("fetch", function (event) {
  const url = new URL(event.request.url), deed = deedFor(event.request, url);
  if (deed) { event.respondWith(deed(event, url)); }
});

function deedFor(request, url) {
  const path = url.pathname;
  if (url.origin !== self.location.origin || path.split("/")[2] === "staff") { return null; }
  if (request.method === "GET" && FOUND.test(path)) { return keptFirst; }
  if (request.mode !== "navigate") { return null; }
  if (request.method === "POST") { return isOurs(request) ? deedForForm(path) : null; }
  if (request.method !== "GET") { return null; }
  if (path === "/out") { return keptFirst; }
  if (OWN.test(path)) { return networkFirst; }
  return LESSON.test(path) ? keptFirst : null;
}

function deedForForm(path) {
  if (FORM.test(path)) { return takeForm; }
  return /^\/[\w-]+\/leave$/.test(path) ? leave : null;
}

// A form that came from another site is left to the browser, which tells the server so.
function isOurs(request) {
  return Boolean(request.referrer) && new URL(request.referrer).origin === self.location.origin;
}

async function keptFirst(event, url) {
  const kept = await keptPage(url.href);
  if (!kept) {
    return event.request.mode === "navigate" ? networkFirst(event, url) : fetch(event.request);
  }
  if (event.request.mode === "navigate") { event.waitUntil(contact().catch(function () {})); }
  return kept;
}

async function networkFirst(event, url) {
  // What was answered on this phone is not asked again, and is not shown again: while it waits
  // nobody else knows of it, and without a network nobody can say.
  const done = await isDone(url);
  const answer = done && await store.count() > 0 ? null : await inTime(event, url);
  if (answer) {
    event.waitUntil(contact().catch(function () {}));
    return answer;
  }
  return done ? lead("/" + url.pathname.split("/")[1] + "/offline/") : instead(url);
}

async function isDone(url) {
  if (!/^\/[\w-]+\/questions\//.test(url.pathname)) { return false; }
  const done = await store.sign("done");
  return Boolean(done && done[placeOf(url.pathname)]);
}

// The network's answer, unless it takes so long that a kept page serves her better.
async function inTime(event, url) {
  if (!(await finishLeaving().catch(function () { return false; }))) { return null; }
  const asked = fetch(event.request).catch(function () { return null; });
  const has = await keptPage(url.href);
  return has ? Promise.race([asked, pause(SLOW)]) : asked;
}

async function instead(url) {
  const kept = await keptPage(url.href);
  if (kept) { return kept; }
  const tag = (FIRST.exec(url.pathname) || [])[1];
  const shells = await named("shell");
  const found = shells.indexOf("shell " + tag) >= 0 ? "shell " + tag : shells[0];
  if (!found) { return Response.error(); }
  const frame = await keptPage("/" + found.split(" ")[1] + "/offline/");
  return frame || Response.error();
}

self.addEventListener("sync", function (event) { event.waitUntil(contact()); });

// Pages ask, and are told counts.
self.addEventListener("message", function (event) {
  const asked = event.data || {}, port = event.ports[0];
  const deed = DEEDS[asked.do];
  if (!deed || !port) { return; }
  const tell = function (step) { port.postMessage(step); };
  event.waitUntil(
    Promise.resolve(deed(asked, tell)).then(
      function (end) { tell({ last: true, value: end }); },
      function (error) { tell({ last: true, value: { end: "stopped", why: String(error) } }); }
    )
  );
});

const DEEDS = {
  state: function (asked) { return state(asked.tag); },
  meet: function (asked) { return meet(asked.way).then(function () { return store.count(); }); },
  send: function () { return outbox.flush().then(function () { return store.count(); }); },
  keep: function (asked, tell) { return keepModule(asked.tag, asked.name, tell); },
  remove: function (asked) { return removeModule(asked.tag, asked.name); },
  read: function () { return store.setSign("notices"); },
  clear: function () { return clearAll().then(end); }
};
