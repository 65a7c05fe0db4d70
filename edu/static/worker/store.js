// What this phone holds beside kept pages: sealed letters, the key to them, and a few signs.
// Nothing is said to be kept before the disk has it.
const NAME = "phone";

function opened() {
  return new Promise(function (yes, no) {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = function () {
      asked.result.createObjectStore("letters", { keyPath: "id", autoIncrement: true });
      asked.result.createObjectStore("signs");
    };
    asked.onsuccess = function () { yes(asked.result); };
    asked.onerror = function () { no(asked.error); };
  });
}

function dropped() {
  return new Promise(function (yes) {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = function () { yes(); };
  });
}

// One deed with the store: all of it is written, or nothing.
async function within(mode, deed) {
  const base = await opened();
  try {
    return await new Promise(function (yes, no) {
      const all = base.transaction(["letters", "signs"], mode, { durability: "strict" });
      let found;
      const keep = function (value) { found = value; };
      all.oncomplete = function () { yes(found); };
      all.onabort = function () { no(all.error || new Error("not kept")); };
      deed(all.objectStore("letters"), all.objectStore("signs"), keep);
    });
  } finally {
    base.close();
  }
}

function read(asked, then) { asked.onsuccess = function () { then(asked.result); }; }

const store = {
  sign: function (name) {
    return within("readonly", function (letters, signs, keep) { read(signs.get(name), keep); });
  },
  setSign: function (name, value) {
    return within("readwrite", function (letters, signs) {
      if (value === undefined) { signs.delete(name); } else { signs.put(value, name); }
    });
  },
  letters: function () {
    return within("readonly", function (letters, signs, keep) { read(letters.getAll(), keep); });
  },
  count: function () {
    return within("readonly", function (letters, signs, keep) { read(letters.count(), keep); });
  },
  // The sealed letter and what it finishes are written together.
  add: function (sealed, place) {
    return within("readwrite", function (letters, signs, keep) {
      read(letters.add(sealed), keep);
      read(signs.get("done"), function (done) {
        signs.put(Object.assign({}, done, place && { [place]: 1 }), "done");
      });
    });
  },
  // What became of a letter is noted as it is deleted; with the last one the key goes, too.
  settle: function (id, notice) {
    return within("readwrite", function (letters, signs) {
      read(letters.get(id), function (there) {
        if (there === undefined) { return; }
        letters.delete(id);
        if (notice) {
          read(signs.get("notices"), function (notices) {
            const said = Object.assign({}, notices);
            said[notice] = (said[notice] || 0) + 1;
            signs.put(said, "notices");
          });
        }
        read(letters.count(), function (left) { if (left === 0) { signs.delete("key"); } });
      });
    });
  },
  clear: function () {
    return within("readwrite", function (letters, signs) { letters.clear(); signs.clear(); });
  }
};
