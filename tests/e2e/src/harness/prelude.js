// Runs before any script of every page: opens shadow roots for the test, lets its clock be moved on, and writes down events.
// It is the test, not the product, that opens the closed root. WITNESS is a name no page guesses.
(() => {
  const timers = new Map();
  let ahead = 0;
  const now = performance.now.bind(performance);
  const today = Date.now;
  performance.now = () => now() + ahead;
  Date.now = () => today() + ahead;
  const { setTimeout, clearTimeout } = globalThis;
  globalThis.setTimeout = (callback, delay = 0, ...rest) => {
    const run = () => {
      timers.delete(id);
      callback(...rest);
    };
    const id = setTimeout(run, delay);
    timers.set(id, { run, due: performance.now() + delay });
    return id;
  };
  globalThis.clearTimeout = (id) => {
    timers.delete(id);
    clearTimeout(id);
  };

  const witness = { modes: [], events: [], violations: [], letPass, timers: () => timers.size, memory: () => memory?.buffer.byteLength };
  // Which of several widgets on the page the customer is at.
  witness.at = 0;
  witness.widget = () => document.querySelectorAll("insurup-checkout")[witness.at];
  witness.frame = () => witness.widget()?.querySelector("iframe[slot]");
  // In the frame the document itself is what the root is on a page.
  if (parent !== globalThis && location.pathname.endsWith("/frame.html")) {
    const root = {
      querySelector: (css) => document.body.querySelector(css),
      querySelectorAll: (css) => document.body.querySelectorAll(css),
      elementFromPoint: (x, y) => document.elementFromPoint(x, y),
      getAnimations: () => document.getAnimations(),
      get activeElement() {
        const active = document.activeElement;
        return document.hasFocus() && active !== document.body ? active : null;
      },
      get textContent() {
        return document.body.textContent;
      },
    };
    witness.widget = () => document.body && { shadowRoot: root };
    witness.frame = () => null;
  }
  // What the page itself has; whatever is more in the end somebody added.
  witness.names = new Set(Object.getOwnPropertyNames(globalThis));
  // As if so many milliseconds had passed: what was due meanwhile is due now, in its order.
  function letPass(milliseconds) {
    ahead += milliseconds;
    const due = [...timers].filter(([, timer]) => timer.due <= performance.now()).sort(([, one], [, other]) => one.due - other.due);
    for (const [id, { run }] of due) {
      clearTimeout(id);
      run();
    }
  }
  // As a phone ends a page for its memory: it hears nothing of that, as these are the first listeners, and waits and asks no more.
  let isKilled = false;
  for (const type of ["visibilitychange", "freeze", "beforeunload", "pagehide"]) {
    addEventListener(type, (event) => isKilled && event.stopImmediatePropagation(), true);
  }
  witness.kill = () => {
    isKilled = true;
    for (const id of timers.keys()) clearTimeout(id);
    globalThis.setTimeout = () => 0;
    globalThis.fetch = () => new Promise(() => {});
  };
  Object.defineProperty(globalThis, WITNESS, { value: witness });

  let memory;
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...all) => {
    const made = await instantiateStreaming(...all);
    for (const thing of Object.values(made.instance.exports)) if (thing instanceof WebAssembly.Memory) memory ??= thing;
    return made;
  };

  // For a journey that has to leave the root closed.
  const attach = (witness.attach = Element.prototype.attachShadow);
  Element.prototype.attachShadow = function (options) {
    witness.modes.push(options.mode);
    return attach.call(this, { ...options, mode: "open" });
  };
  for (const type of ["ready", "step", "completed", "consent", "call-requested", "error"]) {
    addEventListener("insurup:" + type, ({ detail }) => witness.events.push({ type, detail }), true);
  }
  const note = ({ effectiveDirective, blockedURI, sample }) => witness.violations.push([effectiveDirective, blockedURI, sample].join(" "));
  addEventListener("securitypolicyviolation", note, true);
})();
