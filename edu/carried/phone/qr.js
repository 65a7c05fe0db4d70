// A picture that a camera reads: QR code, version 7, correction M, signs in capitals and digits
// (ISO/IEC 18004). Only this one size: every piece of sealed answers is cut to fit it.
var carriedPicture = (function () {
  "use strict";
  var SIZE = 45, DATA = 124, BLOCKS = 4, IN_BLOCK = 31, CHECKS = 18;
  var SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  var FORMAT = 0x5412, VERSION = 0x07c94;
  var powers = [], logs = [], value = 1, n;
  for (n = 0; n < 255; n += 1) {
    powers[n] = value;
    logs[value] = n;
    value = value << 1;
    if (value > 255) { value ^= 0x11d; }
  }
  function times(a, b) { return a && b ? powers[(logs[a] + logs[b]) % 255] : 0; }

  // The text as bytes: mode, length, two signs in eleven bits, and what fills the rest.
  function dataOf(text) {
    var bits = [], bytes = [], i, j, pair;
    function add(number, length) {
      for (j = length - 1; j >= 0; j -= 1) { bits.push(number >> j & 1); }
    }
    add(2, 4);
    add(text.length, 9);
    for (i = 0; i < text.length; i += 2) {
      pair = SIGNS.indexOf(text.charAt(i));
      if (i + 1 < text.length) {
        add(pair * 45 + SIGNS.indexOf(text.charAt(i + 1)), 11);
      } else {
        add(pair, 6);
      }
    }
    add(0, Math.min(4, DATA * 8 - bits.length));
    while (bits.length % 8) { bits.push(0); }
    for (i = 0; i < bits.length; i += 8) {
      value = 0;
      for (j = 0; j < 8; j += 1) { value = value << 1 | bits[i + j]; }
      bytes.push(value);
    }
    for (i = 0; bytes.length < DATA; i += 1) { bytes.push(i % 2 ? 0x11 : 0xec); }
    return bytes;
  }

  // What the polynomial with the roots 1, 2, 4, ... leaves of a block (Reed and Solomon).
  function checksOf(block) {
    var root = [], rest = [], i, j, factor;
    for (i = 0; i < CHECKS; i += 1) { root.push(i === CHECKS - 1 ? 1 : 0); rest.push(0); }
    for (i = 0; i < CHECKS; i += 1) {
      for (j = 0; j < CHECKS; j += 1) {
        root[j] = times(root[j], powers[i]) ^ (j + 1 < CHECKS ? root[j + 1] : 0);
      }
    }
    for (i = 0; i < block.length; i += 1) {
      factor = block[i] ^ rest.shift();
      rest.push(0);
      for (j = 0; j < CHECKS; j += 1) { rest[j] ^= times(root[j], factor); }
    }
    return rest;
  }

  function interleaved(bytes) {
    var blocks = [], checks = [], out = [], i, j;
    for (i = 0; i < BLOCKS; i += 1) {
      blocks.push(bytes.slice(i * IN_BLOCK, (i + 1) * IN_BLOCK));
      checks.push(checksOf(blocks[i]));
    }
    for (j = 0; j < IN_BLOCK; j += 1) { for (i = 0; i < BLOCKS; i += 1) { out.push(blocks[i][j]); } }
    for (j = 0; j < CHECKS; j += 1) { for (i = 0; i < BLOCKS; i += 1) { out.push(checks[i][j]); } }
    return out;
  }

  // The squares that are the same in every picture; null where data go.
  function frame() {
    var rows = [], x, y, i, bits;
    for (y = 0; y < SIZE; y += 1) {
      rows.push([]);
      for (x = 0; x < SIZE; x += 1) { rows[y].push(null); }
    }
    function set(column, row, dark) {
      if (row >= 0 && row < SIZE && column >= 0 && column < SIZE) { rows[row][column] = dark ? 1 : 0; }
    }
    function rings(cx, cy, reach, light) {
      for (y = -reach; y <= reach; y += 1) {
        for (x = -reach; x <= reach; x += 1) {
          set(cx + x, cy + y, light.indexOf(Math.max(Math.abs(x), Math.abs(y))) < 0);
        }
      }
    }
    for (i = 0; i < SIZE; i += 1) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
    rings(3, 3, 4, [2, 4]);
    rings(SIZE - 4, 3, 4, [2, 4]);
    rings(3, SIZE - 4, 4, [2, 4]);
    [[6, 22], [22, 6], [22, 22], [22, 38], [38, 22], [38, 38]].forEach(function (at) {
      rings(at[0], at[1], 2, [1]);
    });
    for (i = 0; i < 15; i += 1) {
      bits = FORMAT >> i & 1;
      if (i < 6) { set(8, i, bits); } else if (i < 8) { set(8, i + 1, bits); }
      if (i === 8) { set(7, 8, bits); } else if (i > 8) { set(14 - i, 8, bits); }
      if (i < 8) { set(SIZE - 1 - i, 8, bits); } else { set(8, SIZE - 15 + i, bits); }
    }
    set(8, SIZE - 8, 1);
    for (i = 0; i < 18; i += 1) {
      bits = VERSION >> i & 1;
      set(SIZE - 11 + i % 3, Math.floor(i / 3), bits);
      set(Math.floor(i / 3), SIZE - 11 + i % 3, bits);
    }
    return rows;
  }

  function squares(text) {
    var rows = frame(), words = interleaved(dataOf(text)), at = 0, right, up, i, j, x, y, bit;
    for (right = SIZE - 1; right >= 1; right -= 2) {
      if (right === 6) { right = 5; }
      up = (right + 1 & 2) === 0;
      for (i = 0; i < SIZE; i += 1) {
        y = up ? SIZE - 1 - i : i;
        for (j = 0; j < 2; j += 1) {
          x = right - j;
          if (rows[y][x] === null) {
            bit = at < words.length * 8 ? words[at >> 3] >> (7 - (at & 7)) & 1 : 0;
            at += 1;
            rows[y][x] = bit ^ ((x + y) % 2 === 0 ? 1 : 0);
          }
        }
      }
    }
    return rows;
  }

  // The picture with four squares of light around it, as a camera needs.
  function picture(text) {
    var space = "http://www.w3.org/2000/svg", rows = squares(text), path = "", x, y;
    var svg = document.createElementNS(space, "svg"), ink = document.createElementNS(space, "path");
    for (y = 0; y < SIZE; y += 1) {
      for (x = 0; x < SIZE; x += 1) {
        if (rows[y][x]) { path += "M" + (x + 4) + " " + (y + 4) + "h1v1h-1z"; }
      }
    }
    svg.setAttribute("viewBox", "0 0 " + (SIZE + 8) + " " + (SIZE + 8));
    svg.setAttribute("shape-rendering", "crispEdges");
    ink.setAttribute("d", path);
    ink.setAttribute("fill", "#000");
    svg.appendChild(ink);
    return svg;
  }
  return { squares: squares, draw: picture };
}());
