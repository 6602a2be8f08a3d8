// @ts-check
// The one record of this tab, for `browser.rs`. Storage may be denied or full: then there is none, and a reload does not find its way back by itself.

/** @param {string} name @returns {string | null | undefined} */
export function readRecord(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {}
}

/** @param {string} name @param {string | undefined} record */
export function writeRecord(name, record) {
  try {
    if (record) sessionStorage.setItem(name, record);
    else sessionStorage.removeItem(name);
  } catch {}
}
