// Loads the islands. The page is complete without this script: whatever fails here leaves the
// plain page working, so nothing is reported louder than a warning.

const self = document.querySelector("script[data-js][data-wasm]");

// An island inside another one's children may only start after the outer one has provided its
// context; the outer one leaves a callback on its <leptos-children> element for that.
async function hydrateBelow(node, islands, startChildren) {
  for (const child of node.children) {
    const tag = child.localName;
    if (tag === "leptos-island") {
      const start = islands[child.dataset.component];
      if (start) {
        startChildren?.();
        await start(child);
      } else {
        console.warn(`no island named ${child.dataset.component}`);
      }
      await hydrateBelow(child, islands, startChildren);
    } else if (tag === "leptos-children") {
      await hydrateBelow(child, islands, child.$$on_hydrate);
    } else {
      await hydrateBelow(child, islands, startChildren);
    }
  }
}

// The runner says which pages it needs once a draft is kept on this device: from then on the survey
// can be loaded again without a network.
async function prepareForOffline() {
  const { kept } = document.querySelector("[data-kept]").dataset;
  await navigator.serviceWorker.register("/survey-worker.js");
  const { active } = await navigator.serviceWorker.ready;
  const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
  const files = [...parts].map((part) => part.href || part.src);
  active.postMessage([...kept.split(" "), ...files, self.dataset.js, self.dataset.wasm]);
}

addEventListener("partake-kept", () => {
  // Private windows and plain HTTP have no such worker: then it cannot be loaded again, no more.
  prepareForOffline().catch(() => {});
});

// How a draft will look is a module of its own, fetched with the first words that somebody writes.
let composer;
globalThis.partakeComposer = () => {
  composer ??= import(self.dataset.composerJs).then(async (module) => {
    await module.default({ module_or_path: fetch(self.dataset.composerWasm) });
    return module;
  });
  // Without a network it is asked for again with the next words.
  composer.catch(() => {
    composer = undefined;
  });
  return composer;
};

async function boot() {
  // Both are asked for at once; the second would else wait for the first.
  const module = fetch(self.dataset.wasm);
  const islands = await import(self.dataset.js);
  await islands.default({ module_or_path: module });
  islands.hydrate();
  await hydrateBelow(document.body, islands, undefined);
  document.documentElement.dataset.wasm = "ready";
}

boot().catch((error) => {
  document.documentElement.dataset.wasm = "failed";
  console.warn("the page works without its interactive parts, which did not load:", error);
});
