/** A story in parts; between two parts there is room for a picture. */
export type Story = readonly [opening: string, middle: string, end: string];

/** What a story is called: illustrated where there are pictures. */
export type StoryKind = 'story' | 'short illustrated story';

/** The story of a gladiator. */
export const colosseumStory = (hero: string, kind: StoryKind): Story => [
  `Here is a ${kind} about the Colosseum and a gladiator named ${hero}.

### Part 1: The New Flavian Amphitheater

In the year 80, when the Emperor Titus opened the greatest arena the world had seen, ${hero} stood at its foot and counted the arches: eighty on every tier, and three tiers before the sky began. The travertine was still white. Fifty thousand people would sit up there, and tomorrow they would all be looking at him.

`,
  `### Part 2: The Hypogeum and the Wait

Below the sand there was no sky at all. ${hero} waited in the vaults among ropes and winches, where men turned capstans by torchlight and lifts creaked under beasts that nobody in Rome had a name for. He could feel the crowd through the stone, like weather. Then someone called his number, and the platform began to rise.

`,
  `### Part 3: The Moment of Spectacle

Light broke over him, and with it the noise. ${hero} raised his shield to the imperial box, as he had been taught, and then, as he had not, to the highest tier, where the poor and the slaves sat. They roared loudest. When it was over he was given a palm branch and a wooden sword: he was free to walk out through any of the eighty arches, and he counted them once more.`,
];

/** A story about anything. */
export const storyAbout = (subject: string, kind: StoryKind): Story => [
  `Here is a ${kind} about ${subject}.

### Part 1: The Beginning

It began in a city at sunset. Nobody there had given much thought to ${subject}, until that evening.

`,
  `### Part 2: The Search

So people went to look, each in another direction, and what they found they told one another at the bridge.

`,
  `### Part 3: The Return

By the time the lamps were lit everybody had a part of the story, and together they had all of it.`,
];
