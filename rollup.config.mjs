import { readFileSync, rmSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = import.meta.dirname;
const src = resolve(root, 'src');
const dist = resolve(root, 'dist');
const pkg = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));

const entries = [
  'src/index.ts',
  'src/node.ts',
  'src/emulator/index.ts',
  'src/testing/index.ts',
  'src/cli/index.ts', // the command: `bin` in package.json
  // The two sides of `#default-transport` and `#read-file`. No module names them: package.json does, by condition.
  'src/transport/default-transport.ts',
  'src/transport/default-transport.node.ts',
  'src/client/inputs/read-file.ts',
  'src/client/inputs/read-file.node.ts',
];

// External by name and subpath. Whatever is neither ours nor in this list stops the build (see `onwarn`).
const external = [...Object.keys({ ...pkg.dependencies, ...pkg.peerDependencies }), ...Object.keys(pkg.imports)];
const isExternal = (id) => id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`));

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile).config,
  { ...ts.sys, readDirectory: () => [] },
  root,
);

/** Reads `.ts` where an import says `.js`, and strips the types: `isolatedModules` lets each file be done alone. */
const typescript = () => ({
  name: 'typescript',
  resolveId(id, importer) {
    if (importer === undefined || !id.startsWith('.')) return null;
    return resolve(dirname(importer), id.replace(/\.js$/, '.ts'));
  },
  transform(code, id) {
    const { outputText, sourceMapText } = ts.transpileModule(code, {
      fileName: id,
      // `module: ESNext`, because whether NodeNext means ESM or CommonJS is for package.json to say.
      compilerOptions: { ...options, module: ts.ModuleKind.ESNext, noEmit: false, sourceMap: true },
    });
    return { code: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'), map: sourceMapText };
  },
});

/** The declaration of every module the entries reach, by path below `src`, each with a map into `src`. Made once. */
let declared;
function declarationsOf(context) {
  if (declared !== undefined) return declared;
  declared = new Map();
  const program = ts.createProgram(
    entries.map((entry) => resolve(root, entry)),
    {
      ...options,
      types: ['node'],
      rootDir: src,
      outDir: resolve(dist, 'esm'),
      noEmit: false,
      noEmitOnError: true,
      declaration: true,
      declarationMap: true,
      emitDeclarationOnly: true,
    },
  );
  const { diagnostics } = program.emit(undefined, (fileName, text) => {
    declared.set(relative(resolve(dist, 'esm'), fileName), text);
  });
  if (diagnostics.length > 0) {
    const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
    context.error(ts.formatDiagnostics(diagnostics, host));
  }
  return declared;
}

/** Puts the declarations beside the modules: as they are for ES modules; for `.cjs` as `.d.cts` that name `.cjs`. */
const declarations = (extension) => ({
  name: 'declarations',
  generateBundle() {
    const rename = (text) =>
      extension === 'js'
        ? text
        : text.replace(/\.d\.ts\b/g, '.d.cts').replace(/(['"])(\.{1,2}\/[^'"\n]*)\.js\1/g, `$1$2.${extension}$1`);
    for (const [fileName, text] of declarationsOf(this)) {
      this.emitFile({ type: 'asset', fileName: rename(fileName), source: rename(text) });
    }
  },
});

/** Nothing of an earlier build survives. */
const clean = () => ({
  name: 'clean',
  buildStart() {
    rmSync(dist, { recursive: true, force: true });
  },
});

/** What makes the command's file one that a shell can run. */
const shebang = ({ facadeModuleId }) => (facadeModuleId?.endsWith('/cli/index.ts') ? '#!/usr/bin/env node' : '');

const output = (format, folder, extension) => ({
  format,
  dir: resolve(dist, folder),
  entryFileNames: `[name].${extension}`,
  preserveModules: true,
  preserveModulesRoot: src,
  sourcemap: true,
  sourcemapExcludeSources: true, // the package ships `src`
  generatedCode: 'es2015',
  interop: 'auto',
  banner: shebang,
  plugins: [declarations(extension)],
});

export default {
  input: entries.map((entry) => resolve(root, entry)),
  external: isExternal,
  treeshake: { moduleSideEffects: false }, // what package.json says of us; no `import './unused.js'` is left behind
  plugins: [clean(), typescript()],
  output: [output('es', 'esm', 'js'), output('cjs', 'cjs', 'cjs')],
  onwarn(warning) {
    throw new Error(warning.message);
  },
};
