// A page that sells kasko with screens of its own. Every rule is in the package: this draws what it says and sends what is pressed.

import { Checkout, type FieldError, type FlowEvent, type FlowView, type Money, type Notice } from 'insurup-checkout';

const main = document.querySelector('main')!;
const status = document.querySelector('#status')!;
const { api, callback } = document.body.dataset;
const here = location.origin;

const checkout = await Checkout.create({
  agentId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  apiBase: api!,
  coverageGroups: ['65f0c0de0000000000000002'],
  callbackUrl: callback!,
  insurers: Object.fromEntries([4107, 4112, 4123, 4131].map((id) => [id, { quote: true, sellOnline: [here] }])),
  offersEtk: true,
});

type Child = Node | string | undefined | false;

function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Partial<HTMLElementTagNameMap[K]> | undefined, ...children: Child[]) {
  const element: HTMLElementTagNameMap[K] = document.createElement(tag);
  Object.assign(element, props);
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

const money = ({ minorUnits, currency }: Money) => new Intl.NumberFormat('tr', { style: 'currency', currency }).format(minorUnits / 100);

const act = (text: string, event: FlowEvent, kind = '') =>
  el('button', { type: 'button', className: kind, id: event.type, onclick: () => checkout.send(event) }, text);

const WRONG: Partial<Record<FieldError['code'], string>> = {
  required: 'Bu alan gerekli.',
  'tckn-check': 'Numarada bir hane yanlış.',
  'phone-length': 'Numara 5 ile başlayan 10 hanedir.',
  'date-format': 'gg.aa.yyyy biçiminde yazın.',
  'plate-city': 'Böyle bir il kodu yok.',
  consent: 'Devam etmek için gerekli.',
};

const SAID: Partial<Record<Notice['code'], string>> = {
  'code-wrong': 'Kod yanlış.',
  'session-expired': 'Oturumunuz doldu. Yeniden doğrulayın; kaldığınız yerden devam edersiniz.',
  'signed-out-elsewhere': 'Başka bir sekmede çıkış yapıldı.',
  'paid-elsewhere': 'Bu ödeme başka bir sekmede sürüyor.',
  'lookup-failed': 'Araç bulunamadı.',
  offline: 'İnternet bağlantısı yok.',
  'no-document': 'Bilgilendirme formu açılamıyor; form açılmadan ödeme yapılamaz.',
};

// Said to whoever does not see the step change.
const STEPS: Record<FlowView['screen'], string> = {
  start: 'Başlıyor',
  opening: 'Yükleniyor',
  identify: 'Kimlik bilgileri',
  code: 'Doğrulama kodu',
  consents: 'İzinler',
  profile: 'Bilgiler',
  vehicles: 'Araçlarınız',
  'vehicle-lookup': 'Araç arama',
  'vehicle-found': 'Bulunan araç',
  'vehicle-byhand': 'Araç bilgileri',
  'vehicle-noplate': 'Plakasız yeni araç',
  offers: 'Teklifler',
  coverages: 'Teminatlar',
  comparison: 'Karşılaştırma',
  'call-requested': 'Acenteniz arayacak',
  review: 'Son kontrol',
  'price-changed': 'Fiyat değişti',
  'payment-ready': 'Ödeme sayfası hazır',
  'payment-away': 'Ödeme sayfasında',
  checking: 'Sonuç soruluyor',
  unknown: 'Sonuç belli değil',
  'not-completed': 'Ödeme tamamlanmadı',
  policy: 'Poliçe',
  mine: 'Poliçe ve teklifleriniz',
  'signed-out': 'Çıkış yapıldı',
};

// What was typed survives every redraw, and nothing of it leaves this page but by an event.
const typed = new Map<string, string>();

function field(name: string, label: string, errors: readonly FieldError[], props: Partial<HTMLInputElement> = {}) {
  const wrong = errors.find((error) => error.field === name);
  const input = el('input', { name, id: name, value: typed.get(name) ?? '', required: true, ...props });
  input.oninput = () => void typed.set(name, input.value);
  if (wrong) input.setAttribute('aria-invalid', 'true');
  return el('label', undefined, label, input, wrong && el('small', undefined, WRONG[wrong.code] ?? 'Lütfen kontrol edin.'));
}

function form(submit: string, busy: boolean, event: (value: (name: string) => string) => FlowEvent, ...children: Child[]) {
  const button = el('button', { className: 'main', id: 'submit', disabled: busy }, busy ? 'Bekleyin…' : submit);
  const element = el('form', { noValidate: true }, ...children, button);
  element.onsubmit = (pressed) => {
    pressed.preventDefault();
    const data = new FormData(element);
    checkout.send(event((name) => String(data.get(name) ?? '')));
  };
  return element;
}

function tick(name: string, label: string, checked = false) {
  return el('label', { className: 'tick' }, el('input', { type: 'checkbox', name, id: name, checked }), label);
}

function draw(view: FlowView): Child[] {
  switch (view.screen) {
    case 'start':
    case 'opening':
      return ['Yükleniyor…', view.notice && act('Yeniden dene', { type: 'retry' })];
    case 'identify':
      return [
        form(
          'Kod gönder',
          view.busy,
          (value) => ({ type: 'submitIdentity', tckn: value('tckn'), birthDate: value('birthDate'), phone: value('phone') }),
          view.again === 'payment' && el('p', undefined, 'Ödemenizin sonucunu göstermek için önce telefonunuzu doğrulayalım.'),
          field('tckn', 'T.C. kimlik no', view.errors, { inputMode: 'numeric', autocomplete: 'off' }),
          field('birthDate', 'Doğum tarihi', view.errors, { inputMode: 'numeric', placeholder: 'gg.aa.yyyy' }),
          field('phone', 'Cep telefonu', view.errors, { type: 'tel', autocomplete: 'tel' }),
        ),
      ];
    case 'code':
      return [
        form(
          'Doğrula',
          view.busy,
          (value) => ({ type: 'submitCode', code: value('code') }),
          el('p', undefined, `Kod ${view.phone} numarasına gönderildi.`),
          field('code', 'Doğrulama kodu', [], { inputMode: 'numeric', autocomplete: 'one-time-code' }),
        ),
      ];
    case 'consents':
      return [
        form(
          'Devam',
          view.busy,
          () => ({ type: 'submitConsents', kvkk: ticked('kvkk'), etk: ticked('etk') }),
          view.kvkk && tick('kvkk', 'Teklif almak için verilerimin işlenmesine açık rıza veriyorum.'),
          view.etk && tick('etk', 'Ticari ileti almayı kabul ediyorum.'),
        ),
      ];
    case 'profile':
      return [el('p', undefined, 'Bu küçük sayfa e-posta adresi sormuyor.'), act('Devam', { type: 'skipProfile' }, 'main')];
    case 'vehicles':
      return [
        el('ul', undefined, ...view.vehicles.map(({ id, plate, text }) => el('li', undefined, `${plate ?? ''} ${text}`, act('Bu araç', { type: 'chooseVehicle', vehicle: id }, 'main')))),
        act('Başka araç', { type: 'addVehicle' }),
      ];
    case 'vehicle-lookup':
      return [
        form(
          'Aracı bul',
          view.busy,
          (value) => ({ type: 'submitLookup', plate: value('plate'), serial: value('serial') }),
          field('plate', 'Plaka', view.errors, { autocomplete: 'off' }),
          field('serial', 'Ruhsat seri no', view.errors, { autocomplete: 'off' }),
        ),
      ];
    case 'vehicle-found':
      return [el('p', undefined, `${view.label.plate ?? ''} ${view.label.text}`), act('Evet, bu araç', { type: 'confirmVehicle' }, 'main')];
    case 'vehicle-byhand':
    case 'vehicle-noplate':
      return [el('p', undefined, 'Bu küçük sayfa araç bilgilerini elle almıyor.'), act('Geri', { type: 'back' })];
    case 'offers':
      return [
        el('p', undefined, `${view.answered} / ${view.total} şirket yanıtladı`),
        el('ul', undefined, ...view.offers.map(offer)),
        view.failed && act('Yeniden dene', { type: 'retry' }),
      ];
    // This small page has no way to them.
    case 'coverages':
    case 'comparison':
    case 'call-requested':
    case 'mine':
      return [];
    case 'review':
      return [
        el('p', undefined, `${view.insurer} · ${view.product}`),
        view.plan && el('p', undefined, el('strong', undefined, money(view.plan.total))),
        view.informationUrl && el('a', { href: view.informationUrl, target: '_blank', rel: 'noopener noreferrer' }, 'Bilgilendirme formu (PDF)'),
        form('Ödemeye geç', view.busy, () => ({ type: 'pay', acknowledged: ticked('acknowledged') }), tick('acknowledged', 'Belgeleri okudum.')),
        view.unacknowledged && el('p', { role: 'alert' }, 'Önce belgeleri okuduğunuzu onaylayın.'),
      ];
    case 'price-changed':
      return [el('p', undefined, `${view.insurer} fiyatı ${money(view.old)} yerine ${money(view.new)}.`), act('Yeni fiyatla devam et', { type: 'pay' }, 'main')];
    case 'payment-ready':
    case 'payment-away':
      return [
        el('p', undefined, `Ödeme sayfası: ${view.host}`),
        el('a', { className: 'button', id: 'open', href: view.url, target: '_blank', rel: 'noopener noreferrer', onclick: () => queueMicrotask(() => checkout.send({ type: 'pageOpened' })) }, 'Ödeme sayfasını aç'),
        act('Bitirdim', { type: 'checkNow' }),
        act('Vazgeçtim', { type: 'gaveUp' }),
      ];
    case 'checking':
      return ['Sonuç soruluyor…'];
    case 'unknown':
      return [`Sonuç henüz belli değil. Yeniden ödeme yapmayın. Destek kodu: ${view.supportCode}`, act('Yeniden sor', { type: 'checkNow' })];
    case 'not-completed':
      return [el('p', undefined, view.reason ?? 'Ödeme tamamlanmadı.'), view.canRetry && act('Yeniden öde', { type: 'payAgain' }), act('Tekliflere dön', { type: 'back' })];
    case 'policy':
      return [
        el('h2', undefined, 'Poliçeniz hazır'),
        el('dl', undefined, el('dt', undefined, 'Şirket'), el('dd', undefined, view.insurer), el('dt', undefined, 'Poliçe no'), el('dd', { id: 'number' }, view.number ?? '…')),
        view.documentUrl && el('a', { className: 'button', id: 'document', href: view.documentUrl, target: '_blank', rel: 'noopener noreferrer' }, 'Poliçe (PDF)'),
      ];
    case 'signed-out':
      return ['Çıkış yapıldı.', act('Yeniden başla', { type: 'retry' })];
  }
}

function offer({ id, insurer, product, state, action }: Extract<FlowView, { screen: 'offers' }>['offers'][number]) {
  const plan = state.kind === 'priced' ? state.plans.find((plan) => plan.instalments === state.chosen) : undefined;
  const says = { waiting: 'Bekleniyor…', 'no-price': 'Fiyat yok', failed: 'Teklif yok', priced: '' }[state.kind];
  const pick = action.kind === 'buy' && el('button', { type: 'button', className: 'main', id: `pick-${id}`, onclick: () => checkout.send({ type: 'pickOffer', product: id }) }, 'Seç');
  return el('li', undefined, el('span', undefined, `${insurer} · ${product}`), el('strong', undefined, plan ? money(plan.total) : says), pick);
}

const ticked = (name: string) => document.querySelector<HTMLInputElement>(`#${name}`)?.checked ?? false;

let last: FlowView['screen'] | undefined;

function show(view: FlowView) {
  const focused = document.activeElement?.id;
  const checked = [...main.querySelectorAll<HTMLInputElement>('input[type=checkbox]:checked')].map(({ id }) => id);
  const notice = view.notice && el('p', { role: 'alert' }, SAID[view.notice.code] ?? 'Bir sorun oluştu. Lütfen yeniden deneyin.');
  const back = view.canGoBack && view.screen !== 'not-completed' && view.screen !== 'vehicle-byhand' && act('Geri', { type: 'back' });
  const out = view.signedIn && act('Çıkış', { type: 'signOut' });
  main.replaceChildren(...[notice, ...draw(view), el('p', { className: 'acts' }, back, out)].filter((child): child is Node | string => Boolean(child)));
  if (view.screen === last) {
    for (const id of checked) document.querySelector<HTMLInputElement>(`#${id}`)!.checked = true;
    if (focused) document.getElementById(focused)?.focus();
  } else {
    // A code is good once, and what was ticked for one offer says nothing about another.
    typed.delete('code');
    status.textContent = STEPS[view.screen];
  }
  last = view.screen;
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) checkout.send({ type: 'returned' });
});
checkout.onChange(show);
show(checkout.view);
