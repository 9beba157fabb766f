import { createClient, fetchTransport, type Interaction, reduceInteraction } from 'rx-interactions';
import { fromWire } from 'rx-interactions/testing';
import { lastValueFrom } from 'rxjs';

const ofJson = (json: string): Promise<Interaction> => {
  const answer = new Response(json, { headers: { 'content-type': 'application/json' } });
  const transport = fetchTransport({ fetch: () => Promise.resolve(answer) });
  return lastValueFrom(createClient({ apiKey: 'any', transport }).get('any'));
};

/** What the body of an answer amounts to: JSON, or an event stream, which may break off. */
export const readAnswer = (body: string): Promise<Interaction> =>
  body.startsWith('{') ? ofJson(body) : lastValueFrom(fromWire(body).pipe(reduceInteraction()));
