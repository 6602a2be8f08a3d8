// @ts-check
// Web Locks, for `browser.rs`: a lock lasts as long as a promise, and promises are at home here.

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
