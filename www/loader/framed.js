// @ts-check
/// <reference path="manifest.d.ts" />
// The page's side of the frame: one letter to our own document, at its exact origin, with a port; from then on that port.
// What crosses: options in, one way; the frame's height, where something is to be seen, and events for the page, the other way.
// A change of that changes the boundary of decision 17.
import { awaited, base } from "insurup-load";
import { within } from "./within.js";

// Taken before any later script of the page can replace them.
const { MessageChannel, Promise, clearInterval, setInterval } = globalThis;
const { postMessage } = MessagePort.prototype;

const FILE = "frame.html";
/** Nothing of the page's own sheets reaches it: they may unset everything. */
const LOOK = "all:initial!important;visibility:inherit!important;display:block!important;inline-size:100%!important;border:0!important;block-size:";
/** How often the page's custom properties are looked at: no browser tells when they change. */
const LOOK_EVERY_MS = 500;

export class Framed {
  /** Assets of the page's own origin are the page's to read. */
  isolation = base.startsWith(location.origin + "/") ? "inline" : "frame";
  #read;
  #tell;
  /** @type {HTMLElement} */
  #element;
  #root;
  #frame = document.createElement("iframe");
  /** @type {MessagePort | undefined} */
  #port;
  /** What was last sent: options, and where the frame is. */
  #said = "";
  #place = "";
  #timer = 0;

  /**
   * @param {ShadowRoot} root
   * @param {() => Options} read what the page says now
   * @param {(type: string, detail: unknown) => void} tell takes messages for the page
   * @param {HTMLElement} element the frame is its child: autofill and password managers look for fields in the page's own tree
   */
  constructor(root, read, tell, element) {
    this.#root = root;
    this.#read = read;
    this.#tell = tell;
    this.#element = element;
  }

  start() {
    const frame = this.#frame;
    // What else stands in the tag is for who has no script.
    const slot = document.createElement("slot");
    slot.name = frame.slot = "insurup";
    this.#root.replaceChildren(slot);
    frame.style.cssText = LOOK + "20em!important";
    const { attributes, more } = this.#read();
    frame.title = attributes["agency-name"] || more?.agencyName || "InsurUp";
    const started = new Promise((resolve, reject) => {
      frame.onload = () => this.#greet(resolve, reject);
    });
    frame.src = base + FILE;
    // A copy of an element comes with a copy of its frame, which nobody talks to.
    this.#element.querySelector("iframe[slot=insurup]")?.remove();
    this.#element.append(frame);
    awaited.add(FILE);
    return within(10_000, started, awaited).finally(() => awaited.delete(FILE));
  }

  /** @param {() => void} resolve @param {(cause: unknown) => void} reject */
  #greet(resolve, reject) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data: { type, detail, height, show, failed } }) => {
      // Nothing has a height in a place that is hidden: it has the one it had.
      if (height) this.#frame.style.cssText = LOOK + height + "px!important";
      if (height !== undefined) {
        this.#follow();
        resolve();
      }
      if (show) this.#show(show);
      if (failed) reject(Object.assign(new Error(failed), { file: FILE }));
      if (type) this.#tell(type, detail);
    };
    const letter = this.#letter();
    this.#said = JSON.stringify(letter);
    // Only what comes from there can read it: a page that stands in the frame in its place gets nothing.
    this.#frame.contentWindow?.postMessage(letter, new URL(base).origin, [port2]);
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      this.configure();
      this.#follow();
    }, LOOK_EVERY_MS);
    // Whatever of the page is scrolled.
    addEventListener("scroll", this.#follow, true);
  }

  /** Says how far the frame reaches over the window's upper edge and its lower one: what sticks to them elsewhere can't see them from there. */
  #follow = () => {
    const { top, bottom } = this.#frame.getBoundingClientRect();
    const place = [-top, bottom - innerHeight];
    if (this.#place !== (this.#place = place.join())) postMessage.call(this.#port, place);
  };

  /** Options, and how the page wants it to look. */
  #letter() {
    const style = getComputedStyle(this.#element);
    const look = Object.fromEntries(Array.from(MANIFEST.look, (name) => [name, style.getPropertyValue("--insurup-" + name)]));
    return { insurup: 1, ...this.#read(), look };
  }

  /** Says again what changed. */
  configure() {
    const letter = this.#letter();
    const said = JSON.stringify(letter);
    if (this.#port && said !== this.#said) postMessage.call(this.#port, letter);
    this.#said = said;
  }

  /** Scrolls the page to what is looked at in the frame, if it is out of sight. @param {[top: number, bottom: number]} place */
  #show([top, bottom]) {
    const above = this.#frame.getBoundingClientRect().top;
    if (above + top < 0 || above + bottom > innerHeight) scrollBy(0, above + top);
  }

  stop() {
    clearInterval(this.#timer);
    removeEventListener("scroll", this.#follow, true);
    this.#port?.close();
    this.#frame.remove();
  }
}
