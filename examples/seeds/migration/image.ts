/** Multimodal generation: words and pictures are blocks of one answer, in the order in which they were made. */
import type { Content } from 'rx-interactions';
import { from, mergeMap, tap } from 'rxjs';

import { run } from '../../support/run.js';

const tell = (block: Content): string => {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'image':
      return `[${block.mime_type ?? ''}, ${block.data?.length ?? 0} letters of base64]`;
    default:
      return `[${block.type}]`;
  }
};

run((client) =>
  client
    .create({
      model: 'gemini-3.1-flash-image',
      input: 'Generate an image of a futuristic city skyline at sunset',
      response_format: [{ type: 'text' }, { type: 'image', mime_type: 'image/jpeg' }],
    })
    .pipe(
      mergeMap(({ steps }) => from(steps)),
      mergeMap((step) => (step.type === 'model_output' ? (step.content ?? []) : [])),
      tap((block) => {
        console.log(tell(block));
      }),
    ),
);
