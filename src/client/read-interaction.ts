import { map, type Observable } from 'rxjs';

import { DecodeError, ServerError, TransportError } from '../errors/index.js';
import { createKindCounter, issuesOf, unknownInStep } from '../events/index.js';
import { interactionOf } from '../interaction/index.js';
import { toCanonicalInteraction } from '../protocol/dialects/index.js';
import {
  type Diagnostic,
  type Interaction,
  InteractionResource,
  isFaultBody,
  serverFaultOf,
} from '../protocol/index.js';
import type { TransportResponse } from '../transport/index.js';
import { firstCharacters, parseJson, readText } from './read-body.js';

/** A success that is neither an event stream nor JSON: a proxy's page, a captive portal. */
const unexpectedContent = ({ status, headers }: TransportResponse, text: string): TransportError =>
  new TransportError(
    'unexpected_content',
    `The server answered ${headers.get('content-type') ?? 'without a content type'} instead of JSON or an event stream; it begins ${firstCharacters(text)}`,
    { status },
  );

/** The interaction that a JSON answer is, in whatever dialect. */
export const readInteraction = (
  response: TransportResponse,
  report: (diagnostic: Diagnostic) => void,
): Observable<Interaction> =>
  readText(response.body).pipe(
    map((text) => {
      const json = parseJson(text);
      if (json === undefined) throw unexpectedContent(response, text);
      const fault = isFaultBody(json.value) ? serverFaultOf(json.value) : undefined;
      if (fault)
        throw new ServerError(fault.code ?? 'error', fault.message ?? 'The server reported an error', {
          status: response.status,
        });
      const decoded = InteractionResource.decode(toCanonicalInteraction(json.value));
      if (decoded._tag === 'Left') throw new DecodeError('malformed', json.value, issuesOf(decoded.left));
      const interaction = interactionOf(decoded.right);
      interaction.steps.flatMap(unknownInStep).forEach(createKindCounter(report));
      return interaction;
    }),
  );
