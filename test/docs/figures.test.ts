import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const textOf = (name: string): string => readFileSync(resolve(__dirname, '../..', name), 'utf8');

/** The rows of the table under a heading: their cells, by the first one. */
const tableIn = (markdown: string, heading: string): ReadonlyMap<string, readonly string[]> => {
  const section = markdown.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  const [table = ''] = /^\|(?:.|\n\|)*/m.exec(section) ?? [];
  const rows = table.split('\n').map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return new Map(rows.map(([name = '', ...cells]) => [name, cells]));
};

describe('the figures of the README', () => {
  const quoted = tableIn(textOf('README.md'), 'What it costs');
  const measured = tableIn(textOf('bench/RESULTS.md'), 'Streams');

  it.each([
    ['typed, validated events', 'decoded'],
    ['the interaction, put together', 'reduce'],
    ['a snapshot of it after every event', 'scan'],
    ['all of `createClient`, resuming included', 'client'],
    ['the official SDK: events, nothing assembled', 'sdk'],
    ["Vercel's provider: parts, nothing assembled", 'vercel'],
  ])('are those of the benchmark: %s', (name, candidate) => {
    expect(quoted.get(name)).toEqual(measured.get(candidate)?.slice(0, 2));
    expect(quoted.get(name)).toHaveLength(2);
  });

  it('are as many as are checked, and a heading', () => {
    expect(quoted.size).toBe(6 + 2);
    expect(measured.get('Times the floor')?.slice(0, 2)).toEqual(['text', 'mixed']);
  });

  it('say what 500 streams cost', () => {
    const [, ratio] = /Five hundred streams at once cost ([\d.]+) times/.exec(textOf('README.md')) ?? [];
    const row = /500 streams at once: client[^|]*\|\s*([\d.]+)/.exec(textOf('bench/RESULTS.md'));
    expect(ratio).toBe(row?.[1]);
  });
});
