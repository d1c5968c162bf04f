// What stands on the page before the program does, and what says why where it does not start or stops
// by a fault of its own. Written for browsers that are too old for the program.
(function () {
  "use strict";

  var oldest = "Chrome or Edge 117, Firefox 121 or Safari 16.4";
  var word = document.getElementById("start");
  var hasTold = false;
  var hasFaulted = false;

  // Ends with a failure or with the page that the program puts in this one's place, whichever comes first.
  function isStarting() {
    return !hasTold && !window.chainruleStarted;
  }

  // Says a sentence in place of the page that does not come; `retry` where it may come next time.
  function tell(sentence, retry) {
    if (!isStarting()) return;
    hasTold = true;
    word.setAttribute("role", "alert");
    word.textContent = sentence;
    word.hidden = false;
    if (retry) word.parentNode.appendChild(button("Try again", reload));
  }

  function button(text, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function reload() {
    location.reload();
  }

  // A module with one instruction on 128 bits: only a browser that can run the program takes it.
  var simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

  function lacks() {
    if (location.protocol === "file:") {
      return "This page was opened from a file, and a browser loads no program from there. Serve the folder, for example with script/server, and open its address.";
    }
    if (typeof WebAssembly !== "object") {
      return "This browser has no WebAssembly, which Chainrule runs on: it is too old, or a setting such as Lockdown Mode has switched it off. Needed is " + oldest + ", or newer.";
    }
    if (!WebAssembly.validate(new Uint8Array(simd))) {
      return "This browser is too old for Chainrule: its WebAssembly has no 128-bit instructions. Needed is " + oldest + ", or newer.";
    }
    return null;
  }

  // Why the program did not start: each of its files is asked for once more and looked at.
  function diagnose(error) {
    if (!isStarting()) return;
    var files = [].slice.call(document.querySelectorAll('link[rel="modulepreload"], link[rel="preload"]'));
    var found = Promise.resolve(null);
    files.forEach(function (link) {
      found = found.then(function (sentence) {
        return sentence || look(link.href);
      });
    });
    found.then(function (sentence) {
      var isBoxed = window.origin === "null";
      if (isBoxed) {
        sentence = "Chainrule stands in a frame that does not let it load its program (sandbox without allow-same-origin). Open it in a window of its own: " + location.href;
      }
      tell(sentence || "Chainrule could not start (" + error + "). It needs " + oldest + ", or newer.", !isBoxed);
    });
  }

  // What is wrong with a file of the program; null where nothing is.
  function look(address) {
    var name = address.replace(/.*\//, "");
    return fetch(address).then(
      function (response) {
        var type = response.headers.get("Content-Type") || "no type";
        if (!response.ok) {
          return "A part of Chainrule could not be loaded: the server answered " + response.status + " for " + name + ".";
        }
        if (/html/.test(type)) {
          return "A part of Chainrule could not be loaded: in place of " + name + " a web page came, perhaps from a filter or a sign-in page on the way.";
        }
        if (/\.js$/.test(name) && !/javascript/.test(type)) {
          return "A part of Chainrule could not be loaded: the server sends " + name + " as “" + type + "” and not as JavaScript.";
        }
        return response.arrayBuffer().then(
          function (bytes) {
            return /\.wasm$/.test(name) && !WebAssembly.validate(bytes) ? broken(name) : null;
          },
          function () {
            return broken(name);
          },
        );
      },
      function () {
        return "A part of Chainrule could not be loaded: " + name + " did not come. Is there a connection to the server?";
      },
    );
  }

  function broken(name) {
    return "A part of Chainrule did not arrive whole: " + name + " was cut off or changed on the way.";
  }

  // After a fault nothing of the program may run on: what it holds may be half of a change. So no event
  // reaches it, be it a key or the one on which it would store its state as the page is left.
  var events = "keydown keyup beforeinput input change click dblclick pointerdown pointermove pointerup pointercancel pointerover pointerout mousedown mousemove mouseup mouseover mouseout touchstart touchmove touchend wheel focusin focusout scroll resize dragover drop paste pagehide visibilitychange";

  function silence(dialog) {
    events.split(" ").forEach(function (name) {
      window.addEventListener(
        name,
        function (event) {
          if (!dialog.contains(event.target)) event.stopImmediatePropagation();
        },
        true,
      );
    });
    window.requestAnimationFrame = function () {
      return 0;
    };
  }

  function reportOf(error) {
    var actions = window.chainruleActions || [];
    var what = window.chainruleFault || String((error && error.stack) || error);
    return [
      what,
      "Browser: " + navigator.userAgent,
      "Page: " + location.href,
      "Window: " + innerWidth + " × " + innerHeight,
      "Last actions, the latest last:",
    ]
      .concat(actions.length ? actions : ["none"])
      .join("\n");
  }

  // The program sets the stored session aside without opening it: a page that stops at its start must not
  // do so again.
  function startAfresh() {
    try {
      localStorage.setItem("chainrule-afresh", "true");
    } catch {
      // Without storage there is nothing to set aside.
    }
    reload();
  }

  function fault(error) {
    if (hasFaulted) return;
    hasFaulted = true;
    var report = reportOf(error);
    var dialog = document.createElement("dialog");
    dialog.className = "fault";
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", "fault-title");
    silence(dialog);
    var title = document.createElement("h2");
    title.id = "fault-title";
    title.textContent = "A fault in Chainrule has stopped this page";
    var text = document.createElement("p");
    var atStart = isStarting();
    text.textContent = atStart
      ? "It could not start with what this browser had stored. “Start afresh” sets that aside and opens the first lesson."
      : "No number after it could be trusted. “Reload” comes back to the session as it was stored before. The report says what happened; nothing is sent unless you send it.";
    var label = document.createElement("label");
    label.textContent = "Report";
    var area = document.createElement("textarea");
    area.readOnly = true;
    area.rows = 8;
    area.value = report;
    label.appendChild(area);
    var buttons = document.createElement("p");
    buttons.appendChild(button("Reload", reload));
    if (atStart) buttons.appendChild(button("Start afresh", startAfresh));
    var copy = button("Copy report", function () {
      area.select();
      var copied = navigator.clipboard ? navigator.clipboard.writeText(report) : Promise.reject();
      copied.then(
        function () {
          copy.textContent = "Copied";
        },
        function () {
          copy.textContent = "Selected: copy it by hand";
        },
      );
    });
    buttons.appendChild(copy);
    [title, text, buttons, label].forEach(function (part) {
      dialog.appendChild(part);
    });
    dialog.addEventListener("cancel", function (event) {
      event.preventDefault();
    });
    document.body.appendChild(dialog);
    dialog.showModal();
    hasTold = true;
  }

  // Whether an error comes from the program, not from an extension or from the browser's own notes.
  function isOurs(error) {
    if (window.chainruleFault) return true;
    if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) return true;
    return error instanceof Error && /\/chainrule-page[^/]*\.(js|wasm)/.test(error.stack);
  }

  function onError(error) {
    // A program that ran has come far enough to be at fault.
    if (isOurs(error) && (!isStarting() || window.chainruleActions)) fault(error);
    else if (isStarting()) diagnose(error);
  }

  window.addEventListener(
    "error",
    function (event) {
      var isScript = event.target && event.target.nodeName === "SCRIPT";
      if (isScript) diagnose("a script did not load");
      else if (event.error) onError(event.error);
    },
    true,
  );
  window.addEventListener("unhandledrejection", function (event) {
    onError(event.reason);
  });

  word.hidden = false;
  var sentence = lacks();
  if (sentence) tell(sentence, false);
})();
