/** A program that goes on with a saved conversation, and prints each of its turns: how it ended, and what was said. */
import { text } from 'node:stream/consumers';

import { createClient, createConversation, outputText, type SavedConversation } from 'rx-interactions';
import { filter, firstValueFrom } from 'rxjs';

const { baseUrl, config, saved, prompt } = JSON.parse(await text(process.stdin)) as {
  readonly baseUrl: string;
  readonly config: { readonly model: string; readonly store: boolean };
  readonly saved: SavedConversation;
  readonly prompt: string;
};
const client = createClient({ apiKey: 'any', baseUrl });
const conversation = createConversation(client, { ...config, from: saved });
conversation.send(prompt);
const { turns } = await firstValueFrom(conversation.state$.pipe(filter(({ status }) => status === 'idle')));
console.log(JSON.stringify(turns.map(({ status, interaction }) => [status, outputText(interaction)])));
