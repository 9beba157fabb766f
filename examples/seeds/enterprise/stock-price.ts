/** Function calling: the result goes back as what it is, a result, and not as prose. */
import * as t from 'io-ts';
import { defineTool, described, outputText, reduceInteraction, runTools } from 'rx-interactions';
import { map, tap } from 'rxjs';

import { run } from '../../support/run.js';

const stockPrice = defineTool({
  name: 'get_stock_price',
  description: 'Gets the stock price for a given ticker symbol.',
  parameters: t.type({ ticker: described(t.string, 'The stock ticker symbol') }),
  execute: ({ ticker }) => (ticker.toUpperCase() === 'GOOG' ? 175.5 : 100),
});

run((client) =>
  runTools(client, {
    model: 'gemini-3-flash-preview',
    input: 'What is the stock price of GOOG?',
    tools: [stockPrice],
  }).pipe(reduceInteraction(), map(outputText), tap(console.log)),
);
