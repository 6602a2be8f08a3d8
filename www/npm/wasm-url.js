// Written like this, bundlers know the file and take it along.
export const source = () => new URL('./core_bg.wasm', import.meta.url);
