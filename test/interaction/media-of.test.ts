import fc from 'fast-check';
import { from } from 'rxjs';
import { DecodeError, mediaOf, reduceInteraction } from 'rx-interactions';

import { interactionOf } from '../../src/interaction/index.js';
import { answersWithMedia, blocksIn, encode, MODALITIES } from '../support/media.js';
import { valuesOf } from '../support/outcome.js';

const image = (data: string) => ({ type: 'image', mime_type: 'image/png', data }) as const;
const abc = Uint8Array.of(97, 98, 99);

describe('mediaOf', () => {
  it('gives the blocks of one modality with their bytes, and none of the user', () => {
    const interaction = interactionOf({
      status: 'completed',
      steps: [
        { type: 'user_input', content: [image(encode('mine'))] },
        { type: 'thought', summary: [image(encode('draft'))] },
        { type: 'model_output', content: [{ type: 'text', text: 'Look: ' }, image(encode('abc'))] },
        {
          type: 'model_output',
          content: [
            { type: 'image', uri: 'gs://a/b.png' },
            { type: 'video', uri: 'v' },
          ],
        },
      ],
    });

    expect(mediaOf(interaction, 'image')).toEqual([
      { position: 2, block: 1, mimeType: 'image/png', bytes: abc },
      { position: 3, block: 0, mimeType: undefined, uri: 'gs://a/b.png' },
    ]);
    expect(mediaOf(interaction, 'video')).toEqual([{ position: 3, block: 1, mimeType: undefined, uri: 'v' }]);
    expect(mediaOf(interaction, 'audio')).toEqual([]);
  });

  it('gives what the interaction has, however it came', () => {
    fc.assert(
      fc.property(answersWithMedia, (events) => {
        const [interaction] = valuesOf(from(events).pipe(reduceInteraction()));
        for (const modality of MODALITIES) {
          expect(mediaOf(interaction!, modality)).toEqual(blocksIn(interaction!, modality));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives only what came by reference where the data was left out of the snapshot', () => {
    fc.assert(
      fc.property(answersWithMedia, (events) => {
        const [interaction] = valuesOf(from(events).pipe(reduceInteraction({ media: 'reference' })));
        for (const modality of MODALITIES) {
          expect(mediaOf(interaction!, modality).filter(({ uri }) => uri === undefined)).toEqual([]);
        }
      }),
    );
  });

  it('throws at what is not base64', () => {
    const steps = [{ type: 'model_output', content: [image('****')] }] as const;

    expect(() => mediaOf(interactionOf({ status: 'completed', steps }), 'image')).toThrow(DecodeError);
  });
});
