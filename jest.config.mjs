// RXJS_DIR holds another copy of RxJS to run the suite on; scripts/check-nodes.ts sets it to the oldest one we support.
const { RXJS_DIR } = process.env;

const MODULES_ONLY = '@ark|arktype|arkregex';

const compiled = (parser) => ({
  swcrc: false,
  jsc: { parser, target: 'es2022' },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
});

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: {
    '^rx-interactions$': '<rootDir>/src/index.ts',
    '^rx-interactions/node$': '<rootDir>/src/node.ts',
    '^rx-interactions/(emulator|testing)$': '<rootDir>/src/$1/index.ts',
    '^#default-transport$': '<rootDir>/src/transport/default-transport.node.ts',
    '^#read-file$': '<rootDir>/src/client/inputs/read-file.node.ts',
    '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'],
    ...(RXJS_DIR === undefined ? {} : { '^rxjs(/.*)?$': `${RXJS_DIR}$1` }),
  },
  transform: {
    '\\.ts$': ['@swc/jest', compiled({ syntax: 'typescript' })],
    // These packages are ES modules only, which Node 20 cannot require.
    [`/node_modules/(${MODULES_ONLY})/.*\\.js$`]: ['@swc/jest', compiled({ syntax: 'ecmascript' })],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${MODULES_ONLY})/)`],
  maxWorkers: '100%',
};
