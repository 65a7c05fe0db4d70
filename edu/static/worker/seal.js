// Letters lie sealed under a key that no script can read out, this one neither.
async function keyOf(kept) {
  const there = await kept.sign("key");
  if (there) { return there; }
  const made = await crypto.subtle.generateKey(
    { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]
  );
  await kept.setSign("key", made);
  return made;
}

async function seal(kept, letter) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify(letter));
  return { iv: iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv: iv }, await keyOf(kept), words) };
}

// The letter; null where it cannot be opened any more.
async function unseal(kept, sealed) {
  const key = await kept.sign("key");
  try {
    const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.box);
    return JSON.parse(new TextDecoder().decode(words));
  } catch (error) {
    return null;
  }
}
