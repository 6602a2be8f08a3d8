// What must compile, as a program would write it.

import { Checkout, Client, ClientError, init, isClientError } from 'insurup-checkout';
import type { FlowEvent, FlowView, Money, Offer, Product, ProposalId, Purchase, VehicleId } from 'insurup-checkout';

const agentId = '3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90';

export async function calls(signal: AbortSignal) {
  await init();
  await init(new URL('https://cdn.example/core_bg.wasm'));
  using client = await Client.create({ agentId, agentBranchId: 'b', wire: 'guide', language: 'en', withoutCode: true });
  const { codeSent } = await client.signIn({ tckn: '10000000146', birthDate: '1990-04-23', phone: '0532 123 45 67' }, { signal });
  if (codeSent) await client.verifyCode({ code: '123456' });
  await client.signIn({ vkn: '1234567890', phone: '5321234567' });
  await client.signIn({ foreignId: '99000000000', phone: '5321234567', consents: ['KVKK'] });
  const { id: customerId, email } = await client.me({ signal });
  const name: string | undefined = email;
  const [vehicle] = await client.listVehicles();
  const branch = (await client.openCases({ customerId }))[0]?.branch;
  if (branch === 'KASKO' || branch === 'NEW_BRANCH') return name;
  const proposalId = await client.createProposal({
    branch: 'KASKO',
    insurerCustomerId: customerId,
    vehicleId: vehicle?.id ?? ('v' as VehicleId),
    coverageGroups: ['g'],
  });
  const { products, totalProducts } = await client.readProposal({ proposalId });
  const known: number = totalProducts ?? products.length;
  const product: Product | undefined = products[0];
  if (!product) return known;
  const purchase: Purchase = { proposalId, productId: product.id, instalments: 1, callbackUrl: 'https://a.example/', method: 'insuranceCompanyRedirect' };
  const { redirectUrl, host } = await client.startPurchase(purchase);
  await client.startPurchase({
    ...purchase,
    method: '3dSecure',
    card: { number: '4111111111111111', holder: 'Ayşe Yılmaz', expiry: '07/29', cvc: '123' },
  });
  for (const line of product.coverage) {
    if (line.kind === 'amount') money({ minorUnits: line.minorUnits, currency: 'TRY' });
  }
  await client.sendPolicy({ policyId: product.policy!, customerId, email: 'a@b.example' });
  client.signOut();
  return [redirectUrl, host];
}

export function errors(error: unknown): string {
  if (!isClientError(error)) return 'ours';
  const { name, code, cause }: ClientError = error;
  if (code === 'refused') return `${error.status} ${error.problem?.codes.join()} ${error.problem?.fields[0]?.message}`;
  return `${name} ${code} ${error.field} ${String(cause)}`;
}

export async function sale() {
  const checkout = await Checkout.create({
    agentId,
    coverageGroups: ['g'],
    callbackUrl: 'https://a.example/return',
    insurers: { 12: { quote: true, sellOnline: ['https://a.example'] } },
    requiredConsents: ['kvkk'],
  });
  const stop: () => void = checkout.onChange((view) => void words(view));
  checkout.onMessage((message) => message.type === 'step' && message.screen === 'policy');
  const events: FlowEvent[] = [{ type: 'back' }, { type: 'showMine' }, { type: 'resumeProposal', proposal: 'q' as ProposalId }, { type: 'pay', acknowledged: true }, { type: 'submitVehicle', plate: '34 ABC 123' }];
  events.forEach((event) => checkout.send(event));
  stop();
  checkout.close();
}

/** Every screen is told apart, and none is forgotten. */
export function words(view: FlowView): string {
  switch (view.screen) {
    case 'start':
    case 'opening':
    case 'signed-out':
      return view.step;
    case 'identify':
      return view.again ?? view.errors.map((error) => (error.code === 'tckn-length' ? error.typed : error.field)).join();
    case 'profile':
      return view.cities?.map(({ text }) => text).join() ?? String(view.busy);
    case 'consents':
    case 'vehicle-lookup':
      return String(view.busy);
    case 'code':
      return view.notice?.code === 'code-wrong' ? `${view.notice.triesLeft}` : view.phone;
    case 'vehicles':
      return view.vehicles.map(({ id, text }) => id + text).join();
    case 'vehicle-found':
      return view.label.text;
    case 'vehicle-byhand':
    case 'vehicle-noplate':
      return view.filled.plate + view.models?.choices[0]?.text;
    case 'offers':
      return view.offers.map(price).map((each) => (each ? money(each) : '')).join();
    case 'coverages':
      return view.covers.map((cover) => (cover.kind === 'days' ? cover.times * cover.days : cover.name)).join();
    case 'comparison':
      return view.rows.map((row) => (row.kind === 'plan' ? row.instalments : row.values.length)).join();
    case 'call-requested':
      return view.phone + view.supportCode;
    case 'review':
      return view.plan ? money(view.plan.total) : '';
    case 'price-changed':
      return money(view.old) + money(view.new);
    case 'payment-ready':
    case 'payment-away':
      return view.url + view.host;
    case 'checking':
    case 'unknown':
      return view.supportCode;
    case 'not-completed':
      return `${view.retryAtMs}`;
    case 'policy':
      return view.number ?? '';
    case 'mine':
      return view.proposals.map(({ id, resume }) => (resume === 'possible' ? id : '')).join() + view.policies.map(({ number }) => number ?? '').join();
    default:
      return view satisfies never;
  }
}

function price({ state, action }: Offer): Money | undefined {
  if (action.kind === 'call') return undefined;
  return state.kind === 'priced' ? state.plans.find(({ instalments }) => instalments === state.chosen)?.total : undefined;
}

function money({ minorUnits, currency }: Money): string {
  return new Intl.NumberFormat('tr', { style: 'currency', currency }).format(minorUnits / 100);
}
