import { defer, type Observable, of } from 'rxjs';

import { encodeFrame } from '../../frames/index.js';
import { assertNever } from '../../internal/assert-never.js';
import { type Answer, json } from '../answer.js';
import { transmit } from '../deliver.js';
import type { Happened, Run } from '../run.js';
import { createResponder, type Identity } from './create-responder.js';
import { joinResponses } from './join-responses.js';

const encoder = new TextEncoder();

/** How responses stand in a body, one behind the other. */
interface Writing {
  readonly response: (json: string) => Uint8Array;
  /** What is written behind the last one. */
  readonly end: () => Observable<Uint8Array>;
}

const asMessages = (): Writing => ({ response: (json) => encodeFrame({ data: json }), end: () => of() });

const asList = (): Writing => {
  let count = 0;
  return {
    response: (json) => encoder.encode(`${count++ === 0 ? '[' : ',\r\n'}${json}`),
    end: () => of(encoder.encode(count === 0 ? '[]' : ']')),
  };
};

/**
 * A run as the body of a stream of the older endpoint: messages of an event stream, or the items of a JSON array, each written as
 * soon as it has happened.
 */
export const deliverResponses = (run: Run, identity: Identity, isSse: boolean): Observable<Uint8Array> =>
  defer(() => {
    const respond = createResponder(identity);
    const { response, end } = isSse ? asMessages() : asList();
    const write = ({ entry }: Happened): readonly Uint8Array[] => {
      switch (entry.kind) {
        case 'event':
          return typeof entry.event === 'string'
            ? [response(entry.event)]
            : respond(entry.event).map((each) => response(JSON.stringify(each)));
        case 'raw':
          return [encoder.encode(entry.text)];
        case 'done': // there is no such message
        case 'cut':
          return [];
        default:
          return assertNever(entry);
      }
    };
    return transmit(run, { write, end });
  });

/** A run that is over as one answer: the response, or the error that it ended with. */
export const wholeResponse = ({ events }: Run, identity: Identity): Answer => {
  const responses = events.flatMap(createResponder(identity));
  const { error } = responses.at(-1) ?? {};
  return error ? json({ error }, error.code) : json(joinResponses(responses.filter((response) => !response.error)));
};
