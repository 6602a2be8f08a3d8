// @ts-check
// A style sheet that needs no leave of the page's policy.

const { CSSStyleSheet } = globalThis;

/** @param {string} css */
export function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
