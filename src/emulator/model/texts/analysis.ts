const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An analysis of what one thing does to another, as several paragraphs. */
export const analysisOf = (
  cause: string,
  field: string,
): string => `${capitalised(cause)} has transformed ${field} in several ways: work that took hours takes minutes, decisions rest on more evidence than one person can read, and people who were out of reach are reached. The gains are real where the data are good and somebody remains responsible; elsewhere they are promises.

## Where it helps today

The earliest results came where there is much data and a clear question. Images and records are read by programs that mark what a specialist should look at first, and the specialist decides. Routine paperwork is drafted by machines and signed by people, which gives back a part of every working day. Planning has become better, too: demand is forecast, and staff and supplies follow it.

## What it changes for people

For those who work in ${field}, tasks move rather than disappear. Less time goes into looking things up and writing them down, more into judging, explaining and caring. For those who depend on ${field}, waiting times fall and advice is at hand at any hour, though it has to say plainly when a human being is needed.

## Risks and limits

A model repeats the gaps of what it was trained on, so groups that were rarely recorded are served worst. It can be confidently wrong. Data that are sensitive have to stay where they belong, and an answer that nobody can explain cannot be challenged. None of this argues against using ${cause}; all of it argues for measuring before and after, and for publishing both.

## Outlook

The next years are less about larger models than about fitting them into ${field}: standards for evidence, shared and well-kept data, training for those who use them, and rules about who answers for a mistake. Where that is done, ${cause} becomes ordinary, which is the best that can be said of a tool.`;
