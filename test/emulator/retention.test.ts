import { reply } from 'rx-interactions/emulator';

import { closeAll, eventsOf, inProcess, like, messagesOf, MODEL, textIn } from './support/api.js';

afterEach(closeAll);

const HOUR = 3_600_000;
const COUNT = { model: MODEL, input: 'Count to 9' };

/** An API that forgets after an hour, and its clock. */
const forgetful = async () => {
  let time = Date.UTC(2026, 5, 1, 10);
  const api = await inProcess({ retention: HOUR, now: () => time });
  return {
    ...api,
    later: (ms: number) => {
      time += ms;
    },
  };
};

it('an interaction is not found when its time is over', async () => {
  const { create, get, post, send, later } = await forgetful();
  const { id } = await create(COUNT);
  later(HOUR - 1);
  expect((await get(id)).status).toBe(200);
  expect((await post({ ...COUNT, previous_interaction_id: id })).status).toBe(200);
  later(1);

  for (const response of [
    await get(id),
    await get(id, '?stream=true'),
    await post({ ...COUNT, previous_interaction_id: id }),
    await send('POST', `/v1beta/interactions/${String(id)}/cancel`),
    await send('DELETE', `/v1beta/interactions/${String(id)}`),
  ]) {
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: { code: 'not_found', message: like.containing(String(id)) } },
    ]);
  }
});

it('nothing is continued that is not kept any more', async () => {
  let time = 0;
  const { create, post } = await inProcess({ retention: HOUR, tokensPerHop: 5, now: () => time });
  const { id, continuation_token } = await create({ ...COUNT, input: 'Count to 60' });
  const next = { model: MODEL, continuation_token, previous_interaction_id: id };
  time = HOUR - 1;
  const later = await create(next);
  time = HOUR;

  expect((await post({ ...next, continuation_token: later['continuation_token'] })).status).toBe(400); // of another one
  expect((await post(next)).status).toBe(404);
  expect((await post({ ...next, previous_interaction_id: later['id'] })).status).toBe(400); // used
});

it('each one has a time of its own', async () => {
  const { create, get, later } = await forgetful();
  const first = await create(COUNT);
  later(HOUR / 2);
  const second = await create({ ...COUNT, previous_interaction_id: first['id'] });
  later(HOUR / 2);

  expect([(await get(first['id'])).status, (await get(second['id'])).status]).toEqual([404, 200]);
  expect(await create({ ...COUNT, previous_interaction_id: second['id'] })).toMatchObject({ status: 'completed' });
});

it('one that is in progress is kept until it settles', async () => {
  const { create, get, send, emulator, later } = await forgetful();
  emulator.script({ reply: [reply.text('So', reply.stall())] });
  const { id } = await create({ ...COUNT, background: true });
  later(2 * HOUR);
  expect(await (await get(id)).json()).toMatchObject({ status: 'in_progress' });
  await send('POST', `/v1beta/interactions/${String(id)}/cancel`);

  expect((await get(id)).status).toBe(404);
});

it('nobody is cut off who is connected', async () => {
  const { create, get, later } = await forgetful();
  const { id } = await create({ ...COUNT, background: true });
  const stream = await get(id, '?stream=true');
  later(2 * HOUR);

  expect(textIn(eventsOf(await messagesOf(stream)))).toBe('1, 2, 3, 4, 5, 6, 7, 8, 9');
});

it('everything is kept where nothing else is said', async () => {
  let time = 0;
  const { create, get } = await inProcess({ now: () => time });
  const { id } = await create(COUNT);
  time = 100 * 365 * 24 * HOUR;

  expect((await get(id)).status).toBe(200);
});
