import { createRequire } from 'node:module';
import { styleText } from 'node:util';

import { assertNever } from '../internal/assert-never.js';
import { type Command, parseArguments } from './parse-arguments.js';
import { HELP, type Paint } from './render.js';
import { serveEmulator, signalled, type Terminal } from './serve-emulator.js';

// Without colours where nobody sees them, or does not want to: NO_COLOR, a pipe, a file.
const paint: Paint = (style, text) => styleText(style, text, { stream: process.stdout });

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (line) => process.stderr.write(`rx-interactions: ${line}\n`),
  paint,
  stopped: () => signalled('SIGINT', 'SIGTERM'),
};

/** By the name of the package, so that it is found from the sources and from the build. */
const versionOf = (): string =>
  (createRequire(import.meta.url)('rx-interactions/package.json') as { readonly version: string }).version;

/** Does what it is told; resolves to the exit code. */
const run = async (command: Command): Promise<number> => {
  switch (command.name) {
    case 'help':
      terminal.out(HELP);
      return 0;
    case 'version':
      terminal.out(`${versionOf()}\n`);
      return 0;
    case 'mistake':
      terminal.error(command.message);
      return 2;
    case 'emulator':
      return serveEmulator(command, terminal);
    default:
      return assertNever(command);
  }
};

void run(parseArguments(process.argv.slice(2))).then((code) => {
  process.exitCode = code;
});
