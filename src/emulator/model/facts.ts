import type { Passage } from './cite-text.js';

/** Something the model knows, or can find. */
export interface Fact {
  readonly asked: RegExp;
  /** What one would search for. */
  readonly query: string;
  /** What it says, and what that rests on. */
  readonly says: readonly Passage[];
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
