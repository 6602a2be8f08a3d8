// @ts-check
/// <reference path="manifest.d.ts" />
// What is fetched to draw with: code, look and texts, each once however many elements want it.
import { finish, imports } from "insurup-glue";
import { fetchAsset } from "insurup-load";
import { sheetOf } from "./sheet.js";

// Taken before any later script of the page can replace them.
const { Promise } = globalThis;

/** The application's code and look. @type {Promise<CSSStyleSheet> | undefined} */
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
  return Promise.all([styles, code]).then(([css]) => sheetOf(css));
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
export const loadLater = () =>
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
export function load(language, own) {
  engine ||= loadEngine().catch((cause) => {
    engine = undefined; // The next element, or the next visit of this one, may try again.
    throw cause;
  });
  return Promise.all([engine, list(MANIFEST.texts[language]), own ? list(MANIFEST.keys) : []]);
}

/** @param {Asset} asset @returns {Promise<string[]>} */
export function list(asset) {
  const [file] = asset;
  return (lists[file] ||= fetchAsset(asset)
    .then((answer) => answer.json())
    .catch((cause) => {
      delete lists[file];
      throw Object.assign(cause, { file });
    }));
}
