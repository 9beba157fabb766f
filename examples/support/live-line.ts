/** Writes a line over the one before it on a terminal, as far as it is wide; elsewhere one line after the other. */
export const liveLine = (line: string): void => {
  const { isTTY, columns } = process.stdout;
  process.stdout.write(isTTY ? `\r\u001b[2K${line.slice(0, (columns || 80) - 1)}` : `${line}\n`);
};

/** Ends a line that has been written over. */
export const endLiveLine = (): void => {
  if (process.stdout.isTTY) process.stdout.write('\n');
};
