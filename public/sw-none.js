// While somebody works at the page (cargo xtask serve) nothing is kept: what an earlier build left here goes away.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) if (name.startsWith(`loop-atlas ${registration.scope} `)) await caches.delete(name);
    await registration.unregister();
    for (const client of await clients.matchAll({ type: 'window' })) client.navigate(client.url);
  };
  event.waitUntil(clear());
});
