/** Takes a stream apart: text to the terminal, images to files, sound counted byte by byte. */
import { type InteractionRequest, splitModalities } from 'rx-interactions';
import { concat, concatMap, merge, reduce, switchMap, tap, toArray } from 'rxjs';

import { run } from './support/run.js';
import { makeFolder, saveMedia } from './support/save-media.js';

const story: InteractionRequest = {
  model: 'gemini-3.1-flash-image-preview',
  input:
    'Search for the history of the Colosseum and write a short illustrated story about a gladiator named Marcus. ' +
    'Interleave text and generated images.',
  tools: [{ type: 'google_search', search_types: ['web_search', 'image_search'] }],
  response_format: [{ type: 'text' }, { type: 'image' }],
};

const farewell: InteractionRequest = {
  model: 'gemini-2.5-flash-preview-tts',
  input: 'Say cheerfully: Have a wonderful day!',
  response_format: { type: 'audio' },
};

const say = (text: string): void => void process.stdout.write(text);

run((client) =>
  makeFolder().pipe(
    switchMap((folder) =>
      // Two interactions, one stream: what comes of the second goes on behind what came of the first.
      concat(client.stream(story), client.stream(farewell)).pipe(
        splitModalities(({ text$, images$, audio$ }) =>
          merge(
            text$.pipe(tap(({ text }) => say(text))),
            images$.pipe(
              tap(({ mimeType = 'image' }) => say(`\n[${mimeType}]\n`)),
              concatMap((image) => saveMedia(folder, image)),
              toArray(),
              tap((files) => say(`\n\n${files.join('\n')}\n`)),
            ),
            audio$.pipe(
              reduce((size, { bytes }) => size + (bytes?.byteLength ?? 0), 0),
              tap((size) => say(`\n${size} bytes of sound\n`)),
            ),
          ),
        ),
      ),
    ),
  ),
);
