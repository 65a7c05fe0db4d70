// Forms that are sent while there is no network, or while there is too little of one: each becomes
// a letter with a key of its own before anything is tried.
const AT_ONCE = 8000;

function pause(ms) { return new Promise(function (yes) { setTimeout(yes, ms); }); }

function lead(where) { return Response.redirect(where, 303); }

// "/sw/m1/2/done" is "/m1/2/", and "/sw/questions/before/x" is "/questions/before/x", in every
// language.
function placeOf(path) { return path.replace(/^\/[^/]+/, "").replace(/done$/, ""); }

async function takeForm(event, url) {
  const copy = event.request.clone();
  const form = new URLSearchParams(await event.request.text());
  const way = form.get("way") || await store.sign("way");
  if (!way) { return straight(copy, url, form); }
  if (form.has("switch")) {
    try { return await fetch(copy); } catch (error) { goesOnLater(form); }
  }
  form.set("way", way);
  if (!form.get("key")) { form.set("key", crypto.randomUUID()); }
  const unfinished = form.get("do") === "later";
  let id;
  try {
    const letter = { way: way, path: url.pathname, body: form.toString() };
    id = await outbox.put(letter, unfinished ? "" : placeOf(url.pathname));
  } catch (error) {
    return straight(copy, url, form);
  }
  await Promise.race([outbox.flush().catch(function () {}), pause(AT_ONCE)]);
  event.waitUntil(sendLater());
  return afterForm(url, form, outbox.verdict(id));
}

// Another language in the middle is the server's to show. Without a network nothing of what was
// ticked is lost: it is kept as what is gone on with later.
function goesOnLater(form) {
  form.delete("switch");
  form.set("do", "later");
}

async function afterForm(url, form, answer) {
  const tag = url.pathname.split("/")[1];
  if (answer && answer.word === "saved" && answer.where) { return lead(answer.where); }
  if (/\/done$/.test(url.pathname)) { return lead(await following(url, form)); }
  return lead("/" + tag + "/offline/");
}

// Nobody's way is kept here, or the phone has no room: the form goes as it always did.
async function straight(request, url, form) {
  try {
    return await fetch(request);
  } catch (error) {
    if (/\/done$/.test(url.pathname)) { return lead(await following(url, form)); }
    return lead("/" + url.pathname.split("/")[1] + "/offline/?unkept");
  }
}

// The lesson after the one that was finished, in the words in which that one was read.
async function following(url, form) {
  const parts = url.pathname.split("/"), tag = parts[1], module = parts[2];
  for (const at of ["r" + form.get("release") + "/", ""]) {
    const here = "/" + tag + "/" + at + module + "/" + parts[3] + "/";
    const told = await keptPage("/" + tag + "/" + at + module + "/offline.json");
    const lessons = told ? (await told.json()).files.map(function (file) { return file[0]; }) : [];
    const next = lessons[lessons.indexOf(here) + 1];
    if (lessons.indexOf(here) >= 0) { return next && /\/\d+\/$/.test(next) ? next : "/" + tag + "/my"; }
  }
  return "/" + tag + "/my";
}
