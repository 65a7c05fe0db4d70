// Comforts for typing in papers: a cell that is full leads on, Enter leads on, arrows go up and down.
(function () {
  "use strict";
  var grid = document.querySelector("table.grid"), cells, rows;
  if (!grid) return;
  rows = Array.prototype.map.call(grid.querySelectorAll("tbody tr"), function (row) {
    return Array.prototype.slice.call(row.querySelectorAll("input"));
  });
  cells = Array.prototype.concat.apply([], rows);
  function go(cell) { if (cell) { cell.focus(); cell.select(); } }
  function place(cell) {
    var at = null;
    rows.forEach(function (row, y) { var x = row.indexOf(cell); if (x >= 0) at = [x, y]; });
    return at;
  }
  grid.addEventListener("input", function (e) {
    if (e.target.hasAttribute("data-one") && e.target.value.length === 1) go(cells[cells.indexOf(e.target) + 1]);
  });
  grid.addEventListener("keydown", function (e) {
    var at = place(e.target), step = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (!at) return;
    if (e.key === "Enter") { e.preventDefault(); go(cells[cells.indexOf(e.target) + 1]); }
    else if (step && rows[at[1] + step]) { e.preventDefault(); go(rows[at[1] + step][at[0]]); }
  });
}());
