// Records a voice in the browser and puts it into the form's file, as if it had been chosen there.
(function () {
  "use strict";
  var d = document, form = d.getElementById("record"), box = form && form.querySelector(".recorder");
  if (!box || !window.MediaRecorder || !window.DataTransfer || !navigator.mediaDevices) { return; }
  var kinds = [["audio/ogg;codecs=opus", "ogg"], ["audio/webm;codecs=opus", "webm"], ["audio/mp4", "m4a"]];
  var kind = kinds.filter(function (k) { return MediaRecorder.isTypeSupported(k[0]); })[0];
  if (!kind) { return; }
  var start = box.querySelector("[data-start]"), stop = box.querySelector("[data-stop]"),
    play = box.querySelector("[data-play]"), status = box.querySelector("[data-status]"),
    file = form.querySelector("[type=file]"), recorder = null, clock = 0, made = null, sounding = null;
  var LONGEST = 600;
  box.hidden = false;
  function say(words) { status.textContent = words; }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function tick(since) {
    var seconds = Math.floor((Date.now() - since) / 1000);
    say(status.dataset.recording + " " + Math.floor(seconds / 60) + ":" + two(seconds % 60));
    if (seconds >= LONGEST - 1) { recorder.stop(); }
  }
  function show(recording) { start.hidden = recording; stop.hidden = !recording; play.hidden = recording || !made; }
  function hush() { if (sounding) { sounding.close(); sounding = null; } }
  function keep(pieces, stream) {
    clearInterval(clock);
    stream.getTracks().forEach(function (track) { track.stop(); });
    made = new Blob(pieces, { type: kind[0] });
    var chosen = new DataTransfer();
    chosen.items.add(new File([made], "recording." + kind[1], { type: kind[0] }));
    file.files = chosen.files;
    show(false);
    say(status.dataset.done);
  }
  start.addEventListener("click", function () {
    hush();
    navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }).then(function (stream) {
      var pieces = [], since = Date.now();
      recorder = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: 48000 });
      recorder.addEventListener("dataavailable", function (e) { pieces.push(e.data); });
      recorder.addEventListener("stop", function () { keep(pieces, stream); });
      recorder.start();
      show(true);
      stop.focus();
      tick(since);
      clock = setInterval(function () { tick(since); }, 1000);
    }, function () { say(status.dataset.denied); });
  });
  stop.addEventListener("click", function () { recorder.stop(); play.focus(); });
  // Played without an address, so that the page needs no wider policy for sounds.
  play.addEventListener("click", function () {
    hush();
    var context = sounding = new AudioContext();
    made.arrayBuffer().then(function (bytes) { return context.decodeAudioData(bytes); }).then(function (sound) {
      var source = context.createBufferSource();
      source.buffer = sound;
      source.connect(context.destination);
      source.start();
    });
  });
  // A file that was chosen takes the recording's place.
  file.addEventListener("change", function () { made = null; hush(); show(false); say(""); });
}());
