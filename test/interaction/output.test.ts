import {
  type Content,
  type Interaction,
  outputAudio,
  outputImage,
  outputText,
  outputVideo,
  type Step,
} from 'rx-interactions';

const timeline = (...steps: readonly Step[]): Pick<Interaction, 'steps'> => ({ steps });
const output = (...content: readonly Content[]): Step => ({ type: 'model_output', content });
const text = (value: string): Content => ({ type: 'text', text: value });
const user: Step = { type: 'user_input', content: [text('Hi')] };
const thought: Step = { type: 'thought', signature: 's' };
const call: Step = { type: 'function_call', id: 'c', name: 'f', arguments: {} };
const search: Step = { type: 'google_search_call', id: 'q' };
const image = (data: string): Content => ({ type: 'image', data });
const audio = (data: string): Content => ({ type: 'audio', data });
const video = (data: string): Content => ({ type: 'video', data });

describe('outputText', () => {
  it.each<readonly [string, readonly Step[], string | undefined]>([
    ['joins the text of an answer', [output(text('a'), text('b'))], 'ab'],
    ['joins the answers that follow each other', [output(text('a')), output(text('b'))], 'ab'],
    ['is not interrupted by thoughts', [output(text('a')), thought, output(text('b'))], 'ab'],
    ['counts the text before a trailing call', [output(text('a')), call], 'a'],
    ['counts the text before trailing media', [output(text('a'), image('A'))], 'a'],
    ['counts only what follows media', [output(text('a'), image('A'), text('b'))], 'b'],
    ['counts only what follows media of an earlier step', [output(text('a'), image('A')), output(text('b'))], 'b'],
    ['counts only what follows a call', [output(text('a')), call, output(text('b'))], 'b'],
    ['counts only what follows a server-side step', [output(text('a')), search, output(text('b'))], 'b'],
    [
      'goes on behind steps without text',
      [output(text('a')), output(), { type: 'model_output' }, output(text('b'))],
      'ab',
    ],
    ['does not reach behind the user', [output(text('old')), user, output(text('new'))], 'new'],
    ['is no text of the user', [output(text('old')), user], undefined],
    ['is not there where there are no steps', [], undefined],
    ['is not there where there is no text', [thought, call, output(image('A'))], undefined],
    ['is not there where all text is empty', [output(text(''))], undefined],
    [
      'stops at an unknown step behind text',
      [output(text('a')), { type: 'unknown', received: {} }, output(text('b'))],
      'b',
    ],
    ['stops at an unknown block behind text', [output(text('a'), { type: 'unknown', received: {} }, text('b'))], 'b'],
  ])('%s', (_name, steps, expected) => {
    expect(outputText(timeline(...steps))).toBe(expected);
  });
});

describe('outputImage, outputAudio and outputVideo', () => {
  const outputs = { image: outputImage, audio: outputAudio, video: outputVideo } as const;
  const block = { image, audio, video } as const;

  it.each(['image', 'audio', 'video'] as const)('find the last %s', (kind) => {
    const [of, find] = [block[kind], outputs[kind]];
    expect(find(timeline(output(of('A'), of('B'), text('a')), call, output(text('b'))))).toEqual(of('B'));
    expect(find(timeline(output(of('A')), thought, output(of('C'))))).toEqual(of('C'));
  });

  it.each(['image', 'audio', 'video'] as const)(
    'find no %s of another turn, of the user, or of another kind',
    (kind) => {
      const [of, find] = [block[kind], outputs[kind]];
      expect(find(timeline(output(of('A')), { type: 'user_input', content: [of('B')] }))).toBeUndefined();
      expect(find(timeline(output({ type: 'document', data: 'A' }, text('a'))))).toBeUndefined();
      expect(find(timeline())).toBeUndefined();
      expect(find(timeline({ type: 'model_output' }))).toBeUndefined();
    },
  );

  it('find a block behind a summary of a thought only in an answer', () => {
    expect(outputImage(timeline({ type: 'thought', summary: [image('A')] }))).toBeUndefined();
  });
});
