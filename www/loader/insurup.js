// @ts-check
/// <reference path="manifest.d.ts" />
// Delivered as one classic script, and as the package's `./element`: defines <insurup-checkout> and carries plain data between the page and the application.
// A change of what it carries changes the boundary of decision 17: `Config` in, `Message` out, nothing else.

// Linked in, not loaded: a script element can't be pointed anywhere under `trusted-types 'none'`, and import() checks no integrity.
// So whoever pins this file pins the glue, and the glue's integrity is this file's.
import { configure, finish, imports, mount, unmount } from "insurup-glue";
import { explain, watchPolicy } from "./failure.js";
import { awaited, fetchAsset, script } from "insurup-load";
import { within } from "./within.js";

const TAG = "insurup-checkout";
const MESSAGES = ["ready", "step", "completed", "consent", "call-requested", "error"];

// Taken before any later script of the page can replace them.
const { CSSStyleSheet, CustomEvent, MutationObserver, Promise, queueMicrotask } = globalThis;
const { attachShadow } = Element.prototype;
const { dispatchEvent } = EventTarget.prototype;

/** How the sentence looks that stands in the widget's place when it could not start. */
const CARD = "div{all:initial;color-scheme:inherit;display:block;font:medium/1.5 system-ui,sans-serif;color:CanvasText;background:Canvas;border:1px solid #8885;border-radius:1em;padding:1.25em}a{display:block;margin-top:1em;padding:.8em;border:1px solid;border-radius:.6em;color:inherit;font-weight:600;text-align:center;text-decoration:none}";

/** @typedef {"tr" | "en"} Language */

/** The application's code and look, shared by every element of the page. @type {Promise<CSSStyleSheet> | undefined} */
let engine;
/** Texts, and their names, by the name of their file. @type {Record<string, Promise<string[]>>} */
const lists = {};

function loadEngine() {
  // First, because it is the largest.
  const wasm = fetchAsset(MANIFEST.wasm);
  const styles = fetchAsset(MANIFEST.styles).then((answer) => answer.text());
  const code = wasm.then(start).catch((cause) => {
    throw cause.file ? cause : Object.assign(cause, { file: MANIFEST.wasm[0] });
  });
  return Promise.all([styles, code]).then(([css]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
}

/** What the second module imports: the first. @type {WebAssembly.Exports | undefined} */
let first;
/** @type {Promise<unknown> | undefined} */
let second;

/** @param {Response} answer */
async function start(answer) {
  const { instance, module } = await instantiate(answer, imports());
  first = instance.exports;
  finish(instance, module);
}

/** Compiles a module while it arrives, or once it is there where a server gives it another type. @param {Response} answer @param {WebAssembly.Imports} imports */
const instantiate = async (answer, imports) =>
  answer.headers.get("Content-Type")?.startsWith("application/wasm")
    ? WebAssembly.instantiateStreaming(answer, imports)
    : WebAssembly.instantiate(await answer.arrayBuffer(), imports);

/** Puts the functions of the second module into the places that the first has left for them. */
const loadLater = () =>
  (second ||= fetchAsset(MANIFEST.later)
    .then((answer) => instantiate(answer, { first: /** @type {any} */ (first) }))
    .catch((cause) => {
      second = undefined; // Whoever wants it may try again.
      throw cause;
    }));

/**
 * The names of the texts come along only where the page has words of its own for some of them.
 * @param {Language} language
 * @param {boolean} own
 */
function load(language, own) {
  engine ||= loadEngine().catch((cause) => {
    engine = undefined; // The next element, or the next visit of this one, may try again.
    throw cause;
  });
  return Promise.all([engine, list(MANIFEST.texts[language]), own ? list(MANIFEST.keys) : []]);
}

/** @param {Asset} asset @returns {Promise<string[]>} */
function list(asset) {
  const [file] = asset;
  return (lists[file] ||= fetchAsset(asset)
    .then((answer) => answer.json())
    .catch((cause) => {
      delete lists[file];
      throw Object.assign(cause, { file });
    }));
}

class InsurUpCheckout extends HTMLElement {
  /** What the options stand on. @type {HTMLElement} */
  #source;
  #root = attachShadow.call(this, { mode: "closed" });
  /** Number of the running application. */
  #app = 0;
  /** Counts starts and stops: what an older one still waits for is dropped when it comes. */
  #turn = 0;
  #running = false;
  /** Whether the second module, with its texts and its sheet, is in use here. */
  #whole = false;
  #observer = new MutationObserver(() => this.#configure());

  /** @param {HTMLElement} [source] a script whose `data-*` attributes are the options */
  constructor(source) {
    super();
    this.#source = source || this;
  }

  connectedCallback() {
    // Moved within the page, or put back at once: what runs, runs on.
    if (!this.#running) this.#start();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected && this.#running) this.#stop();
    });
  }

  /** @returns {Promise<void>} */
  async #start() {
    const turn = ++this.#turn;
    this.#running = true;
    this.#whole = false;
    const policy = watchPolicy();
    try {
      const { language, own } = this.#config();
      const [sheet, texts, keys] = await within(10_000, load(language, own), awaited);
      if (turn !== this.#turn) return;
      const config = { ...this.#config(), keys }; // Again: attributes may have changed meanwhile.
      if (config.language !== language || config.own !== own) return this.#start();
      this.#root.replaceChildren();
      this.#root.adoptedStyleSheets = [sheet];
      this.#observer.observe(this.#source, { attributes: true });
      this.#app = mount(this.#root, config, texts, (message) => {
        if (turn === this.#turn && MESSAGES.includes(message.type)) this.#dispatch(message.type, message.detail);
      }, (done) => this.#complete().then(() => done(true), () => done(false)));
    } catch (cause) {
      const reason = await explain(cause, policy);
      if (turn === this.#turn) this.#fail(reason);
    } finally {
      policy.stop();
    }
  }

  /** Brings what most customers never need. */
  async #complete() {
    const turn = this.#turn;
    const [[css]] = await Promise.all([list(MANIFEST.laterTexts[this.#config().language]), loadLater()]);
    if (turn !== this.#turn || this.#whole) return;
    this.#whole = true;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.#root.adoptedStyleSheets = [...this.#root.adoptedStyleSheets, sheet];
    await this.#configure();
  }

  #stop() {
    this.#turn++;
    this.#running = false;
    this.#observer.disconnect();
    try {
      unmount(this.#app);
    } catch {
      // An application that broke down can't take itself apart; what it drew goes anyway.
    }
    this.#app = 0;
    this.#root.replaceChildren();
  }

  /** Tells the application what the attributes say now; texts come along, as the language may be another. */
  async #configure() {
    const turn = this.#turn;
    const { language, own } = this.#config();
    try {
      const [[, texts, keys], [, ...more]] = await Promise.all([load(language, own), this.#whole ? list(MANIFEST.laterTexts[language]) : []]);
      const config = { ...this.#config(), keys };
      // If the language changed again while the texts came, that change has brought its own call.
      if (turn === this.#turn && config.language === language && config.own === own) configure(this.#app, config, [...texts, ...more]);
    } catch {
      // The texts of the new language did not come: the sale goes on in the old one.
    }
  }

  /** @param {string} reason */
  #fail(reason) {
    const { language, phone } = this.#config();
    const card = document.createElement("div");
    card.lang = language;
    card.dir = "ltr";
    card.setAttribute("role", "alert");
    const [withPhone, without] = MANIFEST.failed[language];
    card.textContent = phone ? withPhone.replace("{phone}", () => phone.replace(/ /g, "\xa0")) : without;
    if (phone) {
      const link = document.createElement("a");
      link.href = "tel:" + phone.replace(/[^+\d]/g, "");
      link.textContent = phone;
      card.append(link);
    }
    // Its own: the widget's may be what did not come.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CARD);
    this.#observer.disconnect();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.replaceChildren(card);
    this.#dispatch("error", { code: "start-failed", reason });
  }

  /** What the page says now, and of it what is needed here: the language, whether there are words of its own, and whom to call. */
  #config() {
    const source = this.#source;
    const style = getComputedStyle(this);
    const ink = "--insurup-on-accent";
    const prefix = source === this ? "" : "data-";
    const attributes = Object.fromEntries(Array.from(source.attributes, ({ name, value }) => [name.replace(prefix, ""), value]));
    let more;
    try {
      more = JSON.parse(attributes.config ?? "null");
    } catch {
      more = false; // Not JSON: the application complains.
    }
    return {
      attributes,
      more,
      page: { origin: location.origin, href: location.href, ink: style.getPropertyValue(ink) + style.getPropertyValue(ink + "-dark") },
      language: /** @type {Language} */ (/^en/i.test(attributes.lang || more?.lang) ? "en" : "tr"),
      own: !!more?.texts,
      phone: String(attributes.phone || more?.phone || ""),
    };
  }

  /** @param {string} type @param {unknown} detail */
  #dispatch(type, detail) {
    dispatchEvent.call(this, new CustomEvent("insurup:" + type, { detail, bubbles: true, composed: true }));
  }
}

// A page that pastes the script twice has one element all the same.
if (!customElements.get(TAG)) customElements.define(TAG, InsurUpCheckout);

// Options on the script itself, however they are spelt: others leave data there too.
if (script && /agent|branch|config/i.test(Object.keys(script.dataset).join())) {
  const element = new /** @type {typeof InsurUpCheckout} */ (customElements.get(TAG))(script);
  // In the head nothing is seen: then it stands at the end of the page.
  if (!document.head.contains(script)) script.after(element);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => document.body.append(element));
  else document.body.append(element);
}
