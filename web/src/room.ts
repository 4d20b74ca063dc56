// The scripts of all pages but the map: each part looks for its elements and leaves if there are none.
import { all, isTyping, one } from "./elements";
import { setUpArticle } from "./article";
import { setUpQuickSearch, setUpSavedSearches } from "./searches";
import { setUpReview } from "./review";
import { remember } from "./stores";

function setUpTheme(): void {
  one("#theme")?.addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    remember("theme", root.dataset.theme);
  });
}

function setUpHelp(): void {
  const help = one<HTMLDialogElement>("#help");
  if (!help) return;
  one("#help-open")?.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "?") help.showModal();
    if (event.key === "/") {
      event.preventDefault();
      one("#quick")?.focus();
    }
  });
}

// Fields that were left empty do not stand in the address.
function setUpFilters(): void {
  for (const form of all<HTMLFormElement>("form[method=get]")) {
    form.addEventListener("submit", () => {
      for (const field of all<HTMLInputElement>("input, select", form)) {
        if (!field.value) field.disabled = true;
      }
    });
  }
  addEventListener("pageshow", () => {
    for (const field of all<HTMLInputElement>("form[method=get] :disabled")) field.disabled = false;
  });
}

setUpTheme();
setUpHelp();
setUpFilters();
setUpQuickSearch();
setUpSavedSearches();
setUpArticle();
setUpReview();
