import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';
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
const isExternal = (id) =>
  id !== 'io-ts' && (id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`)));

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
    if (!id.endsWith('.ts')) return null;
    const { outputText, sourceMapText } = ts.transpileModule(code, {
      fileName: id,
      // `module: ESNext`, because whether NodeNext means ESM or CommonJS is for package.json to say.
      compilerOptions: { ...options, module: ts.ModuleKind.ESNext, noEmit: false, sourceMap: true },
      transformers: { before: [markPure] },
    });
    return { code: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'), map: sourceMapText };
  },
});

/** Where the part of io-ts that we use is in the build. */
const ioTsModule = resolve(src, 'internal', 'io-ts.js');

/**
 * Puts into the build what we use of io-ts, at the version installed. Its one module is written so that no bundler can take
 * it apart: whoever imports the smallest codec gets all of it, and the half of fp-ts that it imports, 9 KB minified. With
 * its classes and constants declared free of side effects, what nobody uses falls away, here and in the user's bundler. It
 * stays a dependency: our declarations name its types.
 */
const ioTs = () => ({
  name: 'io-ts',
  resolveId: (id) => (id === 'io-ts' ? ioTsModule : null),
  async load(id) {
    if (id !== ioTsModule) return null;
    const { outputFiles } = await build({
      stdin: { contents: `export * from 'io-ts'`, resolveDir: root },
      absWorkingDir: root,
      bundle: true,
      mainFields: ['module'],
      format: 'esm',
      target: 'es2022',
      write: false,
      plugins: [{ name: 'pure', setup: ({ onLoad }) => void onLoad({ filter: /io-ts[\\/]es6[\\/]index\.js$/ }, pure) }],
    });
    return { code: outputFiles[0].text, map: { mappings: '' } };
  },
});

/** Declares the classes and constants of io-ts free of side effects. */
const pure = ({ path }) => ({
  contents: readFileSync(path, 'utf8')
    .replaceAll('/** @class */', '/* @__PURE__ */')
    .replace(/ = (?=new \w+\(|brand\(|refinement\()/g, ' = /* @__PURE__ */ ')
    .replace(/^Object\.defineProperty\(RecursiveType\b[^]*?^\}\);$/m, ''),
});

/**
 * Says of every call that makes a constant of a module that it does nothing else. `sideEffects: false` in package.json lets
 * a bundler leave out whole modules; this lets it leave out what it does not need of one.
 */
const markPure = (context) => (file) => {
  const mark = (node) => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
    const visited = ts.visitEachChild(node, mark, context);
    return ts.isCallExpression(visited) || ts.isNewExpression(visited)
      ? ts.addSyntheticLeadingComment(visited, ts.SyntaxKind.MultiLineCommentTrivia, ' @__PURE__ ')
      : visited;
  };
  return ts.visitEachChild(file, (node) => (ts.isVariableStatement(node) ? mark(node) : node), context);
};

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

/** Whoever bundles the build inside this checkout reads it as its users do, without the paths that lead to the sources. */
const ownPaths = () => ({
  name: 'own-paths',
  writeBundle() {
    writeFileSync(resolve(dist, 'tsconfig.json'), '{}\n');
  },
});

/** What makes the command's file one that a shell can run; whose the part of io-ts is. */
const banner = ({ facadeModuleId }) => {
  if (facadeModuleId?.endsWith('/cli/index.ts')) return '#!/usr/bin/env node';
  if (facadeModuleId !== ioTsModule) return '';
  return `/*\nFrom io-ts, and fp-ts by the same author.\n\n${readFileSync(resolve(root, 'node_modules/io-ts/LICENSE'), 'utf8')}*/`;
};

const output = (format, folder, extension, plugins = [declarations(extension)]) => ({
  format,
  dir: resolve(dist, folder),
  entryFileNames: `[name].${extension}`,
  preserveModules: true,
  preserveModulesRoot: src,
  sourcemap: true,
  sourcemapExcludeSources: true, // the package ships `src`
  generatedCode: 'es2015',
  interop: 'auto',
  banner,
  plugins,
});

/** With `--configModulesOnly` just the ES modules: what a bundler reads, for those who measure. */
export default ({ configModulesOnly = false }) => ({
  input: entries.map((entry) => resolve(root, entry)),
  external: isExternal,
  treeshake: { moduleSideEffects: false }, // what package.json says of us; no `import './unused.js'` is left behind
  plugins: [clean(), ioTs(), typescript(), ownPaths()],
  output: configModulesOnly ? output('es', 'esm', 'js', []) : [output('es', 'esm', 'js'), output('cjs', 'cjs', 'cjs')],
  onwarn(warning) {
    throw new Error(warning.message);
  },
});
