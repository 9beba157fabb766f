/**
 * Writes the API report: one declaration file per entry, with everything the entry exports and what those declarations
 * need, without comments. What stands in the report of the main entry is not repeated in those of the others.
 *
 *     npm run api              writes test/package/api
 *     npm run api -- FOLDER    writes elsewhere (test/package/api.test.ts compares)
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..');
const target = resolve(process.argv[2] ?? join(root, 'test/package/api'));

const MAIN = 'index';
const OTHERS = ['node', 'emulator/index', 'testing/index'];

const declarations = await mkdtemp(join(tmpdir(), 'declarations-'));
try {
  emitDeclarations(declarations);
  const main = parse(await rollUp(MAIN));
  const shown = new Set(main.statements.map(textOf));
  await mkdir(target, { recursive: true });
  await write(MAIN, main.statements);
  for (const entry of OTHERS) {
    const { statements } = parse(await rollUp(entry));
    await write(
      entry,
      statements.filter((statement) => ts.isImportDeclaration(statement) || !shown.has(textOf(statement))),
    );
  }
} finally {
  await rm(declarations, { recursive: true });
}

function emitDeclarations(outDir: string): void {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const { diagnostics } = ts
    .createProgram(
      [MAIN, ...OTHERS].map((entry) => join(root, 'src', `${entry}.ts`)),
      {
        ...options,
        types: ['node'],
        rootDir: join(root, 'src'),
        outDir,
        noEmit: false,
        noCheck: true, // `npm run typecheck` does
        declaration: true,
        emitDeclarationOnly: true,
        removeComments: true,
      },
    )
    .emit();
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(ts.flattenDiagnosticMessageText(first.messageText, '\n'));
}

async function rollUp(entry: string): Promise<string> {
  const bundle = await rollup({
    input: join(declarations, `${entry}.d.ts`),
    plugins: [dts()],
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output[0].code;
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile('report.d.ts', code, ts.ScriptTarget.Latest, true);
}

/** The text to compare by: without the number that tells two of one name apart where declarations are rolled up. */
function textOf(node: ts.Node): string {
  return node.getText().replace(/\$\d+\b/g, '');
}

/** Imports, then declarations by name, then exports: moving code from file to file changes nothing. */
async function write(entry: string, statements: readonly ts.Statement[]): Promise<void> {
  const imports = statements.filter(ts.isImportDeclaration);
  const exports = statements.filter(ts.isExportDeclaration);
  const declared = statements
    .filter((statement) => !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  const remark = entry === MAIN ? '' : `// What ${MAIN}.d.ts declares is not repeated here.\n\n`;
  const code = remark + [...imports, ...declared, ...exports].map((statement) => statement.getText()).join('\n\n');
  const file = join(target, `${entry.replace('/index', '')}.d.ts`);
  const options = await resolveConfig(join(root, 'report.d.ts'));
  await writeFile(file, await format(code, { ...options, parser: 'typescript' }));
}

function nameOf(statement: ts.Statement): string {
  const { name } = (
    ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement
  ) as ts.NamedDeclaration;
  return name?.getText() ?? '';
}
