// @ts-check
/// <reference path="manifest.d.ts" />
// Fetching from where this script came from, each file held to the hash it was built with.

const { fetch } = globalThis;

/** The script tag this file was loaded by, if it is a classic one. */
export const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);

/**
 * Where the delivered files are: beside the script, or beside the frame's document, in which it stands. Empty when the page did not load this
 * file by a classic script tag.
 */
export const base = script ? new URL(".", script.src || location.href).href : "";

/** Files asked for that have not come. @type {Set<string>} */
export const awaited = new Set();

/** Digits of a file's integrity are in its name. @param {Asset} asset */
const named = ([file, integrity]) => file.replace("*", /** @type {string} */ (integrity).slice(7, 19).replace(/[+/]/g, "-"));

/**
 * With `integrity` the answer is there when its last byte is.
 * @param {Asset} asset
 * @returns {Promise<Response>}
 */
export async function fetchAsset(asset) {
  const file = named(asset);
  awaited.add(file);
  const answer = await fetch(base + file, { integrity: asset[1], credentials: "omit", referrerPolicy: "no-referrer" })
    .catch(() => {
      // A network failure and a refused hash look the same to a script, on purpose.
      throw Object.assign(new Error("could not be loaded, or is not the file it was built with"), { file });
    })
    .finally(() => awaited.delete(file));
  if (!answer.ok) throw Object.assign(new Error("answered with status " + answer.status), { file });
  return answer;
}
