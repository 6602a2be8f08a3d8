// Defines <insurup-checkout>. Imported where there is no document (a server that renders pages), it does nothing.
if (globalThis.customElements) import('./tag.js');
