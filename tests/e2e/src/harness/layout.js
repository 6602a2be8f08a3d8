// How the widget lies in the page: what is wrong with it, in sentences.
const LEAST = 24; // WCAG 2.2, target size
const TAP = 44;
const wrong = [];
const element = witness.widget();
const ins = element.shadowRoot.querySelector(".ins");
const page = document.documentElement;
const say = (node) => `“${(node.innerText ?? node.data ?? node.ariaLabel ?? "").trim().slice(0, 40)}” (${node.className ?? "text"})`;
if (page.scrollWidth > innerWidth) wrong.push(`the page is ${page.scrollWidth} px wide`);

const seen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const hidden = (node) => !!node.closest(".vh, option");
const sticks = (node) => !!node.closest(".bar, .news");
const whole = ins.getBoundingClientRect();

// Texts: inside the widget, inside their buttons, not cut off, and not over each other.
const lines = [];
const walker = document.createTreeWalker(ins, NodeFilter.SHOW_TEXT);
for (let text = walker.nextNode(); text; text = walker.nextNode()) {
  const parent = text.parentElement;
  if (!text.data.trim() || hidden(parent) || !seen(parent)) continue;
  const range = document.createRange();
  range.selectNodeContents(text);
  const button = parent.closest(".btn")?.getBoundingClientRect();
  for (const { left, right, top, bottom } of range.getClientRects()) {
    if (right - left < 1) continue;
    const line = { text, parent, left, right, top, bottom };
    if (left < whole.left - 1 || right > whole.right + 1) wrong.push(`${say(text)} sticks out of the widget`);
    if (button && (left < button.left || right > button.right || top < button.top - 1 || bottom > button.bottom + 1)) wrong.push(`${say(text)} sticks out of its button`);
    for (let box = parent; box !== ins; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const clip = box.getBoundingClientRect();
      const cut = (overflowX !== "visible" && (left < clip.left - 1 || right > clip.right + 1)) || (overflowY === "hidden" && (top < clip.top - 4 || bottom > clip.bottom + 4));
      if (cut) wrong.push(`${say(text)} is cut off by ${box.className}`);
    }
    if (!sticks(parent)) lines.push(line);
  }
}
const over = (one, other, x, y) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > x && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > y;
lines.forEach((one, place) => {
  for (const other of lines.slice(place + 1)) {
    if (one.text !== other.text && over(one, other, 2, 5)) wrong.push(`${say(one.text)} lies over ${say(other.text)}`);
  }
});

// What is pressed: large enough, and not over each other. Links in a sentence are as high as its lines.
const targets = [];
for (const target of ins.querySelectorAll("a[href], button, input, select, [role=option]")) {
  const shown = target.matches("input, select") ? target.closest("label, .inp, .plate, .code") ?? target.labels?.[0] ?? target : target;
  if (hidden(shown) || !seen(shown)) continue;
  const { left, right, top, bottom, width, height } = shown.getBoundingClientRect();
  const inline = getComputedStyle(shown).display === "inline";
  const least = target.matches(".btn") ? TAP : LEAST;
  if (!inline && (height < least - 0.5 || width < least - 0.5)) wrong.push(`${say(shown)} is ${width.toFixed(1)} × ${height.toFixed(1)} px`);
  if (left < whole.left - 4 || right > whole.right + 4) wrong.push(`${say(shown)} sticks out of the widget`);
  if (!inline && !sticks(shown)) targets.push({ shown, left, right, top, bottom });
}
targets.forEach((one, place) => {
  for (const other of targets.slice(place + 1)) {
    if (!one.shown.contains(other.shown) && !other.shown.contains(one.shown) && over(one, other, 2, 2)) wrong.push(`${say(one.shown)} lies over ${say(other.shown)}`);
  }
});

const title = ins.querySelector(".title");
if (!title || !seen(title)) wrong.push("there is no heading");
const button = ins.querySelector(".btn");
if (button) {
  const from = scrollY;
  button.scrollIntoView({ block: "center" });
  const { x, y, width, height } = button.getBoundingClientRect();
  const above = element.shadowRoot.elementFromPoint(x + width / 2, y + height / 2);
  if (!seen(button) || !button.contains(above)) wrong.push(`${say(button)} can't be pressed, above it is ${above?.outerHTML.slice(0, 80)}`);
  scrollTo(scrollX, from);
}
return [...new Set(wrong)];
