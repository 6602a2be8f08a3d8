// Finds what a person would find: by role and by the words on it. Arguments: role, pieces of the name in their order.
const [role, pieces] = arguments;
const SELECTORS = {
  button: "button",
  link: "a[href]",
  textbox: "input:not([type=checkbox]):not([type=radio]):not([role=combobox]), textarea",
  checkbox: "input[type=checkbox]",
  radio: "input[type=radio]",
  combobox: "select, [role=combobox]",
  heading: "h1, h2, h3",
  option: "[role=option]",
  alert: "[role=alert]",
  status: "[role=status]",
  paragraph: "p, li, dt, dd",
};
const root = witness?.widget()?.shadowRoot;
const words = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
  return Array.from(node.childNodes, words).join("");
};
const name = (element) => {
  const said = element.getAttribute("aria-label") ?? (element.labels?.length ? Array.from(element.labels, words).join(" ") : words(element));
  return said.replace(/\s+/g, " ").trim();
};
const begins = (said) => {
  if (!said.startsWith(pieces[0])) return false;
  let at = pieces[0].length;
  for (const piece of pieces.slice(1)) {
    const found = said.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
};
return Array.from(root?.querySelectorAll(SELECTORS[role]) ?? []).find((element) => element.checkVisibility() && begins(name(element))) ?? null;
