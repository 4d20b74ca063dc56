// Builds the scripts, styles and the outlines of countries into src/onrecord/serve/static.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const out = new URL("../src/onrecord/serve/static/", import.meta.url).pathname;
const own = { bundle: true, minify: true, target: ["es2021"], legalComments: "inline", outdir: out };

await build({ ...own, entryPoints: ["src/room.ts", "src/theme.ts", "src/map.ts"], format: "iife" });
await build({
  ...own,
  entryPoints: ["src/room.css", "src/map.css"],
  loader: { ".png": "empty" },
});

// Natural Earth at 1:50 million, with the codes that places have and nothing else.
const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
const codes = new Map(require("world-countries").map((one) => [one.ccn3, one.cca3]));
const named = { Kosovo: "XKX" };
for (const one of atlas.objects.countries.geometries) {
  const name = one.properties.name;
  one.properties = { code: codes.get(one.id) ?? named[name] ?? null, name };
  delete one.id;
}
splitOff(atlas, "RUS", "Crimea", [32, 44, 37, 46.5]);
delete atlas.objects.land;
writeFileSync(`${out}world.json`, JSON.stringify(atlas));

// What others wrote and the built files hold, with the terms it comes under.
const texts = ["leaflet", "topojson-client", "world-atlas"].map((name) => {
  const folder = dirname(require.resolve(`${name}/package.json`));
  return `${name}\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
});
writeFileSync(`${out}licences.txt`, texts.join("\n\n"));

// A piece that two states claim is drawn by itself and has no code, so that it is never shaded.
function splitOff(atlas, code, name, [west, south, east, north]) {
  const whole = atlas.objects.countries.geometries.find((one) => one.properties.code === code);
  const isInside = (polygon) => {
    const [x, y] = firstPoint(atlas, polygon[0][0]);
    return x > west && x < east && y > south && y < north;
  };
  const pieces = whole.arcs.filter(isInside);
  if (!pieces.length) throw new Error(`${name} is no piece of ${code} in these outlines`);
  whole.arcs = whole.arcs.filter((polygon) => !isInside(polygon));
  const properties = { code: null, name };
  atlas.objects.countries.geometries.push({ type: "MultiPolygon", arcs: pieces, properties });
}

function firstPoint(atlas, arc) {
  const [x, y] = atlas.arcs[arc < 0 ? ~arc : arc][0];
  const { scale, translate } = atlas.transform;
  return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
}
