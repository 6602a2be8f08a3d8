// Where the focus is, and whether it can be seen there. Arguments: role and pieces of the name of what is looked for.
const found = (() => {
  FIND
})();
const element = witness?.widget();
const active = element?.shadowRoot.activeElement;
if (!active) return { inside: false };
const wrong = [];
const say = (active.innerText || active.ariaLabel || active.labels?.[0]?.innerText || active.localName).trim().slice(0, 40);
// Some things show it on what is around them.
const shown = [active, active.closest("label, .inp, .plate"), active.parentElement.querySelector(".code > .on")].filter(Boolean);
const rings = shown.flatMap((node) => {
  const { outlineStyle, outlineColor, outlineWidth, outlineOffset, boxShadow } = getComputedStyle(node);
  if (outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && !/, 0\)|transparent/.test(outlineColor)) return [{ node, reach: parseFloat(outlineWidth) + parseFloat(outlineOffset) }];
  return node !== active && boxShadow !== "none" ? [{ node, reach: 1 }] : [];
});
if (!rings.length) wrong.push(`nothing shows the focus on “${say}”`);
const isCut = ({ node, reach }) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  for (let box = node.parentElement; box && !box.matches(".ins"); box = box.parentElement) {
    if (getComputedStyle(box).overflow === "visible") continue;
    const clip = box.getBoundingClientRect();
    if (left - reach < clip.left - 0.5 || right + reach > clip.right + 0.5 || top - reach < clip.top - 0.5 || bottom + reach > clip.bottom + 0.5) return true;
  }
  return false;
};
if (rings.length && rings.every(isCut)) wrong.push(`what shows the focus on “${say}” is cut off`);
const [{ node, reach }] = rings.length ? rings : [{ node: active, reach: 0 }];
const { left, top, width, height, bottom } = node.getBoundingClientRect();
if (top < reach || bottom + reach > innerHeight) wrong.push(`the focus is out of sight on “${say}”: ${top} to ${bottom} of ${innerHeight}`);
for (const place of [0.1, 0.5, 0.9]) {
  const above = element.shadowRoot.elementFromPoint(left + width / 2, top + height * place);
  if (!above || !(node.contains(above) || above.contains(node))) wrong.push(`something lies over “${say}”: ${above?.className}`);
}
return { inside: true, active, found: active === found, say, wrong };
