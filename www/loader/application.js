// @ts-check
/// <reference path="manifest.d.ts" />
// One running widget, drawn into a root: a closed shadow root on the page, or the body of the frame's own document.
import { configure, mount, unmount } from "insurup-glue";
import { awaited } from "insurup-load";
import { list, load, loadLater } from "./engine.js";
import { sheetOf } from "./sheet.js";
import { within } from "./within.js";

export class Application {
  /** What protects what is typed from the page's scripts: nothing. */
  isolation = "inline";
  #root;
  #read;
  #tell;
  /** Where its sheets are adopted. @type {Document | ShadowRoot} */
  #holder;
  /** Number of what runs. */
  #app = 0;
  #ended = false;
  /** Whether the second module, with its texts and its sheet, is in use here. */
  #whole = false;

  /**
   * @param {ShadowRoot | HTMLElement} root
   * @param {() => Options} read what the page says now
   * @param {(type: string, detail: unknown) => void} tell takes messages for the page
   */
  constructor(root, read, tell) {
    this.#root = root;
    this.#read = read;
    this.#tell = tell;
    this.#holder = /** @type {Document | ShadowRoot} */ (root.getRootNode());
  }

  /** @returns {Promise<void>} */
  async start() {
    const { language, own } = this.#read();
    const [sheet, texts, keys] = await within(10_000, load(language, own), awaited);
    if (this.#ended) return;
    const config = { ...this.#read(), keys }; // Again: options may have changed meanwhile.
    if (config.language !== language || config.own !== own) return this.start();
    this.#root.replaceChildren();
    this.#holder.adoptedStyleSheets = [...this.#holder.adoptedStyleSheets, sheet];
    this.#app = mount(this.#root, config, texts, ({ type, detail }) => {
      if (!this.#ended) this.#tell(type, detail);
    }, (done) => this.#complete().then(() => done(true), () => done(false)));
  }

  /** Brings what most customers never need. */
  async #complete() {
    const [[css]] = await Promise.all([list(MANIFEST.laterTexts[this.#read().language]), loadLater()]);
    if (this.#ended || this.#whole) return;
    this.#whole = true;
    this.#holder.adoptedStyleSheets = [...this.#holder.adoptedStyleSheets, sheetOf(css)];
    await this.configure();
  }

  /** Tells the application what the options say now; texts come along, as the language may be another. What takes it is loaded later. */
  async configure() {
    const { language, own } = this.#read();
    try {
      const [[, texts, keys], [, ...more]] = await Promise.all([load(language, own), list(MANIFEST.laterTexts[language]), loadLater()]);
      const config = { ...this.#read(), keys };
      // If the language changed again while the texts came, that change has brought its own call.
      if (this.#app && config.language === language && config.own === own) configure(this.#app, config, [...texts, ...more]);
    } catch {
      // The texts of the new language did not come: the sale goes on in the old one.
    }
  }

  stop() {
    this.#ended = true;
    try {
      unmount(this.#app);
    } catch {
      // An application that broke down can't take itself apart; what it drew goes anyway.
    }
    this.#app = 0;
    this.#holder.adoptedStyleSheets = [];
    this.#root.replaceChildren();
  }
}
