// Pages that somebody chose to keep. Nothing comes into a cache in any other way.
// A cache is called "kept <tag> <module> <version>", "shell <tag>" or "way <tag>".
class Changed extends Error {}
const LOOK = { ignoreVary: true, ignoreSearch: true };

async function named(first) {
  return (await caches.keys()).filter(function (name) { return name.split(" ")[0] === first; });
}

// A page without anybody's cookie, exactly as it was published. Of nobody's own pages but hers
// does `own` fetch one.
async function fetched(want) {
  const answer = await fetch(want.url, {
    cache: "no-cache", credentials: want.own ? "same-origin" : "omit"
  });
  if (!answer.ok || answer.redirected) { throw new Changed(want.url); }
  const body = await answer.arrayBuffer();
  if (want.digest && (await digestOf(body)) !== want.digest) { throw new Changed(want.url); }
  const headers = new Headers(answer.headers);
  ["Content-Encoding", "Content-Length", "Set-Cookie"].forEach(function (h) { headers.delete(h); });
  return new Response(body, { status: 200, headers: headers });
}

async function digestOf(body) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const hex = Array.from(sum, function (one) { return one.toString(16).padStart(2, "0"); });
  return hex.join("").slice(0, 24);
}

async function toldBy(url, own) {
  const answer = await fetched({ url: url, own: own });
  try { return await answer.json(); } catch (error) { throw new Changed(url); }
}

function cacheOf(told) { return ["kept", told.tag, told.name, told.version].join(" "); }

// All that is wanted for a module, in the order in which it is of use.
function wanted(index, told, way) {
  const shell = "shell " + told.tag, mine = "way " + told.tag, wants = [];
  index.shell.forEach(function (file) { wants.push({ cache: shell, url: file[0], digest: file[1] }); });
  (way && way.way ? way.steps : []).forEach(function (step) {
    if (step.copy) { wants.push({ cache: mine, url: step.copy, key: step.href, own: true }); }
  });
  told.files.forEach(function (file) {
    wants.push({ cache: cacheOf(told), url: file[0], digest: file[1] });
  });
  return wants;
}

// Keep one module. What is there already is not fetched again, so it goes on where it stopped.
async function keepModule(tag, name, tell) {
  const index = await toldBy("/" + tag + "/offline.json");
  const told = await toldBy("/" + tag + "/" + name + "/offline.json");
  const way = await toldBy("/" + tag + "/offline/way", true);
  if (way.shared) { return { end: "shared" }; }
  if (way.way) { await knowWay(tag, way); }
  const wants = wanted(index, told, way);
  const record = await caches.open(cacheOf(told));
  let kept = 0, end = "whole";
  try {
    await record.put("/" + tag + "/" + name + "/offline.json", said(told));
    for (const want of wants) {
      await keepOne(want);
      kept += 1;
      tell({ kept: kept, of: wants.length });
    }
    await dropOlder(told);
  } catch (error) {
    end = error.name === "QuotaExceededError" ? "full" : error instanceof Changed ? "changed" : "stopped";
  }
  return { end: end, kept: kept, of: wants.length };
}

async function keepOne(want) {
  const cache = await caches.open(want.cache), key = want.key || want.url;
  const there = want.own ? null : await cache.match(key, LOOK);
  if (there && (!want.digest || (await digestOf(await there.arrayBuffer())) === want.digest)) { return; }
  await cache.put(key, await fetched(want));
}

function said(value) {
  return new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
}

async function dropOlder(told) {
  const mine = cacheOf(told);
  for (const name of await named("kept")) {
    const parts = name.split(" ");
    if (parts[1] === told.tag && parts[2] === told.name && name !== mine) { await caches.delete(name); }
  }
}

async function removeModule(tag, name) {
  for (const each of await named("kept")) {
    if (each.startsWith("kept " + tag + " " + name + " ")) { await caches.delete(each); }
  }
  await dropFrames();
}

// The frame and the questions of a language go with its last module.
async function dropFrames() {
  const left = (await named("kept")).map(function (name) { return name.split(" ")[1]; });
  for (const name of (await named("shell")).concat(await named("way"))) {
    if (left.indexOf(name.split(" ")[1]) < 0) { await caches.delete(name); }
  }
}

// What is kept, and how much of it.
async function keptModules() {
  const found = [];
  for (const name of await named("kept")) {
    const cache = await caches.open(name), parts = name.split(" ");
    const told = await cache.match("/" + parts[1] + "/" + parts[2] + "/offline.json");
    if (!told) { continue; }
    const record = await told.json();
    record.kept = (await cache.keys()).length - 1;
    found.push(record);
  }
  return found;
}

async function keptPage(url) { return caches.match(url, LOOK); }
