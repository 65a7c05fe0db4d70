// Whose way this phone keeps: its number, which is no card and no session, and what is done of it.
async function knowWay(tag, told) {
  const before = await store.sign("way");
  if (before !== told.way) {
    await forgetWay();
    await store.setSign("way", told.way);
  }
  const cache = await caches.open("way " + tag);
  await cache.put("/" + tag + "/offline/way", said({ steps: told.steps }));
}

async function forgetWay() {
  for (const name of await named("way")) { await caches.delete(name); }
  await store.setSign("way");
  await store.setSign("done");
}

// Somebody else is learning here now: her pages know nothing of whoever kept hers. Letters stay
// sealed and wait for their writer's card.
async function meet(way) {
  const known = await store.sign("way");
  if (known && known !== way) { await forgetWay(); }
}

async function stepsOf(tag) {
  const told = await keptPage("/" + tag + "/offline/way");
  return told ? (await told.json()).steps : [];
}

// All that a page may be told: counts and places, and of no answer anything.
async function state(tag) {
  const signs = {};
  for (const name of ["done", "notices", "stuck"]) { signs[name] = await store.sign(name); }
  return {
    waiting: await store.count(), notices: signs.notices || {}, stuck: Boolean(signs.stuck),
    done: signs.done || {}, steps: await stepsOf(tag), modules: await keptModules()
  };
}
