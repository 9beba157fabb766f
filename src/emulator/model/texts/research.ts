/** A piece of research: how it was gone about, and the report. */
export interface Research {
  /** What is told on the way: a title, and what is being done. */
  readonly progress: readonly (readonly [title: string, text: string])[];
  readonly title: string;
  /** The report under its title: sections of a heading, a text and the site it rests on. */
  readonly sections: readonly (readonly [heading: string, text: string, site: string])[];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const titleOf = (topic: string): string =>
  /quantum computing/i.test(topic)
    ? 'The Quantum Inflection Point: Exhaustive Analysis of Hardware, Algorithms, and Market Dynamics in 2026'
    : `${capitalised(topic)}: State of the Art and Outlook`;

/** What research into a topic amounts to. */
export const researchInto = (topic: string): Research => ({
  progress: [
    [
      'Generating research plan',
      "To best answer your request, I'm starting by constructing a comprehensive research plan. This will outline the key areas I need to investigate and the strategy I'll use to connect them.",
    ],
    ['Gathering sources', `I am looking for primary sources on ${topic}, and for surveys that compare them.`],
    ['Comparing the findings', 'Several sources agree on the main line; where they differ, I note who measured what.'],
    ['Writing the report', 'I have enough to answer. What remains open is said in a section of its own.'],
  ],
  title: titleOf(topic),
  sections: [
    [
      'Executive Summary',
      `This report sums up what is known about ${topic}. Progress is steady rather than sudden: the foundations are agreed upon, engineering is catching up with theory, and the first uses that pay for themselves are narrow ones.`,
      'nature.com',
    ],
    [
      'Key Findings',
      'Three lines of work stand out. The first makes existing methods more reliable, the second makes them cheaper, and the third asks what they are good for. Most published gains come from the first.',
      'arxiv.org',
    ],
    [
      'Open Questions',
      'Independent replication lags behind announcements, benchmarks differ from one group to the next, and costs are rarely reported. Results should be read with that in mind.',
      'ieee.org',
    ],
    [
      'Outlook',
      'Over the next years expect consolidation: fewer approaches, shared standards, and comparisons that can be repeated by anyone.',
      'oecd.org',
    ],
  ],
});

/** How research into a topic would be gone about. */
export const planFor = (topic: string): string =>
  `Here is how I would research ${topic}:\n\n` +
  [
    'Define what counts as recent, and which fields are in scope.',
    'Collect primary sources and surveys, newest first.',
    'Compare methods, results and costs; note contradictions.',
    'Write a report with a summary, findings, open questions and sources.',
  ]
    .map((step, at) => `${at + 1}. ${step}`)
    .join('\n') +
  '\n\nShall I start, or should I change something?';
