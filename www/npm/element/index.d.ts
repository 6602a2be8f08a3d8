/**
 * `import 'insurup-checkout/element'` defines the tag `<insurup-checkout>`. It loads what it shows when it is first put into a page.
 * Where there is no document, the import does nothing.
 */

/** The element. All configuration is in its attributes; what happens is told by events. */
export interface InsurUpCheckoutElement extends HTMLElement {
  addEventListener<K extends keyof InsurUpCheckoutEventMap>(
    type: K,
    listener: (this: InsurUpCheckoutElement, event: InsurUpCheckoutEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof InsurUpCheckoutEventMap>(
    type: K,
    listener: (this: InsurUpCheckoutElement, event: InsurUpCheckoutEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** Its events, beside those of every element. None carries anything a customer typed. */
export interface InsurUpCheckoutEventMap extends HTMLElementEventMap {
  /** The first screen is drawn. */
  'insurup:ready': CustomEvent<{ isolation: 'frame' | 'inline' }>;
  /** Another screen. */
  'insurup:step': CustomEvent<{ step: string }>;
  /** The API has recorded a consent: which, beside the text at which address, and when (ISO). */
  'insurup:consent': CustomEvent<{ type: 'kvkk' | 'etk'; url: string; time: string }>;
  /** The API says that the policy is issued. */
  'insurup:completed': CustomEvent<Record<string, never>>;
  /** The customer wants to be called about an offer: ids, by which the agency finds the rest. `case` may be empty. */
  'insurup:call-requested': CustomEvent<{ product: string; insurer: string; reason: 'robot' | 'not-sold-online' | 'hidden'; case: string }>;
  /** Something is wrong: with the configuration, the page's policy, or the API. `field` comes with `config/…`, `reason` with `start-failed`. */
  'insurup:error': CustomEvent<{ code: string; field?: string; reason?: string }>;
}

/** Attributes of the tag; docs/embedding.md says what each is for. */
export interface InsurUpCheckoutAttributes {
  'agent-id': string;
  branch: 'kasko';
  /** One to three ids, separated by commas. */
  'coverage-groups': string;
  'kvkk-url': string;
  'consent-url': string;
  'callback-url': string;
  'agency-name': string;
  phone: string;
  'etk-url'?: string | undefined;
  'required-consents'?: string | undefined;
  'agent-branch-id'?: string | undefined;
  channel?: 'website' | 'mobile-app' | undefined;
  isolation?: 'inline' | undefined;
  /** JSON: permissions per insurer. */
  config?: string | undefined;
  lang?: 'tr' | 'en' | undefined;
  theme?: 'auto' | 'light' | 'dark' | undefined;
  'api-base'?: string | undefined;
  wire?: 'current' | 'guide' | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'insurup-checkout': InsurUpCheckoutElement;
  }
}
