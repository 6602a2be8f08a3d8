// A page of an agency that uses React. Strict mode mounts everything twice in development; the button takes the element out and back.

import './quiet';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'insurup-checkout/element';
import type {} from 'insurup-checkout/react';

const { api = '', site = '' } = document.body.dataset;
const insurers = { 4107: { quote: true, sellOnline: [site] }, 4112: { quote: true, sellOnline: [site] } };

function Page() {
  const [shown, setShown] = useState(true);
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  const [steps, setSteps] = useState<string[]>([]);
  const add = (step: string) => setSteps((steps) => [...steps, step]);
  return (
    <>
      <header>
        <h1>Kasko</h1>
        <p>React ile yazılmış bir site: <code>insurup-checkout/element</code>.</p>
        <button type="button" id="shown" onClick={() => setShown(!shown)}>{shown ? 'Kaldır' : 'Göster'}</button>{' '}
        <button type="button" id="theme" onClick={() => setTheme(theme === 'light' ? 'dark' : 'light')}>Görünüm</button>
      </header>
      <main>
        {shown && (
          <insurup-checkout
            agent-id="3f2504e0-4f89-41d3-9a0c-0305e82c3301"
            branch="kasko"
            api-base={api}
            coverage-groups="65f0c0de0000000000000002"
            lang="tr"
            theme={theme}
            callback-url={`${site}/return.html`}
            kvkk-url={`${site}/kvkk`}
            consent-url={`${site}/acik-riza`}
            agency-name="Örnek Sigorta Aracılık"
            phone="0212 000 00 00"
            config={JSON.stringify({ insurers })}
            oninsurup:step={({ detail }) => add(detail.step)}
            oninsurup:completed={() => add('completed')}
          />
        )}
      </main>
      <footer id="steps">{steps.join(" ")}</footer>
    </>
  );
}

const root = document.querySelector('#root');
if (root) createRoot(root).render(<StrictMode><Page /></StrictMode>);
