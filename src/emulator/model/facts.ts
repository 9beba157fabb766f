import type { Passage, Source } from './cite-text.js';

/** Something the model knows, or can find. */
export interface Fact {
  readonly asked: RegExp;
  /** Only a model from before Gemini 3 says it so. */
  readonly isEarlier?: true;
  /** What one would search for. */
  readonly queries: readonly [string, ...string[]];
  /** What it says, and what that rests on. */
  readonly says: readonly Passage[];
  /** What it says when it is asked to elaborate. */
  readonly more?: string;
  /** Where it is, if somebody asks for the weather there. */
  readonly place?: string;
}

const cited = (title: string, url: string): Source => ({ type: 'url_citation', url, title });

const AL_JAZEERA = cited('aljazeera.com', 'https://vertexaisearch.cloud.google.com/grounding-api-redirect/aljazeera');
const UEFA = cited('uefa.com', 'https://vertexaisearch.cloud.google.com/grounding-api-redirect/uefa');

/** The first that a prompt is about is the one that counts. */
export const FACTS: readonly Fact[] = [
  {
    asked: /\bwho won euro 2024\b/i,
    isEarlier: true,
    queries: ['UEFA Euro 2024 winner', 'who won euro 2024'],
    says: [
      { text: 'Spain won Euro 2024, defeating England 2-1 in the final.', sources: [AL_JAZEERA] },
      ' ',
      {
        text: "This victory marks Spain's record fourth European Championship title.",
        sources: [AL_JAZEERA, UEFA],
      },
    ],
  },
  {
    asked: /\bwho won euro 2024\b/i,
    queries: ['UEFA Euro 2024 winner'],
    says: [{ text: 'Spain won Euro 2024, defeating England 2-1', sources: [AL_JAZEERA] }, '.'],
  },
  {
    asked: /\beuro\b.*\b2024\b/i,
    queries: ['UEFA Euro 2024 winner'],
    says: [
      {
        text: 'Spain won Euro 2024, defeating England 2-1 in the final.',
        sources: [cited('uefa.com', 'https://www.uefa.com/euro2024')],
      },
    ],
  },
  {
    asked: /\bserverless computing\b/i,
    queries: ['serverless computing model'],
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
    queries: ['largest mountain in Europe'],
    place: 'Mount Elbrus, Russia',
    says: [
      {
        text: 'Mount Elbrus – Эльбрус – in Russia is the highest mountain in Europe: 5,642 m.',
        sources: [cited('wikipedia.org', 'https://en.wikipedia.org/wiki/Mount_Elbrus')],
      },
      ' ⛰️ Mont Blanc is the highest one in the Alps',
      {
        text: ' (4,806 m).',
        sources: [cited('wikipedia.org', 'https://en.wikipedia.org/wiki/Mont_Blanc')],
      },
    ],
  },
];

/** What a model knows about a prompt. */
export const factFor = (prompt: string, isEarlier = false): Fact | undefined =>
  FACTS.find((fact) => fact.asked.test(prompt) && (isEarlier || fact.isEarlier !== true));
