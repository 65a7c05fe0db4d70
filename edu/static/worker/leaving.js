// Leaving this phone: one tap, with a network or without. Only letters that could not be sent are
// asked about first, because they are nowhere else.
async function clearAll() {
  for (const name of await caches.keys()) { await caches.delete(name); }
  await store.clear();
}

// The empty database goes, too, and the worker itself.
async function end() {
  await dropped();
  await self.registration.unregister();
}

async function leave(event, url) {
  const form = new URLSearchParams(await event.request.text());
  await Promise.race([outbox.flush().catch(function () {}), pause(AT_ONCE)]);
  if (await store.count() > 0 && form.get("unsent") !== "drop") {
    const to = form.get("to") === "next" ? "&to=next" : "";
    return lead("/" + url.pathname.split("/")[1] + "/offline/?leaving" + to);
  }
  const out = await keptPage("/out");
  await clearAll();
  const answer = await post(url.pathname, form.toString());
  if (answer.word === "saved") {
    await end();
    return lead(answer.where);
  }
  // Her cookie cannot be dropped without the server: that is done at the next contact, before
  // anything else is shown.
  await store.setSign("left", url.pathname);
  event.waitUntil(sendLater());
  return out || new Response("", { status: 200, headers: { "Content-Type": "text/html" } });
}

async function finishLeaving() {
  const left = await store.sign("left");
  if (!left) { return true; }
  const answer = await post(left, "");
  if (answer.word !== "saved") { return false; }
  await clearAll();
  await end();
  return true;
}
