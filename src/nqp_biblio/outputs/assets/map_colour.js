// Colours: of clusters, of scores (a scale that grows lighter all along), and of density.

const STEPS = 64;
const GREY = [138, 143, 152];

const hexOf = ([r, g, b]) => `#${[r, g, b].map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;
const rgbOf = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mixed = (one, other, share) => one.map((value, k) => value + (other[k] - value) * share);

function fromOklch(light, chroma, hue) {
  // B. Ottosson (2020), A perceptual color space for image processing
  const a = chroma * Math.cos((hue * Math.PI) / 180), b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((value) => {
    const kept = Math.min(1, Math.max(0, value));
    return 255 * (kept <= 0.0031308 ? 12.92 * kept : 1.055 * kept ** (1 / 2.4) - 0.055);
  });
}

// lightness carries the order, so that it is read without telling hues apart
const HUES = [285, 258, 228, 195, 165, 140, 112, 100];
const CHROMAS = [0.13, 0.13, 0.115, 0.1, 0.115, 0.14, 0.16, 0.16];

function scaleColours(low, high) {
  const at = (stops, share) => {
    const place = share * (stops.length - 1), left = Math.min(stops.length - 2, Math.floor(place));
    return stops[left] + (stops[left + 1] - stops[left]) * (place - left);
  };
  return Array.from({ length: STEPS }, (_, step) => {
    const share = step / (STEPS - 1);
    return fromOklch(low + (high - low) * share, at(CHROMAS, share), at(HUES, share));
  });
}

function clusterColours(palette, isDark) {
  // past the palette its colours come back paler, then deeper; then all are grey
  const base = palette.map(rgbOf);
  const white = [255, 255, 255], black = [0, 0, 0];
  const turns = isDark ? [[white, 0.28], [white, 0.58], [black, 0.12]] : [[white, 0], [white, 0.42], [black, 0.42]];
  return turns.flatMap(([other, share]) => base.map((colour) => mixed(colour, other, share)));
}

function makeTheme(map) {
  const style = getComputedStyle(map.root);
  const of = (name) => style.getPropertyValue(name).trim();
  const isDark = of("--nm-dark") === "1";
  return {
    isDark, paper: of("--nm-paper"), ink: of("--nm-ink"), soft: of("--nm-soft"), line: of("--nm-line"),
    accent: of("--nm-accent"),
    clusters: clusterColours(map.palette, isDark),
    scale: isDark ? scaleColours(0.4, 0.93) : scaleColours(0.3, 0.86),
  };
}

function clusterColour(map, number) {
  return number >= 1 && number <= map.theme.clusters.length ? map.theme.clusters[number - 1] : GREY;
}

function scoreScale(values) {
  // one far value must not take the colours from all others
  const sorted = values.filter((v) => v !== null).sort((a, b) => a - b);
  if (!sorted.length) return null;
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  let [low, high] = [at(0.02), at(0.98)];
  if (low === high) [low, high] = [sorted[0], sorted[sorted.length - 1]];
  return { low, high, isCutBelow: sorted[0] < low, isCutAbove: sorted[sorted.length - 1] > high };
}

function colourNodes(map) {
  // colours are numbered: edges of the same two colours are drawn in one go
  const isOverlay = map.mode === "overlay" && map.scale;
  map.colourOf = new Int16Array(map.n);
  map.colours = [GREY];
  if (isOverlay) {
    const { low, high } = map.scale, values = map.scores[map.scoreBy];
    map.colours = [GREY, ...map.theme.scale];
    for (let i = 0; i < map.n; i++) {
      if (values[i] === null) continue;
      const share = high > low ? (values[i] - low) / (high - low) : 0.5;
      map.colourOf[i] = 1 + Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1));
    }
  } else {
    map.colours = [GREY, ...map.theme.clusters];
    const isPlain = !map.hasClusters;
    for (let i = 0; i < map.n; i++) {
      const number = isPlain ? 1 : map.cluster[i];
      map.colourOf[i] = number >= 1 && number < map.colours.length ? number : 0;
    }
  }
  map.fills = map.colours.map(hexOf);
  orderNodes(map);
}

function niceTicks(low, high, n, isWhole) {
  if (!(high > low)) return [low];
  const raw = (high - low) / n, power = 10 ** Math.floor(Math.log10(raw));
  let step = [1, 2, 5, 10].map((f) => f * power).find((s) => s >= raw);
  if (isWhole) step = Math.max(1, step);
  const ticks = [];
  for (let tick = Math.ceil(low / step - 1e-9) * step; tick <= high + step * 1e-9; tick += step) {
    ticks.push(Number(tick.toPrecision(12)));
  }
  return ticks;
}
