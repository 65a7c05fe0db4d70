// A letter on its way. Only our own server's word counts: a network's sign-in page answers, too.
const PATIENCE = 20000;
const OURS = /^(saved|closed|gone|refused|nobody)$/;

async function post(path, body) {
  const stop = new AbortController();
  const clock = setTimeout(function () { stop.abort(); }, PATIENCE);
  try {
    const answer = await fetch(path, {
      method: "POST", body: body, redirect: "manual", cache: "no-store", signal: stop.signal,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "Outbox": "1" }
    });
    const word = answer.headers.get("Outbox") || "";
    return { word: OURS.test(word) ? word : "wait", where: answer.headers.get("Location") };
  } catch (error) {
    return { word: "wait" };
  } finally {
    clearTimeout(clock);
  }
}

function send(letter) { return post(letter.path, letter.body); }

const outbox = makeOutbox(store, send);

// Where the browser can, it wakes us when there is a network again.
async function sendLater() {
  try { await self.registration.sync.register("letters"); } catch (error) { return; }
}
