import type { Random } from '../../bench/random.js';

const HUGE = 200_000;

type Change = (frame: string, random: Random) => string;

const inLines = (put: (lines: readonly string[], random: Random) => readonly string[]): Change => {
  return (frame, random) => put(frame.split('\n'), random).join('\n');
};

const LINES = [
  ...[': a comment', ':', 'retry: 10', 'retry: x', 'id', 'id: \0', 'event', 'event: done', 'event: message', 'data'],
  ...['data: [DONE]', 'data:', 'data: {}', 'data: null', 'data: []', 'data: 0', 'data: ""', 'date: {}', '\uFEFF', ' '],
  ...['{"error":{"code":503,"message":"x"}}', '[{"error":{"code":503,"status":"UNAVAILABLE"}}', ']', '<html>'],
  ...[
    'data: {"event_type":"error"}',
    'data: {"event_type":"__proto__"}',
    'data: {"event_type":"constructor"}',
    'event: toString',
  ],
];

/** Misspelt, or spelt like another field. */
const FIELDS = ['date', 'Data', 'data ', ' data', 'event', 'id', 'retry', '__proto__', ''];

const FRAMES = ['event: done\ndata: [DONE]\n\n', ...LINES.map((line) => `${line}\n\n`)];

/** What can be done to a message by itself. */
const IN_FRAMES: readonly Change[] = [
  inLines((lines, random) => lines.filter((_, at) => at !== random.between(0, lines.length))),
  inLines((lines, random) => [random.pick(LINES), ...lines]),
  inLines((lines, random) => lines.flatMap((line) => (random.between(0, 2) === 0 ? [line, line] : [line]))),
  (frame, random) => frame.replace(/^[a-z]+(?=:)/m, random.pick(FIELDS)),
  (frame, random) => frame.replace(/^data(?=:)/m, random.pick(FIELDS)),
  (frame, random) =>
    frame.replace(/^event: .*$/m, `event: ${random.pick(['', 'x', 'step.stop', 'error', 'interaction.completed'])}`),
  (frame, random) => frame.slice(0, random.between(0, frame.length)),
  (frame, random) => frame.slice(0, random.between(0, frame.length)) + '\n\n',
  (frame, random) => frame.replace(/\n/g, () => random.pick(['\n', '\r', '\r\n', '\n\r', '\n\n'])),
  (frame) => frame.trimEnd() + '\n',
  (frame, random) => `id: ${'i'.repeat(random.between(0, 20) === 0 ? HUGE : 50)}\n${frame}`,
  (frame, random) => `event: ${'e'.repeat(random.between(0, 20) === 0 ? HUGE : 50)}\n${frame}`,
  (frame, random) => frame.replaceAll(',', () => (random.between(0, 3) === 0 ? ',\ndata: ' : ',')),
  (frame, random) =>
    frame.replace(/.(?=.*$)/m, (letter) => letter + random.pick(['\0', '\uFEFF', '\u2028', '\\', '"', '\n'])),
];

/** What can be done to a message among the others. */
const AMONG_FRAMES: readonly ((frames: readonly string[], at: number, random: Random) => readonly string[])[] = [
  (frames, at) => frames.filter((_, other) => other !== at),
  (frames, at) => frames.flatMap((frame, other) => (other === at ? [frame, frame] : [frame])),
  (frames, at) =>
    frames.flatMap((frame, other) => (other === at ? [] : other === at + 1 ? [frame, frames[at] ?? ''] : [frame])),
  (frames, at, random) => [...frames.slice(0, at), random.pick(frames), ...frames.slice(at)],
  (frames, at, random) => [...frames.slice(0, at), random.pick(FRAMES), ...frames.slice(at)],
  (frames, at) => frames.slice(0, at + 1),
];

/** Changes one message of a stream: in itself, or where it stands. */
export const mutateFrames = (random: Random, frames: readonly string[]): readonly string[] => {
  const at = random.between(0, Math.max(0, frames.length - 1));
  if (random.between(0, 2) === 0) return random.pick(AMONG_FRAMES)(frames, at, random);
  const put = random.pick(IN_FRAMES);
  return frames.map((frame, other) => (other === at ? put(frame, random) : frame));
};
