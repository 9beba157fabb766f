const isOurs = (name: string): boolean => /^(GOOGLE|GEMINI)_/.test(name);

/** Lets every test of a file start without any variable of ours, and puts them back as they were. */
export const cleanEnvironment = (): void => {
  let saved: [name: string, value: string | undefined][] = [];

  beforeEach(() => {
    saved = Object.entries(process.env).filter(([name]) => isOurs(name));
    for (const [name] of saved) Reflect.deleteProperty(process.env, name);
  });

  afterEach(() => {
    for (const name of Object.keys(process.env).filter(isOurs)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, Object.fromEntries(saved));
  });
};
