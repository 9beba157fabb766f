/** Multimodal input: an image beside the prompt. */
import path from 'node:path';

import { contentFrom, imageFrom, outputText } from 'rx-interactions';
import { map, switchMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

const sample = path.join(import.meta.dirname, '../quickstart/sample.jpg');

run((client) =>
  contentFrom(imageFrom(sample), 'Describe this image.').pipe(
    switchMap((input) => client.create({ model: 'gemini-3-flash-preview', input })),
    map(outputText),
    tap(console.log),
  ),
);
