// The demo site's own script: its second language, and the phone beside the widget. A real agency needs none of this.
const checkout = document.querySelector("insurup-checkout");
const english = new URLSearchParams(location.search).get("lang") === "en";

if (english) {
  document.documentElement.lang = "en";
  checkout?.setAttribute("lang", "en");
  for (const element of document.querySelectorAll("[data-en]")) element.textContent = element.dataset.en;
  for (const element of document.querySelectorAll("[data-en-label]")) element.setAttribute("aria-label", element.dataset.enLabel);
  for (const link of document.querySelectorAll("a[href$='.html']")) link.search = "lang=en";
  const back = document.querySelector("#language");
  back.lang = "tr";
  back.textContent = "Türkçe";
  back.search = "";
}

// What an agency may do with the widget's events: here, the words make room when offers come.
checkout?.addEventListener("insurup:step", ({ detail }) => {
  document.querySelector("main").classList.toggle("wide", !["start", "identify", "code", "opening", "consents", "signed-out"].includes(detail.step));
});

const phone = document.querySelector("#phone");
if (phone) {
  const clock = phone.querySelector(".time");
  const screen = phone.querySelector(".sms");
  phone.querySelector("details").open = matchMedia("(min-width: 64em)").matches;
  let shown = "";
  const look = async () => {
    clock.textContent = new Date().toLocaleTimeString("tr", { hour: "2-digit", minute: "2-digit" });
    if (!document.hidden) {
      /** @type {{ to: string, text: string, at: string }[]} */
      const messages = await fetch(phone.dataset.sms, { cache: "no-store" }).then((answer) => answer.json()).catch(() => []);
      const newest = messages.reduce((one, other) => (one.at > other.at ? one : other), { text: shown });
      if (newest.text !== shown) {
        shown = newest.text;
        const line = document.createElement("p");
        line.textContent = shown;
        screen.replaceChildren(line);
      }
    }
    setTimeout(look, 1500);
  };
  look();
}
