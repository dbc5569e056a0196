/* The QR code of an address, made on the screen, so that it is there without a network too. Byte mode, level L (a
   screen gets no scratches) and versions 2 to 5, which are one block each: no more is needed for an address. */

// Words of data and of correction, from version 2 on.
const VERSIONS = [[34, 10], [55, 15], [80, 20], [108, 26]];
// Level L and mask 0, with their own correction.
const FORMAT = 0b111011111000100;
const QUIET_ZONE = 4;

/** The side, quiet zone included, and the path of the dark parts; null for what is too long. */
export function qrCode(text) {
  const cells = qrCells(text);
  if (!cells) return null;
  const dark = cells.map((row, y) => row.map((cell, x) => (cell ? `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z` : "")));
  return { size: cells.length + 2 * QUIET_ZONE, path: dark.flat().join("") };
}

/** Rows of what is dark. */
export function qrCells(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const index = VERSIONS.findIndex(([room]) => bytes.length <= room - 2);
  if (index < 0) return null;
  const [room, count] = VERSIONS[index];
  const data = wordsOf(bytes, room);
  const cells = patterns(25 + 4 * index);
  fillIn(cells, [...data, ...correction(data, count)]);
  return cells;
}

/** Four bits for "bytes", eight for their number, the bytes, and filling: all is half a word late. */
function wordsOf(bytes, room) {
  const late = [4, bytes.length >> 4, bytes.length & 15, ...bytes.flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const words = late.flatMap((half, place) => (place % 2 ? [] : [(half << 4) | late[place + 1]]));
  for (let filling = 236; words.length < room; filling ^= 253) words.push(filling);
  return words;
}

/** Reed and Solomon's remainder. */
function correction(data, count) {
  const divisor = Array(count).fill(0);
  divisor[count - 1] = 1;
  for (let step = 0, root = 1; step < count; step += 1, root = times(root, 2)) {
    divisor.forEach((factor, place) => (divisor[place] = times(factor, root) ^ (divisor[place + 1] ?? 0)));
  }
  let rest = Array(count).fill(0);
  for (const word of data) {
    const factor = word ^ rest[0];
    rest = [...rest.slice(1), 0].map((part, place) => part ^ times(divisor[place], factor));
  }
  return rest;
}

function times(one, other) {
  let product = 0;
  for (; other; other >>= 1) {
    if (other & 1) product ^= one;
    one = (one << 1) ^ (one & 128 ? 285 : 0);
  }
  return product;
}

/** What is the same in every code of this size; the other cells are undefined. */
function patterns(size) {
  const cells = Array.from({ length: size }, () => Array(size));
  const draw = (x, y, reach, light) => {
    for (let down = -reach; down <= reach; down += 1) {
      for (let along = -reach; along <= reach; along += 1) {
        const ring = Math.max(Math.abs(down), Math.abs(along));
        if (cells[y + down] && x + along in cells) cells[y + down][x + along] = !light.includes(ring);
      }
    }
  };
  for (let place = 0; place < size; place += 1) cells[6][place] = cells[place][6] = place % 2 === 0;
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) draw(x, y, 4, [2, 4]);
  draw(size - 7, size - 7, 2, [1]);
  for (let bit = 0; bit < 15; bit += 1) {
    const isDark = Boolean((FORMAT >> bit) & 1);
    const along = bit < 8 ? bit + (bit > 5) : 14 - bit + (bit === 8);
    if (bit < 8) cells[along][8] = cells[8][size - 1 - bit] = isDark;
    else cells[8][along] = cells[size - 15 + bit][8] = isDark;
  }
  cells[size - 8][8] = true;
  return cells;
}

/** Two columns at a time from the right, up and down, with the mask on them. */
function fillIn(cells, words) {
  const size = cells.length;
  let bit = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const isUpward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = isUpward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (cells[y][x] !== undefined) continue;
        const word = words[bit >> 3] ?? 0;
        cells[y][x] = Boolean((word >> (7 - (bit & 7))) & 1) !== ((x + y) % 2 === 0);
        bit += 1;
      }
    }
  }
}
