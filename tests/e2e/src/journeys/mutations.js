// What a page does that would rather have another letter: it puts up the frame's document itself and writes whatever it likes, first and
// later. Arguments: the frame's address, names of options in JSON, names of the look.
const [address, members, look] = arguments;
const kebab = (name) => name.replace(/[A-Z]/g, (capital) => "-" + capital.toLowerCase());
const tag = document.querySelector("insurup-checkout");

/** What the loader would write. */
const letter = () => {
  const attributes = Object.fromEntries(Array.from(tag.attributes, ({ name, value }) => [name, value]));
  const page = { origin: location.origin, href: location.origin + location.pathname, ink: "" };
  return { insurup: 1, attributes, more: JSON.parse(attributes.config), page, language: "tr", own: false, look: {} };
};

const deep = (levels) => {
  let tree = 1;
  for (let level = 0; level < levels; level++) tree = [tree];
  return tree;
};
const round = {};
round.round = round;
const getter = { insurers: {} };
Object.defineProperty(getter, "apiBase", { enumerable: true, get: () => "https://evil.example/api/" });
const EVIL = "https://evil.example/api/";
const VALUES = [
  undefined, null, true, false, 0, 1, -1, 2 ** 53, NaN, Infinity, 10n ** 30n, new Date(NaN), new Map([["apiBase", EVIL]]), new ArrayBuffer(64), /x/,
  "", " ", "x", "1", "en", "\u0000\ud800\u202e", "x".repeat(100_000), "{", "[]", "null", "__proto__", "toString",
  EVIL, "//evil.example/", "javascript:fetch('https://evil.example/')", "data:text/html,<script>alert(1)</script>", "blob:https://evil.example/1",
  "<img src=https://evil.example/x onerror=alert(1)>", "url(https://evil.example/x)", "red;}*{background:url(https://evil.example/x)}", "\\75rl(https://evil.example/x)",
  "image-set('https://evil.example/x' 1x)", "var(--x,url(https://evil.example/x))", "10px", "tomato",
  [], ["x"], [EVIL], [[], {}], Array(5_000).fill("x"), deep(100), deep(1_000), {}, { x: EVIL }, { length: 3 }, { toString: 1, valueOf: 1 }, { toJSON: EVIL }, round, getter,
  JSON.parse('{"__proto__":{"apiBase":"https://evil.example/api/","insurup":1,"attributes":{}},"constructor":{"prototype":{"apiBase":"https://evil.example/api/"}}}'),
  { "API-BASE": EVIL, apibase: EVIL, "api-base ": EVIL },
];
const FIELDS = [
  ...Object.keys(letter()),
  ...["origin", "href", "ink"].map((name) => "page." + name),
  ...look.map((name) => "look." + name),
  ...members.map((name) => "attributes." + kebab(name)),
  ...members.map((name) => "more." + name),
];

/** A letter with this in place of what belongs there. */
const mutant = (field, value) => {
  const wrong = letter();
  const [name, member] = field.split(".");
  if (member) wrong[name] = { ...wrong[name], [member]: value };
  else wrong[name] = value;
  return wrong;
};

/** Whether it is a letter at all: what a frame does not understand it waits over. */
const isLetter = (wrong) => {
  try {
    const { insurup, attributes } = JSON.parse(JSON.stringify(wrong));
    return insurup === 1 && !!attributes && typeof attributes === "object";
  } catch {
    return false;
  }
};

/** All that ever came back, from whomever. */
const seen = [];
addEventListener("message", ({ data }) => seen.push(data));

/** Puts up a frame that gets this letter first; says what it made of it. */
const begin = (id, first, place = document.body) =>
  new Promise((done) => {
    const frame = document.createElement("iframe");
    Object.assign(frame, { id, src: address, width: 600, height: 200, slot: "insurup" });
    const { port1, port2 } = new MessageChannel();
    const told = [];
    port1.onmessage = ({ data }) => {
      seen.push(data);
      told.push(data.failed ? "failed: " + data.failed : (data.type ?? (data.height === undefined ? "show" : "height")));
      if (data.failed || (told.includes("height") && (told.includes("ready") || told.includes("error")))) done(told);
    };
    frame.onload = () => {
      frame.contentWindow.postMessage(first, new URL(address).origin, [port2]);
      if (!isLetter(first)) setTimeout(() => done(told), 300);
      setTimeout(() => done([...told, "nothing more"]), 5_000);
    };
    frame.port = port1;
    place.append(frame);
  });

/** The tag itself, with this instead: the attribute, or the member in the JSON of its attribute `config`. */
const mutantTag = (id, field, value) => {
  const [kind, name] = field.split(".");
  const { more } = mutant(field, value);
  const copy = tag.cloneNode();
  copy.id = id;
  if (kind === "more") copy.setAttribute("config", JSON.stringify(more));
  else copy.setAttribute(name, value);
  const told = [];
  document.body.append(copy);
  return new Promise((done) => {
    for (const type of ["ready", "error"]) copy.addEventListener("insurup:" + type, ({ detail }) => {
      seen.push(detail);
      told.push(detail.code === "start-failed" ? "failed: " + detail.reason : type);
      // What is not the deployment's API is named, and then the sale begins.
      if (detail.code !== "config/frame") done(told);
    });
    setTimeout(() => done([...told, "nothing more"]), 5_000);
  });
};

/** Each field of the letter with a third of the values, each of its members and each option with two of them. */
const PLAN = FIELDS.flatMap((field, at) => VALUES.flatMap((_, value) => ((value + at) % (field.includes(".") ? 28 : 3) === 0 ? [[field, value]] : [])));
const isWritten = ([field, value]) => {
  try {
    return field.startsWith("more.") ? JSON.stringify(VALUES[value]) !== undefined : field.startsWith("attributes.") && typeof VALUES[value] === "string";
  } catch {
    return false;
  }
};
/** Options as a page writes them: each with a ninth of the words there are, and of what JSON can say. */
const WRITTEN = FIELDS.flatMap((field, at) => VALUES.flatMap((_, value) => ((value + at) % 9 === 0 && isWritten([field, value]) ? [[field, value]] : [])));

const all = (list, from, to, begin) =>
  Promise.all(list.slice(from, to).map(async ([field, value], at) => {
    const id = "mutant" + (from + at);
    const told = await begin(id, field, VALUES[value]);
    return { id, what: field + " is value " + value, isLetter: isLetter(mutant(field, VALUES[value])), told };
  }));

window.mutants = {
  seen,
  begin: (from, to) => all(PLAN, from, to, (id, field, value) => begin(id, mutant(field, value))),
  write: (from, to) => all(WRITTEN, from, to, mutantTag),
  end: () => document.querySelectorAll("[id^=mutant]").forEach((mutant) => mutant.remove()),
  right: () => begin("right", letter(), tag),
  /** Later letters to the one that was right: every value in this field, and then the right one. */
  later: (field) => {
    const { port } = document.getElementById("right");
    for (const value of VALUES) {
      port.postMessage(mutant(field, value));
      // And where it is said to lie in the page.
      port.postMessage([value, 1]);
      port.postMessage([1, value]);
    }
    port.postMessage([0, 0]);
    port.postMessage(letter());
  },
};
return { fields: FIELDS, values: VALUES.length, first: PLAN.length, written: WRITTEN.length };
