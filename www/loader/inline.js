// @ts-check
// Delivered as one classic script, and as the package's `./element`: the widget in the page's own document, in a closed shadow root. Every
// script of the page that runs before it can read what is typed (docs/security.md).

// Linked in, not loaded: a script element can't be pointed anywhere under `trusted-types 'none'`, and import() checks no integrity.
// So whoever pins this file pins the glue, and the glue's integrity is this file's.
import { Application } from "./application.js";
import { define } from "./element.js";

define("inline", Application);
