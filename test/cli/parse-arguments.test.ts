import { type Command, parseArguments } from '../../src/cli/parse-arguments.js';

const emulator = (...args: readonly string[]): Extract<Command, { readonly name: 'emulator' }> => {
  const command = parseArguments(['emulator', ...args]);
  if (command.name !== 'emulator') throw new Error(`It is ${command.name}`);
  return command;
};

it('serves on this machine alone if nothing else is said, and keeps no requests', () => {
  expect(emulator()).toEqual({
    name: 'emulator',
    port: 8787,
    host: '127.0.0.1',
    config: { keptRequests: 0 },
  });
});

it('takes what is configured', () => {
  const { port, host, config } = emulator(
    ...['--port', '0', '--host=0.0.0.0', '--pace', '2.5', '--queued=300', '--retention', '60000'],
    ...['--tokens-per-hop', '100', '--on-leave', 'continue'],
  );

  expect([port, host]).toEqual([0, '0.0.0.0']);
  expect(config).toMatchObject({
    pace: 2.5,
    queued: 300,
    retention: 60_000,
    tokensPerHop: 100,
    onLeave: 'continue',
  });
});

it.each([
  ['all', [1, 2, 3, 4, 5, 6]],
  ['none', []],
  ['3', [3, 6]],
])('--event-ids %s', (which, positions) => {
  const { eventIds } = emulator('--event-ids', which).config;

  expect([1, 2, 3, 4, 5, 6].filter((position) => eventIds?.({ background: false, resumed: false, position }))).toEqual(
    positions,
  );
});

it.each([
  ['--help', 'help'],
  ['-h', 'help'],
  ['emulator --help', 'help'],
  ['--version', 'version'],
  ['-v', 'version'],
])('%s', (line, name) => {
  expect(parseArguments(line.split(' '))).toEqual({ name });
});

it.each([
  ['', 'Say what to do'],
  ['emulate', "no command 'emulate'"],
  ['emulator now', "'now'"],
  ['emulator --speed 3', "'--speed'"],
  ['emulator -x', "'-x'"],
  ['emulator --port', '--port'],
  ['emulator --port --pace 1', '--port'],
  ['emulator --port=', "not ''"],
  ['emulator --port 80.5', "not '80.5'"],
  ['emulator --port 65536', "not '65536'"],
  ['emulator --port=-1', "not '-1'"],
  ['emulator --pace fast', '--pace takes a time in ms'],
  ['emulator --pace=-1', '--pace'],
  ['emulator --pace Infinity', '--pace'],
  ['emulator --retention week', '--retention'],
  ['emulator --queued ?', '--queued'],
  ['emulator --tokens-per-hop 0', '--tokens-per-hop'],
  ['emulator --event-ids some', '--event-ids takes all, none'],
  ['emulator --event-ids 0', '--event-ids'],
  ['emulator --on-leave cry', '--on-leave takes stop or continue'],
  ['emulator --help=yes', '--help'],
])('says in one line what is wrong with: %s', (line, names) => {
  const command = parseArguments(line.split(' ').filter((word) => word !== ''));

  expect(command).toEqual({ name: 'mistake', message: expect.stringContaining(names) });
  expect(command).toEqual({ name: 'mistake', message: expect.stringMatching(/^[^\n]{1,110}[.)]$/) });
});
