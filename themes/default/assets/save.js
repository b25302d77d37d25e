// Replaces every link with `data-save` by a menu that saves the table and the chart before it, or cites them. What the
// menu offers is in save-menu.js, which is loaded when a menu is opened for the first time. The words and the sources of
// the page are attributes of the script element.
"use strict";

{
  const script = document.currentScript;
  let saving;

  /** Loads save-menu.js; returns a promise of what it can do. */
  globalThis.loadSaving = () => {
    saving ??= new Promise((done) => {
      const more = document.createElement("script");
      more.src = script.dataset.script;
      more.onload = () => done(globalThis.saving(script));
      document.head.append(more);
    });
    return saving;
  };

  for (const hook of document.querySelectorAll("[data-save]")) {
    const scope = hook.closest(".measured, .room, [data-save-scope]") ?? hook.previousElementSibling;
    const menu = document.createElement("details");
    menu.className = "save";
    const summary = document.createElement("summary");
    const of = document.createElement("span");
    of.className = "visually-hidden";
    of.textContent = ` ${scope.querySelector("caption").textContent}`;
    summary.append(script.dataset.menu, of);
    menu.append(summary);
    globalThis.markLanguages?.(menu);
    menu.addEventListener("toggle", async () => {
      const { fillMenu } = await loadSaving();
      if (menu.children.length === 1) fillMenu(menu, hook, scope);
    });
    hook.replaceWith(menu);
  }
}
