// @ts-check
// One exchange with the server, for `fetch.rs`. It is written here because an async function compiled to WebAssembly keeps its state by
// hand, and brings a queue of tasks with it: much more code for the same steps. Nothing is decided here; the marks say what happened, and mean what they do in `fetch.rs`.
// Texts are looked at by patterns: methods of texts and lists are what old libraries of a page replace.

const [TIMEOUT, ABORTED, OFFLINE, FORBIDDEN, UNREACHABLE, TEXT, FILE, MALFORMED, NOT_JSON, TOO_LARGE] = /** @type {const} */ ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

/** @typedef {{ mark: number, status?: number, wait?: number, text?: string }} Answer */

/** No cookie, no referrer, nothing from a cache. @type {RequestInit} */
const SHUT = { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" };

/**
 * Carries one request. `milliseconds` are for everything: answer, body, and the question why there was none.
 * @param {string} url
 * @param {string} method
 * @param {string} language
 * @param {string | undefined} bearer
 * @param {string | undefined} body
 * @param {number} milliseconds
 * @param {AbortController} aborter
 * @param {(answer: Answer) => void} done
 */
export async function carry(url, method, language, bearer, body, milliseconds, aborter, done) {
  const { signal } = aborter;
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    aborter.abort();
  }, milliseconds);
  /** @type {number | undefined} */
  let status;
  /** @type {Answer} */
  let answer;
  try {
    /** @type {Record<string, string>} */
    const headers = { "Accept-Language": language };
    if (bearer) headers.Authorization = "Bearer " + bearer;
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(url, { ...SHUT, mode: "cors", redirect: "error", method, headers, body, signal });
    status = response.status;
    const wait = seconds(response.headers.get("Retry-After"));
    answer = await content(response);
    answer.status = status;
    answer.wait = wait;
  } catch {
    // The page may read this server's answers where there was a status, and this one ended too early.
    answer = status && !signal.aborted ? { mark: MALFORMED, status } : { mark: signal.aborted ? ABORTED : await why(url, signal) };
    if (!answer.status && signal.aborted) answer.mark = isLate ? TIMEOUT : ABORTED;
  }
  clearTimeout(timer);
  done(answer);
}

/** `Retry-After`: a number, or a moment, which is always in GMT; what ends otherwise a browser might still take for some date. @param {string | null} text */
function seconds(text) {
  const left = /^\d{1,9}$/.test(text ?? "") ? Number(text) : / GMT$/.test(text ?? "") ? (Date.parse(text ?? "") - Date.now()) / 1000 : NaN;
  return left === left ? Math.max(0, Math.ceil(left)) : undefined;
}

/**
 * The body, unless there is more of it than we read (`security.md` 2.2). Read piece by piece: what a server goes on sending is not taken.
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
export async function content(response) {
  const type = response.headers.get("Content-Type") ?? "";
  const isFile = response.ok && /application\/pdf/i.test(type);
  // Of a document, an answer, a refusal; what isn't JSON is not read, only whether there is anything.
  const most = isFile ? 25 << 20 : !/json/i.test(type) ? 0 : response.ok ? 2 << 20 : 64 << 10;
  /** @type {BlobPart[]} */
  const pieces = [];
  const reader = response.body?.getReader();
  for (let size = 0; reader; ) {
    const { value } = await reader.read();
    if (!value) break;
    size += value.length;
    if (size > most) {
      // Nobody waits for the end of a stream that is given up.
      void reader.cancel();
      return { mark: most ? TOO_LARGE : NOT_JSON };
    }
    pieces[pieces.length] = value;
  }
  const body = new Blob(pieces, { type });
  return isFile ? { mark: FILE, text: URL.createObjectURL(body) } : { mark: TEXT, text: await body.text() };
}

/**
 * Why nobody answered: browsers don't say, side evidence does (`security.md` 2.3).
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function why(url, signal) {
  if (globalThis.navigator?.onLine === false) return OFFLINE;
  try {
    // A request without token and without reading rights: it succeeds where only the permission to read was missing.
    await fetch(url, { ...SHUT, method: "HEAD", mode: "no-cors", signal });
    return FORBIDDEN;
  } catch {
    // What the page's own policy forbade is told in a task of its own, after the call has failed.
    await new Promise((told) => setTimeout(told, 50));
    return UNREACHABLE;
  }
}
