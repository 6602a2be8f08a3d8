// @ts-check
/// <reference path="manifest.d.ts" />
// The frame's side: in a document of our own, of another origin than the page's. The page says which agency and how it looks; which API,
// and which pages are trusted, stands in this document's own `#deployment`, where no script of the page can write.
import { Application } from "./application.js";
import { explain, watchPolicy } from "./failure.js";
import { sheetOf } from "./sheet.js";

/** @type {Deployment} */
const deployment = JSON.parse(document.getElementById("deployment")?.textContent || "{}");
const { body } = document;

document.adoptedStyleSheets = [sheetOf("body{margin:0;overflow:hidden;--insurup-shadow:none}")];

/** @param {string} origin */
const isTrusted = (origin) => deployment.pages === "frame-ancestors" || deployment.pages?.includes(origin);

/** What a value of the page's for a property of ours must be. @param {string} name @param {string} value */
const fits = (name, value) =>
  !/[;{}]|url|var|env|attr|image/i.test(value) && CSS.supports(/^font$/.test(name) ? "font-family" : /size|radius|space/.test(name) ? "inline-size" : /shadow/.test(name) ? "box-shadow" : "color", value);

/** @param {unknown} data @param {string} origin @returns {Options & { refused: string } | undefined} */
function read(data, origin) {
  let said;
  try {
    said = JSON.parse(JSON.stringify(data)); // Plain, whatever it was.
  } catch {}
  if (said?.insurup !== 1 || !said.attributes || typeof said.attributes !== "object") return;
  const { more, page, language, own, look } = said;
  // A letter may be forged: the application takes a name however it is spelt.
  const isBase = (/** @type {[string, unknown]} */ [name]) => /^api-base$/i.test(name);
  const attributes = Object.entries(said.attributes);
  const asked = attributes.find(isBase)?.[1] ?? more?.apiBase ?? deployment.apiBase;
  for (const name of MANIFEST.look) {
    const said = look?.[name];
    const value = typeof said === "string" ? said.trim() : "";
    body.style.setProperty("--insurup-" + name, fits(name, value) ? value : "");
  }
  return {
    attributes: { ...Object.fromEntries(attributes.filter((attribute) => !isBase(attribute))), "api-base": deployment.apiBase },
    more: more && typeof more === "object" ? { ...more, apiBase: undefined } : more,
    page: { ...page, origin },
    language: language === "en" ? "en" : "tr",
    own: !!own,
    phone: "",
    refused: asked === deployment.apiBase ? "" : "api-base",
  };
}

/** What the application is to be told of: not how it looks, nor where on the page it is. @param {Options} options */
const spoken = ({ attributes, more, language, own }) => JSON.stringify([attributes, more, language, own]);

/** @param {MessageEvent} letter */
function receive({ data, origin, source, ports: [port] }) {
  const first = source === parent && port && isTrusted(origin) && read(data, origin);
  if (!first) return;
  removeEventListener("message", receive);
  let options = first;
  const policy = watchPolicy();
  /** @param {unknown} message */
  const say = (message) => port.postMessage(message);
  // A page that could name the API would be sent what the customer types.
  if (first.refused) say({ type: "error", detail: { code: "config/frame", field: first.refused } });
  const application = new Application(body, () => options, (type, detail) => say({ type, detail }));
  port.onmessage = ({ data }) => {
    if (Array.isArray(data)) {
      // How far we reach over the edges of the page's window: what sticks, sticks to those, as here nothing is scrolled.
      const [over, under] = data.map((place) => (typeof place === "number" ? place : 0));
      body.style.setProperty("--insurup_over", over + "px");
      body.style.setProperty("--insurup_under", under + "px");
      return Object.assign(body, { above: -over });
    }
    const said = spoken(options);
    options = read(data, origin) || options;
    if (spoken(options) !== said) application.configure();
  };
  // What of ours is to be seen in its window only the page knows.
  Object.assign(body, { show: (/** @type {number} */ top, /** @type {number} */ bottom) => say({ show: [top, bottom] }) });
  application
    .start()
    .then(
      () => {
        const measure = () => say({ height: Math.ceil(body.getBoundingClientRect().height) });
        measure();
        new ResizeObserver(measure).observe(body);
      },
      async (cause) => say({ failed: await explain(cause, policy) }),
    )
    .finally(policy.stop);
}

addEventListener("message", receive);
