// @ts-check
/// <reference path="manifest.d.ts" />
// Stands in for load.js in the package's `./element`: a bundler finds these files by how they are named here, and gives them names,
// addresses and hashes of its own.

const { fetch } = globalThis;

/** No tag of a page's: a program imports this. */
export const script = null;

/** Where the delivered files are: unknown before a bundler has moved them, but near this one. */
export const base = new URL(".", import.meta.url).href;

/** Files asked for that have not come. @type {Set<string>} */
export const awaited = new Set();

/** @type {Record<string, () => Promise<Pick<Response, "headers" | "arrayBuffer" | "text" | "json">>>} */
const files = {
  "insurup.wasm": () => wasm(new URL("./insurup.wasm", import.meta.url)),
  "later.wasm": () => wasm(new URL("./later.wasm", import.meta.url)),
  "styles.js": () => data(import("./styles.js")),
  "texts.tr.js": () => data(import("./texts.tr.js")),
  "texts.en.js": () => data(import("./texts.en.js")),
  "texts.keys.js": () => data(import("./texts.keys.js")),
  "later.tr.js": () => data(import("./later.tr.js")),
  "later.en.js": () => data(import("./later.en.js")),
};

/** @param {URL} url */
async function wasm(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error("answered with status " + answer.status);
  return answer;
}

/** @param {Promise<{ default: any }>} module @returns {Promise<any>} */
async function data(module) {
  const { default: content } = await module;
  return { text: () => content, json: () => content };
}

/** @param {Asset} asset @returns {Promise<any>} */
export async function fetchAsset([file]) {
  awaited.add(file);
  return files[file]()
    .catch((/** @type {any} */ cause) => {
      throw Object.assign(cause, { file });
    })
    .finally(() => awaited.delete(file));
}
