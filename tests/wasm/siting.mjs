// Our solvers of location problems as Wasm under Node. Prints one line of JSON for `cargo xtask bench --only siting`.
//
//     siting.mjs KIND FORMAT FILE P RADIUS RUNS SECONDS      with - for a P or RADIUS that is not asked for

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { siting } = createRequire(import.meta.url)(process.env.PROBE);
const [kind, format, file, p, radius, runs, seconds] = process.argv.slice(2);
const number = (word) => (word === '-' ? undefined : Number(word));
console.log(siting(readFileSync(file, 'utf8'), kind, format, number(p), number(radius), Number(runs), Number(seconds)));
