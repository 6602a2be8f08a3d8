// The package as a program in Node meets it: installed from the tarball, against a local InsurUp. There is no window here.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';

import { Checkout, Client, ClientError, init, isClientError } from 'insurup-checkout';

const agency = 'https://agency.example';
const agentId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const coverageGroups = ['65f0c0de0000000000000002'];
const someone = { tckn: '10000000146', birthDate: '1990-04-23', phone: '0532 123 45 67' };

let sandbox;
let at;
let apiBase;

before(async () => {
  assert.equal(typeof globalThis.window, 'undefined');
  sandbox = spawn(process.env.SANDBOX, ['--port', '0', '--allow-origin', agency, '--panel', 'invented', '--wire', 'both', '--pace', '0.05'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
  at = JSON.parse(line);
  apiBase = `${at.api}/api`;
});

after(() => sandbox.kill());

const control = async (path, body, method = body ? 'POST' : 'GET') => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${at.api}/__sandbox/${path}`, { method, headers, body: body && JSON.stringify(body) });
  assert(answer.ok, `${path}: ${answer.status}`);
  return answer.json().catch(() => undefined);
};
const noFaults = () => control('faults', undefined, 'DELETE');
const newestCode = async () => (await control('sms'))[0].code;

/** A client that is signed in. */
async function signedIn(options) {
  const client = await Client.create({ agentId, apiBase, ...options });
  assert.deepEqual(await client.signIn(someone), { codeSent: true });
  assert.equal(client.signedIn, false);
  assert.equal(await client.verifyCode({ code: await newestCode() }), undefined);
  assert.equal(client.signedIn, true);
  return client;
}

/** Waits for something, and says what there was instead when it doesn't come. */
async function until(checkout, holds) {
  const deadline = Date.now() + 20_000;
  while (!holds(checkout.view)) {
    assert(Date.now() < deadline, `still at ${checkout.view.screen}, ${JSON.stringify(checkout.view.notice)}`);
    await pass(5);
  }
  return checkout.view;
}

/** The error a promise is rejected with. */
async function failing(promise) {
  const error = await promise.then(
    () => assert.fail('it did not fail'),
    (error) => error,
  );
  assert(error instanceof Error && isClientError(error) && error instanceof ClientError, String(error));
  return error;
}

/** Every offer of a proposal, once all insurers have answered. */
async function offers(client, proposalId) {
  for (const deadline = Date.now() + 20_000; ; ) {
    const proposal = await client.readProposal({ proposalId });
    if (proposal.products.length >= (proposal.totalProducts ?? 1) && !proposal.products.some(({ state }) => state === 'WAITING')) return proposal;
    assert(Date.now() < deadline, 'insurers are still asked');
    await pass(100);
  }
}

for (const wire of ['current', 'guide']) {
  test(`a sale by single calls, ${wire}`, async () => {
    const client = await signedIn({ wire });
    const { id: customerId, ...me } = await client.me();
    assert.equal(me.hasBirthDate, true);
    assert.deepEqual([...(await client.readConsents({ customerId }))].sort(), ['KVKK']);
    await client.giveConsent({ customerId, consent: 'ETK' });
    assert.deepEqual([...(await client.readConsents({ customerId }))].sort(), ['ETK', 'KVKK']);
    await client.revokeConsent({ customerId, consent: 'ETK' });

    const [vehicle] = await client.listVehicles();
    assert.equal(vehicle.plate, '34 ABC 123');
    const found = await client.lookUpVehicle({ customerId, plate: '06 ANK 606', serial: 'CD 654321' });
    assert.equal(found.engineMasked, false);
    const [brand] = await client.brands();
    assert((await client.models({ brand: brand.value, year: '2020' })).every(({ value, text }) => value && text));

    if (!(await client.openCases({ customerId })).some(({ branch, status }) => branch === 'KASKO' && status === 'OPEN')) {
      assert.equal(typeof (await client.createCase({ customerId, branch: 'KASKO' })), 'string');
    }
    const proposalId = await client.createProposal({ branch: 'KASKO', insurerCustomerId: customerId, vehicleId: vehicle.id, coverageGroups });
    const { products } = await offers(client, proposalId);
    const product = products.find(({ insurer }) => insurer === '4107');
    const [premium] = product.premiums;
    assert.deepEqual(Object.keys(premium).sort(), ['gross', 'instalments']);
    assert(Number.isSafeInteger(premium.gross.minorUnits) && premium.gross.currency === 'TRY');

    const of = { proposalId, productId: product.id };
    assert.match(await client.informationForm(of), /^http/);
    assert.match(await client.offerDocument(of), /^http/);
    assert((await client.readCoverage(of)).length > 0);
    assert.equal((await client.readProduct(of)).id, product.id);
    assert.equal((await client.readPremium({ ...of, instalments: 1 })).instalments, 1);
    const robot = products.find(({ kind }) => kind === 'ROBOT');
    assert(robot, 'no robot among the offers');
    const others = products.filter(({ state }) => state === 'ACTIVE').slice(0, 2);
    assert.match(await client.compareOffers({ proposalId, productIds: others.map(({ id }) => id) }), /^http/);
    await client.sendProductDocument({ ...of, document: 'offer', customerId, email: 'a@b.example' });
    const failed = products.find(({ state }) => state === 'FAILED');
    await client.retryProduct({ proposalId, productId: failed.id });

    const { redirectUrl, host } = await client.startPurchase({ ...of, instalments: 1, callbackUrl: `${agency}/back`, method: 'insuranceCompanyRedirect' });
    assert.equal(new URL(redirectUrl).host, host);
    await fetch(`${redirectUrl}/approve`, { method: 'POST', redirect: 'manual' });
    const bought = (await client.readProposal({ proposalId })).products.find(({ id }) => id === product.id);
    assert.equal(bought.state, 'PURCHASED');
    const policy = await client.readPolicy({ policyId: bought.policy });
    assert.match(policy.start, /^\d{4}-\d\d-\d\d$/);
    assert.match(await client.policyDocument({ policyId: bought.policy }), /^(http|blob:)/);
    await client.sendPolicy({ policyId: bought.policy, customerId, phone: '5321234567' });

    client.signOut();
    assert.equal((await failing(client.me())).code, 'session-ended');
    client.close();
  });
}

for (const wire of ['current', 'guide']) {
  test(`health insurance from an app, ${wire}`, async () => {
    const client = await signedIn({ wire, channel: 'mobileApp' });
    const { id: customerId } = await client.me();
    await client.saveHealthInfo({ customerId, height: 170, weight: 70, surgeries: [], diseases: [] });
    await client.createCase({ customerId, branch: 'TSS' });
    const proposalId = await client.createProposal({ branch: 'TSS', insurerCustomerId: customerId, coverageGroups });
    const { products } = await offers(client, proposalId);
    const product = products.find(({ state, paymentOptions }) => state === 'ACTIVE' && paymentOptions.includes('ASYNC_INSURANCE_COMPANY_REDIRECT'));
    const purchase = { proposalId, productId: product.id, instalments: product.premiums[0].instalments };
    const { redirectUrl } = await client.startPurchase({ ...purchase, callbackUrl: `${agency}/back`, method: 'insuranceCompanyRedirect' });
    await fetch(`${redirectUrl}/approve`, { method: 'POST', redirect: 'manual' });
    const bought = (await client.readProposal({ proposalId })).products.find(({ id }) => id === product.id);
    assert.equal(bought.state, 'PURCHASED');
    client.close();
  });
}

test('health answers and the customer’s record', async () => {
  const client = await signedIn();
  const { id: customerId } = await client.me();
  await client.saveHealthInfo({ customerId, height: 170, weight: 70, surgeries: [], diseases: ['CANCER'] });
  assert.deepEqual(await client.readHealthInfo({ customerId }), { height: 170, weight: 70, surgeries: [], diseases: ['CANCER'] });
  const [{ value: city }] = await client.cities();
  await client.updateCustomer({ customerId, tckn: someone.tckn, name: 'Işıl Erdoğmuş', birthDate: '1990-04-23', email: 'isil@b.example', city });
  const { email, city: onFile } = await client.me();
  assert.deepEqual([email, onFile], ['isil@b.example', city]);
  client.close();
});

test('a company and a foreigner sign in', async () => {
  for (const who of [{ vkn: '1234567890' }, { foreignId: '99123456740', birthDate: '1980-01-02' }]) {
    const client = await Client.create({ agentId, apiBase });
    assert.deepEqual(await client.signIn({ ...who, phone: '5339876543' }), { codeSent: true });
    await client.verifyCode({ code: await newestCode() });
    assert.equal((await client.me()).hasBirthDate, 'birthDate' in who);
    client.close();
  }
});

test('a refusal says what the server said, and nothing that was sent', async () => {
  const client = await Client.create({ agentId, apiBase, language: 'en' });
  await client.signIn(someone);
  const error = await failing(client.verifyCode({ code: '000000' }));
  assert.equal(error.name, 'ClientError');
  assert.deepEqual([error.code, error.status, error.problem.remainingAttempts], ['refused', 422, 4]);
  assert.deepEqual(error.problem.codes, ['MFA_CODE_WRONG']);
  assert(!JSON.stringify({ ...error, message: error.message }).includes('000000'));
  client.close();
});

test('wrong arguments send nothing', async () => {
  const client = await Client.create({ agentId, apiBase });
  const requests = async () => (await control('ledger')).requests.length;
  const before = await requests();
  for (const [call, field] of [
    [() => client.signIn({ ...someone, tckn: '10000000145' }), 'tckn'],
    [() => client.signIn({ ...someone, birthDay: '1990-04-23' }), 'birthDay'],
    [() => client.verifyCode({ code: 123456 }), 'code'],
    [() => client.readProposal({}), 'proposalId'],
  ]) {
    const error = await failing(call());
    assert(['invalid-argument', 'no-code-sent'].includes(error.code), error.code);
    if (error.code === 'invalid-argument') assert.equal(error.field, field);
    assert(!error.message.includes('10000000145'));
  }
  assert.equal((await failing(Client.create({ agentId, apibase: apiBase }))).field, 'apibase');
  assert.equal((await failing(Client.create({}))).field, 'agentId');
  assert.equal(await requests(), before);
  assert.throws(() => new Client({ agentId }), TypeError);
  client.close();
});

test('any abort reason will do, and a closed client is closed', async () => {
  const client = await Client.create({ agentId, apiBase });
  await control('faults', { route: 'POST /auth/customer/login-or-register', delayMs: 500, times: 3 });
  for (const reason of ['a string', undefined, new Error('enough')]) {
    const giver = new AbortController();
    const pending = failing(client.signIn(someone, { signal: giver.signal }));
    giver.abort(reason);
    const error = await pending;
    assert.equal(error.code, 'aborted');
    if (reason) assert.equal(error.cause, reason);
  }
  assert.equal((await failing(client.me({ signal: AbortSignal.abort('before') }))).cause, 'before');
  const pending = [failing(client.signIn(someone)), failing(client.signIn(someone))];
  client.close();
  client.close();
  for (const each of pending) assert.equal((await each).code, 'closed');
  assert.equal((await failing(client.me())).code, 'closed');
  assert.equal(client.signedIn, false);
  await noFaults();
});

test('tokens without a code are refused, unless the agency says that it verifies the phone itself', async () => {
  const tokens = { accessToken: 'needle-access', refreshToken: 'needle-refresh', expiresIn: 600 };
  const fault = { route: 'POST /auth/customer/login-or-register', status: 200, body: tokens };
  await control('faults', fault);
  const client = await Client.create({ agentId, apiBase });
  const error = await failing(client.signIn(someone));
  assert.equal(error.code, 'no-code-asked');
  assert.equal(client.signedIn, false);
  await control('faults', fault);
  const trusting = await Client.create({ agentId, apiBase, withoutCode: true });
  assert.deepEqual(await trusting.signIn(someone), { codeSent: false });
  assert.equal(trusting.signedIn, true);
  client.close();
  trusting.close();
});

test('an agency that verifies phones itself is asked before each sign-in', async () => {
  const ofSale = { agentId, apiBase, coverageGroups, hostOrigin: agency, callbackUrl: `${agency}/back` };
  const isPending = (view) => view.screen === 'identify' && view.busy;
  const answered = (checkout) => until(checkout, (view) => !isPending(view));
  const logins = async () => (await control('ledger')).requests.filter(({ route }) => route.endsWith('login-or-register')).length;
  const before = await logins();
  for (const verifyPhone of [() => false, () => Promise.reject(new Error('busy')), () => 'yes']) {
    const reported = [];
    globalThis.reportError = (error) => reported.push(error.message);
    const checkout = await Checkout.create({ ...ofSale, verifyPhone });
    checkout.send({ type: 'submitIdentity', ...someone });
    assert(isPending(checkout.view));
    await answered(checkout);
    assert.equal(checkout.view.notice.code, 'phone-not-verified');
    assert.deepEqual(reported, String(verifyPhone).includes('busy') ? ['busy'] : []);
    checkout.close();
  }
  delete globalThis.reportError;
  assert.equal(await logins(), before);

  const asked = [];
  const tokens = { accessToken: 'needle-access', refreshToken: 'needle-refresh', expiresIn: 600 };
  await control('faults', { route: 'POST /auth/customer/login-or-register', status: 200, body: tokens });
  const checkout = await Checkout.create({ ...ofSale, verifyPhone: (phone) => asked.push(phone) > 0 });
  // The server knows nothing of these tokens, so the sale doesn't stay there.
  const seen = [];
  checkout.onChange((view) => seen.push(view.screen));
  checkout.send({ type: 'submitIdentity', ...someone });
  await until(checkout, () => seen.includes('opening'));
  assert.deepEqual(asked, ['5321234567']);
  checkout.close();

  // Without being verified by anybody the same tokens are dropped.
  await control('faults', { route: 'POST /auth/customer/login-or-register', status: 200, body: tokens });
  const wary = await Checkout.create(ofSale);
  wary.send({ type: 'submitIdentity', ...someone });
  await answered(wary);
  assert.equal(wary.view.notice.code, 'no-code-asked');
  wary.close();
  assert.equal((await failing(Checkout.create({ ...ofSale, verifyPhone: true }))).field, 'verifyPhone');
});

test('the module is loaded once', async () => {
  assert.equal(init(), init());
  assert.equal((await failing(init('https://elsewhere.example/core_bg.wasm'))).field, 'from');
});

test('a whole sale without a screen', async () => {
  const insurers = { 4107: { quote: true, sellOnline: [agency] } };
  const checkout = await Checkout.create({ agentId, apiBase, coverageGroups, insurers, hostOrigin: agency, callbackUrl: `${agency}/back` });
  const seen = new Set();
  const messages = [];
  checkout.onMessage((message) => messages.push(message));
  const arrival = (screen) =>
    new Promise((resolve) => {
      const look = (view) => {
        seen.add(view.screen);
        if (![screen].flat().includes(view.screen) || view.busy) return;
        stop();
        resolve(view);
      };
      const stop = checkout.onChange(look);
      look(checkout.view);
    });
  assert.equal(checkout.view.screen, 'identify');
  assert.throws(() => checkout.send({ type: 'buy' }), (error) => isClientError(error) && error.field === 'type');
  checkout.send({ type: 'submitIdentity', tckn: '1', birthDate: '', phone: '' });
  assert.deepEqual(checkout.view.errors[0], { field: 'tckn', code: 'tckn-length', typed: 1 });
  checkout.send({ type: 'submitIdentity', ...someone });
  await arrival('code');
  checkout.send({ type: 'submitCode', code: await newestCode() });
  // What an earlier test has put on file is not asked for.
  let view = await arrival(['consents', 'profile', 'vehicles']);
  if (view.screen === 'consents') {
    checkout.send({ type: 'submitConsents', kvkk: true });
    view = await arrival(['profile', 'vehicles']);
  }
  if (view.screen === 'profile') {
    checkout.send({ type: 'skipProfile' });
    view = await arrival('vehicles');
  }
  const { vehicles } = view;
  checkout.send({ type: 'chooseVehicle', vehicle: vehicles[0].id });
  await arrival('offers');
  const buyable = (view) => view.offers?.find(({ action }) => action.kind === 'buy');
  const offer = buyable(await until(checkout, buyable));
  assert(offer.state.plans.every(({ total }) => Number.isSafeInteger(total.minorUnits)));
  checkout.send({ type: 'pickOffer', product: offer.id });
  await until(checkout, (view) => view.informationUrl);
  checkout.send({ type: 'pay', acknowledged: true });
  const { url } = await arrival('payment-ready');
  checkout.send({ type: 'pageOpened' });
  await fetch(`${url}/approve`, { method: 'POST', redirect: 'manual' });
  checkout.send({ type: 'returned' });
  const policy = await arrival('policy');
  assert.equal(policy.insurer, offer.insurer);
  assert.equal(typeof policy.caseId, 'string');
  assert(messages.some(({ type }) => type === 'completed'));
  assert(!JSON.stringify(messages).includes(someone.tckn));

  // A listener that throws disturbs nobody, and one that closes the sale in the middle of a change doesn't either.
  // It is reported as an uncaught error, which the test runner would take for a failure of ours.
  const runners = process.rawListeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const uncaught = once(process, 'uncaughtException');
  checkout.onChange(() => {
    throw new Error('mine');
  });
  checkout.onChange(() => checkout.close());
  checkout.send({ type: 'signOut' });
  assert.equal((await uncaught)[0].message, 'mine');
  for (const listener of runners) process.on('uncaughtException', listener);
  assert.equal(checkout.view.screen, 'signed-out');
  assert.throws(() => checkout.send({ type: 'retry' }), (error) => error.code === 'closed');
  checkout.close();
});
