// Keys of the review, and the name of the reviewer in all of its forms.
import { all, isTyping, one } from "./elements";
import { remember, remembered } from "./stores";

export function setUpReview(): void {
  setUpKeys();
  setUpName();
  one(".review .m.is-target, .review .m[id]")?.scrollIntoView({ block: "nearest" });
}

// The name that is typed once goes into all forms that decide.
function setUpName(): void {
  const by = one<HTMLInputElement>("#by");
  if (!by) return;
  const fill = () => {
    for (const field of all<HTMLInputElement>("[data-by]")) field.value = by.value;
  };
  by.value = by.value || remembered("by") || "";
  by.addEventListener("input", () => {
    remember("by", by.value);
    fill();
  });
  fill();
}

// Forms, links and buttons that have a key; Escape leaves a field, so that keys work again.
function setUpKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape" && isTyping(event.target)) (event.target as HTMLElement).blur();
    if (isTyping(event.target)) return;
    const target = /^[a-z]$/.test(event.key) ? one(`[data-key="${event.key}"]`) : null;
    if (!target) return;
    event.preventDefault();
    if (target instanceof HTMLFormElement) target.requestSubmit();
    else if (target.dataset.focus) one(target.dataset.focus)?.focus();
    else target.click();
  });
  for (const button of all("[data-focus]")) {
    button.addEventListener("click", () => one(button.dataset.focus ?? "")?.focus());
  }
}
