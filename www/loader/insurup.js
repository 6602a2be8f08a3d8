// @ts-check
// Delivered as one classic script: the widget in a document of its own, from the host this script came from. Nothing that a customer types
// reaches the page.
import { define } from "./element.js";
import { Framed } from "./framed.js";

define("frame", Framed);
