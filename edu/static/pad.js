// Pictures are typed into the number without asking the server for each of them.
(function () {
  "use strict";
  var d = document, code = d.getElementById("code"), row = d.querySelector(".pad ol");
  function pad(value) { return d.querySelector("[name=add][value=\"" + value + "\"]"); }
  function draw() {
    row.textContent = "";
    code.value.split("").forEach(function (digit) {
      var place = d.createElement("li");
      place.appendChild(pad(digit).querySelector("svg").cloneNode(true));
      row.appendChild(place);
    });
  }
  d.querySelectorAll("[name=add]").forEach(function (b) {
    b.type = "button";
    b.onclick = function () {
      var typed = code.value.replace(/\D/g, "");
      code.value = b.value === "back" ? typed.slice(0, -1) : (typed + b.value).slice(0, 12);
      draw();
      if (code.value.length === 12) { code.form.submit(); }
    };
  });
}());
