import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** The rooms of the library in the order of the data flow: a room imports itself and the rooms listed before it. */
const LIBRARY = [
  'internal',
  'protocol',
  'errors',
  'json',
  'transport',
  'frames',
  'events',
  'steps',
  'interaction',
  'client',
  'turns',
];

/** What comes with the library stands on top of it; the library knows nothing of it. */
const KITS = ['emulator', 'testing', 'cli'];

const ROOMS = [...LIBRARY, ...KITS];

/** The subpaths that are files: they name what the library's rooms offer. */
const ENTRIES = ['index.ts', 'node.ts'];

const ROOT = resolve(__dirname, '../..');
const SRC = join(ROOT, 'src');

interface Import {
  readonly specifier: string;
  /** The file below `src` it leads to, if it is one of ours. */
  readonly target: string | undefined;
  /** Whether nothing is left of it at run time. `import { type A }` leaves `import {}`: it is not type-only. */
  readonly typeOnly: boolean;
}

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'))
  .sort();

const importsOf = new Map(sources.map((file) => [file, readImports(file)]));

const roomOf = (file: string) => file.split('/')[0] ?? file;
const importsWhere = (wanted: (found: Import, file: string) => boolean) =>
  [...importsOf].flatMap(([file, imports]) =>
    imports.filter((found) => wanted(found, file)).map(({ specifier }) => `${file} imports ${specifier}`),
  );
const isPackage = (name: string) => {
  return ({ specifier }: Import) => specifier === name || specifier.startsWith(`${name}/`);
};

describe('rooms', () => {
  it('hold every source file but the entries', () => {
    expect(sources.filter((file) => !ROOMS.includes(roomOf(file)) && !ENTRIES.includes(file))).toEqual([]);
  });

  it.each(sources)('%s imports only rooms upstream of it', (file) => {
    const room = roomOf(file);
    const upstream = ENTRIES.includes(file) ? LIBRARY : ROOMS.slice(0, ROOMS.indexOf(room) + 1);
    const targets = (importsOf.get(file) ?? []).flatMap(({ target }) => target ?? []);

    expect(targets.filter((target) => !upstream.includes(roomOf(target)))).toEqual([]);
  });

  it('import only files that exist', () => {
    expect(importsWhere(({ target }) => target !== undefined && !importsOf.has(target))).toEqual([]);
  });

  it('have no import cycle, not even between types', () => {
    expect(findCycle()).toEqual([]);
  });
});

describe('packages', () => {
  it('undici is known to the Node files of transport/ only', () => {
    const isUndici = isPackage('undici');
    const mayImport = (file: string) => roomOf(file) === 'transport' && /undici|\.node\./.test(file);

    expect(importsWhere((found, file) => isUndici(found) && !mayImport(file))).toEqual([]);
  });

  it('eventsource-parser is known to frames/ only', () => {
    const isParser = isPackage('eventsource-parser');

    expect(importsWhere((found, file) => isParser(found) && roomOf(file) !== 'frames')).toEqual([]);
  });

  it('google-auth-library, which need not be installed, is known to one file of Node only', () => {
    const isAuth = isPackage('google-auth-library');
    const file = 'client/application-default.ts';

    expect(importsWhere((found, other) => isAuth(found) && other !== file)).toEqual([]);
    expect(reachableInBrowser('index.ts')).not.toContain(file);
  });

  it('io-ts runs only where wire values are checked', () => {
    const isCodecs = isPackage('io-ts');
    const rooms = ['protocol', 'events', 'turns', 'emulator', 'testing'];

    expect(importsWhere((found, file) => !found.typeOnly && isCodecs(found) && !rooms.includes(roomOf(file)))).toEqual(
      [],
    );
  });

  it('a browser that loads the index reaches three packages at their roots, and nothing of Node', () => {
    const reached = reachableInBrowser('index.ts');
    const allowed = ['rxjs', 'io-ts', 'eventsource-parser'];

    expect(
      importsWhere(
        ({ specifier, target, typeOnly }, file) =>
          reached.has(file) && !typeOnly && target === undefined && !allowed.includes(specifier),
      ),
    ).toEqual([]);
    expect(reached).toContain('transport/default-transport.ts');
  });
});

function readImports(file: string): readonly Import[] {
  const path = join(SRC, file);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    found.push({ specifier: specifier.text, target: targetOf(file, specifier.text), typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022));
  return found;
}

function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return browserSideOf(specifier);
  if (!specifier.startsWith('.')) return undefined;
  return relative(SRC, resolve(SRC, dirname(file), specifier))
    .split(sep)
    .join('/')
    .replace(/\.js$/, '.ts');
}

/** The source of what package.json gives for `#…` where no condition but `default` holds. */
function browserSideOf(specifier: string): string | undefined {
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly imports: Readonly<Record<string, { readonly default: { readonly import: string } }>>;
  };
  return imports[specifier]?.default.import.replace('./dist/esm/', '').replace(/\.js$/, '.ts');
}

function reachableInBrowser(entry: string): ReadonlySet<string> {
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const { target, typeOnly } of importsOf.get(file) ?? []) {
      if (target !== undefined && !typeOnly) reached.add(target); // a Set also visits what is added on the way
    }
  }
  return reached;
}

/** The files of one import cycle, the first one repeated at the end; empty if there is none. */
function findCycle(): readonly string[] {
  const done = new Set<string>();
  const search = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { target } of importsOf.get(file) ?? []) {
      const cycle = target === undefined ? [] : search(target, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of sources) {
    const cycle = search(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
