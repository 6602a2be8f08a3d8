// Types of <insurup-checkout> for React 19: `import type {} from 'insurup-checkout/react'` once, anywhere in the program.
// React listens to an element's own events by properties with their names: `oninsurup:step={…}`.

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { InsurUpCheckoutAttributes, InsurUpCheckoutElement, InsurUpCheckoutEventMap } from './index.js';

type Listeners = {
  [K in 'insurup:ready' | 'insurup:step' | 'insurup:consent' | 'insurup:completed' | 'insurup:call-requested' | 'insurup:error' as `on${K}`]?: (event: InsurUpCheckoutEventMap[K]) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'insurup-checkout': Omit<DetailedHTMLProps<HTMLAttributes<InsurUpCheckoutElement>, InsurUpCheckoutElement>, keyof InsurUpCheckoutAttributes> &
        InsurUpCheckoutAttributes &
        Listeners;
    }
  }
}
