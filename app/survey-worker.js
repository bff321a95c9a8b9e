// Lets an unfinished survey be loaded again while there is no network. The network always comes
// first; what is kept here is looked at only when it fails, so nothing old is ever shown to who is
// online. Kept are the survey's empty page and the files it is made of, never an answer.

const KEPT = "partake-survey";
const SURVEY = /^(\/(?:zh|en)(?:\/s\/[^/]+)?\/survey)(?:\/|$)/;

/** Keeps exactly these addresses. */
async function keep(addresses) {
  const cache = await caches.open(KEPT);
  const wanted = addresses.map((address) => new URL(address, self.location).href);
  const held = new Set((await cache.keys()).map((request) => request.url));
  for (const address of wanted) {
    const response = await fetch(address);
    if (response.ok) await cache.put(address, response);
  }
  for (const address of held) {
    if (!wanted.includes(address)) await cache.delete(address);
  }
}

async function fallBack(request, kept) {
  try {
    return await fetch(request);
  } catch (error) {
    const found = await (await caches.open(KEPT)).match(kept);
    if (!found) throw error;
    return found;
  }
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const [, survey] = SURVEY.exec(pathname) ?? [];
  if (request.mode === "navigate") {
    // One empty page stands for all: which part is shown, the draft says.
    if (survey) event.respondWith(fallBack(request, `${survey}/review`));
  } else if (survey || pathname.startsWith("/assets/")) {
    event.respondWith(fallBack(request, request.url));
  }
});
