#!/usr/bin/env bash
# jpeg-js converts three components from YCbCr although the Adobe segment says that they are RGB
# (transform 0; ITU-T T.872, section 6.5.3). Needs Node.js and npm. Exits 0 as long as it does.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund jpeg-js@0.4.4
cat >finding.js <<'SCRIPT'
const jpeg = require("jpeg-js");

// One gray-free colour; the encoder stores it as YCbCr behind a JFIF segment of 18 bytes.
const data = Buffer.alloc(4 * 64, Buffer.from([200, 90, 40, 255]));
const jfif = jpeg.encode({ data, width: 8, height: 8 }, 100).data;
if (jfif.toString("latin1", 6, 10) !== "JFIF") throw new Error("the encoder writes no JFIF first");

// The same stored samples, declared as RGB: an Adobe segment with transform 0 instead of JFIF.
const adobe = Buffer.from([0xff, 0xee, 0, 14, ..."Adobe".split("").map((c) => c.charCodeAt(0)), 0, 100, 0, 0, 0, 0, 0]);
const rgb = Buffer.concat([jfif.subarray(0, 2), adobe, jfif.subarray(20)]);

const pixel = (options) => Array.from(jpeg.decode(rgb, options).data.subarray(0, 3));
const stored = pixel({ colorTransform: false });
const decoded = pixel({});
console.log("jpeg-js", require("jpeg-js/package.json").version);
console.log("stored samples, declared RGB:", stored.join(" "));
console.log("decoded without options:     ", decoded.join(" "));
const converted = decoded.some((value, i) => Math.abs(value - stored[i]) > 20);
console.log(converted ? "converted as if YCbCr" : "CHANGED: taken as RGB");
process.exit(converted ? 0 : 1);
SCRIPT
node finding.js
