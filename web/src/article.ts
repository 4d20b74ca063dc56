// The page of an article: layers, the row under the pointer, going from statement to statement.
import { all, isTyping, make, one } from "./elements";
import { remember, remembered } from "./stores";

const NARROW = "(max-width: 999px)";

export function setUpArticle(): void {
  const reader = one(".reader");
  const text = one("#text");
  if (!reader || !text) return;
  setUpLayers(reader);
  const room = new Reader(reader, text);
  setUpPicking(reader, text);
  room.openAddress();
}

class Reader {
  private chosen: string | null = null;
  private readonly card: HTMLElement;

  constructor(
    private readonly reader: HTMLElement,
    private readonly text: HTMLElement,
  ) {
    this.card = make("div", "", { class: "card", hidden: "", role: "tooltip" });
    document.body.append(this.card);
    text.addEventListener("click", (event) => this.onClick(event));
    text.addEventListener("pointerover", (event) => this.onOver(event));
    text.addEventListener("pointerleave", () => this.hideCard());
    addEventListener("hashchange", () => this.openAddress());
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  openAddress(): void {
    const address = decodeURIComponent(location.hash.slice(1));
    if (address === "add") {
      const add = one<HTMLDetailsElement>("details.add", this.reader);
      if (add) add.open = true;
      add?.scrollIntoView({ block: "center" });
      return;
    }
    const mark = document.getElementById(address);
    if (!address || !mark || !this.text.contains(mark)) return;
    this.turnOn(address);
    this.choose(address);
    mark.scrollIntoView({ block: "center" });
  }

  // A mark whose layer is off is shown when it is asked for.
  private turnOn(address: string): void {
    const row = this.row(address);
    const kind = row?.closest<HTMLElement>("[data-kind]")?.dataset.kind;
    const box = kind && one<HTMLInputElement>(`#layer-${kind}`);
    if (box && !box.checked) box.click();
  }

  private row(address: string): HTMLElement | null {
    return document.getElementById(`row-${address}`);
  }

  private onClick(event: MouseEvent): void {
    const mark = markAt(event.target);
    if (!mark?.dataset.row || !getSelection()?.isCollapsed) return;
    history.replaceState(null, "", `#${mark.dataset.row}`);
    this.choose(mark.dataset.row);
  }

  private onOver(event: PointerEvent): void {
    const mark = markAt(event.target);
    const row = mark?.dataset.row ? this.row(mark.dataset.row) : null;
    if (!mark || !row || event.pointerType !== "mouse" || matchMedia(NARROW).matches) return this.hideCard();
    this.card.replaceChildren(...shortened(row));
    this.card.hidden = false;
    const place = mark.getClientRects()[0];
    const width = this.card.offsetWidth;
    const left = Math.max(8, Math.min(place.left, innerWidth - width - 8));
    const isAbove = place.top > this.card.offsetHeight + 16;
    const top = isAbove ? place.top - this.card.offsetHeight - 8 : place.bottom + 8;
    this.card.style.left = `${left + scrollX}px`;
    this.card.style.top = `${top + scrollY}px`;
    for (const other of all(".is-hovered", this.text)) other.classList.remove("is-hovered");
    for (const part of this.parts(mark.dataset.row ?? "")) part.classList.add("is-hovered");
  }

  private hideCard(): void {
    this.card.hidden = true;
    for (const other of all(".is-hovered", this.text)) other.classList.remove("is-hovered");
  }

  private parts(address: string): HTMLElement[] {
    return all(`[data-row="${CSS.escape(address)}"]`, this.text);
  }

  choose(address: string): void {
    this.letGo();
    this.chosen = address;
    for (const part of this.parts(address)) part.classList.add("is-on");
    const row = this.row(address);
    if (!row) return;
    row.classList.add("is-on");
    const group = row.closest("details");
    if (group) group.open = true;
    if (matchMedia(NARROW).matches) return this.showSheet(row);
    const rail = row.closest(".rail");
    if (rail) rail.scrollTop += row.getBoundingClientRect().top - rail.getBoundingClientRect().top - 80;
  }

  private showSheet(row: HTMLElement): void {
    const sheet = one("#sheet");
    if (!sheet) return;
    const close = make("button", "×", { type: "button", class: "plain close", "aria-label": "Close" });
    close.addEventListener("click", () => this.letGo());
    const copies = [...row.children].map((child) => child.cloneNode(true));
    sheet.replaceChildren(close, ...copies);
    sheet.hidden = false;
  }

  private letGo(): void {
    this.chosen = null;
    for (const part of all(".is-on")) part.classList.remove("is-on");
    const sheet = one("#sheet");
    if (sheet) sheet.hidden = true;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "j" || event.key === "k") this.step(event.key === "j" ? 1 : -1);
    if (event.key === "Escape") {
      this.letGo();
      this.hideCard();
    }
    if (/^[1-7]$/.test(event.key)) all<HTMLInputElement>(".layers input")[Number(event.key) - 1]?.click();
  }

  private step(by: number): void {
    const rows = all(".row.kind-statement", this.reader);
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.dataset.row === this.chosen);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : (at + by + rows.length) % rows.length;
    const address = rows[next].dataset.row ?? "";
    history.replaceState(null, "", `#${address}`);
    this.turnOn(address);
    this.choose(address);
    document.getElementById(address)?.scrollIntoView({ block: "center" });
  }
}

// The innermost mark whose layer is on.
function markAt(target: EventTarget | null): HTMLElement | null {
  let mark = target instanceof Element ? target.closest<HTMLElement>("#text .m") : null;
  while (mark && !isShown(mark)) mark = mark.parentElement?.closest<HTMLElement>("#text .m") ?? null;
  return mark;
}

const LAYERS: Record<string, string> = { content: "statement", source: "statement", cue: "statement" };

function isShown(mark: HTMLElement): boolean {
  const part = mark.classList[1];
  return one<HTMLInputElement>(`#layer-${LAYERS[part] ?? part}`)?.checked ?? true;
}

function shortened(row: HTMLElement): Node[] {
  return all(".row-head, .row-who, .facts", row).map((part) => part.cloneNode(true));
}

function setUpLayers(reader: HTMLElement): void {
  for (const box of all<HTMLInputElement>(".layers input", reader)) {
    const kept = remembered(`layer-${box.dataset.layer}`);
    if (kept) box.checked = kept === "on";
    box.addEventListener("change", () => remember(`layer-${box.dataset.layer}`, box.checked ? "on" : "off"));
  }
}

// Words that a reader selects, as UTF-16 units of the text; the server makes them code points.
function setUpPicking(reader: HTMLElement, text: HTMLElement): void {
  const add = one<HTMLDetailsElement>("details.add", reader);
  const form = one<HTMLFormElement>("#add", reader);
  if (!add || !form) return;
  let picked: [number, number, string] | null = null;
  const look = () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const start = unitsAt(text, range.startContainer, range.startOffset);
    const end = unitsAt(text, range.endContainer, range.endOffset);
    if (start !== null && end !== null && start < end) picked = [start, end, range.toString()];
  };
  // A click on a button can end the selection, and a key can come before its event.
  document.addEventListener("selectionchange", look);
  const use = (name: string) => {
    look();
    const field = one<HTMLInputElement>(`input[name="${name}"]`, form);
    const shown = one(`[data-words="${name}"]`, form);
    if (!picked || !field || !shown) return;
    field.value = `${picked[0]}-${picked[1]}`;
    shown.textContent = picked[2];
  };
  for (const button of all("[data-pick]", form)) {
    button.addEventListener("click", () => use(button.dataset.pick ?? ""));
  }
  const kind = one<HTMLSelectElement>("select[name=row_kind]", form);
  const onKind = () => {
    for (const part of all("[data-for]", form)) {
      part.hidden = !part.dataset.for?.split(" ").includes(kind?.value ?? "");
      // What is not shown is not sent: two kinds can have a field of one name.
      for (const field of all<HTMLInputElement>("input, select", part)) field.disabled = part.hidden;
    }
  };
  kind?.addEventListener("change", onKind);
  onKind();
  const own = one<HTMLInputElement>("[data-own-name]", form);
  if (own) {
    own.value = own.value || remembered("by") || "";
    own.addEventListener("input", () => remember("by", own.value));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape" && event.target instanceof HTMLElement && form.contains(event.target)) {
      event.target.blur();
    }
    if (isTyping(event.target)) return;
    if (event.key === "n") {
      event.preventDefault();
      add.open = true;
      add.scrollIntoView({ block: "nearest" });
      kind?.focus();
    }
    if (!add.open) return;
    const buttons = all(`[data-pick-key="${CSS.escape(event.key)}"]`, form);
    const shown = buttons.find((button) => !button.closest<HTMLElement>("[data-for]")?.hidden);
    if (shown) use(shown.dataset.pick ?? "");
    const isOnControl = event.target instanceof Element && event.target.closest("a, button, summary");
    if (event.key === "Enter" && !isOnControl && all<HTMLInputElement>(".picked input", form).some((one) => one.value)) {
      form.requestSubmit();
    }
  });
}

function unitsAt(text: HTMLElement, node: Node, offset: number): number | null {
  const inside = node instanceof Element ? node : node.parentElement;
  const paragraph = inside?.closest<HTMLElement>("p[data-units]");
  if (!paragraph || !text.contains(paragraph)) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.units) + before.toString().length;
}
