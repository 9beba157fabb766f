import type { Passage } from './cite-text.js';

/** Something the model knows, or can find. */
export interface Fact {
  readonly asked: RegExp;
  /** What one would search for. */
  readonly query: string;
  /** What it says, and what that rests on. */
  readonly says: readonly Passage[];
  /** What it says when it is asked to elaborate. */
  readonly more?: string;
  /** Where it is, if somebody asks for the weather there. */
  readonly place?: string;
}

export const FACTS: readonly Fact[] = [
  {
    asked: /\beuro\b.*\b2024\b/i,
    query: 'UEFA Euro 2024 winner',
    says: [
      {
        text: 'Spain won Euro 2024, defeating England 2-1 in the final.',
        sources: [{ type: 'url_citation', url: 'https://www.uefa.com/euro2024', title: 'uefa.com' }],
      },
    ],
  },
  {
    asked: /\bserverless computing\b/i,
    query: 'serverless computing model',
    says: [
      'Serverless computing is a cloud execution model where the cloud provider dynamically manages the allocation and ' +
        'provisioning of servers, charging customers based on actual usage rather than pre-purchased capacity.',
    ],
    more:
      'There are servers, of course; they are somebody else’s business. You deploy functions or containers, and the ' +
      'provider starts as many of them as there are requests, down to none when there are none.\n\n' +
      'That suits work that comes in bursts: nothing is paid for while nothing happens. The price is paid elsewhere: the ' +
      'first request after a pause waits for a cold start, a run may only take so long, and whatever has to be remembered ' +
      'between two of them belongs into a database or a queue.',
  },
  {
    asked: /\b(?:largest|highest|tallest|biggest) mountain in europe\b/i,
    query: 'largest mountain in Europe',
    place: 'Mount Elbrus, Russia',
    says: [
      {
        text: 'Mount Elbrus – Эльбрус – in Russia is the highest mountain in Europe: 5,642 m.',
        sources: [{ type: 'url_citation', url: 'https://en.wikipedia.org/wiki/Mount_Elbrus', title: 'wikipedia.org' }],
      },
      ' ⛰️ Mont Blanc is the highest one in the Alps',
      {
        text: ' (4,806 m).',
        sources: [{ type: 'url_citation', url: 'https://en.wikipedia.org/wiki/Mont_Blanc', title: 'wikipedia.org' }],
      },
    ],
  },
];

/** What is known about a prompt. */
export const factFor = (prompt: string): Fact | undefined => FACTS.find(({ asked }) => asked.test(prompt));
