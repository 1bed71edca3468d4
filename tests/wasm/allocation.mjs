// The baseline's allocation as Wasm under Node: its times as one line of JSON, for `cargo xtask bench --only flow`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { Probe } = createRequire(import.meta.url)(process.env.PROBE);
const pack = (name) => readFileSync(path.join(ROOT, 'data/pack', name));
console.log(JSON.stringify(Array.from(new Probe(pack('first.pack'), pack('network.pack')).allocation_times())));
