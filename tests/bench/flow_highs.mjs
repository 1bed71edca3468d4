// Minimum cost flow as a linear program by HiGHS, the LP solver that a page would take from npm: itself Wasm.
// Prints one line of JSON for `cargo xtask bench --only flow`.
//
//     flow_highs.mjs FILE.min RUNS SECONDS
//
// A row a node, a column an arc; the model is given as arrays: with LP text HiGHS takes several times as long.

import { readFileSync } from 'node:fs';
import loadHighs from 'highs';

const [file, runs, seconds] = process.argv.slice(2);
const lines = readFileSync(file, 'utf8').split('\n').map((line) => line.split(' '));
const [, , nodes] = lines.find(([kind]) => kind === 'p').map(Number);
const arcs = lines.filter(([kind]) => kind === 'a').map((words) => words.slice(1).map(Number));
const supply = new Float64Array(nodes);
for (const [kind, node, amount] of lines) if (kind === 'n') supply[node - 1] = Number(amount);

const highs = await loadHighs();
const answer = { build_ms: [], solve_ms: [], objective: null };
const begun = performance.now();
while (answer.solve_ms.length < Number(runs) && performance.now() - begun <= Number(seconds) * 1e3) {
  const start = performance.now();
  const model = highs.createModel({
    numCols: arcs.length,
    numRows: nodes,
    colCost: Float64Array.from(arcs, (arc) => arc[4]),
    colLower: Float64Array.from(arcs, (arc) => arc[2]),
    colUpper: Float64Array.from(arcs, (arc) => arc[3]),
    rowLower: supply,
    rowUpper: supply,
    matrix: {
      format: 'csc',
      numRows: nodes,
      numCols: arcs.length,
      starts: Int32Array.from({ length: arcs.length + 1 }, (_, i) => 2 * i),
      indices: Int32Array.from(arcs.flatMap(([tail, head]) => [tail - 1, head - 1])),
      values: Float64Array.from(arcs.flatMap(() => [1, -1])),
    },
  });
  // Presolve takes nothing off a flow problem, and looks for dependent rows for as long as it is let, which is minutes.
  model.options.set({ output_flag: false, presolve: 'off' });
  const built = performance.now();
  model.run();
  const solved = performance.now();
  const optimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
  // It reckons with floating point numbers: the optimum is a whole number, and what it finds is close to it.
  answer.objective = optimal ? String(Math.round(model.getObjectiveValue())) : null;
  answer.build_ms.push(built - start);
  answer.solve_ms.push(solved - built);
  model.dispose();
}
console.log(JSON.stringify(answer));
