// The classes a program meets. They turn what the module gives into promises, real errors and listeners, and keep its memory out of
// everybody's hands: nothing here is freed while it may still be used.

import { source } from '#wasm';
import load, { WasmCheckout, WasmClient } from './core.js';

let loading;

export function init(from) {
  if (loading && from !== undefined) {
    return Promise.reject(new ClientError({ code: 'invalid-argument', message: 'the module is loading already', field: 'from' }));
  }
  loading ??= Promise.resolve(from ?? source())
    .then((module_or_path) => load({ module_or_path }))
    .then(
      () => undefined,
      (cause) => {
        // The next call may find a better connection.
        loading = undefined;
        throw new ClientError({ code: 'not-loaded', message: 'the WebAssembly module could not be loaded' }, { cause });
      },
    );
  return loading;
}

export class ClientError extends Error {
  constructor({ message, ...more }, options) {
    super(message, options);
    Object.assign(this, more);
  }

  get name() {
    return 'ClientError';
  }
}

export function isClientError(error) {
  return error instanceof Error && error.name === 'ClientError' && typeof error.code === 'string';
}

const closed = () => new ClientError({ code: 'closed', message: 'the client is closed' });

// What the module throws is a plain object that says which error it is; a trap of the module is an error already.
function raised(thrown, options) {
  return thrown instanceof Error ? thrown : new ClientError(thrown, options);
}

// Only `create` may call a constructor: before the module is there, nothing works.
const CREATE = Symbol('create');

function onlyCreated(key, name) {
  if (key !== CREATE) throw new TypeError(`${name}.create(options) makes one`);
}

function made(make) {
  try {
    return make();
  } catch (thrown) {
    throw raised(thrown);
  }
}

// What the module is given is read here first: whatever throws or never ends while it is read would tear a call of the module in two.
function plain(value, depth = 8) {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) throw new ClientError({ code: 'invalid-argument', message: '`arguments` is nested too deeply', field: 'arguments' });
  if (Array.isArray(value)) return value.map((item) => plain(item, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item, depth - 1)]));
}

// One of its own calls may be on the stack: freed once that is over.
function release(inner) {
  inner.close();
  queueMicrotask(() => inner.free());
}

const dispose = Symbol.dispose ?? Symbol('dispose');

export class Client {
  #inner;
  #count = 0;

  constructor(key, options) {
    onlyCreated(key, 'Client');
    this.#inner = made(() => new WasmClient(plain(options)));
  }

  static async create(options) {
    await init();
    return new Client(CREATE, options);
  }

  get signedIn() {
    return this.#inner?.signedIn ?? false;
  }

  async #call(name, given, { signal } = {}) {
    const inner = this.#inner;
    if (!inner) throw closed();
    // Nothing is sent for somebody who has given up already. The reason may be anything, a string too.
    if (signal?.aborted) throw new ClientError({ code: 'aborted', message: 'the call was aborted' }, { cause: signal.reason });
    const argument = plain(given);
    const number = (this.#count = (this.#count + 1) >>> 0);
    const onAbort = () => inner.abort(number);
    signal?.addEventListener('abort', onAbort);
    try {
      return await inner.call(number, name, argument);
    } catch (thrown) {
      throw raised(thrown, thrown?.code === 'aborted' ? { cause: signal?.reason } : undefined);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  signIn(who, options) {
    return this.#call('signIn', who, options);
  }

  verifyCode(given, options) {
    return this.#call('verifyCode', given, options).then(() => undefined);
  }

  signOut() {
    this.#inner?.signOut();
  }

  me(options) {
    return this.#call('me', {}, options);
  }

  updateCustomer(customer, options) {
    return this.#call('updateCustomer', customer, options);
  }

  readHealthInfo(of, options) {
    return this.#call('readHealthInfo', of, options);
  }

  saveHealthInfo(info, options) {
    return this.#call('saveHealthInfo', info, options);
  }

  readConsents(of, options) {
    return this.#call('readConsents', of, options);
  }

  giveConsent(consent, options) {
    return this.#call('giveConsent', consent, options);
  }

  revokeConsent(consent, options) {
    return this.#call('revokeConsent', consent, options);
  }

  listVehicles(options) {
    return this.#call('listVehicles', {}, options);
  }

  lookUpVehicle(vehicle, options) {
    return this.#call('lookUpVehicle', vehicle, options);
  }

  createVehicle(vehicle, options) {
    return this.#call('createVehicle', vehicle, options);
  }

  cities(options) {
    return this.#call('cities', {}, options);
  }

  brands(options) {
    return this.#call('brands', {}, options);
  }

  models(of, options) {
    return this.#call('models', of, options);
  }

  openCases(of, options) {
    return this.#call('openCases', of, options);
  }

  createCase(of, options) {
    return this.#call('createCase', of, options);
  }

  coverageChoices(of, options) {
    return this.#call('coverageChoices', of, options);
  }

  createProposal(proposal, options) {
    return this.#call('createProposal', proposal, options);
  }

  readProposal(of, options) {
    return this.#call('readProposal', of, options);
  }

  listProducts(of, options) {
    return this.#call('listProducts', of, options);
  }

  readProduct(of, options) {
    return this.#call('readProduct', of, options);
  }

  readPremium(of, options) {
    return this.#call('readPremium', of, options);
  }

  readCoverage(of, options) {
    return this.#call('readCoverage', of, options);
  }

  retryProduct(of, options) {
    return this.#call('retryProduct', of, options);
  }

  offerDocument(of, options) {
    return this.#call('offerDocument', of, options);
  }

  informationForm(of, options) {
    return this.#call('informationForm', of, options);
  }

  sendProductDocument(of, options) {
    return this.#call('sendProductDocument', of, options);
  }

  compareOffers(offers, options) {
    return this.#call('compareOffers', offers, options);
  }

  startPurchase(purchase, options) {
    return this.#call('startPurchase', purchase, options);
  }

  readPolicy(of, options) {
    return this.#call('readPolicy', of, options);
  }

  policyDocument(of, options) {
    return this.#call('policyDocument', of, options);
  }

  sendPolicy(of, options) {
    return this.#call('sendPolicy', of, options);
  }

  close() {
    const inner = this.#inner;
    this.#inner = undefined;
    if (inner) release(inner);
  }

  [dispose]() {
    this.close();
  }
}

export class Checkout {
  #inner;
  #view;
  #onChange = new Set();
  #onMessage = new Set();

  constructor(key, { verifyPhone, ...options } = {}) {
    onlyCreated(key, 'Checkout');
    if (verifyPhone !== undefined && typeof verifyPhone !== 'function') {
      throw raised({ code: 'invalid-argument', field: 'verifyPhone', message: '`verifyPhone` is not a function' });
    }
    const changed = (view) => {
      this.#view = view;
      tell(this.#onChange, view);
    };
    const told = (message) => tell(this.#onMessage, message);
    const origin = globalThis.location?.origin;
    const verify = async (phone, number) => {
      let yes = !verifyPhone;
      try {
        // Later, never while the sale is still taking its step.
        yes ||= (await Promise.resolve(phone).then(verifyPhone)) === true;
      } catch (error) {
        report(error);
      }
      this.#inner?.phone_verified(number, yes);
    };
    const all = { hostOrigin: origin, ...options };
    if (verifyPhone) all.withoutCode = true;
    this.#inner = made(() => new WasmCheckout(plain(all), changed, told, verify));
  }

  static async create(options) {
    await init();
    return new Checkout(CREATE, options);
  }

  get view() {
    return this.#view;
  }

  send(event) {
    if (!this.#inner) throw closed();
    made(() => this.#inner.send(plain(event)));
  }

  onChange(listener) {
    return listen(this.#onChange, listener, 'onChange');
  }

  onMessage(listener) {
    return listen(this.#onMessage, listener, 'onMessage');
  }

  close() {
    const inner = this.#inner;
    this.#inner = undefined;
    this.#onChange.clear();
    this.#onMessage.clear();
    if (inner) release(inner);
  }

  [dispose]() {
    this.close();
  }
}

function listen(listeners, listener, name) {
  if (typeof listener !== 'function') throw new TypeError(`${name} wants a function`);
  // Twice the same function is two listeners, and each is taken back once.
  const entry = { listener };
  listeners.add(entry);
  return () => void listeners.delete(entry);
}

// A listener that throws disturbs neither the sale nor the other listeners; the page hears of it as of any uncaught error.
function tell(listeners, value) {
  for (const { listener } of [...listeners]) {
    try {
      listener(value);
    } catch (error) {
      report(error);
    }
  }
}

function report(error) {
  if (typeof reportError === 'function') reportError(error);
  else
    setTimeout(() => {
      throw error;
    });
}
