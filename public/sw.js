// Keeps one build of Loop Atlas in the browser, so that it opens without a network. The build fills in the list of its files
// and their hashes. A new build is fetched whole into a store of its own, every file checked by its hash; until it takes over,
// pages get the old build and nothing but the old one.

const FILES = {/*files*/};
const OURS = `loop-atlas ${registration.scope} `;
const STORE = `${OURS}${'/*version*/'}`;

const address = (path) => new URL(path, registration.scope).href;
const wanted = (path) => new Request(address(path), { cache: 'no-cache', integrity: FILES[path] });

async function fetchAll() {
  const store = await caches.open(STORE);
  await Promise.all(
    Object.keys(FILES).map(async (path) => {
      const response = await fetch(wanted(path));
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      // A browser opens no page from an answer that was led elsewhere.
      await store.put(address(path), response.redirected ? new Response(response.body, response) : response);
    }),
  );
}

addEventListener('install', (event) => {
  event.waitUntil(
    fetchAll().catch(async (reason) => {
      await caches.delete(STORE);
      throw reason;
    }),
  );
});

addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name.startsWith(OURS) && name !== STORE);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))));
});

addEventListener('message', ({ data }) => {
  if (data === 'take over') skipWaiting();
});

// What the browser has thrown away comes from the network, if it is still the same file.
async function kept(path) {
  const store = await caches.open(STORE);
  return (await store.match(address(path))) ?? fetch(wanted(path));
}

// A page that is opened or loaded again while no other is open may as well be the new build's.
async function page(request) {
  const next = registration.waiting;
  if (next) {
    const open = await clients.matchAll({ type: 'window' });
    if (open.length === 0 || (open.length === 1 && request.cache === 'no-cache')) {
      next.postMessage('take over');
      // Without an icon of its own the browser would ask the host for one.
      return new Response('<link rel="icon" href="data:,">', { headers: { 'content-type': 'text/html', refresh: '0' } });
    }
  }
  return kept('./');
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = request.url.split(/[?#]/)[0];
  if (request.method !== 'GET' || !url.startsWith(registration.scope)) return;
  const below = `./${decodeURI(url.slice(registration.scope.length))}`;
  const path = below === './index.html' ? './' : below;
  if (!Object.hasOwn(FILES, path)) return;
  event.respondWith(path === './' && request.mode === 'navigate' ? page(request) : kept(path));
});
