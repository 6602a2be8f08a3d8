// Node's fetch reads no files.
import { readFile } from 'node:fs/promises';

export const source = () => readFile(new URL('./core_bg.wasm', import.meta.url));
