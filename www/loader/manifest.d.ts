// What `xtask dist` puts into the loader when it is built.

/** A file's name and its integrity (SHA-256). */
type Asset = [name: string, integrity?: string];

declare const MANIFEST: {
  wasm: Asset;
  /** The part of the module that most customers never need. */
  later: Asset;
  styles: Asset;
  texts: Record<"tr" | "en", Asset>;
  /** The style sheet and the texts that belong to it. */
  laterTexts: Record<"tr" | "en", Asset>;
  /** The names of all texts, in the order of the lists. */
  keys: Asset;
  /** The page's custom properties, without what all begin with. */
  look: string[];
  /** What a visitor reads when nothing can start: with the agency's phone, and where none was given. */
  failed: Record<"tr" | "en", [withPhone: string, without: string]>;
};

/** Gets the delivered files: load.js for a page that names the script, load-module.js for a bundler. */
declare module "insurup-load" {
  export const script: HTMLScriptElement | null;
  export const base: string;
  export const awaited: Set<string>;
  export function fetchAsset(asset: Asset): Promise<Response>;
}

/** The WebAssembly module's JavaScript side, made by wasm-bindgen. */
declare module "insurup-glue" {
  export function imports(): WebAssembly.Imports;
  export function finish(instance: WebAssembly.Instance, module: WebAssembly.Module): unknown;
  export function mount(root: ShadowRoot | HTMLElement, config: Config, texts: string[], emit: (message: Message) => void, later: (done: (came: boolean) => void) => void): number;
  export function configure(widget: number, config: Config, texts: string[]): void;
  export function unmount(widget: number): void;

  interface Config extends Options {
    /** Names of the texts, where the page has words of its own for some of them. */
    keys: string[];
  }
  interface Message {
    type: "ready" | "step" | "completed" | "consent" | "call-requested" | "error";
    detail: Record<string, unknown>;
  }
}

type Language = "tr" | "en";

/** What the page says, and of it what is needed before the application is there. */
interface Options {
  attributes: Record<string, string>;
  /** What stands in the attribute `config`: `null` without one, `false` if it is not JSON. */
  more: any;
  page: { origin: string; href: string; ink: string };
  language: Language;
  /** The page has words of its own for some of the texts. */
  own: boolean;
  phone: string;
}

/** What draws. */
interface Layout {
  /** `frame` where the page's scripts can't read what is typed. */
  isolation: string;
  /** Done when something is drawn. */
  start(): Promise<void>;
  /** The options changed. */
  configure(): unknown;
  stop(): void;
}

type LayoutMaker = new (root: ShadowRoot, read: () => Options, tell: (type: string, detail: unknown) => void, element: HTMLElement) => Layout;

/** What whoever serves the frame says in its document. */
interface Deployment {
  apiBase: string;
  /** Origins of the pages that may put the widget up, or that the document's own response says it. */
  pages?: string[] | "frame-ancestors";
}
