// Shows the newest message, and tells the page around how much room that takes: a frame does not grow by itself.
const clock = document.querySelector(".time");
const screen = document.querySelector(".sms");
document.querySelector("details").open = matchMedia("(max-width: 299px)").matches;

// Whoever shows this page, if he says who he is. The policy has let only those in who may.
if (parent !== window && document.referrer) {
  const around = new URL(document.referrer).origin;
  // While the window changes, a frame may have no width for a moment, and every word a line.
  const tell = () => innerWidth > 200 && parent.postMessage(document.body.offsetHeight, around);
  new ResizeObserver(tell).observe(document.body);
}

let shown = "";
async function look() {
  clock.textContent = new Date().toLocaleTimeString("tr", { hour: "2-digit", minute: "2-digit" });
  if (!document.hidden) {
    /** @type {{ to: string, text: string, at: string }[]} */
    const messages = await fetch("sms", { cache: "no-store" }).then((answer) => answer.json()).catch(() => []);
    const newest = messages.reduce((one, other) => (one.at > other.at ? one : other), { text: shown });
    if (newest.text !== shown) {
      shown = newest.text;
      const line = document.createElement("p");
      line.textContent = shown;
      screen.replaceChildren(line);
    }
  }
  setTimeout(look, 1500);
}
look();
