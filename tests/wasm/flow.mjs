// Our flow solver as Wasm under Node. Prints one line of JSON for `cargo xtask bench --only flow`.
//
//     flow.mjs FILE.min RUNS SECONDS EDITS      with EDITS as arc,capacity,arc,capacity,…

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { flow } = createRequire(import.meta.url)(process.env.PROBE);
const [file, runs, seconds, edits] = process.argv.slice(2);
const numbers = edits ? edits.split(',').map(Number) : [];
console.log(flow(readFileSync(file, 'utf8'), Number(runs), Number(seconds), Float64Array.from(numbers)));
