import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { asksFor } from './formats.js';
import { pdfOf } from './media/pdf.js';

/** A document, where one is asked for: the prompt on a page. */
export const makeDocument: Behaviour = (turn) =>
  asksFor(turn, 'document')
    ? [
        think(turn, 'Setting the page', 'One page is enough.'),
        reply.step(
          { type: 'model_output' },
          { mime_type: 'application/pdf', data: btoa(pdfOf(turn.prompt)), type: 'document' },
        ),
      ]
    : undefined;
