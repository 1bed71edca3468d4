// A static host for tests: the built site under a deep path, as a planner's own host may have it.
//
// Each mount is one visitor's view of the site at a path of its own, so that every request can be laid to one page, and a
// test can make one file fail without another test noticing.

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.geojson': 'application/geo+json',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/// Names that hold the hash of what is in them: they never change.
const HASHED = /-[0-9a-f]{16}(_bg)?\.\w+$/;

/// What one file does instead of being served as it is.
/// @typedef {object} Override
/// @property {RegExp | string} match  a pattern of the path below the mount, or its end
/// @property {number} [status]        answer with this status and no file
/// @property {number} [truncate]      only the first bytes; below 1, this share of them
/// @property {Buffer | string} [body] these bytes instead; the file need not exist
/// @property {number} [delayMs]       wait before answering
/// @property {boolean} [drop]         cut the connection
/// @property {number} [times]         only so often, then as usual

/// Starts a server on a free port of this computer.
export async function startServer() {
  const mounts = new Map();
  const strays = [];
  const server = createServer((request, response) => {
    answer(mounts, strays, request, response).catch(() => response.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;

  return {
    origin,
    /// Paths that were asked for outside of every mount.
    strays,
    /// Serves a folder under a path of its own.
    mount(root, overrides = []) {
      const prefix = `/some/sub/path/${mounts.size + 1}/`;
      const mount = {
        root: path.resolve(root),
        prefix,
        url: origin + prefix,
        overrides: overrides.map((override) => ({ ...override })),
        requests: [],
      };
      mounts.set(prefix, mount);
      return mount;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(mounts, strays, request, response) {
  const pathname = new URL(request.url, 'http://localhost').pathname;
  const mount = [...mounts.values()].find(({ prefix }) => pathname.startsWith(prefix));
  if (!mount) {
    strays.push(pathname);
    return refuse(response, 404);
  }
  const below = decode(pathname.slice(mount.prefix.length));
  const record = { path: below, at: Date.now(), status: 0, bytes: 0 };
  mount.requests.push(record);
  const finish = (status, headers = {}) => {
    record.status = status;
    response.writeHead(status, { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', ...headers });
  };

  const override = takeOverride(mount.overrides, below ?? '');
  if (override?.delayMs) await sleep(override.delayMs);
  if (override?.drop) return response.destroy();
  if (override?.status) {
    finish(override.status);
    return response.end();
  }

  const file = below === null ? null : locate(mount.root, below);
  const type = TYPES[path.extname(file ?? '').toLowerCase()] ?? 'application/octet-stream';
  if (override?.body !== undefined || override?.truncate !== undefined) {
    const whole = override.body === undefined ? await readFile(file) : Buffer.from(override.body);
    const body = whole.subarray(0, keptBytes(whole.length, override.truncate));
    record.bytes = body.length;
    finish(200, { 'content-type': type, 'content-length': body.length });
    return response.end(body);
  }

  const found = file && (await stat(file).catch(() => null));
  if (!found?.isFile()) {
    finish(404);
    return response.end();
  }
  const { size } = found;
  // As good static hosts do: what may change is asked for again, and sent again only where it did.
  const etag = `"${size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`;
  const kept = { etag, 'cache-control': HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache' };
  if (request.headers['if-none-match'] === etag) {
    finish(304, kept);
    return response.end();
  }
  record.bytes = size;
  finish(200, { 'content-type': type, 'content-length': size, ...kept });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

function refuse(response, status) {
  response.writeHead(status);
  response.end();
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/// The file below a folder, or null if the path leads out of it.
export function locate(root, below) {
  if (below.includes('\0')) return null;
  const file = path.resolve(root, `./${below.endsWith('/') || below === '' ? `${below}index.html` : below}`);
  return file.startsWith(root + path.sep) ? file : null;
}

function takeOverride(overrides, below) {
  const name = below === '' ? 'index.html' : below;
  const hit = overrides.find(
    ({ match, times }) => times !== 0 && (match instanceof RegExp ? match.test(name) : name.endsWith(match)),
  );
  if (hit?.times) hit.times -= 1;
  return hit;
}

function keptBytes(length, truncate) {
  if (truncate === undefined) return length;
  return truncate < 1 ? Math.floor(length * truncate) : truncate;
}
