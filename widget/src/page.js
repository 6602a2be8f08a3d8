// @ts-check
// What is found and moved on the page, for `ui.rs` and `combobox.rs`: to take each step from the module costs more than all of this.
// Without a root the widget is gone.

/**
 * A shadow root on the page; or the body of the frame's document, which is as high as what is in it: there the page is asked to show
 * something, and says where in its window the frame begins.
 * @typedef {(ShadowRoot | HTMLElement) & { show?: (top: number, bottom: number) => void, above?: number }} Root
 */

/**
 * Focus without a jump: the page scrolls only if what is focused is out of view. Says whether there is such an element.
 * @param {Root | undefined} root
 * @param {string} selector
 */
export function focus(root, selector) {
  const element = /** @type {HTMLElement | null} */ (root?.querySelector(selector));
  if (!element) return false;
  element.focus({ preventScroll: true });
  const { top, bottom } = element.getBoundingClientRect();
  if (root?.show) root.show(top, bottom);
  else if (top < 0 || bottom > innerHeight) element.scrollIntoView();
  return true;
}

/**
 * Where an element begins, from the top of the window; nothing if there is no such element.
 * @param {Root | undefined} root
 * @param {string} selector
 */
export function topOf(root, selector) {
  const found = root?.querySelector(selector);
  return found && found.getBoundingClientRect().top + (root?.above ?? 0);
}

/**
 * Colours of the filled button, text and ground, as the browser computed them; empty if there is none.
 * @param {Root | undefined} root
 * @param {string} selector
 */
export function colours(root, selector) {
  const button = root?.querySelector(selector);
  if (!button) return "";
  const { color, backgroundColor } = getComputedStyle(button);
  return color + backgroundColor;
}

/**
 * Says which option of an open list is the active one, and brings it into view. Only the list scrolls, never the page.
 * @param {Root | undefined} root
 * @param {string} field
 * @param {string} list
 * @param {string} option
 */
export function mark(root, field, list, option) {
  const [input, open, active] = [field, list, option].map((id) => /** @type {HTMLElement | null} */ (id && root?.querySelector("#" + id)));
  if (!input) return;
  if (!open || !active) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", option);
  open.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
  active.setAttribute("aria-selected", "true");
  const { offsetTop, offsetHeight } = active;
  open.scrollTop = Math.max(Math.min(open.scrollTop, offsetTop), offsetTop + offsetHeight - open.clientHeight);
}

/** Whether a finger is what it is mostly pointed with; nothing where the tab can keep nothing for its next page. */
export const isPhone = () => {
  try {
    return sessionStorage && matchMedia("(pointer:coarse)").matches;
  } catch {}
};

/** Whether there is a network, if the browser says so. */
export const isOnline = () => navigator.onLine;
