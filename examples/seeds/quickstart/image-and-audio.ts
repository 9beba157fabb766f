/** 5. Multimodal understanding: an image of this machine, and sound from elsewhere. */
import path from 'node:path';

import { audioFrom, contentFrom, imageFrom, outputText } from 'rx-interactions';
import { map, switchMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

run((client) =>
  contentFrom(
    'Compare this local image and this remote audio file.',
    imageFrom(path.join(import.meta.dirname, 'sample.jpg')),
    audioFrom('https://storage.googleapis.com/generativeai-downloads/data/sample.mp3'),
  ).pipe(
    switchMap((input) => client.create({ model: 'gemini-3.5-flash', input })),
    map(outputText),
    tap(console.log),
  ),
);
