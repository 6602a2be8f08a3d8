// What an agency may do with the widget's events: here, the words make room when offers come.
addEventListener("insurup:step", ({ detail }) =>
  document.querySelector("main").classList.toggle("wide", !"start identify code opening consents signed-out".includes(detail.step)),
);

// The demo's telephone says how much room it takes. A real agency has none.
const phone = document.querySelector("iframe");
addEventListener("message", ({ source, data }) => {
  if (source === phone.contentWindow) phone.height = data;
});
