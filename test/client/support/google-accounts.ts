import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A token as a server hands it out; how long it is good for is in seconds. */
export interface IssuedToken {
  readonly access_token: string;
  readonly expires_in: number;
  readonly token_type: 'Bearer';
}

/** Hands out `prefix-1`, `prefix-2` …, each good for an hour unless told otherwise. */
export const issuer = (prefix: string, { expiresIn = 3600 } = {}) => {
  let count = 0;
  return (): IssuedToken => ({
    access_token: `${prefix}-${String((count += 1))}`,
    expires_in: expiresIn,
    token_type: 'Bearer',
  });
};

const servers = new Set<Server>();
const folders = new Set<string>();

/** Ends what the helpers of this file began; for `afterEach`. */
export const closeAccounts = async (): Promise<void> => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
  await Promise.all(
    [...servers].map(async (server) => {
      servers.delete(server);
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    }),
  );
};

/** The server that tells a machine of Google's who it is, at a port of this one: for `GCE_METADATA_HOST`. */
export const metadataServer = async (issue: () => IssuedToken) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://metadata');
    asked.push(`${url.pathname.replace('/computeMetadata/v1/', '')}${url.search}`);
    response.setHeader('metadata-flavor', 'Google');
    if (request.headers['metadata-flavor'] !== 'Google') response.writeHead(403).end();
    else if (url.pathname.endsWith('/token')) response.end(JSON.stringify(issue()));
    else if (url.pathname.endsWith('/project-id')) response.end('metadata-project');
    else response.end('');
  });
  servers.add(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: `127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked };
};

/** What stands in for Google's token endpoint: `google-auth-library` asks that, whatever `token_uri` says. */
export const tokenEndpoint = (answer: (form: URLSearchParams) => Response | IssuedToken) => {
  const forms: URLSearchParams[] = [];
  const fetchImplementation: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    expect(`${request.method} ${request.url}`).toBe('POST https://oauth2.googleapis.com/token');
    const form = new URLSearchParams(await request.text());
    forms.push(form);
    const answered = answer(form);
    return answered instanceof Response ? answered : Response.json(answered);
  };
  return { forms, clientOptions: { transporterOptions: { fetchImplementation } } };
};

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'accounts-'));
  folders.add(folder);
  return folder;
};

export const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
}) as string;

/** The file of a service account. */
export const serviceAccountFile = (): string => {
  const file = path.join(temporaryFolder(), 'service-account.json');
  const account = {
    type: 'service_account',
    project_id: 'file-project',
    private_key_id: 'key-id',
    private_key: PRIVATE_KEY,
    client_email: 'robot@file-project.iam.gserviceaccount.com',
    token_uri: 'https://token.example.com/token',
  };
  writeFileSync(file, JSON.stringify(account));
  return file;
};

/** A home in which somebody has signed in with `gcloud auth application-default login`. */
export const signedInHome = (more: object = {}): string => {
  const home = temporaryFolder();
  const folder = path.join(home, '.config', 'gcloud');
  mkdirSync(folder, { recursive: true });
  const user = {
    type: 'authorized_user',
    client_id: 'client-id.apps.googleusercontent.com',
    client_secret: 'Top-Secret-client',
    refresh_token: 'Top-Secret-refresh',
    ...more,
  };
  writeFileSync(path.join(folder, 'application_default_credentials.json'), JSON.stringify(user));
  return home;
};
