// Keys of the review, and the name of the reviewer in all of its forms.
import { all, isTyping, one } from "./elements";
import { remember, remembered } from "./stores";

export function setUpReview(): void {
  if (!one(".review")) return;
  const by = one<HTMLInputElement>("#by");
  const fill = () => {
    for (const field of all<HTMLInputElement>("[data-by]")) field.value = by?.value ?? field.value;
  };
  if (by) {
    by.value = by.value || remembered("by") || "";
    by.addEventListener("input", () => {
      remember("by", by.value);
      fill();
    });
  }
  fill();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || event.repeat) return;
    const target = /^[a-z]$/.test(event.key) ? one(`[data-key="${event.key}"]`) : null;
    if (target instanceof HTMLFormElement) target.requestSubmit();
    if (target instanceof HTMLAnchorElement) target.click();
  });
  one(".review .m.is-target, .review .m[id]")?.scrollIntoView({ block: "nearest" });
}
