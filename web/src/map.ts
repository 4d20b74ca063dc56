// The map and its timeline. A place is drawn no more exactly than it is known.
import L from "leaflet";
import { feature } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";
import { all, make, one, rowAddress } from "./elements";

interface Row {
  kind: "event" | "control claim";
  who: string | null;
  whom: string | null;
  what: string;
  place: string | null;
  country: string | null;
  date: string | null;
  published: string | null;
  factuality: string;
  asserter: string | null;
  words: string;
  before: string | null;
  after: string | null;
  document: string;
  outlet: string | null;
  id: string;
  lat: number | null;
  lon: number | null;
  precision: string | null;
}

const DOTS = new Set(["point", "settlement"]);
// What is somewhere around, with how large its ring is; an area can be any size.
const AROUND = new Map([["district", 13], ["region", 17], ["area", 25]]);
const LETTERS = "ABCDEFGHIJ";

async function setUp(): Promise<void> {
  const place = one("#map");
  if (!place) return;
  const map = L.map(place, { worldCopyJump: true, minZoom: 1, maxZoom: 9, zoomSnap: 0.5, attributionControl: false });
  map.setView([30, 20], 2);
  const [rows, world] = await Promise.all([get<{ rows: Row[] }>(place.dataset.rows), get<Topology>(place.dataset.world)]);
  const countries = feature(world, world.objects.countries as GeometryCollection<{ code: string | null; name: string }>);
  const land = new Map<string, L.Path>();
  L.geoJSON(countries, {
    style: () => ({ className: "land" }),
    onEachFeature: (one, layer) => {
      if (one.properties.code) land.set(one.properties.code, layer as L.Path);
    },
  }).addTo(map);
  const drawing = new Drawing(map, land, rows.rows);
  drawing.draw(rows.rows);
  drawing.fit();
  setUpSlider(rows.rows, (shown) => drawing.draw(shown));
  all<HTMLLIElement>("#list li[data-id]").forEach((item) => {
    item.addEventListener("pointerenter", () => drawing.point(item.dataset.id ?? ""));
  });
}

async function get<T>(address: string | undefined): Promise<T> {
  const answer = await fetch(address ?? "");
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

class Drawing {
  private readonly marks = L.layerGroup();
  private readonly byRow = new Map<string, L.Layer>();
  private readonly holders: string[];
  private readonly listening = new Set<string>();
  private shaded = new Map<string, Row[]>();

  constructor(
    private readonly map: L.Map,
    private readonly land: Map<string, L.Path>,
    rows: Row[],
  ) {
    this.marks.addTo(map);
    const names = rows.filter((row) => row.kind === "control claim").map((row) => row.who ?? "nobody named");
    this.holders = [...new Set(names)];
    this.drawHolders();
  }

  draw(rows: Row[]): void {
    this.marks.clearLayers();
    this.byRow.clear();
    for (const path of this.land.values()) path.getElement()?.classList.remove("shaded");
    this.shaded = grouped(rows.filter((row) => !isPlaced(row) && row.country), (row) => row.country ?? "");
    for (const [code, some] of this.shaded) this.shade(code, some);
    for (const some of grouped(rows.filter(isPlaced), (row) => `${row.lat},${row.lon},${row.precision}`).values()) {
      this.drawPlace(some);
    }
  }

  // Several rows at one place stand side by side: one mark for events, one for each holder.
  private drawPlace(rows: Row[]): void {
    const events = rows.filter((row) => row.kind === "event");
    if (events.length) this.keep(this.eventMark(events), events);
    const claims = grouped(rows.filter((row) => row.kind !== "event"), (row) => `${row.who}|${row.asserter === null}`);
    let shift = events.length ? 1 : 0;
    for (const some of claims.values()) this.keep(this.holderMark(some, shift++), some);
  }

  private keep(mark: L.Layer, rows: Row[]): void {
    mark.bindPopup(() => popup(rows), { maxWidth: 320 });
    mark.addTo(this.marks);
    for (const row of rows) this.byRow.set(row.id, mark);
  }

  private eventMark(rows: Row[]): L.Layer {
    const at = L.latLng(rows[0].lat ?? 0, rows[0].lon ?? 0);
    const isOutlets = rows.some((row) => row.asserter === null);
    const whose = isOutlets ? "outlet-mark" : "source-mark";
    const around = AROUND.get(rows[0].precision ?? "");
    if (around) return L.circleMarker(at, { radius: around, className: `ring-mark ${whose}` });
    const name = `place-mark ${whose}`;
    return L.circleMarker(at, { radius: Math.min(5 + Math.sqrt(rows.length), 11), className: name });
  }

  private holderMark(rows: Row[], shift: number): L.Layer {
    const number = this.holders.indexOf(rows[0].who ?? "nobody named");
    const side = rows[0].asserter === null ? "by-outlet" : "by-source";
    const around = AROUND.has(rows[0].precision ?? "") ? "is-around" : "";
    const name = `holder series-${number % 6} ${side} ${around}`;
    const icon = L.divIcon({ className: name, html: make("span", LETTERS[number] ?? "•"), iconSize: [22, 22], iconAnchor: [11 - shift * 24, 11] });
    const title = `${rows[0].place}: ${rows[0].what}, ${rows[0].who ?? ""}`;
    return L.marker([rows[0].lat ?? 0, rows[0].lon ?? 0], { icon, title, alt: title });
  }

  private shade(code: string, rows: Row[]): void {
    const path = this.land.get(code);
    if (!path) return;
    path.getElement()?.classList.add("shaded");
    for (const row of rows) this.byRow.set(row.id, path);
    if (this.listening.has(code)) return;
    this.listening.add(code);
    path.bindPopup(() => popup(this.shaded.get(code) ?? []), { maxWidth: 320 });
  }

  private drawHolders(): void {
    for (const [number, name] of this.holders.slice(0, LETTERS.length).entries()) {
      const item = make("li");
      item.append(make("span", LETTERS[number], { class: `holder series-${number % 6}` }), make("bdi", name));
      one("#legend")?.append(item);
    }
  }

  fit(): void {
    const points: L.LatLng[] = [];
    for (const layer of this.byRow.values()) {
      if (layer instanceof L.Marker || layer instanceof L.CircleMarker) points.push(layer.getLatLng());
    }
    if (points.length) this.map.fitBounds(L.latLngBounds(points), { padding: [40, 40], maxZoom: 6 });
  }

  point(id: string): void {
    const mark = this.byRow.get(id);
    const element = mark instanceof L.Marker || mark instanceof L.Path ? mark.getElement() : null;
    element?.animate?.([{ opacity: 1 }, { opacity: 0.2 }, { opacity: 1 }], { duration: 500 });
  }
}

const isPlaced = (row: Row) =>
  row.lat !== null &&
  row.lon !== null &&
  (DOTS.has(row.precision ?? "") || (AROUND.has(row.precision ?? "") && row.country !== null));

function grouped<T>(rows: T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

function popup(rows: Row[]): HTMLElement {
  const box = make("div");
  if (!rows.length) box.append(make("p", "Nothing of these days.", { class: "meta" }));
  for (const row of rows.slice(0, 6)) {
    const words = make("a", "", { href: rowAddress(row.document, row.kind === "event" ? "e" : "k", row.id) });
    const core = row.words.length > 100 ? `${row.words.slice(0, 99)}…` : row.words;
    words.append(make("bdi", row.before ?? "", { class: "around" }), make("b", core, { class: "core" }));
    words.append(make("bdi", row.after ?? "", { class: "around" }));
    const head = make("p");
    head.append(make("strong", row.what), " ", make("bdi", row.who ?? ""), row.whom ? ` → ${row.whom}` : "");
    const line = make("p");
    line.append(words);
    const meta = make("p", "", { class: "meta" });
    meta.append(`${day(row)} · on the word of `, make("bdi", row.asserter ?? "the outlet itself"), row.outlet ? ` · ${row.outlet}` : "");
    box.append(head, line, meta);
  }
  if (rows.length > 6) box.append(make("p", `and ${rows.length - 6} more in the list`, { class: "meta" }));
  return box;
}

const day = (row: Row) => row.date ?? row.published?.slice(0, 10) ?? "no day";

// TIMEX3 values that are no calendar days stay out of the slider, and are always shown.
function dayNumber(row: Row): number | null {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(row.date ?? row.published ?? "");
  if (!found) return null;
  return Math.floor(Date.UTC(Number(found[1]), Number(found[2] ?? 1) - 1, Number(found[3] ?? 1)) / 86_400_000);
}

const written = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

function setUpSlider(rows: Row[], onChange: (shown: Row[]) => void): void {
  const slider = one("#slider");
  const from = one<HTMLInputElement>("#from");
  const to = one<HTMLInputElement>("#to");
  const days = [...new Set(rows.map(dayNumber).filter((number): number is number => number !== null))].sort((a, b) => a - b);
  if (!slider || !from || !to || days.length < 2) return;
  slider.hidden = false;
  for (const input of [from, to]) input.max = String(days.length - 1);
  to.value = String(days.length - 1);
  const bars = drawBars(rows, days);
  const update = () => {
    const [first, last] = [Math.min(+from.value, +to.value), Math.max(+from.value, +to.value)];
    const shown = rows.filter((row) => {
      const number = dayNumber(row);
      return number === null || (number >= days[first] && number <= days[last]);
    });
    bars.forEach((bar, number) => bar.classList.toggle("is-in", number >= first && number <= last));
    const words = `${written(days[first])} to ${written(days[last])}`;
    for (const input of [from, to]) input.setAttribute("aria-valuetext", written(days[+input.value]));
    const output = one("#span");
    if (output) output.textContent = words;
    const ids = new Set(shown.map((row) => row.id));
    for (const item of all<HTMLLIElement>("#list li[data-id]")) item.hidden = !ids.has(item.dataset.id ?? "");
    const count = one("#n-shown");
    if (count) count.textContent = String(shown.length);
    onChange(shown);
  };
  from.addEventListener("input", update);
  to.addEventListener("input", update);
  update();
}

function drawBars(rows: Row[], days: number[]): SVGRectElement[] {
  const svg = one<SVGSVGElement>("#days");
  if (!svg) return [];
  const counts = days.map((number) => rows.filter((row) => dayNumber(row) === number).length);
  const most = Math.max(...counts);
  svg.setAttribute("viewBox", `0 0 ${days.length * 10} 44`);
  svg.setAttribute("preserveAspectRatio", "none");
  return counts.map((count, number) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const height = 3 + (39 * count) / most;
    for (const [name, value] of Object.entries({ x: number * 10 + 1, y: 44 - height, width: 8, height })) {
      bar.setAttribute(name, String(value));
    }
    svg.append(bar);
    return bar;
  });
}

setUp().catch((error) => {
  const place = one("#map");
  place?.replaceChildren(make("p", `The map could not be drawn (${error.message}); the list beside it has all rows.`));
});
