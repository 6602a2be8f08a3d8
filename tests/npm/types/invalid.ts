// What must not compile: each line below is a mistake that the types are there to catch.

import { Checkout, Client, ClientError } from 'insurup-checkout';
import type { CustomerId, FlowView, Money, PolicyId, ProposalId, ProductId } from 'insurup-checkout';

declare const client: Client;
declare const checkout: Checkout;
declare const view: FlowView;
declare const customerId: CustomerId;
declare const proposalId: ProposalId;
declare const productId: ProductId;
declare const policyId: PolicyId;
declare const money: Money;

export async function mistakes() {
  // @ts-expect-error `create` makes one: nothing works before the module is there.
  new Client({ agentId: 'a' });
  // @ts-expect-error The same.
  new Checkout({ agentId: 'a' });
  // @ts-expect-error Errors come from the package.
  new ClientError('no');
  // @ts-expect-error The agency is missing.
  await Client.create({});
  // @ts-expect-error There is no such form of the API.
  await Client.create({ agentId: 'a', wire: 'old' });
  // @ts-expect-error One identity only.
  await client.signIn({ tckn: '10000000146', vkn: '1234567890', phone: '5321234567' });
  // @ts-expect-error An identity is missing.
  await client.signIn({ phone: '5321234567' });
  // @ts-expect-error A number loses its leading zeros.
  await client.verifyCode({ code: 123456 });
  // @ts-expect-error Ids of different kinds can't be exchanged.
  await client.readProposal({ proposalId: policyId });
  // @ts-expect-error The same, the other way round.
  await client.readProduct({ proposalId: productId, productId: proposalId });
  // @ts-expect-error A company has no birthday.
  checkout.send({ type: 'submitIdentity', vkn: '1234567890', birthDate: '23.04.1990', phone: '5321234567' });
  // @ts-expect-error A foreigner has one.
  checkout.send({ type: 'submitIdentity', foreignId: 'U1234567', phone: '5321234567' });
  // @ts-expect-error It is asked, not told.
  await Checkout.create({ agentId: 'a', coverageGroups: ['g'], callbackUrl: '', verifyPhone: true });
  // @ts-expect-error Consents have names.
  await client.giveConsent({ customerId, consent: 'ALL' });
  // @ts-expect-error A card is missing.
  await client.startPurchase({ proposalId, productId, instalments: 1, callbackUrl: '', method: '3dSecure' });
  const card = { number: '', holder: '', expiry: '', cvc: '' };
  // @ts-expect-error The insurer's own page wants no card.
  await client.startPurchase({ proposalId, productId, instalments: 1, callbackUrl: '', method: 'insuranceCompanyRedirect', card });
  // @ts-expect-error One recipient only.
  await client.sendPolicy({ policyId, customerId, email: 'a@b.example', phone: '5321234567' });
  // @ts-expect-error A signal, not a controller.
  await client.me({ signal: new AbortController() });
  // @ts-expect-error There is no such event.
  checkout.send({ type: 'buy' });
  // @ts-expect-error Ids of different kinds can't be exchanged here either.
  checkout.send({ type: 'resumeProposal', proposal: policyId });
  // @ts-expect-error An offer is named.
  checkout.send({ type: 'pickOffer' });
  // @ts-expect-error Nobody changes the picture but the machine.
  checkout.view = view;
  // @ts-expect-error Which screen it is must be asked first.
  view.offers;
  // @ts-expect-error Amounts are in minor units.
  money.amount;
  // @ts-expect-error There is no token to be had.
  client.token;
}
