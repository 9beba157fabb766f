/**
 * Runs an example; without a name, or with one that there is none of, says which there are.
 *
 *     npm run example
 *     npm run example -- NAME [ARGUMENTS]
 *     npm run example -- seeds/quickstart/first-call
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(import.meta.dirname, '../examples');
const fileOf = (name: string) => join(folder, `${name}.ts`);

/** The folders of programs; others hold what the programs are made of. */
const twins = readdirSync(join(folder, 'seeds'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'support')
  .map((entry) => `seeds/${entry.name}/`);
const names = ['', ...twins].flatMap((below) =>
  readdirSync(join(folder, below))
    .flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
    .map((program) => `${below}${program}`)
    .sort(),
);

const [, , name] = process.argv;
if (name !== undefined && names.includes(name)) {
  process.argv.splice(1, 2, fileOf(name)); // the example sees what it would see if it had been started itself
  await import(pathToFileURL(fileOf(name)).href);
} else {
  const width = Math.max(0, ...names.map(({ length }) => length));
  if (name !== undefined) {
    console.log(`There is no example "${name}".\n`);
    process.exitCode = 1;
  }
  console.log('npm run example -- NAME\n');
  for (const known of names) console.log(`  ${known.padEnd(width)}  ${purposeOf(known)}`);
}

/** The first line of the comment an example opens with. */
function purposeOf(known: string): string {
  return /\/\*\*[\s*]*(.*?)\s*(?:\*\/)?$/m.exec(readFileSync(fileOf(known), 'utf8'))?.[1] ?? '';
}
