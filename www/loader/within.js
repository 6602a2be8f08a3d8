// @ts-check
// A limit to waiting.

const { Promise, setTimeout, clearTimeout } = globalThis;

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} work
 * @param {Set<string>} awaited Files that have not come, for whoever reads why it took too long.
 * @returns {Promise<T>}
 */
export function within(milliseconds, work, awaited) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error("not ready after " + milliseconds / 1000 + " s"), { file: [...awaited].join(", ") })), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
