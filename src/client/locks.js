// @ts-check
// What tabs of one browser have in common, for `browser.rs`: Web Locks, as a lock lasts as long as a promise, and promises are at home
// here; and what one tells the others.

/**
 * Asks for a lock. `tell` hears once whether it is held; a browser that has none to give gives it, as this tab is then taken for the only one (F-87).
 * Returns what gives it up, also before it is held.
 * @param {string} name
 * @param {boolean} waits
 * @param {(held: boolean) => void} tell
 * @returns {() => void}
 */
export function hold(name, waits, tell) {
  /** @type {() => void} */
  let give = () => {};
  const given = /** @type {Promise<void>} */ (new Promise((resolve) => (give = resolve)));
  const locks = /** @type {LockManager} */ (globalThis.navigator?.locks);
  const asked = new Promise((resolve) =>
    resolve(
      locks.request(name, { ifAvailable: !waits }, (lock) => {
        tell(lock !== null);
        return lock ? given : undefined;
      }),
    ),
  );
  asked.catch(() => tell(true));
  return () => give();
}

/**
 * The other tabs with the same name: what is posted there comes to them. Where there is no such thing, or it is denied, there are none; nor
 * are there in Node, which it would keep from ending.
 * @param {string} name
 * @returns {EventTarget & { postMessage(message: number): void }}
 */
export function others(name) {
  try {
    return document && new BroadcastChannel(name);
  } catch {
    return Object.assign(new EventTarget(), { postMessage() {} });
  }
}
