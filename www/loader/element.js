// @ts-check
/// <reference path="manifest.d.ts" />
// <insurup-checkout>: its options, its events, and what stands there when nothing could start. What draws is a layout's business.
import { base, script } from "insurup-load";
import { sheetOf } from "./sheet.js";
import { explain, watchPolicy } from "./failure.js";

const TAG = "insurup-checkout";
const MESSAGES = ["ready", "step", "completed", "consent", "call-requested", "error"];

// Taken before any later script of the page can replace them.
const { CustomEvent, MutationObserver, Promise, queueMicrotask } = globalThis;
const { attachShadow } = Element.prototype;
const { dispatchEvent } = EventTarget.prototype;

/** How the sentence looks that stands in the widget's place when it could not start. */
const CARD = "div{all:initial;color-scheme:inherit;display:block;font:medium/1.5 system-ui,sans-serif;color:CanvasText;background:Canvas;border:1px solid #8885;border-radius:1em;padding:1.25em}a{display:block;margin-top:1em;padding:.8em;border:1px solid;border-radius:.6em;color:inherit;font-weight:600;text-align:center;text-decoration:none}";

/**
 * @param {string} isolation which layout this is, as the attribute says it
 * @param {LayoutMaker} Layout
 */
export function define(isolation, Layout) {
  class InsurUpCheckout extends HTMLElement {
    /** What the options stand on. @type {HTMLElement} */
    #source;
    #root = attachShadow.call(this, { mode: "closed" });
    /** What runs. @type {Layout | undefined} */
    #layout;
    #observer = new MutationObserver(() => this.#layout?.configure());

    /** @param {HTMLElement} [source] a script whose `data-*` attributes are the options */
    constructor(source) {
      super();
      this.#source = source || this;
    }

    connectedCallback() {
      // Moved within the page, or put back at once: what runs, runs on.
      if (!this.#layout) this.#start();
    }

    disconnectedCallback() {
      queueMicrotask(() => {
        if (!this.isConnected && this.#layout) this.#stop();
      });
    }

    async #start() {
      const policy = watchPolicy();
      const layout = (this.#layout = new Layout(this.#root, () => this.#options(), (type, detail) => {
        if (layout === this.#layout && MESSAGES.includes(type)) this.#dispatch(type, type === "ready" ? { isolation: layout.isolation } : detail);
      }, this));
      this.#observer.observe(this.#source, { attributes: true });
      try {
        const { attributes, more } = this.#options();
        const asked = attributes.isolation || more?.isolation || isolation;
        if (asked !== isolation) throw new Error("isolation is " + asked + ", and this script is for " + isolation);
        if (!base) throw new Error("insurup.js must be loaded by a classic script tag");
        await Promise.race([layout.start(), policy.broken]);
      } catch (cause) {
        const reason = await explain(cause, policy);
        if (layout === this.#layout) this.#fail(reason);
      } finally {
        policy.stop();
      }
    }

    #stop() {
      const layout = this.#layout;
      this.#layout = undefined;
      this.#observer.disconnect();
      layout?.stop();
      this.#root.replaceChildren();
    }

    /** @param {string} reason */
    #fail(reason) {
      const { language, phone } = this.#options();
      this.#layout?.stop();
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
      this.#observer.disconnect();
      // Its own: the widget's may be what did not come.
      this.#root.adoptedStyleSheets = [sheetOf(CARD)];
      this.#root.replaceChildren(card);
      this.#dispatch("error", { code: "start-failed", reason });
    }

    /** What the page says now. @returns {Options} */
    #options() {
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
        page: { origin: location.origin, href: location.origin + location.pathname, ink: style.getPropertyValue(ink) + style.getPropertyValue(ink + "-dark") },
        language: /^en/i.test(attributes.lang || more?.lang) ? "en" : "tr",
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
}
