// Reloads the page when the content has changed, and shows errors in an overlay.
(() => {
  "use strict";
  const pageRevision = new URL(document.currentScript.src).searchParams.get("revision");
  const key = "shirube-scroll";
  let events = null;
  let panel = null;
  let shown = "";

  const here = location.pathname + location.search;
  const saved = JSON.parse(sessionStorage.getItem(key) || "null");
  sessionStorage.removeItem(key);
  if (saved && saved.here === here) {
    const restore = () => scrollTo({ left: saved.x, top: saved.y, behavior: "instant" });
    restore();
    // Pictures that load later may move the content below them.
    addEventListener("load", restore, { once: true });
  }

  const reload = () => {
    sessionStorage.setItem(key, JSON.stringify({ here, x: scrollX, y: scrollY }));
    location.reload();
  };

  const element = (name, text, children = []) => {
    const created = document.createElement(name);
    if (text !== null) created.textContent = text;
    created.append(...children);
    return created;
  };

  const styles = `
    :host { all: initial; }
    section { position: fixed; z-index: 2147483647; inset: auto 0 0 0; max-height: 70vh; overflow: auto;
      box-sizing: border-box; padding: 16px 24px; background: #fff; color: #1a1a1a; border-top: 6px solid #a90000;
      box-shadow: 0 -4px 16px rgb(0 0 0 / 30%); font: 16px/1.6 "Noto Sans JP", sans-serif; }
    h2 { margin: 0; font-size: 20px; }
    p { margin: 4px 0; }
    ol { margin: 12px 0 0; padding-left: 24px; }
    li { margin-bottom: 12px; }
    strong { font-weight: 700; }
    code, pre { font: 14px/1.6 ui-monospace, monospace; }
    pre { margin: 4px 0; padding: 8px; overflow: auto; background: #f2f2f2; white-space: pre-wrap; }
    mark { background: #ffd43d; color: inherit; text-decoration: underline wavy #a90000; }
    button { float: right; font: inherit; padding: 4px 16px; color: inherit; background: #fff;
      border: 1px solid #1a1a1a; border-radius: 8px; }
    button:focus-visible, section:focus-visible { outline: 4px solid #000; outline-offset: 2px; }
    @media print { section { display: none; } }`;

  const item = ({ message, help, location }) => {
    const parts = [];
    const line = location?.line;
    if (location) {
      parts.push(element("p", null, [element("code", line ? `${location.path}:${line.number}` : location.path)]));
    }
    parts.push(element("p", null, [element("strong", message)]));
    if (line) {
      const [before, marked, after] = line.text;
      parts.push(element("pre", null, [before, element("mark", marked || " "), after]));
    }
    if (help) parts.push(element("p", `→ ${help}`));
    return element("li", null, parts);
  };

  const show = (errors) => {
    const now = JSON.stringify(errors);
    if (now === shown) return;
    shown = now;
    panel?.remove();
    panel = null;
    if (!errors) return;
    panel = document.createElement("shirube-errors");
    const close = element("button", errors.close);
    close.type = "button";
    close.addEventListener("click", () => panel?.remove());
    const section = element("section", null, [
      close,
      element("h2", errors.title),
      element("p", errors.note),
      element("ol", null, errors.list.map(item)),
    ]);
    if (errors.more) section.append(element("p", errors.more));
    section.lang = errors.lang;
    section.tabIndex = 0;
    section.setAttribute("role", "alert");
    section.setAttribute("aria-label", errors.title);
    // A constructed style sheet is not subject to the CSP of the site.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    const shadow = panel.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(section);
    document.body.append(panel);
  };

  // Browsers open at most six connections to a server, so only visible pages keep one. A new listener receives the
  // current state at once.
  const listen = () => {
    if (document.visibilityState !== "visible") {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/.shirube/events");
      events.onmessage = ({ data }) => {
        const { revision, errors } = JSON.parse(data);
        if (String(revision) === pageRevision) show(errors);
        else reload();
      };
    }
  };
  const listenAgain = () => {
    events?.close();
    events = null;
    listen();
  };
  // After the computer sleeps, a connection may be dead without an error; a gap between two ticks reveals that. After a
  // refusal, as by another server on this port, browsers do not reconnect by themselves.
  const TICK = 2000;
  let ticked = Date.now();
  setInterval(() => {
    const slept = Date.now() - ticked > 5 * TICK;
    ticked = Date.now();
    if (slept || events?.readyState === EventSource.CLOSED) listenAgain();
  }, TICK);
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) listenAgain();
  });
  listen();
})();
