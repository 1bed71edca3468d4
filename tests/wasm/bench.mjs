// The search from all collection points over the whole road network, in Wasm and in plain JavaScript, in one run.
// The JavaScript is what a page would write without us: typed arrays and a binary heap.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { Probe } = createRequire(import.meta.url)(process.env.PROBE);
const pack = (name) => readFileSync(path.join(ROOT, 'data/pack', name));

const loading = performance.now();
const probe = new Probe(pack('first.pack'), pack('network.pack'));
const loadMs = performance.now() - loading;

const nodes = probe.nodes();
const edges = probe.edges();
const sources = probe.sources();

const first = new Uint32Array(nodes + 1);
for (let i = 0; i < edges.length; i += 3) { first[edges[i] + 1] += 1; first[edges[i + 1] + 1] += 1; }
for (let i = 0; i < nodes; i += 1) first[i + 1] += first[i];
const fill = first.slice();
const target = new Uint32Array(first[nodes]);
const metres = new Uint32Array(first[nodes]);
for (let i = 0; i < edges.length; i += 3) {
  const [a, b, m] = [edges[i], edges[i + 1], edges[i + 2]];
  target[fill[a]] = b; metres[fill[a]++] = m;
  target[fill[b]] = a; metres[fill[b]++] = m;
}

/** Dijkstra with a binary heap of (distance, node) over typed arrays; stale entries are skipped. */
function javascript() {
  const distance = new Float64Array(nodes).fill(Infinity);
  const owner = new Uint32Array(nodes);
  const heapKey = new Float64Array(edges.length + sources.length);
  const heapNode = new Uint32Array(edges.length + sources.length);
  let size = 0;
  const push = (key, node) => {
    let i = size++;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (heapKey[up] <= key) break;
      heapKey[i] = heapKey[up]; heapNode[i] = heapNode[up];
      i = up;
    }
    heapKey[i] = key; heapNode[i] = node;
  };
  for (let i = 0; i < sources.length; i += 2) {
    if (sources[i + 1] < distance[sources[i]]) {
      distance[sources[i]] = sources[i + 1];
      owner[sources[i]] = i / 2;
      push(sources[i + 1], sources[i]);
    }
  }
  while (size > 0) {
    const key = heapKey[0];
    const node = heapNode[0];
    size -= 1;
    const lastKey = heapKey[size];
    const lastNode = heapNode[size];
    let i = 0;
    for (;;) {
      let down = 2 * i + 1;
      if (down >= size) break;
      if (down + 1 < size && heapKey[down + 1] < heapKey[down]) down += 1;
      if (heapKey[down] >= lastKey) break;
      heapKey[i] = heapKey[down]; heapNode[i] = heapNode[down];
      i = down;
    }
    heapKey[i] = lastKey; heapNode[i] = lastNode;
    if (key > distance[node]) continue;
    for (let a = first[node]; a < first[node + 1]; a += 1) {
      const reached = key + metres[a];
      if (reached < distance[target[a]]) {
        distance[target[a]] = reached;
        owner[target[a]] = owner[node];
        push(reached, target[a]);
      }
    }
  }
  let sum = 0;
  for (const d of distance) if (d < Infinity) sum += d;
  return sum;
}

/** Reads every arc and the distance at its end once: no search can do less. */
const far = new Float64Array(nodes).fill(1e9);
function sweep() {
  let sum = 0;
  for (let a = 0; a < target.length; a += 1) sum += Math.min(far[target[a]], metres[a]);
  return sum;
}

/** Medians of runs taken in turn, so that both meet the same noise. */
function medians(tasks, runs) {
  const times = tasks.map(() => []);
  for (let r = 0; r < runs; r += 1) {
    tasks.forEach((task, i) => {
      const t = performance.now();
      task();
      times[i].push(performance.now() - t);
    });
  }
  return times.map((all) => all.sort((a, b) => a - b)[all.length >> 1]);
}

assert.equal(probe.search(), javascript(), 'both find the same distances');
medians([() => probe.search(), javascript], 5);
const [wasm, js] = medians([() => probe.search(), javascript], 31);
medians([() => probe.recompute(), () => probe.repair(0)], 5);
let turn2 = 0;
const repairs = [];
for (let i = 0; i < 400; i += 1) {
  const t = performance.now();
  assert.ok(probe.repair(turn2++) >= 0);
  repairs.push((performance.now() - t) / 2);
}
repairs.sort((a, b) => a - b);
const [recompute, floor] = medians([() => probe.recompute(), sweep], 31);
const [repairMid, repairHigh] = [repairs[200], repairs[380]];
let turn3 = 0;
const [surveyMs] = medians([() => probe.survey(turn3++)], 21);
let step = 0;
const [drag] = medians([() => probe.drag(116.3 + 0.001 * step++, 39.9)], 31);

const pairs = [['北京', '上海'], ['沈阳', '广州'], ['武汉', '宁波'], ['佛山', '清远'], ['烟台', '大连'], ['合肥', '苏州'], ['贵港市', '深圳']];
const ALL = 'road,rail,water,sea';
const building = performance.now();
probe.route_cost(...pairs[0], ALL, 0);
const buildMs = performance.now() - building;
let turn = 0;
const route = (alternatives) => () => probe.route_cost(...pairs[turn++ % pairs.length], ALL, alternatives);
const [one, four] = medians([route(0), route(3)], 35);
const slowest = Math.max(...pairs.map((p) => medians([() => probe.route_cost(...p, ALL, 3)], 5)[0]));

const [futuresBegin, futuresRun] = probe.futures_ms(60);

const row = (what, value, aim, good) => console.log(`${what.padEnd(58)}${value.padStart(12)}   ${aim.padEnd(16)}${good === undefined ? '' : good ? 'reached' : 'MISSED'}`);
console.log(`\nWasm under Node, ${nodes} nodes, ${edges.length / 3} edges, ${sources.length / 2} collection points`);
row('multi-source search, Wasm', `${wasm.toFixed(1)} ms`, '');
row('multi-source search, plain JavaScript', `${js.toFixed(1)} ms`, '');
row('JavaScript / Wasm', `${(js / wasm).toFixed(2)} x`, 'at least 6 x', js / wasm >= 6);
row('one linear sweep over all arcs in JavaScript (the floor)', `${floor.toFixed(2)} ms`, '');
row('Wasm / floor', `${(wasm / floor).toFixed(1)} x`, 'at most 20 x', wasm / floor <= 20);
row('two nearest of every node, made anew', `${recompute.toFixed(1)} ms`, 'under 60 ms', recompute < 60);
row('repair after one collection point moved, median', `${repairMid.toFixed(3)} ms`, '');
row('repair, 95th percentile', `${repairHigh.toFixed(3)} ms`, 'under 8 ms', repairHigh < 8);
row('recompute / repair', `${(recompute / repairMid).toFixed(0)} x`, 'at least 20 x', recompute / repairMid >= 20);
row('survey of all cells after one point moved', `${surveyMs.toFixed(1)} ms`, '');
row('evaluation after one point moved (as in a drag)', `${drag.toFixed(1)} ms`, '');
row('way by any modes, first one (joins the networks)', `${buildMs.toFixed(1)} ms`, '');
row('way by any modes between new places', `${one.toFixed(1)} ms`, 'at most 100 ms', one <= 100);
row('the same with three alternatives', `${four.toFixed(1)} ms`, 'at most 100 ms', four <= 100);
row('the same, slowest pair', `${slowest.toFixed(1)} ms`, '');
row('many futures: what comes before the runs', `${futuresBegin.toFixed(0)} ms`, '');
row('a run of the baseline in one of them', `${futuresRun.toFixed(1)} ms`, '');
row('a run / an evaluation', `${(futuresRun / drag).toFixed(1)} x`, 'at most 25 x', futuresRun / drag <= 25);
row('1,000 runs, one worker', `${(futuresRun).toFixed(0)} s`, 'under a minute', futuresRun < 60);
row('loading both packs', `${loadMs.toFixed(0)} ms`, '');
