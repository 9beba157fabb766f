import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import * as library from 'rx-interactions';
import * as rxjs from 'rxjs';
import ts from 'typescript';

const ROOT = path.resolve(__dirname, '../..');
const PAGE = 'docs/operators.md';
const INDEX = path.join(ROOT, 'src/index.ts');

const page = readFileSync(path.join(ROOT, PAGE), 'utf8');

/** What the page says of each operator, by its name. */
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', section.split(/^## /m)[0] ?? ''] as const),
);

/** The functions of the index that are operators by their types: they take an Observable, or make one, or do both later. */
const operatorsByType = (): readonly string[] => {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram([INDEX], { ...options, types: ['node'] });
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(INDEX)!)!;

  const isObservable = (type: ts.Type): boolean =>
    ['pipe', 'subscribe', 'forEach'].every((member) => type.getProperty(member) !== undefined);
  const takesObservable = (signature: ts.Signature): boolean =>
    signature.getParameters().some((parameter) => isObservable(checker.getTypeOfSymbol(parameter)));
  const makesObservable = (signature: ts.Signature): boolean => isObservable(signature.getReturnType());
  const isOperator = (signature: ts.Signature): boolean =>
    takesObservable(signature) ||
    makesObservable(signature) ||
    signature
      .getReturnType()
      .getCallSignatures()
      .some((later) => takesObservable(later) && makesObservable(later));

  return checker
    .getExportsOfModule(index)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter(({ flags }) => (flags & ts.SymbolFlags.Value) !== 0)
    .filter((symbol) => checker.getTypeOfSymbol(symbol).getCallSignatures().some(isOperator))
    .map(({ name }) => name);
};

it('is what the doc comments say (`npm run docs` updates it)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
  try {
    const fresh = path.join(folder, 'operators.md');
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/docs.ts', fresh], { cwd: ROOT });

    expect(readFileSync(fresh, 'utf8')).toBe(page);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

it('has every operator of the index, and nothing else', () => {
  const operators = operatorsByType();

  expect(operators).toEqual(expect.arrayContaining(['groupByStep', 'partitionByModality', 'fromSdkStream']));
  expect([...sections.keys()].sort()).toEqual([...operators].sort());
}, 60_000);

it('has no link that leads nowhere', () => {
  const anchors = new Set([...sections.keys()].map((name) => `#${name.toLowerCase()}`));
  const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
  const isThere = (link: string): boolean =>
    link.startsWith('#') ? anchors.has(link) : ts.sys.fileExists(path.join(ROOT, 'docs', link));

  expect(links.length).toBeGreaterThan(sections.size);
  expect(links.filter((link) => !isThere(link))).toEqual([]);
  expect(page).not.toContain('{@link');
});

describe.each([...sections])('%s', (name, section) => {
  it('is in the table of contents', () => {
    expect(page).toContain(`| [\`${name}\`](#${name.toLowerCase()})`);
  });

  it('has a diagram: what goes in above what comes out', () => {
    const diagrams = section.match(/^```text\n[^]*?^```$/gm) ?? [];
    const lines = diagrams.flatMap((diagram) => diagram.split('\n').slice(1, -1));

    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.filter((line) => /-\S*-/.test(line))).not.toEqual([]);
  });

  it('has an example that uses it', () => {
    const [, ...examples] = section.split(/^Example/m);

    expect(examples.filter((example) => example.includes(`${name}(`))).not.toEqual([]);
  });

  it('tells what its neighbours do instead', () => {
    const words: readonly string[] = section.replace(/^```[^]*?^```$/gm, '').match(/(?<=`)\w+(?=[`(])/g) ?? [];
    const others = [library, rxjs].flatMap(Object.keys).filter((other) => other !== name && !other.endsWith('Error'));

    expect(others.filter((other) => words.includes(other))).not.toEqual([]);
  });
});
