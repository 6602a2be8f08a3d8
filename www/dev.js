// Stands in for the loader (www/loader) on the development page: the same plain data to the module that Trunk has built and started,
// but an open root, to look inside, and no integrity, as every file changes all the time. `?lang=en` for English.

// All insurers of the local InsurUp but one.
const INSURERS = [4107, 4112, 4118, 4123, 4131, 4136, 4144, 4149, 4155, 4160, 4168, 4173, 4186];

addEventListener("TrunkApplicationStarted", async () => {
  const element = document.querySelector("insurup-checkout");
  const language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "tr";
  element.setAttribute("lang", language);
  element.setAttribute("api-base", `${location.origin}/api/`);
  // Not this page: who comes back to it is told to go on in the first tab. Trunk answers with this page there too.
  element.setAttribute("callback-url", `${location.origin}/return`);
  const grant = { quote: true, sellOnline: [location.origin] };
  element.setAttribute("config", JSON.stringify({ insurers: Object.fromEntries(INSURERS.map((id) => [id, grant])) }));

  const read = (path) => fetch(path).then((answer) => answer.text());
  const files = ["/tokens.css", "/widget.css", "/later.css", "/texts.tsv", "/later.tsv"];
  const [tokens, widget, more, table, later] = await Promise.all(files.map(read));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + widget + more);
  const column = language === "en" ? 2 : 1;
  const texts = (table + later).trimEnd().split("\n").map((row) => row.split("\t")[column]);

  const root = element.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const attributes = Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value]));
  const more = JSON.parse(attributes.config);
  const page = { origin: location.origin, href: location.href };
  const emit = ({ type, detail }) => console.info(`insurup:${type}`, detail);
  // Kept: a handle that nobody holds takes the widget with it.
  window.checkout = wasmBindings.mount(root, { attributes, more, page, language }, texts, emit, (done) => done(true));
});

// The code that a phone would have received.
const sms = document.createElement("p");
document.addEventListener("DOMContentLoaded", () => document.body.append(sms));
setInterval(async () => {
  const messages = await fetch("/__sandbox/sms").then((answer) => answer.json());
  sms.textContent = messages.map(({ at, text }) => `${at} ${text}`).sort().at(-1) ?? "";
}, 2000);
