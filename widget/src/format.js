// @ts-check
// What the browser knows of numbers and times, for `format.rs`: to set each option from the module takes more than all of this.

/** Made once each: every poll sets all prices anew. @type {Record<string, Intl.NumberFormat>} */
const formats = {};

/**
 * @param {string} language
 * @param {string} amount In decimal digits: exact for every amount.
 * @param {string} code
 * @param {number} digits
 */
export function currency(language, amount, code, digits) {
  /** @type {Intl.NumberFormatOptions} */
  const options = { style: "currency", currency: code, currencyDisplay: "narrowSymbol", minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = (formats[language + code + digits] ||= new Intl.NumberFormat(language, options));
  return format.format(/** @type {Intl.StringNumericLiteral} */ (amount));
}

/** @param {string} language @param {number} milliseconds */
export function clock(language, milliseconds) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(milliseconds);
}

/** @param {number} milliseconds */
export function moment(milliseconds) {
  return new Date(milliseconds).toISOString();
}
