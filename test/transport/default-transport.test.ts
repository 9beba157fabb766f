import { createClient } from 'rx-interactions';
import { lastValueFrom, switchMap } from 'rxjs';

import { defaultTransport as defaultElsewhere } from '../../src/transport/default-transport.js';
import { defaultTransport as defaultInNode } from '../../src/transport/default-transport.node.js';
import { startServer, stopServers } from './support/test-server.js';

afterEach(stopServers);

/** `fetch` says more of itself than it is asked to; undici says nothing. */
const isFetch = (headers: object): boolean => 'sec-fetch-mode' in headers;

it.each([
  ['undici in Node', defaultInNode, false],
  ['fetch elsewhere', defaultElsewhere, true],
] as const)('the default transport is %s', async (_what, defaultTransport, expected) => {
  const server = await startServer();
  const answer = lastValueFrom(
    defaultTransport()({ method: 'GET', url: server.url, headers: {} }).pipe(switchMap(({ body }) => body)),
  );
  const { request, response } = await server.next();
  response.end('ok');
  await answer;
  expect(isFetch(request.headers)).toBe(expected);
});

it('a client that is not given a transport uses the default one', async () => {
  const server = await startServer();
  const answer = lastValueFrom(createClient({ apiKey: 'test', baseUrl: server.url }).get('v1_a'));
  const { request, response } = await server.next();
  response.end('{"id":"v1_a","status":"completed"}');
  expect((await answer).id).toBe('v1_a');
  expect(isFetch(request.headers)).toBe(false);
});
