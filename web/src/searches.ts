// The search box that answers as one types, and searches that a reader keeps in the browser.
import { all, make, one, rowAddress } from "./elements";
import { remember, remembered } from "./stores";

const PAUSE_MS = 160;
const MARKS: Record<string, string> = { statement: "s", event: "e", "control claim": "k" };

interface Row {
  kind: string;
  who: string | null;
  what: string;
  words: string;
  document: string;
  outlet: string | null;
  id: string;
}

export function setUpQuickSearch(): void {
  const box = one<HTMLInputElement>("#quick");
  const found = one("#quick-found");
  const state = one("#quick-state");
  if (!box || !found || !state) return;
  let waiting = 0;
  let running: AbortController | null = null;

  const close = () => {
    found.hidden = true;
  };
  const show = (rows: Row[]) => {
    found.replaceChildren(...rows.map(quickRow));
    found.hidden = rows.length === 0;
    state.textContent = `${rows.length} found so far`;
  };
  const ask = async () => {
    running?.abort();
    const words = box.value.trim();
    if (words.length < 2) return close();
    running = new AbortController();
    try {
      // The last word may not be written to its end.
      const last = /[\p{L}\p{N}]$/u.test(words) ? "*" : "";
      const address = `/search.json?kind=statement&facets=no&limit=7&q=${encodeURIComponent(words + last)}`;
      const answer = await fetch(address, { signal: running.signal });
      show(answer.ok ? (await answer.json()).rows : []);
    } catch (error) {
      if (!(error instanceof DOMException)) close();
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(ask, PAUSE_MS);
  });
  box.form?.addEventListener("keydown", (event) => move(event, box, found, close));
  document.addEventListener("click", (event) => {
    if (!box.form?.contains(event.target as Node)) close();
  });
}

function quickRow(row: Row): HTMLElement {
  const link = make("a", "", { href: rowAddress(row.document, MARKS[row.kind] ?? "s", row.id) });
  const words = row.words.length > 110 ? `${row.words.slice(0, 109)}…` : row.words;
  link.append(make("bdi", row.who ?? "somebody", { class: "speaker" }), ` ${row.what}: `);
  link.append(make("bdi", words), make("span", row.outlet ?? "", { class: "meta" }));
  return link;
}

function move(event: KeyboardEvent, box: HTMLInputElement, found: HTMLElement, close: () => void): void {
  const links = all("a", found);
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (event.key === "Escape") {
    close();
    box.focus();
  } else if (event.key === "ArrowDown" && at < links.length - 1 && !found.hidden) {
    event.preventDefault();
    links[at + 1].focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    (at === 0 ? box : links[at - 1]).focus();
  }
}

export function setUpSavedSearches(): void {
  const place = one("#saved");
  const list = place && one("ul", place);
  if (!place || !list) return;
  const draw = () => {
    const kept = keptSearches();
    list.replaceChildren(...kept.map((query) => savedRow(query, draw)));
    if (!one("#save")) place.hidden = kept.length === 0;
  };
  one("#save")?.addEventListener("click", () => {
    const query = location.search;
    if (query) remember("searches", JSON.stringify([...new Set([query, ...keptSearches()])].slice(0, 30)));
    draw();
  });
  draw();
}

function keptSearches(): string[] {
  try {
    const kept = JSON.parse(remembered("searches") ?? "[]");
    return Array.isArray(kept) ? kept.filter((query) => typeof query === "string" && query.startsWith("?")) : [];
  } catch {
    return [];
  }
}

function savedRow(query: string, draw: () => void): HTMLElement {
  const row = make("li");
  const words = [...new URLSearchParams(query)].map(([name, value]) => (name === "q" ? value : `${name}: ${value}`));
  row.append(make("a", words.join(", ") || "all", { href: `/search${query}` }));
  const drop = make("button", "×", { type: "button", class: "plain", "aria-label": `Forget ${words.join(", ")}` });
  drop.addEventListener("click", () => {
    remember("searches", JSON.stringify(keptSearches().filter((one) => one !== query)));
    draw();
  });
  row.append(drop);
  return row;
}
