// Finding and making elements. Words from answers are only ever set as text.
export const one = <E extends Element = HTMLElement>(query: string, inside: ParentNode = document) =>
  inside.querySelector<E>(query);

export const all = <E extends Element = HTMLElement>(query: string, inside: ParentNode = document) => [
  ...inside.querySelectorAll<E>(query),
];

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text = "",
  more: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
  return element;
}

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName));

// Addresses that lead into an article: only ids and numbers go in.
export const rowAddress = (document: string, mark: string, id: string) =>
  `/article/${encodeURIComponent(document)}#${mark}-${encodeURIComponent(id)}`;
