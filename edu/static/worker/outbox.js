// The outbox: letters in the order in which they were written. One leaves it when the server has
// said what became of it, and never before. `send` says "saved", "closed", "gone", "refused",
// "nobody" (it waits for its writer's card) or "wait" (no network, or a server that is not well).
function makeOutbox(kept, send) {
  let last = Promise.resolve(), running = null, again = false;
  const said = new Map();

  // Sealing and deleting take turns, so that a key is never dropped under a new letter.
  function alone(deed) {
    const mine = last.then(deed);
    last = mine.catch(function () {});
    return mine;
  }

  function put(letter, place) {
    return alone(async function () { return kept.add(await seal(kept, letter), place); });
  }

  async function once(tried, waiting) {
    const rows = (await kept.letters()).filter(function (row) { return !tried.has(row.id); });
    for (const row of rows) {
      tried.add(row.id);
      const letter = await unseal(kept, row);
      // Behind one that waits for a card, all of the same writer wait: order is kept.
      if (letter && waiting.has(letter.way)) { continue; }
      const answer = letter ? await send(letter) : { word: "lost" };
      if (answer.word === "wait") { return "stopped"; }
      if (answer.word === "nobody") { waiting.add(letter.way); continue; }
      said.set(row.id, answer);
      const notice = answer.word === "saved" ? "" : answer.word;
      await alone(function () { return kept.settle(row.id, notice); });
    }
    return rows.length > 0 ? "more" : "nothing";
  }

  async function run() {
    const tried = new Set(), waiting = new Set();
    let found;
    do {
      again = false;
      found = await once(tried, waiting);
    } while (found === "more" || (again && found !== "stopped"));
    await kept.setSign("stuck", waiting.size || undefined);
  }

  // Send what there is. Asked for while it runs, it goes round once more.
  function flush() {
    if (running) { again = true; return running; }
    running = run().finally(function () { running = null; });
    return running;
  }

  // What was said of a letter, if it was.
  function verdict(id) {
    const found = said.get(id);
    said.delete(id);
    return found;
  }

  return { put: put, flush: flush, verdict: verdict };
}
