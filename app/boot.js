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

async function boot() {
  const islands = await import(self.dataset.js);
  await islands.default({ module_or_path: self.dataset.wasm });
  islands.hydrate();
  await hydrateBelow(document.body, islands, undefined);
  document.documentElement.dataset.wasm = "ready";
}

boot().catch((error) => {
  document.documentElement.dataset.wasm = "failed";
  console.warn("the page works without its interactive parts, which did not load:", error);
});
