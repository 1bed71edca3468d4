// Figures as plain text.

/// The middle value; of an even number of values, the mean of the middle two.
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}

/// Bytes in units of 1,000.
export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

export function milliseconds(value) {
  return `${value.toFixed(0)} ms`;
}

/// A plain table: the first column to the left, the others to the right.
export function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
