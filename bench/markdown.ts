/** A table, padded so that it reads well as text. The first column is words, the others are figures. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((cell, at) =>
    Math.max(3, ...[cell, ...rows.map((row) => row[at] ?? '')].map(({ length }) => length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
};

/** One value per row and column. What is not there stays empty. */
export const matrix = <T>(
  corner: string,
  items: readonly T[],
  {
    row,
    column,
    cell,
  }: { readonly row: (item: T) => string; readonly column: (item: T) => string; readonly cell: (item: T) => string },
): string => {
  const columns = [...new Set(items.map(column))];
  const rows = [...new Set(items.map(row))];
  const cellOf = (name: string, of: string): string => {
    const found = items.find((item) => row(item) === name && column(item) === of);
    return found === undefined ? '' : cell(found);
  };
  return table(
    [corner, ...columns],
    rows.map((name) => [name, ...columns.map((of) => cellOf(name, of))]),
  );
};
