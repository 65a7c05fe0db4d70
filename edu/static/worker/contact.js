// At each contact: letters go out, what was taken back is dropped at once, and what is newer is
// fetched when nothing is under way.
const SOMETIMES = 10 * 60 * 1000;
let looked = 0;

async function isQuiet() {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const asking = open.some(function (page) { return /\/questions\//.test(new URL(page.url).pathname); });
  return !asking && await store.count() === 0;
}

async function contact() {
  if (!(await finishLeaving())) { return; }
  if (await store.count() > 0) { await outbox.flush(); }
  // Measured from when we were woken, not by the phone's clock, which may be wrong.
  if (looked && performance.now() - looked < SOMETIMES) { return; }
  looked = performance.now();
  await refresh();
}

async function refresh() {
  const modules = await keptModules(), indexes = new Map();
  for (const mine of modules) {
    if (!indexes.has(mine.tag)) { indexes.set(mine.tag, await indexOf(mine.tag)); }
    const index = indexes.get(mine.tag);
    if (!index) { continue; }
    if (await hasWithdrawnQuestions(mine.tag, index)) { await caches.delete("way " + mine.tag); }
    const now = index.modules[mine.name];
    if (!now || now.must !== mine.must || now.withdrawn.indexOf(mine.release) >= 0) {
      await revoke(mine);
    }
    if (now && now.version !== mine.version && await isQuiet()) {
      await keepModule(mine.tag, mine.name, function () {});
    }
  }
  await dropFrames();
}

async function hasWithdrawnQuestions(tag, index) {
  const steps = await stepsOf(tag);
  return steps.some(function (step) { return index.questions.indexOf(step.release) >= 0; });
}

// Taken back: gone from what was kept, and from what the browser keeps by itself.
async function revoke(mine) {
  await caches.delete(cacheOf(mine));
  for (const file of mine.files) {
    await fetch(file[0], { cache: "reload" }).catch(function () {});
  }
}

// What is published now; nothing where no network, or another's, answers.
async function indexOf(tag) {
  try { return await toldBy("/" + tag + "/offline.json"); } catch (error) { return null; }
}
