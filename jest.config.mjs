// RXJS_DIR holds another copy of RxJS to run the suite on; scripts/check-nodes.ts sets it to the oldest one we support.
const { RXJS_DIR } = process.env;

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
    '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'],
    ...(RXJS_DIR === undefined ? {} : { '^rxjs(/.*)?$': `${RXJS_DIR}$1` }),
  },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  maxWorkers: '100%',
};
