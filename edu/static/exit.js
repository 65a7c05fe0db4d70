// Leaving quickly takes this page's place, so that the back button does not return to it. It stands
// in every page, so it is as short as can be.
document.querySelector(".exit").onclick = function () { location.replace("/out"); return false; };
