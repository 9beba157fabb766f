/** A process that saves a cursor, and the text it has shown, after every change; it is killed in the middle. */
import { createClient, cursorOf, scanInteraction } from 'rx-interactions';

const [, , baseUrl = ''] = process.argv;

createClient({ apiKey: 'k', baseUrl })
  .stream({ model: 'gemini-3-flash-preview', input: 'Count to 300.', background: true })
  .pipe(scanInteraction())
  .subscribe((snapshot) => {
    const text = snapshot.steps
      .flatMap((step) => (step.type === 'model_output' ? (step.content ?? []) : []))
      .map((block) => (block.type === 'text' ? block.text : ''))
      .join('');
    process.stdout.write(`${JSON.stringify({ cursor: cursorOf(snapshot), text })}\n`);
  });
