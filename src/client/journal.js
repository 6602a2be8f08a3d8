// @ts-check
// The one record of this tab, for `browser.rs`: a line for each of its parts, first the ids of a purchase, then, if there is one, the session
// that was left. Storage may be denied or full: then there is none, and a reload does not find its way back by itself.

/** A session that was left is good for so long. */
const LEFT_MS = 20 * 60_000;
/** Lines of the ids. */
const IDS = 5;

/**
 * The record: the ids, and of a session that is for this owner and not too old when it began and its token. A session, whoever's it is, is
 * deleted before anybody can use it.
 * @param {string} name
 * @param {string} owner
 * @returns {string | undefined}
 */
export function takeRecord(name, owner) {
  try {
    const lines = sessionStorage.getItem(name)?.split("\n");
    if (!lines) return;
    const [of, at, ...session] = lines.splice(IDS);
    writeRecord(name, lines.join("\n"));
    const age = Date.now() - Number(at);
    return (of === owner && age >= 0 && age < LEFT_MS ? [...lines, ...session] : lines).join("\n");
  } catch {}
}

/**
 * Leaves a session beside the ids.
 * @param {string} name
 * @param {string} ids
 * @param {string} owner
 * @param {string} began
 * @param {string} token
 */
export const leaveRecord = (name, ids, owner, began, token) => writeRecord(name, [ids, owner, Date.now(), began, token].join("\n"));

/** @param {string} name @param {string | undefined} record */
export function writeRecord(name, record) {
  try {
    if (record) sessionStorage.setItem(name, record);
    else sessionStorage.removeItem(name);
  } catch {}
}
