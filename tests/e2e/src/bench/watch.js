// Runs after the prelude and before any script of every document, the page's and the frame's: writes down when what happened. Times are
// milliseconds since the document's navigation, and since the page's where that is asked for.
(() => {
  const witness = globalThis[WITNESS];
  // The prelude moves `performance.now` and the timers; an event's stamp and a scheduled task stay what they are.
  const now = () => new Event("").timeStamp;
  const wait = (delay) => scheduler.postTask(() => {}, { delay });
  // After the next picture: a message sent while a frame is made is read when that frame was painted.
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(0);
      }),
    );
  const observed = (type, options) => {
    const entries = [];
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
    observer.observe({ type, buffered: true, ...options });
    return () => {
      entries.push(...observer.takeRecords());
      return entries.splice(0);
    };
  };

  // Waits of a second or so are until the list is read again. Once held, they end when the measuring wants it, and the clock stands still.
  let held;
  let last = 0;
  const { setTimeout, clearTimeout } = globalThis;
  globalThis.setTimeout = (callback, delay, ...rest) => {
    if (!held || delay < 1000 || delay > 10000) return setTimeout(callback, delay, ...rest);
    const id = --last;
    held.set(id, () => callback(...rest));
    return id;
  };
  globalThis.clearTimeout = (id) => void (held?.delete(id) || clearTimeout(id));

  const root = () => witness.widget()?.shadowRoot;
  let changes = 0;
  let changed = 0;
  let unpainted = 0;
  const watch = (drawn) => {
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver((records) => {
      changes += records.length;
      unpainted += 1;
      void painted().then(() => {
        unpainted -= 1;
        changed = now();
      });
    }).observe(drawn, all);
    arrivals.observe(drawn, { subtree: true, childList: true });
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const shadow = attach.call(this, options);
    watch(shadow);
    return shadow;
  };

  // The first field that letters can be typed into, painted, and with a letter in it.
  const marks = {};
  const FIELD = "input:enabled:not([type=radio], [type=checkbox], [type=hidden])";
  const field = () => root()?.querySelector(FIELD) ?? document.querySelector(FIELD);
  let came;
  const first = new Promise((resolve) => (came = resolve));
  const arrivals = new MutationObserver(() => {
    if (marks.inserted || !field()) return;
    arrivals.disconnect();
    marks.inserted = now();
    void painted().then(type);
  });
  const isFrame = parent !== globalThis;
  if (isFrame) watch(document);
  else arrivals.observe(document, { subtree: true, childList: true });
  // The page gives the frame the height of what is in it; before that some of it may be cut off.
  const heights = new MutationObserver(() => {
    heights.disconnect();
    void painted().then(() => (marks.fitted = now()));
  });
  heights.observe(document, { subtree: true, attributeFilter: ["style"] });
  async function type() {
    marks.painted ??= now();
    field().focus();
    document.execCommand("insertText", false, "1");
    if (field().value === "1") {
      marks.typed = now();
      came();
    } else {
      await painted();
      await type();
    }
  }

  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...all) => {
    const made = await instantiateStreaming(...all);
    marks.compiled ??= now();
    return made;
  };

  const tasks = observed("longtask");
  const shifts = observed("layout-shift");
  const events = observed("event", { durationThreshold: 16 });
  const answers = observed("resource");
  const fetched = (pattern) => performance.getEntriesByType("resource").find(({ name }) => pattern.test(name))?.responseEnd;
  const sum = (list, of) => list.reduce((sum, one) => sum + of(one), 0);

  witness.bench = {
    // When the first field was there, and what came before, where the widget is drawn; by the clock of the page, which began at `origin`.
    async first(origin) {
      await first;
      const frame = isFrame ? performance.getEntriesByType("navigation")[0].responseEnd : undefined;
      const { inserted, painted, typed, compiled } = marks;
      const all = { frame, module: fetched(/\.wasm$/), compiled, inserted, painted, typed };
      const known = Object.entries(all).filter(([, at]) => at !== undefined);
      return Object.fromEntries(known.map(([name, at]) => [name, at + performance.timeOrigin - origin]));
    },
    // What came before in the page.
    async page() {
      // It is told a moment after it happened.
      const contentful = () => performance.getEntriesByName("first-contentful-paint")[0];
      while (!contentful()) await wait(20);
      if (witness.frame()) while (!marks.fitted) await wait(20);
      return { shown: contentful().startTime, loader: fetched(/\/(insurup|inline)\.js$/), fitted: marks.fitted };
    },
    // How much of what was in sight moved without a press, since the navigation or since it was last asked or forgotten.
    moved: () => sum(shifts().filter(({ hadRecentInput }) => !hadRecentInput), ({ value }) => value),
    hold: () => void (held = new Map()),
    async go() {
      while (!held.size) await wait(20);
      const due = [...held.values()];
      held.clear();
      for (const run of due) run();
    },
    // Forgets what was.
    begin() {
      for (const forget of [tasks, shifts, events, answers]) forget();
      changes = 0;
      changed = 0;
    },
    // Once an answer from an address that ends like this has come and all is still again: what it took.
    async settled(pattern) {
      const all = [];
      const came = () => {
        all.push(...answers());
        return all.find(({ name }) => new RegExp(pattern).test(name))?.responseEnd;
      };
      while (!came()) await wait(20);
      const answered = came();
      // The answer is read in pieces, so it is still for a moment before anything is drawn.
      while (unpainted || now() - Math.max(answered, changed) < 1500) await wait(100);
      const after = tasks().filter(({ startTime, duration }) => startTime + duration > answered);
      return {
        screen: Math.max(0, changed - answered),
        changes,
        longest: Math.max(0, ...after.map(({ duration }) => duration)),
        elements: root().querySelectorAll("*").length,
        priced: root().querySelectorAll(".offer .price").length,
      };
    },
    // The length of every interaction that was not over within a frame: from the press to the next picture.
    async interactions() {
      await wait(400);
      const all = new Map();
      for (const { interactionId, duration } of events()) {
        if (interactionId) all.set(interactionId, Math.max(duration, all.get(interactionId) ?? 0));
      }
      return [...all.values()];
    },
  };
})();
