// What must not compile: each line is marked with the mistake the compiler has to find.

import type {} from 'insurup-checkout/react';

const complete = {
  'agent-id': '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  branch: 'kasko',
  'coverage-groups': '65f0c0de0000000000000002',
  'callback-url': '/donus',
  'kvkk-url': '/kvkk',
  'consent-url': '/acik-riza',
  'agency-name': 'Örnek',
  phone: '0212 000 00 00',
} as const;

export const right = <insurup-checkout {...complete} theme="dark" className="sale" oninsurup:step={({ detail }) => detail.step.length} />;

// @ts-expect-error -- the required attributes are missing
export const bare = <insurup-checkout branch="kasko" />;
// @ts-expect-error -- no such branch
export const branch = <insurup-checkout {...complete} branch="kasco" />;
// @ts-expect-error -- no such theme
export const theme = <insurup-checkout {...complete} theme="dim" />;
// @ts-expect-error -- an event has no such detail
export const detail = <insurup-checkout {...complete} oninsurup:step={({ detail }) => detail.plate} />;
