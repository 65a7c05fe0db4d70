// Sealing answers to the server's key, and cutting what is sealed into lines. Nobody can open it on
// this phone: the phone's half of the key is thrown away.
var carriedSeal = (function () {
  "use strict";
  var LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", VERSION = 1, CUT = 100, STEP = 64;
  var subtle = window.crypto && window.crypto.subtle;

  function joined() {
    var length = 0, i, out;
    for (i = 0; i < arguments.length; i += 1) { length += arguments[i].length; }
    out = new Uint8Array(length);
    length = 0;
    for (i = 0; i < arguments.length; i += 1) {
      out.set(arguments[i], length);
      length += arguments[i].length;
    }
    return out;
  }
  function bytes(numbers) { return new Uint8Array(numbers); }
  function digest(of) {
    return subtle.digest("SHA-256", of).then(function (found) { return new Uint8Array(found); });
  }
  function fromHex(text) {
    return bytes(text.match(/../g).map(function (pair) { return parseInt(pair, 16); }));
  }
  // UTF-8, filled with blanks so that its length tells nothing.
  function padded(text) {
    var plain = unescape(encodeURIComponent(text)), i, out;
    while (plain.length % STEP) { plain += " "; }
    out = new Uint8Array(plain.length);
    for (i = 0; i < plain.length; i += 1) { out[i] = plain.charCodeAt(i); }
    return out;
  }
  // A point of the curve with the sign of its second half, in 33 bytes instead of 65.
  function short(point) {
    return joined(bytes([2 + (point[64] & 1)]), point.subarray(1, 33));
  }

  function seal(text, keyInHex) {
    var theirs = fromHex(keyInHex), curve = { name: "ECDH", namedCurve: "P-256" }, pair, point, head;
    return subtle.generateKey(curve, true, ["deriveBits"]).then(function (made) {
      pair = made;
      return subtle.exportKey("raw", pair.publicKey);
    }).then(function (raw) {
      point = short(new Uint8Array(raw));
      return digest(theirs);
    }).then(function (mark) {
      head = joined(bytes([VERSION]), mark.subarray(0, 4), point);
      return subtle.importKey("raw", theirs, curve, false, []);
    }).then(function (key) {
      return subtle.deriveBits({ name: "ECDH", namedCurve: "P-256", public: key }, pair.privateKey, 256);
    }).then(function (shared) {
      return digest(joined(bytes([0, 0, 0, 1]), new Uint8Array(shared), point, theirs));
    }).then(function (raw) {
      return subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    }).then(function (key) {
      var how = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: head, tagLength: 128 };
      return subtle.encrypt(how, key, padded(text));
    }).then(function (sealed) {
      return joined(head, new Uint8Array(sealed));
    });
  }

  function written(raw) {
    var out = "", held = 0, bits = 0, i;
    for (i = 0; i < raw.length; i += 1) {
      held = held << 8 | raw[i];
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        out += LETTERS.charAt(held >> bits & 31);
      }
      held &= (1 << bits) - 1;
    }
    return bits ? out + LETTERS.charAt(held << (5 - bits) & 31) : out;
  }

  function cut(letter) {
    var of = Math.max(1, Math.ceil(letter.length / CUT));
    return digest(letter).then(function (name) {
      var pieces = [], number;
      function piece(which) {
        var body = letter.subarray((which - 1) * CUT, which * CUT);
        var inside = joined(bytes([VERSION]), name.subarray(0, 4), bytes([which, of]), body);
        return digest(inside).then(function (check) {
          return written(joined(inside, check.subarray(0, 4)));
        });
      }
      for (number = 1; number <= of; number += 1) { pieces.push(piece(number)); }
      return Promise.all(pieces);
    });
  }

  function lines(text, keyInHex) { return seal(text, keyInHex).then(cut); }
  function random(count) { return window.crypto.getRandomValues(new Uint8Array(count)); }
  function works() {
    return !!(subtle && window.Promise && window.Uint8Array && subtle.deriveBits);
  }
  return { works: works, lines: lines, random: random };
}());
