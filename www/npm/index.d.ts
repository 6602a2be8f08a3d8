/// <reference lib="esnext.disposable" />

/**
 * Client and headless sale for the InsurUp API.
 *
 * Amounts are in minor units (kuruş), days are `YYYY-MM-DD`, what is absent is `undefined`. Words of the API (`'KASKO'`, `'ACTIVE'`) are
 * passed on as they come: a release may add some, so every list of them is open.
 */

/** A word of the API: one of those known today, or a newer one. */
export type Open<Known extends string> = Known | (string & {});

declare const brand: unique symbol;
/** An identifier the API gave; ids of different kinds can't be exchanged. A string from elsewhere becomes one by `as`. */
export type Id<Kind extends string> = string & { readonly [brand]?: Kind };
export type CustomerId = Id<'customer'>;
export type VehicleId = Id<'vehicle'>;
export type CaseId = Id<'case'>;
export type ProposalId = Id<'proposal'>;
/** One insurer's offer within a proposal; not a product of its catalogue. */
export type ProductId = Id<'product'>;
export type PolicyId = Id<'policy'>;

/** An amount of money, without a float anywhere. */
export interface Money {
  /** Hundredths of the currency. */
  readonly minorUnits: number;
  readonly currency: 'TRY' | 'USD' | 'EUR';
}

/** `YYYY-MM-DD`, in Istanbul. */
export type Day = string;

/**
 * Loads the WebAssembly module. `create` does it by itself; call this first to load it early, or from somewhere else.
 *
 * May be called again: the same promise comes back. A failed load may be tried again.
 *
 * @param from Address or content of `core_bg.wasm`; only in the first call.
 */
export function init(from?: URL | string | BufferSource | WebAssembly.Module): Promise<void>;

// ---- Errors ------------------------------------------------------------------------------------------------------------------------

/** Why something failed. */
export type ErrorCode =
  /** The program asked wrongly, nothing was sent: see `field`. */
  | 'invalid-argument'
  /** The module could not be loaded: see `cause`. */
  | 'not-loaded'
  /** `close()` was called. */
  | 'closed'
  /** The call was given up by its signal: see `cause`. What was sent may have had its effect. */
  | 'aborted'
  /** No whole answer in time. */
  | 'timeout'
  /** The browser says there is no network. */
  | 'offline'
  /** The page's content security policy blocks the API: see `directive`. */
  | 'blocked-by-host-csp'
  /** The API does not allow the page's origin. */
  | 'cors-denied'
  /** Nobody answered. */
  | 'unreachable'
  /** The API said no: see `status` and `problem`. */
  | 'refused'
  /** An answer that is not JSON. */
  | 'not-json'
  /** An answer that can't be parsed. */
  | 'malformed'
  /** An answer larger or deeper than anything the API sends. */
  | 'too-large'
  /** An answer without something that must be there. */
  | 'unexpected'
  /** There is no session: the customer must sign in (again). */
  | 'session-ended'
  /** The server signed in without a code, and `withoutCode` is not set. */
  | 'no-code-asked'
  /** `verifyCode` before `signIn`. */
  | 'no-code-sent';

/** What the API said when it said no. */
export interface Problem {
  readonly kind?: string;
  readonly status: number;
  /** Made for customers, in the client's language, without control characters. */
  readonly detail?: string;
  readonly codes: readonly string[];
  readonly suggestions: readonly string[];
  /** Which members of the request were wrong. Never with the value that was sent. */
  readonly fields: readonly { readonly name: string; readonly message: string }[];
  readonly traceId?: string;
  readonly remainingAttempts?: number;
  /** Ask again after so many seconds; a browser reads it only where the API exposes `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Every error of this package that is not a mistake in its use of JavaScript itself. */
export class ClientError extends Error {
  private constructor();
  readonly name: 'ClientError';
  readonly code: ErrorCode;
  /** The HTTP status, for `'refused'`. */
  readonly status?: number;
  /** For `'refused'`. */
  readonly problem?: Problem;
  /** For `'invalid-argument'`: `card.number`. */
  readonly field?: string;
  /** For `'blocked-by-host-csp'`. */
  readonly directive?: string;
}

/** Whether a caught value is an error of this package, also of another copy of it. */
export function isClientError(error: unknown): error is ClientError;

// ---- Client ------------------------------------------------------------------------------------------------------------------------

export interface CommonOptions {
  /** The agency's id at InsurUp, a GUID. */
  readonly agentId: string;
  /** The branch office, in agencies that have several; goes with sign-in, case and proposal alike. */
  readonly agentBranchId?: string;
  /** Where the customer is: goes with case and proposal. Default `'website'`. */
  readonly channel?: 'website' | 'mobileApp';
  /** Address of the API. Default `https://api.insurup.com/api/`; plain http only on this machine. */
  readonly apiBase?: string;
  /** Which form of the API is spoken. Default `'current'`. */
  readonly wire?: 'current' | 'guide';
  /** Language of the server's messages. Default `'tr'`. */
  readonly language?: 'tr' | 'en';
  /** The agency verifies the phone itself, and the API signs in without a code. Otherwise such a sign-in is refused. */
  readonly withoutCode?: boolean;
}

export type ClientOptions = CommonOptions;

export interface CallOptions {
  /** Gives the call up. A purchase that was sent stays sent. */
  readonly signal?: AbortSignal;
}

/** Exactly one of the three. */
export type Identity =
  | { readonly tckn: string; readonly vkn?: undefined; readonly foreignId?: undefined }
  | { readonly vkn: string; readonly tckn?: undefined; readonly foreignId?: undefined }
  | { readonly foreignId: string; readonly tckn?: undefined; readonly vkn?: undefined };

/** Exactly one of the two. */
export type Recipient =
  | { readonly email: string; readonly phone?: undefined }
  | { readonly phone: string; readonly email?: undefined };

export type SignIn = Identity & {
  /** `YYYY-MM-DD` or `dd.mm.yyyy`; a company has none. */
  readonly birthDate?: string;
  /** A Turkish mobile number in any usual spelling. */
  readonly phone: string;
  readonly consents?: readonly ('KVKK' | 'ETK')[];
};

export interface Customer {
  readonly id: CustomerId;
  readonly fullName?: string;
  readonly email?: string;
  readonly hasBirthDate: boolean;
  /** The API's references. */
  readonly city?: string;
  readonly district?: string;
  /** The API's words. To be sent back with an update: a server may blank what is left out. */
  readonly gender?: string;
  readonly educationStatus?: string;
  readonly nationality?: string;
  readonly maritalStatus?: string;
  readonly job?: string;
}

export type CustomerUpdate = Identity & {
  readonly customerId: CustomerId;
  /** Name, or a company's title. */
  readonly name?: string;
  readonly birthDate?: Day;
  readonly email?: string;
  readonly gender?: string;
  readonly educationStatus?: string;
  readonly nationality?: string;
  readonly maritalStatus?: string;
  readonly job?: string;
  readonly phone?: string;
  /** One of the API's references. */
  readonly city?: string;
  /** One of the API's references. */
  readonly district?: string;
};

export interface HealthInfo {
  /** Centimetres. */
  readonly height?: number;
  /** Kilograms. */
  readonly weight?: number;
  readonly surgeries: readonly string[];
  readonly diseases: readonly string[];
}

export interface Choice {
  /** What the API wants to read. */
  readonly value: string;
  /** What a customer reads. */
  readonly text: string;
}

export type Fuel = Open<'GASOLINE' | 'DIESEL' | 'LPG' | 'ELECTRIC' | 'LPG_GASOLINE' | 'HYBRID'>;
export type Branch = Open<'KASKO' | 'TRAFIK' | 'IMM' | 'DASK' | 'KONUT' | 'TSS'>;

export interface Vehicle {
  readonly id: VehicleId;
  readonly plate?: string;
  readonly brand?: string;
  readonly model?: string;
  readonly year?: number;
  readonly utilization?: string;
}

/** What the register knows. Everything may be missing. */
export interface FoundVehicle {
  readonly plate?: string;
  readonly serial?: string;
  readonly year?: number;
  readonly brand?: Choice;
  readonly model?: Choice;
  readonly fuel?: Fuel;
  readonly utilization?: string;
  /** Absent when it is masked: a masked number must not be written back. */
  readonly engine?: string;
  readonly engineMasked: boolean;
  readonly chassis?: string;
  readonly chassisMasked: boolean;
  readonly registrationDate?: Day;
  readonly seats?: number;
}

export interface NewVehicle {
  readonly customerId: CustomerId;
  /** `34 ABC 123` in any usual spelling. */
  readonly plate: string;
  readonly serial?: string;
  readonly year: string;
  /** A value of `brands`. */
  readonly brand: string;
  /** A value of `models`. */
  readonly model: string;
  readonly utilization: string;
  readonly fuel?: Fuel;
  readonly engine?: string;
  readonly chassis?: string;
  readonly registrationDate?: Day;
  readonly seats?: number;
}

export interface Case {
  readonly id?: CaseId;
  readonly branch: Branch;
  readonly kind: Open<'SALE_OPPORTUNITY' | 'ENDORSEMENT' | 'CANCEL' | 'COMPLAINT'>;
  readonly status: Open<'OPEN' | 'DELAYED' | 'SUCCESS' | 'FAIL'>;
}

/** A line of a cover table. */
export type Coverage = { readonly name: string } & (
  | { readonly kind: 'included' | 'notIncluded' | 'marketValue' | 'limitless' | 'highestLimit' | 'undefined' | 'other' }
  | { readonly kind: 'amount'; readonly minorUnits: number }
  | { readonly kind: 'percent'; readonly hundredths: number }
  | { readonly kind: 'number'; readonly count: number }
  | { readonly kind: 'word'; readonly word: string }
  /** A replacement car: so many times a year, so many days each. */
  | { readonly kind: 'days'; readonly times: number; readonly days: number }
);

export interface Premium {
  /** 1 is paid at once. */
  readonly instalments: number;
  /** Absent where the price can't be read: then it can't be bought. */
  readonly gross?: Money;
}

export type ProductState = Open<'WAITING' | 'ACTIVE' | 'PURCHASING' | 'PURCHASED' | 'FAILED' | 'PURCHASE_FAILED'>;

/** One insurer's offer. */
export interface Product {
  readonly id: ProductId;
  readonly insurer: string;
  readonly insurerName: string;
  /** Which product of the insurer's catalogue it is: the key of `products` in {@link CheckoutOptions}. */
  readonly catalogue?: string;
  readonly productName: string;
  /** Offers of a robot can't be bought online. */
  readonly kind: Open<'WEB_SERVICE' | 'ROBOT'>;
  readonly state: ProductState;
  readonly errorMessage?: string;
  readonly premiums: readonly Premium[];
  readonly paymentOptions: readonly Open<
    'SYNC_CREDIT_CARD' | 'SYNC_OPEN_ACCOUNT' | 'ASYNC_3D_SECURE' | 'ASYNC_INSURANCE_COMPANY_REDIRECT' | 'ASYNC_THIRD_PARTY_3D_SECURE'
  >[];
  readonly needsInvestigation: boolean;
  readonly noClaimsDiscount: boolean;
  readonly occupationDiscount: boolean;
  /** Once it is bought. */
  readonly policy?: PolicyId;
  readonly coverage: readonly Coverage[];
  readonly coverageGroup?: string;
  readonly coverageGroupName?: string;
}

export interface Proposal {
  readonly id?: ProposalId;
  readonly state?: ProductState;
  /** How many offers there will be. */
  readonly totalProducts?: number;
  /** As they arrive: ask again until all have. */
  readonly products: readonly Product[];
}

export interface OfOffer {
  readonly proposalId: ProposalId;
  readonly productId: ProductId;
}

/** A card. Its digits are wiped from the module's memory after the call; from the program's own strings only the program can. */
export interface Card {
  readonly number: string;
  readonly holder: string;
  /** `07/29`. */
  readonly expiry: string;
  readonly cvc: string;
  readonly holderTckn?: string;
  /** The year is sent with two digits: some servers read only that. */
  readonly shortYear?: boolean;
}

export type Purchase = OfOffer & {
  readonly instalments: number;
  /** Where the customer comes back to. What the address then carries proves nothing. */
  readonly callbackUrl: string;
} & (
    | { readonly method: 'insuranceCompanyRedirect'; readonly card?: undefined }
    | { readonly method: '3dSecure' | 'thirdParty3dSecure'; readonly card: Card }
  );

export interface Redirect {
  /** Where the customer pays. Absent when the API gave an address nobody should be sent to: then look at the proposal's state. */
  readonly redirectUrl?: string;
  /** To be shown to the customer. */
  readonly host?: string;
}

export interface Policy {
  readonly id: PolicyId;
  /** The insurer's number. */
  readonly number?: string;
  readonly insurer?: string;
  readonly insurerName?: string;
  readonly proposal?: ProposalId;
  readonly product?: ProductId;
  readonly state?: Open<'ACTIVE' | 'END_OF_LIFE' | 'CANCELLED'>;
  readonly gross?: Money;
  readonly start?: Day;
  readonly end?: Day;
}

/**
 * Single calls with one customer's session. Tokens stay inside. Reads are repeated when the network fails, nothing else is; the session
 * is renewed before it runs out.
 *
 * Every method rejects with a {@link ClientError}.
 */
export class Client {
  private constructor();
  static create(options: ClientOptions): Promise<Client>;

  /** Whether there is a session. */
  readonly signedIn: boolean;

  /** Signs in or registers. With `codeSent`, `verifyCode` comes next. Costs an SMS: never repeated by itself. */
  signIn(who: SignIn, options?: CallOptions): Promise<{ readonly codeSent: boolean }>;
  /** Shows the code; then there is a session. One that was there before ends as by `signOut`. */
  verifyCode(given: { readonly code: string }, options?: CallOptions): Promise<void>;
  /** Drops the session. What is under way is rejected with `'session-ended'`. */
  signOut(): void;

  me(options?: CallOptions): Promise<Customer>;
  /** A server may blank what is left out: send back what was read. */
  updateCustomer(customer: CustomerUpdate, options?: CallOptions): Promise<void>;
  readHealthInfo(of: { readonly customerId: CustomerId }, options?: CallOptions): Promise<HealthInfo>;
  saveHealthInfo(
    info: { readonly customerId: CustomerId } & Partial<HealthInfo>,
    options?: CallOptions,
  ): Promise<HealthInfo | undefined>;
  readConsents(of: { readonly customerId: CustomerId }, options?: CallOptions): Promise<readonly Open<'KVKK' | 'ETK'>[]>;
  giveConsent(consent: { readonly customerId: CustomerId; readonly consent: 'KVKK' | 'ETK' }, options?: CallOptions): Promise<void>;
  revokeConsent(consent: { readonly customerId: CustomerId; readonly consent: 'KVKK' | 'ETK' }, options?: CallOptions): Promise<void>;

  listVehicles(options?: CallOptions): Promise<readonly Vehicle[]>;
  /** Asks the insurers' common register. Needs a stored birth date. */
  lookUpVehicle(
    vehicle: { readonly customerId: CustomerId; readonly plate: string; readonly serial: string },
    options?: CallOptions,
  ): Promise<FoundVehicle>;
  createVehicle(vehicle: NewVehicle, options?: CallOptions): Promise<VehicleId>;
  /** The `city` of `updateCustomer`. */
  cities(options?: CallOptions): Promise<readonly Choice[]>;
  brands(options?: CallOptions): Promise<readonly Choice[]>;
  models(of: { readonly brand: string; readonly year: string }, options?: CallOptions): Promise<readonly Choice[]>;

  openCases(of: { readonly customerId: CustomerId }, options?: CallOptions): Promise<readonly Case[]>;
  /** Once per customer and branch: look with `openCases` first. */
  createCase(of: { readonly customerId: CustomerId; readonly branch: Branch }, options?: CallOptions): Promise<CaseId>;
  /** A customer's token may not be let in. */
  coverageChoices(
    of: { readonly branch: Branch },
    options?: CallOptions,
  ): Promise<readonly { readonly insurer: string; readonly covers: readonly { readonly name: string; readonly choices: readonly Choice[] }[] }[]>;

  createProposal(
    proposal: {
      readonly branch: Branch;
      readonly insurerCustomerId: CustomerId;
      /** Default: the same. */
      readonly insuredCustomerId?: CustomerId;
      readonly coverageGroups: readonly string[];
    } & (
      | { readonly vehicleId: VehicleId; readonly additionalInsuredIds?: undefined }
      | {
          /** Health: no vehicle, and height and weight of everybody saved before. */
          readonly branch: 'TSS';
          /** Up to four relatives insured too. */
          readonly additionalInsuredIds?: readonly CustomerId[];
          readonly vehicleId?: undefined;
        }
    ),
    options?: CallOptions,
  ): Promise<ProposalId>;
  readProposal(of: { readonly proposalId: ProposalId }, options?: CallOptions): Promise<Proposal>;
  listProducts(of: { readonly proposalId: ProposalId }, options?: CallOptions): Promise<readonly Product[]>;
  readProduct(of: OfOffer, options?: CallOptions): Promise<Product>;
  readPremium(
    of: OfOffer & { readonly instalments: number },
    options?: CallOptions,
  ): Promise<{ readonly instalments: number; readonly insurerNumber?: string }>;
  readCoverage(of: OfOffer, options?: CallOptions): Promise<readonly Coverage[]>;
  /** Asks an insurer that failed once more. */
  retryProduct(of: OfOffer, options?: CallOptions): Promise<void>;
  /** Address of a PDF, good for a short time. */
  offerDocument(of: OfOffer, options?: CallOptions): Promise<string>;
  /** Address of a PDF, good for a short time. It must be readable before paying. */
  informationForm(of: OfOffer, options?: CallOptions): Promise<string>;
  sendProductDocument(
    of: OfOffer & Recipient & { readonly document: 'offer' | 'informationForm'; readonly customerId: CustomerId },
    options?: CallOptions,
  ): Promise<void>;
  /** Address of a PDF that compares offers. */
  compareOffers(
    offers: { readonly proposalId: ProposalId; readonly productIds: readonly ProductId[] },
    options?: CallOptions,
  ): Promise<string>;
  /**
   * Starts a purchase. Sent once, whatever becomes of it: after any error the truth is in `readProposal`, and nowhere else. Read the
   * price again before.
   */
  startPurchase(purchase: Purchase, options?: CallOptions): Promise<Redirect>;

  readPolicy(of: { readonly policyId: PolicyId }, options?: CallOptions): Promise<Policy>;
  /** Address of a PDF, good for a short time. */
  policyDocument(of: { readonly policyId: PolicyId }, options?: CallOptions): Promise<string>;
  sendPolicy(
    of: Recipient & { readonly policyId: PolicyId; readonly customerId: CustomerId },
    options?: CallOptions,
  ): Promise<void>;

  /** Ends everything; what is under way is rejected with `'closed'`. Safe to repeat. */
  close(): void;
  [Symbol.dispose](): void;
}

// ---- Headless sale -----------------------------------------------------------------------------------------------------------------

/** What the agency may do with an insurer; nothing unless granted. */
export interface Permissions {
  /** Prices may be shown. */
  readonly quote?: boolean;
  /** Exact origins on which it may be bought; a subdomain needs its own entry. */
  readonly sellOnline?: readonly string[];
  readonly logo?: boolean;
  readonly thirdParty?: boolean;
  /** The insurer requires 3-D Secure: an offer that can only be paid otherwise is not sold. */
  readonly threeDSecure?: boolean;
}

export interface CheckoutOptions extends CommonOptions {
  /** One to three packages of covers. */
  readonly coverageGroups: readonly string[];
  /** Where the payment page sends the browser afterwards. */
  readonly callbackUrl: string;
  /** The page's own origin, which decides what may be sold. Default `location.origin`. */
  readonly hostOrigin?: string;
  /** By the insurers' ids. */
  readonly insurers?: Readonly<Record<string, Permissions>>;
  /** By the insurers' `productId`s: sold (the default), bought by calling the agency, or left out. */
  readonly products?: Readonly<Record<string, 'sell' | 'call' | 'hidden'>>;
  readonly requiredConsents?: readonly ('kvkk' | 'etk')[];
  /**
   * What becomes of the session during the payment. `'newtab'`, the default: the payment page opens in a new tab, this page keeps the
   * session. `'resume'`: in this tab; a record in `sessionStorage` leads the next page back, once and for twenty minutes (needs the
   * current form of the API). `'strict'`: in this tab; whoever comes back signs in again.
   */
  readonly session?: 'newtab' | 'resume' | 'strict';
  /** The consent to commercial messages is offered. */
  readonly offersEtk?: boolean;
  /**
   * The agency verifies itself that a phone is the customer's, by a code of its own for example: called with ten digits before each
   * sign-in. Anything but `true` (a rejection too) signs nobody in. Implies `withoutCode`; where the API asks for a code all the same, it
   * is asked for as usual.
   */
  readonly verifyPhone?: (phone: string) => boolean | Promise<boolean>;
}

/** What happens to a sale. What makes no sense on the screen of the moment changes nothing. */
export type FlowEvent =
  | (Identity & { readonly type: 'submitIdentity'; readonly phone: string } & (
        | { readonly vkn: string; readonly birthDate?: undefined }
        | { readonly vkn?: undefined; readonly birthDate: string }
      ))
  | { readonly type: 'submitCode'; readonly code: string }
  | { readonly type: 'resendCode' }
  | { readonly type: 'changeNumber' }
  | { readonly type: 'submitConsents'; readonly kvkk?: boolean; readonly etk?: boolean }
  /** What is left out stays as it is on file. */
  | { readonly type: 'submitProfile'; readonly name?: string; readonly email?: string; readonly city?: string }
  | { readonly type: 'skipProfile' }
  | { readonly type: 'chooseVehicle'; readonly vehicle: VehicleId }
  | { readonly type: 'addVehicle' }
  | { readonly type: 'submitLookup'; readonly plate: string; readonly serial: string }
  | { readonly type: 'typeByHand' }
  /** The vehicle has no plate yet; `plate` of `submitVehicle` is then the number of the province, 01 to 81. */
  | { readonly type: 'withoutPlate' }
  | { readonly type: 'confirmVehicle' }
  | { readonly type: 'chooseModels'; readonly brand: string; readonly year: string }
  | ({ readonly type: 'submitVehicle' } & Partial<VehicleForm>)
  | { readonly type: 'choosePlan'; readonly product: ProductId; readonly instalments: number }
  | { readonly type: 'chooseInstalments'; readonly instalments: number }
  | { readonly type: 'pickOffer'; readonly product: ProductId }
  | { readonly type: 'keepWaiting' }
  /** The insurer of this offer, who made none, is asked again. */
  | { readonly type: 'retryOffer'; readonly product: ProductId }
  /** All insurers who made no offer are asked again. */
  | { readonly type: 'retryOffers' }
  | { readonly type: 'showCoverages'; readonly product: ProductId }
  /** Asks for the offer's document: its `document` says when it is there. */
  | { readonly type: 'showDocument'; readonly product: ProductId }
  /** An offer is to be compared, or no more; three at most. */
  | { readonly type: 'markOffer'; readonly product: ProductId; readonly marked?: boolean }
  /** The marked offers side by side; two at least. */
  | { readonly type: 'compareOffers' }
  | ({ readonly type: 'arrangeOffers' } & Pick<Arrangement, 'order'> & Partial<Arrangement>)
  /** The agency is to call about this offer. Nothing is sent: the case is there, and `onMessage` tells the page. */
  | { readonly type: 'requestCall'; readonly product: ProductId }
  /** The one press that confirms amount and payment. */
  | { readonly type: 'pay'; readonly acknowledged?: boolean }
  /** The customer opened the payment page. */
  | { readonly type: 'pageOpened' }
  /** Back from the payment page: proves nothing, wakes the check. */
  | { readonly type: 'returned' }
  | { readonly type: 'checkNow' }
  | { readonly type: 'gaveUp' }
  | { readonly type: 'payAgain' }
  /** Sends the policy to this address, or to the one on file. */
  | { readonly type: 'sendOffer'; readonly email?: string }
  | { readonly type: 'sendPolicy'; readonly email?: string }
  /** What the customer has with the agency already. From the choice of a vehicle, the search for one, and the policy. */
  | { readonly type: 'showMine' }
  /** Carries on with open offers of that list. */
  | { readonly type: 'resumeProposal'; readonly proposal: ProposalId }
  /** Asks for the document of a policy of that list: its `document` says when it is there. */
  | { readonly type: 'showPolicyDocument'; readonly policy: PolicyId }
  | { readonly type: 'back' }
  | { readonly type: 'retry' }
  | { readonly type: 'signOut' };

/** What was typed about a vehicle, as it was typed. */
export interface VehicleForm {
  readonly plate: string;
  readonly serial: string;
  readonly brand: string;
  readonly year: string;
  readonly model: string;
  readonly fuel: string;
  readonly utilization: string;
  readonly engine: string;
  readonly chassis: string;
  readonly registered: string;
  readonly seats: string;
}

export type FieldName =
  | 'tckn' | 'foreignId' | 'vkn' | 'birthDate' | 'phone' | 'code' | 'kvkk' | 'etk' | 'plate' | 'city' | 'serial' | 'brand' | 'year' | 'model'
  | 'fuel' | 'utilization' | 'engine' | 'chassis' | 'registered' | 'seats' | 'name' | 'addressCity' | 'email' | 'acknowledged';

/** A field, and what is wrong with it. */
export type FieldError = { readonly field: FieldName } & (
  | {
      readonly code:
        | 'required' | 'not-chosen' | 'digits' | 'consent' | 'acknowledge' | 'tckn-zero' | 'tckn-check' | 'foreign-id' | 'vkn-check'
        | 'individual' | 'date-format' | 'date-calendar' | 'date-future' | 'underage' | 'phone-length' | 'phone-landline' | 'phone-foreign' | 'plate-city' | 'plate-shape' | 'plate-special' | 'serial'
        | 'chassis' | 'engine' | 'seats' | 'code-length' | 'email' | 'not-accepted';
    }
  | { readonly code: 'tckn-length' | 'vkn-length'; readonly typed: number }
  | { readonly code: 'plate-letter'; readonly letter: string }
  | { readonly code: 'year'; readonly from: number; readonly to: number }
);

/** What is said about a screen as a whole. */
export type Notice =
  | {
      readonly code:
        | 'code-short' | 'code-old' | 'code-expired' | 'code-locked' | 'code-resent' | 'code-unsent' | 'session-expired' | 'idle' | 'lookup-failed' | 'profile-unsaved'
        | 'already-on-file' | 'offer-gone' | 'no-document' | 'not-started' | 'signed-out-elsewhere' | 'paid-elsewhere' | 'offline' | 'timeout' | 'server'
        | 'forbidden' | 'gone' | 'conflict' | 'unexpected' | 'blocked' | 'no-code-asked'
        | 'phone-not-verified';
    }
  | { readonly code: 'code-wrong'; readonly triesLeft: number }
  | { readonly code: 'too-many-codes' | 'rate'; readonly seconds: number }
  | { readonly code: 'lookup-partial'; readonly fieldsLeft: number }
  /** In the server's own words, made for customers. */
  | { readonly code: 'said'; readonly text?: string };

export interface VehicleLabel {
  readonly plate?: string;
  /** `Renault Clio · 2021` */
  readonly text: string;
}

export interface Plan {
  readonly instalments: number;
  readonly total: Money;
  /** One instalment, rounded down. */
  readonly each: Money;
}

/** How the list of offers is looked at. */
export interface Arrangement {
  readonly order: 'price' | 'name';
  /** Only what can be bought here. */
  readonly online: boolean;
  /** Only what can be paid in instalments. */
  readonly instalments: boolean;
}

/** A document that is fetched when somebody wants it. */
export type DocumentState = { readonly kind: 'none' | 'busy' } | { readonly kind: 'there'; readonly url: string };

/** A row of a comparison, with a value for each offer. What an offer says nothing about has no `kind`, or no `each`. */
export type ComparisonRow = { readonly differs: boolean } & (
  | {
      readonly kind: 'cover';
      readonly name: string;
      readonly values: readonly (Coverage | { readonly name: string; readonly kind?: undefined })[];
    }
  | { readonly kind: 'plan'; readonly instalments: number; readonly values: readonly { readonly each?: Money }[] }
);

export interface Offer {
  readonly id: ProductId;
  readonly insurer: string;
  /** Address of the insurer's logo, where `insurers` says that you may show it. */
  readonly logo?: string;
  readonly product: string;
  readonly state:
    | { readonly kind: 'waiting' | 'no-price' }
    | { readonly kind: 'failed'; readonly reason?: string }
    | { readonly kind: 'priced'; readonly plans: readonly Plan[]; readonly chosen: number };
  readonly action:
    /** `retry`: the insurer can be asked again. */
    | { readonly kind: 'buy' | 'retry' | 'none' }
    | { readonly kind: 'call'; readonly reason: 'robot' | 'not-sold-online' | 'investigation' | 'hidden' };
  /** The cheapest of all that are shown. */
  readonly lowest: boolean;
  readonly noClaims: boolean;
  readonly occupation: boolean;
  readonly covers: readonly (
    | { readonly kind: 'liability'; readonly minorUnits?: number }
    | { readonly kind: 'rental-car'; readonly included: boolean }
    | { readonly kind: 'no-deductible' }
  )[];
  /** Chosen last. */
  readonly chosen: boolean;
  /** To be compared. */
  readonly marked: boolean;
  /** The agency can be asked to call about it. */
  readonly callMe: boolean;
  readonly document: DocumentState;
}

interface Form {
  readonly errors: readonly FieldError[];
  readonly busy: boolean;
}

interface PaymentPage {
  readonly url: string;
  /** To be shown to the customer. */
  readonly host: string;
  readonly insurer: string;
  readonly amount?: Money;
  /** It is to be opened in this very tab (`target="_top"`), and `pageOpened` sent as it is pressed. Otherwise in a new one. */
  readonly sameTab: boolean;
  readonly times: PaymentTimes;
}

/** When what is known of a payment happened, in milliseconds since 1970; nothing where it has not happened, or on an earlier page. */
interface PaymentTimes {
  readonly sentUnixMs?: number;
  readonly openedUnixMs?: number;
  readonly lastReadUnixMs?: number;
}

interface Check {
  readonly opened: boolean;
  readonly times: PaymentTimes;
  /** To be told to the agency. */
  readonly supportCode: string;
}

/** The screens, told apart by `screen`. Times in `…AtMs` are on the clock of `performance.now()`. */
export type Screen =
  | { readonly screen: 'start' | 'opening' | 'signed-out' }
  | ({ readonly screen: 'identify'; readonly again?: 'sale' | 'payment' } & Form)
  | {
      readonly screen: 'code';
      readonly phone: string;
      /** A code went there. Else the session was idle, and `resendCode` asks for one. */
      readonly sent: boolean;
      readonly resendAtMs: number;
      readonly locked: boolean;
      readonly busy: boolean;
      /** Changes when the field is to be emptied. */
      readonly serial: number;
      /** The session had ended: the sale goes on where it was. */
      readonly again: boolean;
      /** What the customer was at when the session ended. */
      readonly vehicle?: VehicleLabel;
    }
  /** Which consents are not on file; one that is isn't asked for again. */
  | ({ readonly screen: 'consents'; readonly kvkk: boolean; readonly etk: boolean } & Form)
  /**
   * What the API lacks about the customer; what it has is masked. It can be passed over. `cities` is there where one is asked for, and
   * empty while they are being read.
   */
  | ({
      readonly screen: 'profile';
      readonly person: boolean;
      readonly name?: string;
      readonly email?: string;
      readonly cities?: readonly Choice[];
    } & Form)
  /** `withoutPlate`: a vehicle that has no plate yet can be typed. */
  | ({ readonly screen: 'vehicle-lookup'; readonly withoutPlate: boolean } & Form)
  | { readonly screen: 'vehicles'; readonly vehicles: readonly ({ readonly id: VehicleId } & VehicleLabel)[] }
  | {
      readonly screen: 'vehicle-found';
      readonly label: VehicleLabel;
      readonly fuel?: Fuel;
      readonly utilization?: string;
      readonly registered?: Day;
      readonly seats?: number;
      readonly busy: boolean;
    }
  | ({
      readonly screen: 'vehicle-byhand' | 'vehicle-noplate';
      readonly filled: VehicleForm;
      readonly engineMasked: boolean;
      readonly chassisMasked: boolean;
      readonly brands: readonly Choice[];
      readonly models?: { readonly brand: string; readonly year: string; readonly choices: readonly Choice[] };
      readonly modelsBusy: boolean;
      readonly listsFailed: boolean;
    } & Form)
  | {
      readonly screen: 'offers';
      readonly vehicle?: VehicleLabel;
      readonly offers: readonly Offer[];
      readonly answered: number;
      readonly total: number;
      readonly ticks: readonly ('yes' | 'no' | 'waiting')[];
      readonly done: boolean;
      readonly late: boolean;
      readonly failed: boolean;
      /** So many have a price … */
      readonly ready: number;
      /** … and so many are left out by the arrangement. */
      readonly hidden: number;
      readonly arrangement: Arrangement;
      /** None of them may be sold on this site. */
      readonly quoteOnly: boolean;
      /** Some can be bought here and others can't. */
      readonly splitsOnline: boolean;
      readonly splitsInstalments: boolean;
      /** So many are to be compared … */
      readonly marked: number;
      /** … and there was to be one more than can be. */
      readonly tooMany: boolean;
    }
  | {
      readonly screen: 'coverages';
      readonly offer: Offer;
      readonly covers: readonly Coverage[];
      readonly busy: boolean;
      readonly failed: boolean;
      readonly information: DocumentState;
      readonly documentFailed: boolean;
    }
  | {
      readonly screen: 'comparison';
      readonly offers: readonly Offer[];
      readonly rows: readonly ComparisonRow[];
      readonly busy: boolean;
      readonly failed: boolean;
    }
  | {
      readonly screen: 'call-requested';
      readonly insurer: string;
      readonly product: string;
      /** Masked. */
      readonly phone: string;
      readonly supportCode: string;
    }
  | {
      readonly screen: 'review';
      readonly vehicle?: VehicleLabel;
      readonly insurer: string;
      readonly product: string;
      readonly insured?: string;
      readonly plans: readonly Plan[];
      readonly plan?: Plan;
      readonly offerUrl?: string;
      readonly informationUrl?: string;
      readonly documentsBusy: boolean;
      readonly unacknowledged: boolean;
      readonly busy: boolean;
      readonly sending: boolean;
    }
  | { readonly screen: 'price-changed'; readonly insurer: string; readonly old: Money; readonly new: Money }
  | ({ readonly screen: 'payment-ready' | 'payment-away' } & PaymentPage)
  | ({ readonly screen: 'checking' | 'unknown' } & Check)
  | {
      readonly screen: 'not-completed';
      readonly insurer: string;
      readonly amount?: Money;
      readonly reason?: string;
      readonly notStarted: boolean;
      readonly canRetry: boolean;
      readonly retryAtMs: number;
      readonly inARow: number;
      readonly supportCode: string;
    }
  | {
      readonly screen: 'policy';
      readonly insurer: string;
      readonly product?: string;
      /** `A•••• Y•••••` */
      readonly insured?: string;
      readonly vehicle?: VehicleLabel;
      readonly number?: string;
      readonly start?: Day;
      readonly end?: Day;
      readonly paid?: Money;
      readonly documentUrl?: string;
      /** Sending it by e-mail; absent while there is nothing to send. Addresses on file are masked. */
      readonly mail?: { readonly known?: string; readonly sent?: string; readonly failed: boolean } & Form;
    }
  /** Open offers and policies, the newest first. */
  | {
      readonly screen: 'mine';
      readonly busy: boolean;
      readonly failed: boolean;
      readonly proposals: readonly OwnProposal[];
      readonly policies: readonly OwnPolicy[];
      /** The one list could not be had, the other could. */
      readonly proposalsFailed: boolean;
      readonly policiesFailed: boolean;
      /** There may be older ones. */
      readonly more: boolean;
    };

/** Offers of one question to the insurers, of which none was bought. */
export interface OwnProposal {
  readonly id: ProposalId;
  readonly branch?: Branch;
  readonly state?: ProductState;
  readonly vehicle?: VehicleLabel;
  /** How many there are. */
  readonly offers?: number;
  readonly created?: Day;
  /** `none`: not here. `gone`: they are no longer open. */
  readonly resume: 'none' | 'possible' | 'busy' | 'gone';
}

export interface OwnPolicy {
  readonly id: PolicyId;
  readonly branch?: Branch;
  readonly state?: Open<'ACTIVE' | 'END_OF_LIFE' | 'CANCELLED'>;
  readonly insurer?: string;
  readonly number?: string;
  readonly vehicle?: VehicleLabel;
  readonly start?: Day;
  readonly end?: Day;
  readonly document: DocumentState;
  readonly documentFailed: boolean;
}

/** One picture of the sale: everything a user interface needs, and no rule left to it. */
export type FlowView = Screen & {
  readonly step: 'you' | 'vehicle' | 'offers' | 'payment' | 'policy';
  readonly canGoBack: boolean;
  readonly signedIn: boolean;
  /** There is something of the customer's to drop: the session, or what is kept for whoever signs in again. */
  readonly canSignOut: boolean;
  readonly notice?: Notice;
  /** The case in which the agency sees this customer; there from some moment after signing in, if the API lets it be made. */
  readonly caseId?: CaseId;
};

/** What a page around the sale may know. Never a value of the customer's. */
export type Message =
  | { readonly type: 'step'; readonly screen: FlowView['screen'] }
  | { readonly type: 'completed' }
  /** The API has recorded this consent, at this moment (milliseconds since 1970): for the agency's own records, beside the text it was shown. */
  | { readonly type: 'consent'; readonly consent: 'kvkk' | 'etk'; readonly unixMs: number }
  /** The customer wants to be called about an offer: ids, by which the agency finds the rest. */
  | {
      readonly type: 'call-requested';
      readonly product: ProductId;
      readonly insurer: string;
      readonly reason: 'robot' | 'not-sold-online' | 'hidden';
      readonly caseId?: CaseId;
    }
  | { readonly type: 'error'; readonly code: ErrorCode };

/**
 * A whole sale of kasko without a screen: the same machine as the widget's. Draw `view`, send what the customer does.
 *
 * A tab keeps one record in `sessionStorage`, ids of a purchase whose end is not known, so that a reload finds its result.
 */
export class Checkout {
  private constructor();
  static create(options: CheckoutOptions): Promise<Checkout>;

  /** The picture of the moment: a new object with every change. */
  readonly view: FlowView;
  /**
   * Something happened. Throws a {@link ClientError} with `'invalid-argument'` for an event that is none; then nothing has changed. From
   * within a listener it takes effect once every listener has seen the picture of the moment.
   */
  send(event: FlowEvent): void;
  /** Calls the listener with every new picture, from the next one on. Returns how to end that. */
  onChange(listener: (view: FlowView) => void): () => void;
  onMessage(listener: (message: Message) => void): () => void;
  /** Ends timers, requests, listeners and locks. Safe to repeat. The last picture stays readable. */
  close(): void;
  [Symbol.dispose](): void;
}
