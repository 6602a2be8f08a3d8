// React recommends its developer tools in the console of every development build; the journeys want a console without a line.
Object.assign(globalThis, { __REACT_DEVTOOLS_GLOBAL_HOOK__: { isDisabled: true } });

export {};
