/**
 * Draws the pictures of the emulator's model and writes them as modules with base64 constants, which need no asset files.
 *
 *     npx tsx scripts/make-media.ts    writes src/emulator/model/media (test/emulator/model-media.test.ts compares)
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';

type Colour = readonly [red: number, green: number, blue: number];

export const WIDTH = 96;
export const HEIGHT = 64;
const QUALITY = 70;
const LINE = 100;

const mix = (a: Colour, b: Colour, part: number): Colour => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
];

const isInDisc = (x: number, y: number, centre: readonly [number, number], radius: number): boolean =>
  (x - centre[0]) ** 2 + (y - centre[1]) ** 2 <= radius ** 2;

/** How high the building at a column is; every eight columns another one. */
const towerHeight = (x: number): number => [18, 34, 24, 44, 28, 38, 16, 48, 22, 40, 30, 20][Math.floor(x / 8)] ?? 0;

const skyline = (x: number, y: number): Colour => {
  const top = HEIGHT - towerHeight(x);
  const isSpire = x % 8 === 4 && towerHeight(x) > 36 && y > top - 8;
  if (y >= top && x % 8 !== 7) {
    const isWindow = x % 8 > 0 && x % 2 === 1 && y % 4 === 2 && (x * 7 + y * 3) % 5 > 1;
    return isWindow ? [120, 240, 255] : [24, 18, 52];
  }
  if (isSpire) return [60, 30, 90];
  if (isInDisc(x, y, [62, 34], 13)) return [255, 224, 130];
  return mix([70, 30, 110], [255, 130, 70], y / HEIGHT);
};

/** Whether a point is in the opening of an arch: straight at its foot, round at its head. */
const isInArch = (x: number, y: number, width: number, foot: number, height: number): boolean => {
  const across = (x % width) - width / 2;
  const up = foot - y;
  const round = width / 2 - 1.5;
  if (Math.abs(across) > round || up < 0) return false;
  return up <= height - round || across ** 2 + (up - height + round) ** 2 <= round ** 2;
};

const arena = (x: number, y: number): Colour => {
  const wall = 16 + ((x - 48) / 24) ** 2 * 2;
  if (y > 54) return mix([214, 178, 110], [170, 130, 80], (y - 54) / 10);
  if (y < wall) return isInDisc(x, y, [78, 9], 6) ? [255, 240, 170] : mix([110, 180, 240], [200, 225, 245], y / 24);
  const tier = [28, 41, 54].find((foot) => y <= foot) ?? 54;
  return isInArch(x, y, 8, tier, 9) ? [70, 44, 34] : mix([232, 204, 150], [190, 150, 100], (y - 16) / 40);
};

const hypogeum = (x: number, y: number): Colour => {
  const torch = [24, 72].find((at) => Math.abs(x - at) < 24);
  const glow = torch === undefined ? 0 : Math.max(0, Math.round(8 - Math.hypot(x - torch, y - 24) / 2.5) / 8);
  if (torch !== undefined && isInDisc(x, y, [torch, 23], 2.5)) return [255, 236, 150];
  if (torch !== undefined && x === torch && y > 25 && y < 34) return [110, 70, 40];
  const stone: Colour = isInArch(x, y, 32, 60, 52) ? [22, 16, 18] : [84, 66, 56];
  const isJoint = y % 8 === 0 || (x + (Math.floor(y / 8) % 2) * 6) % 12 === 0;
  return mix(isJoint ? mix(stone, [10, 8, 8], 0.4) : stone, [255, 170, 80], glow * 0.7);
};

/** Each picture, and what it shows. */
const PICTURES = {
  skyline: { draw: skyline, shows: 'A city skyline at sunset' },
  arena: { draw: arena, shows: 'An amphitheatre by day' },
  hypogeum: { draw: hypogeum, shows: 'Vaults under an amphitheatre, by the light of two torches' },
} as const;

export type PictureName = keyof typeof PICTURES;
export const NAMES: readonly PictureName[] = ['skyline', 'arena', 'hypogeum'];

/** A picture as RGBA, row by row. */
export const pixelsOf = (name: PictureName): Uint8Array => {
  const { draw } = PICTURES[name];
  return Uint8Array.from(
    Array.from({ length: WIDTH * HEIGHT }, (_, at) => [...draw(at % WIDTH, Math.floor(at / WIDTH)), 255]).flat(),
  );
};

export const jpegOf = (name: PictureName): Buffer =>
  jpeg.encode({ width: WIDTH, height: HEIGHT, data: pixelsOf(name) }, QUALITY).data;

const pngOf = (name: PictureName): Buffer => {
  const png = new PNG({ width: WIDTH, height: HEIGHT });
  png.data = Buffer.from(pixelsOf(name));
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
};

const literal = (bytes: Buffer): string =>
  (bytes.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []).map((line) => `    '${line}'`).join(' +\n');

const moduleOf = (name: PictureName): string => `import type { Picture } from './picture.js';

/** ${PICTURES[name].shows}. Made by scripts/make-media.ts. */
export const ${name}: Picture = {
  png:
${literal(pngOf(name))},
  jpeg:
${literal(jpegOf(name))},
};
`;

const isMain = process.argv[1]?.endsWith('make-media.ts') ?? false;
if (isMain) {
  const folder = resolve('src/emulator/model/media');
  for (const name of NAMES) writeFileSync(join(folder, `${name}.ts`), moduleOf(name));
}
