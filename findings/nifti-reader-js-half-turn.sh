#!/usr/bin/env bash
# A NIfTI-1 file whose qform is a half turn about the axis (0.6, 0.8, 0): the three numbers are the
# nearest floats, as every writer stores them, and their squares add up to 1 + 5e-8. nifti1.h:
# a = sqrt(1 - b^2 - c^2 - d^2), which is 0 for a half turn; nifti1_io.c takes 0 below 1e-7.
#   right:                     x = -0.28 i + 0.96 j, y = 0.96 i + 0.28 j, z = -k
#   nifti-reader-js 0.8.0:     a is the root of a negative number, and the affine is NaN
#   @niivue/niivue 0.69.0:     the same, then replaced by the identity without a word (one line in
#                              its debug log): the image is shown in another orientation
# Ends with 0 if both still do that, with 1 if one does something else. Needs Node.js and npm.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts nifti-reader-js@0.8.0 @niivue/niivue@0.69.0 >>npm.log 2>&1 || {
  cat npm.log >&2
  exit 2
}

cat >probe.mjs <<'JS'
import { readFileSync } from "node:fs";
import { readHeader } from "nifti-reader-js";
import { NVImage } from "@niivue/niivue";

/** Two voxels along each axis, 1 mm apart, placed by the quaternion (a, b, c, 0). */
function volume(b, c) {
  const file = new ArrayBuffer(352 + 8);
  const view = new DataView(file);
  view.setInt32(0, 348, true);
  [3, 2, 2, 2, 1, 1, 1, 1].forEach((side, i) => view.setInt16(40 + 2 * i, side, true));
  view.setInt16(70, 2, true);
  view.setInt16(72, 8, true);
  [1, 1, 1, 1, 0, 0, 0, 0].forEach((length, i) => view.setFloat32(76 + 4 * i, length, true));
  view.setFloat32(108, 352, true);
  view.setInt16(252, 1, true);
  view.setFloat32(256, b, true);
  view.setFloat32(260, c, true);
  view.setUint32(344, 0x6e2b3100, false);
  [0, 4, 2, 6, 1, 5, 3, 7].forEach((value, i) => view.setUint8(352 + i, value));
  return file;
}

const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
const rows = (affine) =>
  affine.slice(0, 3).map((row) => row.slice(0, 3).map((x) => (Number.isNaN(x) ? "NaN" : x.toFixed(3))).join(" "));
const same = (affine, expected) => rows(affine).join() === rows(expected).join();

const half = [[-0.28, 0.96, 0], [0.96, 0.28, 0], [0, 0, -1]];
const none = [[NaN, NaN, NaN], [NaN, NaN, NaN], [NaN, NaN, NaN]];
const identity = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

// The control: some millionths shorter, so that the root is of a positive number.
const control = [0.599997, 0.799996];
const turn = [0.6, 0.8];

let unchanged = true;
async function show(library, read, expected) {
  for (const [what, [b, c], wanted] of [["control", control, undefined], ["half turn", turn, expected]]) {
    const affine = await read(volume(b, c));
    console.log(`${library} ${versionOf(library)}, ${what}:`);
    rows(affine).forEach((row) => console.log("    " + row));
    if (wanted === undefined) {
      // Some thousandths of a turn away from the half turn.
      const close = affine.slice(0, 3).every((row, i) => half[i].every((x, j) => Math.abs(x - row[j]) < 0.02));
      unchanged &&= close;
    } else {
      unchanged &&= same(affine, wanted);
    }
  }
}

console.log("right, by nifti1.h:");
rows(half).forEach((row) => console.log("    " + row));
await show("nifti-reader-js", (file) => readHeader(file).affine, none);
await show("@niivue/niivue", async (file) => (await NVImage.new(file, "a.nii")).hdr.affine, identity);
console.log(unchanged ? "as recorded" : "CHANGED since this was recorded");
process.exit(unchanged ? 0 : 1);
JS
node probe.mjs
